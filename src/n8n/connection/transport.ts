import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { isNemoVideoError, NemoVideoError } from '../../api/errors';
import type { Account } from '../../api/account';
import { outcomeOf } from '../../api/outcome';
import { resultOf } from '../../api/result';
import { cancelledError, raceStop } from '../../api/stop';
import { redirectError, redirectTarget } from '../../api/redirect';
import type { ApiRequest, ApiResponse, ByteStream, Transport } from '../../api/transport';
import { parseSafeUrl } from '../../api/safeUrl';
import { executionFacts } from '../executionFacts';
import { wait } from '../wait';
import { markTokenValid } from './accessToken';
import { findWrongAddress, unusableAddress } from './addresses';
import { toStream } from './answerStream';
import { readAnswerText } from './answerText';
import {
	activeToken,
	baseUrlOf,
	CREDENTIAL_NAME,
	hasApiOrigin,
	hostOf,
	readCredential,
	type NemoVideoCredential,
} from './credential';
import { StreamedForm } from './multipart';
import { PLAIN_ANSWER, toOptions } from './requestOptions';
import { RENEW_HEADER } from './renewal';
import { RequestLimits } from './requestLimits';
import type { SharedKeys } from './shared';
import { hasExpired, tokenMark } from './trialToken';

const MAX_REDIRECTS = 5;

/** How long another process may take to store a token that it was given: 3 s in all. */
const LOOK_PAUSE_MS = 250;
const MAX_LOOKS = 12;

/** Renewals under way by credential: however many items and nodes ask at once, one is made. */
const renewals = new Map<string, Promise<void>>();

/** Carries NemoVideo's protocol over n8n's HTTP helpers, with the node's credential. */
export class N8nTransport implements Transport {
	readonly signal: AbortSignal | undefined;
	private keys: Promise<SharedKeys> | undefined;

	constructor(private readonly context: IExecuteFunctions) {
		this.signal = executionFacts(context).signal;
	}

	/** Whose account the credential is; read anew, because a trial's is stored with its token. */
	async account(): Promise<Account> {
		const credential = await this.credential();
		const trial = credential.connectWith === 'freeTrial';
		return {
			trial,
			...(trial && credential.trialUserId ? { userId: credential.trialUserId } : {}),
			baseUrl: baseUrlOf(credential),
			webUrl: credential.webUrl,
			attribution: {
				source: credential.skillSource,
				version: credential.skillVersion,
				platform: credential.skillPlatform,
			},
		};
	}

	/** Under which names this credential shares its rate limiter and its sessions. */
	async sharedKeys(): Promise<SharedKeys> {
		this.keys ??= this.credential().then((credential) => {
			const api = baseUrlOf(credential);
			const { id } = this.context.getNode().credentials?.[CREDENTIAL_NAME] ?? {};
			return { api, credential: `${api} ${id ?? tokenMark(activeToken(credential))}` };
		});
		return await this.keys;
	}

	async send(request: ApiRequest): Promise<ApiResponse> {
		const { credential, answer } = await this.exchange(request);
		const { status, headers, bytes, close } = answer;
		const body = await readAnswerText(bytes, { status, stop: close });
		if (status === 200) markTokenValid(credential);
		const host = hostOf(credential.baseUrl);
		return { status, headers, body, host, tokenFingerprint: markOf(credential) };
	}

	async open(request: ApiRequest): Promise<ByteStream> {
		const { credential, limits, answer } = await this.exchange(request);
		limits.hasAnswer();
		return { ...answer, host: hostOf(credential.baseUrl), tokenFingerprint: markOf(credential) };
	}

	async openUrl(url: string, headers: Readonly<Record<string, string>> = {}): Promise<ByteStream> {
		let target = parseSafeUrl(url);
		for (let hop = 0; ; hop++) {
			if (target === undefined) throw unusableAddress();
			const stream = await this.openOneUrl(target, headers);
			const location = redirectTarget(stream);
			if (location === undefined) return stream;
			stream.close();
			if (hop >= MAX_REDIRECTS) {
				throw new NemoVideoError('protocol', "The video's URL redirects too many times", {
					description: 'The URL keeps redirecting to another address.',
				});
			}
			target = parseSafeUrl(location, target);
		}
	}

	async renew(tokenFingerprint: string | undefined): Promise<boolean> {
		const credential = await this.credential();
		if (credential.connectWith !== 'freeTrial') return false;
		if (markOf(credential) !== tokenFingerprint && credential.trialToken !== '') return true;
		await this.renewOnce(tokenFingerprint ?? '');
		return markOf(await this.credential()) !== tokenFingerprint;
	}

