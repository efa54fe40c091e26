import { sanitizeText } from '../text/sanitize';
import { NemoVideoError } from './errors';
import { outcomeOf } from './outcome';

/** What tells a page of a gateway from an answer of NemoVideo. */
export interface PossiblePage {
	status: number;
	headers: Readonly<Record<string, string>>;
	body: string;
	/** Where the request went, e.g. `api.example.com`. */
	host?: string;
}

/** Characters of a gateway's plain text that are shown. */
const MAX_WORDS = 150;
/** Characters of a gateway's name that are shown. */
const MAX_NAME = 60;

/** What to do about a firewall, a proxy or a login page. */
export const IN_THE_WAY =
	'A firewall, proxy or login page is in the way. Let the machine that runs n8n reach the host: allow it there, or add it to NO_PROXY if n8n uses a proxy (HTTPS_PROXY, HTTP_PROXY) and the host can be reached without.';

/** Labels that NemoVideo's answers never have. */
const PAGE_LABEL = /^\s*text\/(?:html|plain)\b/i;

/** Statuses that only something between n8n and NemoVideo sends: proxies, Cloudflare. */
const NEVER_NEMOVIDEO: ReadonlySet<number> = new Set([
	407, 511, 520, 521, 522, 523, 524, 525, 526, 527, 530,
]);

/** Statuses by which a gateway says that it could not reach NemoVideo (Cloudflare's numbers). */
const NOT_REACHED: ReadonlySet<number> = new Set([521, 522, 523, 525, 526, 530]);

/**
 * Whether an answer came from a gateway, proxy or firewall: NemoVideo answers with JSON, these
 * with HTML or plain text. Where the body is empty, or was lost on its way, its label tells; without
 * one the status counts as NemoVideo's.
 */
export function isGatewayPage({ status, headers, body }: PossiblePage): boolean {
	if (NEVER_NEMOVIDEO.has(status)) return true;
	const text = body.trimStart();
	if (text === '') return status >= 300 && PAGE_LABEL.test(headers['content-type'] ?? '');
	// What begins like JSON is NemoVideo's, whole or not.
	return !/^[[{"]/.test(text) && !/^(?:true|false|null|-?\d[\d.]*)\s*$/.test(text);
}

/**
 * The failure that a gateway's page stands for. It never speaks of tokens or sessions, because
 * NemoVideo has said nothing about them.
 *
 * @param page status and headers of the answer, and as much of its body as was read
 * @param retryAfterMs how long the gateway asks to wait, in milliseconds
 * @param onlyOnce whether the request is never made again; its failure doesn't advise to
 */
export function gatewayError(
	page: PossiblePage,
	{ retryAfterMs, onlyOnce = false }: { retryAfterMs?: number; onlyOnce?: boolean } = {},
): NemoVideoError {
	const { status, host } = page;
	const where = host === undefined ? 'the NemoVideo API' : host;
	if (status === 407) return proxyLoginError(where, nameOf(page));
	const isServer = status >= 500 || status === 408 || status === 429;
	return new NemoVideoError(
		isServer ? 'server' : 'network',
		`A gateway or proxy answered for ${where} with ${typeOf(page)} (HTTP ${status})`,
		{
			description: [
				advice(page, onlyOnce),
				waitAdvice('It', retryAfterMs),
				wordsOf(page),
				nameOf(page),
			]
				.filter(Boolean)
				.join(' '),
			httpStatus: status,
			retryAfterMs,
			outcome: outcomeOf('gatewayPage'),
		},
	);
}

/**
 * A forward proxy wants a login. Nobody else answers so, and until it has one it passes nothing on
 * (RFC 9110, 407).
 *
 * @param where what was to be reached
 * @param name what the proxy calls itself, as a sentence
 */
export function proxyLoginError(where: string, name = ''): NemoVideoError {
	return new NemoVideoError(
		'network',
		`The proxy that n8n uses asks for a user name and password before it passes requests on to ${where} (HTTP 407)`,
		{
			description:
				`Set them in HTTPS_PROXY or HTTP_PROXY on the machine that runs n8n (http://user:password@host:port), or add the host to NO_PROXY if it can be reached without the proxy. ${name}`.trim(),
			httpStatus: 407,
			outcome: outcomeOf('notPassedOn'),
		},
	);
}

/** Whether a gateway's page means that looking again soon is of no use. */
export function isFinalPage(error: NemoVideoError): boolean {
	const { kind, code, httpStatus = 0 } = error;
	// A code is NemoVideo's own answer.
	if (code !== undefined || (kind !== 'network' && kind !== 'server')) return false;
	if (httpStatus > 0 && httpStatus < 400) return true;
	if (httpStatus === 407 || NOT_REACHED.has(httpStatus)) return true;
	return httpStatus !== 429 && outcomeOf({ status: httpStatus }) === 'refused';
}

/**
 * Whether a gateway refused a request for its size. It hasn't passed the whole of it on, so nothing
 * that it brought is still on its way.
 */
export function isSizePage(error: NemoVideoError): boolean {
	return error.httpStatus === 413 && isFinalPage(error);
}

function typeOf({ headers, body }: PossiblePage): string {
	const type = sanitizeText(headers['content-type']?.split(';')[0] ?? '', 60);
	if (/^\s*</.test(body)) {
		return type === '' || /html/i.test(type) ? 'an HTML page' : `an HTML page labeled ${type}`;
	}
	if (body.trim() === '') return 'an empty page';
	return type === '' || /^text\/plain$/i.test(type) ? 'plain text' : `text labeled ${type}`;
}

function advice({ status }: PossiblePage, onlyOnce: boolean): string {
	if (status === 413) {
		return 'The gateway takes less in one request than NemoVideo does. Send a smaller file or a shorter prompt, or raise the limit of the gateway.';
	}
	if (status === 401 || status === 403 || status === 511) {
		return IN_THE_WAY;
	}
	if (status >= 500 || status === 408 || status === 429) {
		return onlyOnce ? '' : 'This usually passes. Try again in a few minutes.';
	}
	return 'This is not what NemoVideo sends. Check the base URL in the credential, and proxies or firewalls between n8n and the API.';
}

/** Short plain text may help; a page's markup never does. */
function wordsOf({ body }: PossiblePage): string {
	const words = body.includes('<') ? '' : sanitizeText(body, MAX_WORDS);
	return words === '' ? '' : `It says: "${words}"`;
}

/** What sent the page, by its own word: `nginx`, `cloudflare`, a company's proxy. */
function nameOf({ headers }: PossiblePage): string {
	const name = sanitizeText(headers.server ?? '', MAX_NAME);
	return name === '' ? '' : `It calls itself "${name}".`;
}

/** @param who asks to wait, at the beginning of a sentence */
export function waitAdvice(who: string, ms: number | undefined): string {
	return ms === undefined ? '' : `${who} asks to wait ${Math.ceil(ms / 1000)} s.`;
}
