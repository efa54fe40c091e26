import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** Where the n8n under test comes from. */
export type N8nSource =
	/** This version of the npm package, in the per-user cache. */
	| { npm: string }
	/** A container image; needs Docker. */
	| { image: string }
	/** One that runs already, with the package installed. */
	| { url: string };

/** An n8n that can be started: the one thing that npm and container images differ in. */
export interface N8nProgram {
	version: string;
	/** @param env all that this n8n is told, and what this process was told */
	launch(args: readonly string[], env: NodeJS.ProcessEnv, folder: string): Launch;
	/** n8n's script and the Node for it; absent where they are inside a container. */
	local?: { node: string; bin: string };
}

interface Launch {
	command: string;
	args: string[];
}

/** A row needs what the n8n under test can't give. */
export class NotHereError extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'NotHereError';
	}
}

const ROOT = join(__dirname, '..', '..');
const VERSION_LABEL = '{{index .Config.Labels "org.opencontainers.image.version"}}';
/** What n8n in a container is told; everything else in the environment is the machine's. */
const FOR_N8N = /^(N8N_|DB_|EXECUTIONS_|QUEUE_|CREDENTIALS_|OFFLOAD_|WEBHOOK_URL$|NEMO_)/;

export async function programOf(source: Exclude<N8nSource, { url: string }>): Promise<N8nProgram> {
	return 'npm' in source ? await npmProgram(source.npm) : await imageProgram(source.image);
}

async function npmProgram(version: string): Promise<N8nProgram> {
	const { ensureN8n } = await import('../../tools/n8n/install.mjs');
	const { node, bin } = await ensureN8n(version);
	return {
		version,
		launch: (args) => ({ command: node, args: [bin, ...args] }),
		local: { node, bin },
	};
}

async function imageProgram(image: string): Promise<N8nProgram> {
	const docker = async (...args: string[]): Promise<string> =>
		(await promisify(execFile)('docker', args)).stdout;
	await docker('version').catch((error: Error) => {
		throw new Error(`${image} can't be run here, because Docker doesn't answer: ${error.message}`);
	});
	await docker('pull', '--quiet', image);
	const version = await docker('image', 'inspect', '--format', VERSION_LABEL, image);
	return {
		version: version.trim(),
		launch: (args, env, folder) => ({
			command: 'docker',
			args: dockerArguments(image, args, env, folder),
		}),
	};
}

/** The machine's network and folders under their own names, so that addresses and paths agree. */
export function dockerArguments(
	image: string,
	args: readonly string[],
	env: NodeJS.ProcessEnv,
	folder: string,
): string[] {
	const told = Object.entries(env).filter(([name]) => FOR_N8N.test(name));
	return [
		...['run', '--rm', '--init', '--network', 'host'],
		...['--user', `${process.getuid?.() ?? 1000}`],
		...['--volume', `${folder}:${folder}`, '--volume', `${ROOT}:${ROOT}:ro`],
		...told.flatMap(([name, value]) => ['--env', `${name}=${value}`]),
		...[image, ...args],
	];
}

/** What goes first on n8n's path, so that it finds its own Node. */
export const pathOf = ({ local }: N8nProgram): string[] =>
	local === undefined ? [] : [dirname(local.node)];
