/** Words that stay small inside a title. */
const SMALL = new Set('a an and as at but by for in nor of on or per the to up via'.split(' '));

/** Words of four letters, which styles write either way. */
const EITHER = new Set(['from', 'into', 'when', 'with']);

/** What n8n's guidelines keep out of messages: they say that something is bad, not what. */
const GLOOMY = /\b(?:errors?|problems?|failures?|mistakes?)\b/i;

/** Words of n8n's inside, and of ours. */
const JARGON = /\bbinary propert|\bparam(?:s)?\b|\bJSON keys?\b|\bplease\b|\bsimply\b|!(?:\s|$)/i;

const EMOJI = /\p{Extended_Pictographic}/u;

/** @returns what is wrong with a title, e.g. the display name of a parameter */
export function titleFaults(title: string): string[] {
	const words = title.split(/[\s/]+/).map((word) => word.replace(/[()":,]/g, ''));
	const wrong = words.filter((word, index) => {
		if (!/^\p{L}/u.test(word)) return false;
		const edge = index === 0 || index === words.length - 1;
		const maySmall = SMALL.has(word) || EITHER.has(word);
		return !(maySmall && !edge) && !/^\p{Lu}/u.test(word);
	});
	const large = words
		.slice(1, -1)
		.filter((word) => SMALL.has(word.toLowerCase()) && !SMALL.has(word));
	return [
		...wrong.map((word) => `'${word}' begins small`),
		...large.map((word) => `'${word}' begins large`),
		...(/[.:]$/.test(title) ? ['ends with a point'] : []),
		...plainFaults(title),
	];
}

/** How many sentences a text has. A point within a name or number ends none. */
export function sentenceCount(text: string): number {
	return text.split(/[.!?](?:"|')?\s+(?=[\p{Lu}\d"'…*])/u).length;
}

/** @returns what is wrong with the description or hint of a parameter */
export function descriptionFaults(text: string): string[] {
	const sentences = sentenceCount(text);
	const point = /[.!?]$/.test(text);
	return [
		...(sentences === 1 && point ? ['one sentence, so no point at its end'] : []),
		...(sentences > 1 && !point ? ['several sentences, so a point at the end'] : []),
		...(/^[\p{Lu}\d"'*]/u.test(text) ? [] : ['begins small']),
		...(GLOOMY.test(text) ? ['says error, problem, failure or mistake'] : []),
		...plainFaults(text),
	];
}

/** @returns what is wrong with the message of something that went wrong */
export function messageFaults(text: string): string[] {
	return [
		...(/[.]$/.test(text) && !/\.\.\.$/.test(text) ? ['a message has no point at its end'] : []),
		...(/^[\p{Lu}\d"'…]/u.test(text) ? [] : ['begins small']),
		...(GLOOMY.test(text) ? ['says error, problem, failure or mistake'] : []),
		...plainFaults(text),
	];
}

/** @returns what is wrong with the way out of something that went wrong */
export function adviceFaults(text: string): string[] {
	return [
		...(/[.?…]$/.test(text) ? [] : ['advice is sentences, each with its point']),
		...(/^[\p{Lu}\d"'…]/u.test(text) ? [] : ['begins small']),
		...(GLOOMY.test(text) ? ['says error, problem, failure or mistake'] : []),
		...plainFaults(text),
	];
}

/** @returns what is wrong with the action that agents and the panel of nodes show */
export function actionFaults(text: string): string[] {
	return [
		...(/^\p{Lu}/u.test(text) ? [] : ['begins small']),
		...(/\s\p{Lu}\p{Ll}/u.test(text) ? ['is not in sentence case'] : []),
		...(/\b(?:a|an|the)\b/i.test(text) ? ['has an article'] : []),
		...(/[.]$/.test(text) ? ['ends with a point'] : []),
		...plainFaults(text),
	];
}

/** What holds for every text. */
function plainFaults(text: string): string[] {
	return [
		...(text.trim() === text && text !== '' ? [] : ['is empty or has spaces at its ends']),
		...(/ {2}/.test(text) ? ['has two spaces in a row'] : []),
		...(EMOJI.test(text) ? ['has a picture in it'] : []),
		...(JARGON.test(text) ? ['speaks jargon or begs'] : []),
		...(/\b(?:Id|Ids|Url|Urls|id|ids|url|urls|api|Api)\b/.test(withoutQuotes(text))
			? ['writes ID, URL or API small']
			: []),
	];
}

/** Names in quotes and code are as they are. */
function withoutQuotes(text: string): string {
	return text
		.replace(/https?:\S+/g, '')
		.replace(/'[^']*'/g, '')
		.replace(/\{\{.*?\}\}/g, '');
}
