import { saysSomething } from '../spoken';
import { coverPictures } from './plainWords';
import { likelyCommand } from './secondLook';
import { smallTalk } from './smallTalk';

/** A command of a chat bot, such as `/credits@my_bot`, and what was written behind it. */
const COMMAND = /^\/([a-z][a-z0-9_-]{0,31})(?:@[\w-]{1,64})?[.!?…。！？]{0,5}(?:\s+([\s\S]*))?$/i;

/** What a command stands for, as a person would write it. */
const COMMAND_WORDS: Readonly<Record<string, string>> = {
	...{ start: 'hello', hello: 'hello', hi: 'hello' },
	...{ credits: 'credits', credit: 'credits', balance: 'credits' },
	...{ export: 'export', download: 'export', render: 'export', get: 'export' },
	...{
		status: 'status',
		state: 'status',
		timeline: 'status',
		tracks: 'status',
		progress: 'status',
	},
	...{ upload: 'upload' },
};

/** Mentions of people and bots, as Slack, Discord, Teams and Telegram write them. */
const MENTION =
	/<@[!&]?[A-Z0-9]{2,24}(?:\|[^<>]{0,80})?>|<at\b[^<>]{0,80}>[^<>]{0,80}<\/at>|(?:^|(?<=\s))@(?:\w{2,64}bot|here|channel|everyone)\b[:,]?/giu;
/** A word that is a handle: where there are no others, there is no telling whose name it is. */
const HANDLE = /^(?:@[\w.-]{1,64})?[^\p{L}\p{N}\p{Extended_Pictographic}]{0,8}$/u;
/** Longer messages are no mere handles, pictures or signatures. */
const MAX_ENDING = 400;
/** Slack's way of writing an address: `<https://a.example/x.jpg|x.jpg>`. */
const SLACK_LINK = /<((?:https?|mailto):[^<>|\s]{1,2000})(?:\|([^<>]{0,500}))?>/giu;
/** A channel that a message begins with is whom it speaks to. */
const ADDRESSED_CHANNEL = /^(?:<#[^<>]{1,160}>[\s:,]*)+/u;
/** Channels, and what Slack has for groups and dates; `<!here>` is a mention. */
const SLACK_NAME = /<(?:#[^<>|]{1,80}|!date[^<>|]{1,200})(?:\|([^<>]{0,80}))?>|<![^<>]{1,160}>/gu;
/** What stands for pictures that are written as their names. */
const PICTURES: Readonly<Record<string, string>> = { yes: '👍', no: '👎' };
/** A message that is written as code. */
const CODE = /^(`{1,3})(?:\w{0,20}\n)?([^`]{1,400})\1$/u;
const ENTITY = /&(amp|lt|gt|quot|nbsp|#160|#39);/giu;
const ENTITIES: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	nbsp: ' ',
	'#160': ' ',
	'#39': "'",
};
/** What a phone or a mail program puts below each message, in many languages. */
const SIGNATURE =
	/\n(?:-- ?\n[\s\S]*|(?:sent|get|gesendet|von|envoyé|enviado|inviato|verzonden|wysłane|отправлено|[发發]自)[^\n]{0,60}(?:phone|ipad|mobile|samsung|android|mail|outlook|手机)[^\n]{0,30})$/iu;

/**
 * A message without the markup of the chat app it comes from: mentions, Slack's links and
 * entities, and commands with a slash, which become the word they stand for. A command that means
 * nothing here asks for help.
 *
 * @param message as the chat app gives it
 */
export function withoutChatMarkup(message: string): string {
	const shown = withoutSignature(withoutMentions(message).trim()).replace(CODE, '$2').trim();
	const isPictures = shown !== '' && coverPictures(shown).trim() === '';
	const plain = isPictures ? (PICTURES[smallTalk(shown) ?? ''] ?? '🙂') : shown;
	const command = COMMAND.exec(plain);
	if (command === null) return plain;
	const [, name = '', rest = ''] = command;
	const known = COMMAND_WORDS[name.toLowerCase()];
	// Telegram puts the parameter of a deep link behind /start.
	const words = name.replace(/[_-]+/g, ' ');
	if (rest.trim() === '' || known === 'hello') return known ?? (isKnown(words) ? words : 'help');
	return `${known ?? words} ${rest.trim()}`;
}

/** Whether the name of a command says something in one of the chat's languages: `/exportar`. */
function isKnown(words: string): boolean {
	return (
		likelyCommand(words, words, { isStrict: true }) !== undefined || smallTalk(words) !== undefined
	);
}

/**
 * Whether a text holds words, once the markup of chat apps and rich text is taken off. A mention
 * alone, an empty paragraph or marks alone ask for nothing.
 *
 * @param text a prompt or a message as it came
 */
export function holdsWords(text: string): boolean {
	return saysSomething(withoutMentions(text));
}

function withoutMentions(message: string): string {
	if (!/[<@&]/u.test(message)) return message;
	const isLinks = !/[\p{L}\p{N}]/u.test(message.replace(SLACK_LINK, '').replace(MENTION, ''));
	const text = message
		.replace(MENTION, ' ')
		.trimStart()
		.replace(ADDRESSED_CHANNEL, '')
		.replace(SLACK_LINK, (_link, url: string, label = '') => {
			// Slack itself labels an address with a part of it.
			return isLinks || label === '' || url.includes(label) ? url : `${label} (${url})`;
		})
		.replace(SLACK_NAME, '$1')
		.replace(ENTITY, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity)
		.trim();
	return text.includes('@') && isOnly(HANDLE, text) ? '' : text;
}

function withoutSignature(text: string): string {
	const end = Math.max(0, text.length - MAX_ENDING);
	const ending = text.slice(end);
	const left = ending.replace(SIGNATURE, '');
	return left === ending ? text : (text.slice(0, end) + left).trim();
}

/** Whether every word of a text is of this kind. */
function isOnly(kind: RegExp, text: string): boolean {
	return text.length <= MAX_ENDING && text.split(/\s+/u).every((word) => kind.test(word));
}
