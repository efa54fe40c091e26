import { NemoVideoError } from '../../api/errors';
import { outcomeOf } from '../../api/outcome';

/** What n8n says where it cannot hand out the credential, and what a user can do about it. */
const CREDENTIAL: ReadonlyArray<{ said: RegExp; message: string; description: string }> = [
	{
		said: /does not have any credentials set|^Credentials not found/i,
		message: 'No NemoVideo API credential is chosen',
		description: 'Choose a NemoVideo API credential at the top of the node, or create one there.',
	},
	{
		said: /credential.*does not exist for type/is,
		message: 'The NemoVideo API credential of this node no longer exists',
		description: 'It was deleted. Choose another one at the top of the node, or create one there.',
	},
	{
		said: /does not have access to the credential|not allowed to use.*credential/i,
		message: 'This workflow may not use the NemoVideo API credential of this node',
		description: 'Ask the owner of the credential to share it, or choose one of your own.',
	},
	{
		said: /credentials could not be decrypted/i,
		message: 'The NemoVideo API credential could not be decrypted by n8n',
		description:
			'The encryption key of this n8n differs from the one that the credential was saved with. Set N8N_ENCRYPTION_KEY to the former key, or enter the credential again.',
	},
];

const ENV_BLOCKED = /access to env vars denied/i;

/** An error that n8n itself threw, as a node can know it. */
interface EngineError extends Error {
	description?: unknown;
	context?: unknown;
}

/**
 * A failure whose cause is n8n: the credential, an expression, a parameter.
 *
 * @returns undefined for an error that did not come from n8n
 */
export function engineFailure(error: unknown): NemoVideoError | undefined {
	if (!(error instanceof Error)) return undefined;
	const { message } = error;
	const known = CREDENTIAL.find(({ said }) => said.test(message));
	if (known) {
		const { description } = known;
		return new NemoVideoError('auth', known.message, {
			description,
			outcome: outcomeOf('notSent'),
		});
	}
	if (ENV_BLOCKED.test(message)) {
		return new NemoVideoError('input', "Expressions can't read environment variables in this n8n", {
			description:
				'Enter the value instead of {{ $env… }}. For a token that the administrator sets, leave it empty in the credential and start n8n with CREDENTIALS_OVERWRITE_DATA; or allow such expressions with N8N_BLOCK_ENV_ACCESS_IN_NODE=false.',
			outcome: outcomeOf('notSent'),
		});
	}
	const isExpression = error.name === 'ExpressionError';
	if (!isExpression && !('node' in error)) return undefined;
	const advice = isExpression
		? `Check the expression${parameterOf(error)}.`
		: 'This came from n8n, not from NemoVideo.';
	return new NemoVideoError('input', message, {
		description: textOf(error, 'description') || advice,
		outcome: outcomeOf(isExpression ? 'notSent' : 'noAnswer'),
	});
}

function parameterOf(error: EngineError): string {
	const { context } = error;
	const name = typeof context === 'object' && context !== null ? textOf(context, 'parameter') : '';
	return name === '' ? '' : ` in the parameter ${name}`;
}

function textOf(holder: object, key: 'description' | 'parameter'): string {
	const value: unknown = Object.entries(holder).find(([name]) => name === key)?.[1];
	return typeof value === 'string' ? value : '';
}
