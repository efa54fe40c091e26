/** Telegram's bot API, also where somebody runs it himself: the token is part of the path. */
const BOT_PATH = /\/bot(?:\d{5,}(?::|%3a)[\w-]{20,}|<[^>]*>|%3c)/i;

/** Parameters that stand for an account. What signs one file only, such as `token` or `sig`, may pass. */
const SECRET_PARAMETERS = new Set([
	...['accesstoken', 'apikey', 'xapikey', 'clientsecret', 'secret', 'authorization', 'bearer'],
	...['password', 'passwd', 'refreshtoken', 'authtoken', 'usertoken', 'apitoken'],
]);

/** How tokens and keys of well-known services begin, NemoVideo's first. */
const SECRET_VALUE =
	/^(?:bearer\s|nmv_usr_|clm_|ya29\.|AIza[\w-]{30}|sk-[\w-]{16}|xox[abeoprs]-|gh[opsu]_|github_pat_|glpat-|pat[A-Za-z0-9]{14}\.|EAA[A-Za-z0-9]{30})/i;

/**
 * What in a URL would give its receiver more than the one file.
 *
 * @returns in words for a message, or undefined where the URL holds nothing of the kind
 */
export function secretIn(url: URL): string | undefined {
	if (url.username !== '' || url.password !== '') return 'a user name or password';
	const isBotApi = url.hostname === 'api.telegram.org' && /^\/(?:file\/)?bot/i.test(url.pathname);
	if (isBotApi || BOT_PATH.test(url.pathname)) return "a Telegram bot's token";
	const fragment = new URLSearchParams(url.hash.slice(1));
	// A form's link to one file, with the token that opens it and a signature over both.
	const isSigned = url.searchParams.has('signature');
	for (const [name, value] of [...url.searchParams, ...fragment]) {
		if (value === '') continue;
		const key = name.toLowerCase().replace(/[^a-z0-9]/g, '');
		if (isSigned && key === 'accesstoken') continue;
		if (SECRET_PARAMETERS.has(key) || SECRET_VALUE.test(value)) return 'a token or key';
	}
	return url.pathname.split('/').some((part) => SECRET_VALUE.test(part))
		? 'a token or key'
		: undefined;
}

/** Hosts of one machine, one network or one Docker project: names, IPv4 and IPv6. */
const PRIVATE = [
	/^(?:[^.:]+|.+\.(?:localhost|local|lan|internal))$/i,
	/^(?:(?:0|10|127)\.\d+|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2}$/,
	/^\[(?:::1?|f[cd][\da-f]{2}:.*|fe80:.*)\]$/i,
];

/** Whether only programs near it can reach an address. */
export function isPrivateAddress(address: string): boolean {
	if (!URL.canParse(address)) return false;
	const { hostname } = new URL(address);
	return PRIVATE.some((pattern) => pattern.test(hostname));
}

/** A link in a text, without the marks of the sentence around it. */
const LINK = /https?:\/\/[^\s"'‹›<>]*[^\s"'‹›<>.,:;!?)…]/giu;

/**
 * A link as a message may show it: enough to find it again, and nothing that opens it. Keys stand in
 * the query, and with some services in the path.
 *
 * @returns host and name, such as `https://files.example/…/photo.jpg`; what is no link as it is
 */
export function linkInWords(link: string): string {
	if (!URL.canParse(link)) return link;
	const { origin, pathname } = new URL(link);
	const [, folders = '', name = ''] = /^\/(.*\/)?([^/]*)/.exec(pathname) ?? [];
	const isKey = name.length > 60 || /^[^.]{17,}$/.test(name);
	return `${origin}/${folders && '…/'}${isKey ? `${name.slice(0, 8)}…` : name}`;
}

/** The same text with its links as `linkInWords` shows them. */
export function withShortLinks(text: string): string {
	return text.replace(LINK, linkInWords);
}
