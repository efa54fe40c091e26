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

/** Mentions of the bot, at either end of a message: Slack's `<@U0123ABC>`, Telegram's `@my_bot`. */
const MENTION = /<@[UWB][A-Z0-9]{2,20}(?:\|[^<>]{0,80})?>|(?:^|(?<=\s))@\w{2,64}bot\b[:,]?/giu;
/** Slack's way of writing an address: `<https://a.example/x.jpg|x.jpg>`. */
const SLACK_LINK = /<((?:https?|mailto):[^<>|\s]{1,2000})(?:\|[^<>]{0,500})?>/giu;
const SLACK_CHANNEL = /<[#!][^<>|]{1,80}(?:\|([^<>]{0,80}))?>/gu;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * A message without the markup of the chat app it comes from: mentions, Slack's links and
 * entities, and commands with a slash, which become the word they stand for. A command that means
 * nothing here asks for help.
 *
 * @param message as the chat app gives it
 */
export function withoutChatMarkup(message: string): string {
	const text = message.includes('<') || message.includes('@') ? withoutMentions(message) : message;
	const plain = /&(?:amp|lt|gt);/u.test(text)
		? text.replace(/&(?:amp|lt|gt);/gu, (entity) => ENTITIES[entity] ?? entity)
		: text;
	const command = COMMAND.exec(plain.trim());
	if (command === null) return plain.trim();
	const [, name = '', rest = ''] = command;
	const known = COMMAND_WORDS[name.toLowerCase()];
	// Telegram puts the parameter of a deep link behind /start.
	if (rest.trim() === '' || known === 'hello') return known ?? 'help';
	return `${known ?? name.replace(/[_-]+/g, ' ')} ${rest.trim()}`;
}

function withoutMentions(message: string): string {
	return message
		.replace(MENTION, ' ')
		.replace(SLACK_LINK, '$1')
		.replace(SLACK_CHANNEL, '$1')
		.trim();
}