	/** Sends a request to NemoVideo, up to where the answer's body begins. */
	private async exchange(
		request: ApiRequest,
	): Promise<{ credential: NemoVideoCredential; limits: RequestLimits; answer: ByteStream }> {
		const stop = request.signal ?? this.signal;
		const credential = await this.readyCredential(stop);
		const limits = new RequestLimits(stop, request.timeoutMs);
		const options = toOptions(credential, request);
		const outcome = await resultOf(
			async () => await this.authenticated({ ...options, encoding: 'stream' }, limits.signal),
		);
		if (options.body instanceof StreamedForm) options.body.close();
		if (!outcome.ok) throw limits.explain(outcome.error, { url: options.url });
		const answer = toStream(outcome.value, limits);
		const location = redirectTarget(answer);
		if (location !== undefined && request.mayRedirect !== true) {
			answer.close();
			throw redirectError(answer.status, location, options.url);
		}
		return { credential, limits, answer };
	}

	private async openOneUrl(
		url: string,
		headers: Readonly<Record<string, string>>,
	): Promise<ByteStream> {
		const credential = await this.readyCredential(this.signal);
		const limits = new RequestLimits(this.signal);
		const options: IHttpRequestOptions = {
			method: 'GET',
			url,
			headers: { Accept: '*/*', 'Accept-Encoding': 'identity', ...headers },
			...PLAIN_ANSWER,
			encoding: 'stream',
		};
		const outcome = await resultOf(async () =>
			hasApiOrigin(credential, url)
				? await this.authenticated(options, limits.signal)
				: await this.context.helpers.httpRequest({ ...options, abortSignal: limits.signal }),
		);
		if (!outcome.ok)
			throw limits.explain(outcome.error, { url, name: 'The server that stores the video' });
		limits.hasAnswer();
		return toStream(outcome.value, limits);
	}

	/**
	 * n8n puts the execution's own signal on such requests; ours takes its place. What the credential
	 * itself asks before the request knows no signal, so it's not waited for.
	 */
	private async authenticated(options: IHttpRequestOptions, signal: AbortSignal): Promise<unknown> {
		const context: IExecuteFunctions = Object.create(this.context, {
			getExecutionCancelSignal: { value: () => signal },
		});
		const { httpRequestWithAuthentication } = this.context.helpers;
		const asked = httpRequestWithAuthentication.call(context, CREDENTIAL_NAME, options);
		return await raceStop<unknown>(asked, signal);
	}

	private async credential(): Promise<NemoVideoCredential> {
		const credential = readCredential(await this.context.getCredentials(CREDENTIAL_NAME));
		const wrong = findWrongAddress(credential);
		if (wrong) throw wrong;
		return credential;
	}

	/** The credential with a token in it, minted if need be. */
	private async readyCredential(signal: AbortSignal | undefined): Promise<NemoVideoCredential> {
		if (signal?.aborted) throw cancelledError();
		const credential = await this.credential();
		if (credential.connectWith !== 'freeTrial') return credential;
		if (credential.trialToken !== '' && !hasExpired(credential.trialExpiresAt)) return credential;
		await this.renewOnce(markOf(credential));
		if (signal?.aborted) throw cancelledError();
		return await this.credential();
	}

	private async renewOnce(refusedMark: string): Promise<void> {
		const node = this.context.getNode();
		const key = node.credentials?.[CREDENTIAL_NAME]?.id ?? `${node.id} of one execution`;
		for (;;) {
			if (this.signal?.aborted) throw cancelledError();
			const running = renewals.get(key) ?? this.renewNow(refusedMark);
			renewals.set(key, running);
			const outcome = await resultOf(async () => await raceStop(running, this.signal));
			if (renewals.get(key) === running) renewals.delete(key);
			if (outcome.ok) return;
			const { error } = outcome;
			const othersStop = isNemoVideoError(error) && error.kind === 'cancelled';
			// The execution that renewed for all of them was stopped; this one was not.
			if (!othersStop || this.signal?.aborted) throw beforeRequest(error);
		}
	}

	private async renewNow(refusedMark: string): Promise<void> {
		const limits = new RequestLimits(this.signal);
		const before = await this.credential();
		const outcome = await resultOf(
			async () =>
				await this.authenticated(
					{
						method: 'GET',
						url: `${baseUrlOf(before)}/api/credits/balance/simple`,
						headers: { Accept: 'application/json', [RENEW_HEADER]: refusedMark },
						...PLAIN_ANSWER,
						encoding: 'text',
					},
					limits.signal,
				),
		);
		limits.release();
		if (outcome.ok) return;
		const failure = limits.explain(outcome.error, { url: baseUrlOf(before) });
		for (let looks = 0; ; looks++) {
			// Another process may have got the token that ours was refused, and be storing it now.
			const { trialToken } = await this.credential();
			if (trialToken !== '' && trialToken !== before.trialToken) return;
			if (failure.kind !== 'rateLimit' || looks >= MAX_LOOKS) throw failure;
			await wait(LOOK_PAUSE_MS, this.signal);
		}
	}
}

function markOf(credential: NemoVideoCredential): string {
	return tokenMark(activeToken(credential));
}

/** A failure to get a token: the request that needs one was not sent, or was refused without one. */
function beforeRequest(error: unknown): unknown {
	return isNemoVideoError(error) ? error.with({ outcome: outcomeOf('notSent') }) : error;
}
