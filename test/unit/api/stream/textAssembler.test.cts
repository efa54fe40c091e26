import { adk, flatText, play } from './reading.cts';

const whole = (text: string, rest: Record<string, unknown> = {}) => adk([{ text }], rest);
const piece = (text: string, rest: Record<string, unknown> = {}) =>
	whole(text, { partial: true, ...rest });
const call = adk([{ functionCall: { id: '1', name: 'edit', args: {} } }]);
const SECONDS = 1_795_399_407;
const MILLISECONDS = SECONDS * 1_000;

/** What is told in the end; shown live it has to be the same. */
const told = (...events: unknown[]): string => {
	const { text, live } = play(...events);
	expect(live).toBe(text);
	return text;
};

describe('pieces of the flat dialect', () => {
	it('count once where one of eight characters or more comes twice in a row', () => {
		expect(told(flatText('A'), flatText(' 2345678'), flatText(' 2345678'))).toBe('A 2345678');
		expect(told(flatText('A'), flatText(' 234567'), flatText(' 234567'))).toBe('A 234567 234567');
	});

	it('may repeat all before them from eight characters on', () => {
		expect(told(flatText('12345678'), flatText('123456789'))).toBe('123456789');
		expect(told(flatText('1234567'), flatText('123456789'))).toBe('1234567123456789');
	});

	it('count once where they are a message that was told before', () => {
		expect(told(flatText('It is done'), call, flatText(' It is done '), flatText('Bye'))).toBe(
			'It is done\n\nBye',
		);
	});

	it('keep a short word that was a message before', () => {
		expect(told(flatText('Done'), call, flatText('Well'), flatText('Done'))).toBe(
			'Done\n\nWellDone',
		);
	});

	it.each([
		['Done.', 'Look'],
		['Done!', 'Öl'],
		['Done?', '看'],
		['Done…', 'Look'],
		['“Done."', 'Look'],
		["Done.'", 'Look'],
		['(Done.)', 'Look'],
		['[Done.]', 'Look'],
	])('begin a new message where a sentence ends and no space follows: %j, %j', (one, other) => {
		expect(told(flatText(one), flatText(other))).toBe(`${one}\n\n${other}`);
	});

	it.each([
		['Done.', ' Look'],
		['Done.', 'look'],
		['Done. ', 'Look'],
		['nemovideo.', 'com'],
		['Done', 'Look'],
		['v1.0', 'Beta'],
		['完成。', '看'],
	])('continue with the same message otherwise: %j, %j', (one, other) => {
		expect(told(flatText(one), flatText(other))).toBe(one + other);
	});

	it('are a message of their own before a whole one', () => {
		expect(told(flatText('On it'), whole('Done'))).toBe('On it\n\nDone');
		expect(told(flatText('On it'), call, piece('Do'), piece('ne'))).toBe('On it\n\nDone');
	});
});

describe('a whole message', () => {
	it('that grows appears once, and shown by what it grew', () => {
		expect(told(whole('One'), whole('One two'), whole('One two three'))).toBe('One two three');
	});

	it.each([
		['work', [call]],
		['other pieces', [piece('x')]],
	])('does not grow any more after %s', (_what, between) => {
		expect(play(whole('One'), ...between, whole('One two')).text).toBe('One\n\nOne two');
	});

	it('leaves the pieces of the next one alone when it comes twice', () => {
		expect(told(whole('One'), piece('Another'), whole('One'))).toBe('One\n\nAnother');
		expect(told(whole('One two'), piece('One '), whole('One two'))).toBe('One two');
	});

	it('takes the place of its pieces also where work came in between', () => {
		const { text } = play(piece('One '), call, piece('two'), call, whole('One two'), whole('Bye'));
		expect(text).toBe('One two\n\nBye');
	});

	it('leaves other messages in their place', () => {
		expect(play(whole('One'), piece('Other'), call, whole('Two')).text).toBe('One\n\nOther\n\nTwo');
	});

	it('is not looked for among messages that are long past', () => {
		const between = ['b', 'c', 'd', 'e'].flatMap((text) => [whole(text), call]);
		expect(play(piece('a'), call, ...between, whole('a and more')).text).toBe(
			'a\n\nb\n\nc\n\nd\n\ne\n\na and more',
		);
	});

	it('shows nothing more live where its pieces were told otherwise', () => {
		expect(play(piece('Nearly'), whole('All done')).live).toBe('Nearly');
		expect(play(piece('All'), whole('All')).live).toBe('All');
	});
});

describe('a piece that comes after its whole message', () => {
	it.each([
		['a second later, in seconds', SECONDS, SECONDS + 1, 'It is done now'],
		['longer after, in seconds', SECONDS, SECONDS + 1.5, 'It is done now\n\nis done now'],
		['a second later, in milliseconds', MILLISECONDS, MILLISECONDS + 1_000, 'It is done now'],
		[
			'longer after, in milliseconds',
			MILLISECONDS,
			MILLISECONDS + 1_001,
			'It is done now\n\nis done now',
		],
		['at a time nobody knows', undefined, SECONDS + 90, 'It is done now'],
		['at no time of its own', SECONDS, undefined, 'It is done now'],
	])('is distinguished from the next by its time: %s', (_when, before, at, expected) => {
		const said = whole('It is done now', { timestamp: before });
		const late = { timestamp: at };
		expect(play(said, piece(' is done now', late)).text).toBe(expected);
	});

	it('and was said before it is no new one, whatever its words', () => {
		const said = whole('All is well', { timestamp: 12 });
		expect(play(said, piece('Something else', { timestamp: 11.9 })).text).toBe('All is well');
		expect(play(said, piece('Something else', { timestamp: 12 })).text).toBe(
			'All is well\n\nSomething else',
		);
	});

	it('is looked for in the last four messages', () => {
		const first = whole('The very first message');
		const others = ['b', 'c', 'd', 'e'].flatMap((text) => [call, whole(text)]);
		const late = piece('very first');
		expect(play(first, ...others.slice(0, 6), late).text).toBe(
			'The very first message\n\nb\n\nc\n\nd',
		);
		expect(play(first, ...others, late).text).toMatch(/e\n\nvery first$/);
	});

	it('is not looked for in a message that is very long', () => {
		const long = `${'x'.repeat(10_000)} the end`;
		expect(play(whole(long), piece('the end')).text).toBe(`${long}\n\nthe end`);
		const shorter = long.slice(-10_000);
		expect(play(whole(shorter), piece('the end')).text).toBe(shorter);
	});

	it('is held back while it may be the beginning of a new one, and shown with it', () => {
		expect(told(whole('The title is set'), piece('The'), piece(' title'), piece(' song'))).toBe(
			'The title is set\n\nThe title song',
		);
	});

	it('is dropped where the new one comes whole', () => {
		expect(told(whole('The title is set'), piece('The'), whole('A song'))).toBe(
			'The title is set\n\nA song',
		);
		expect(told(whole('The title is set'), piece('The'), call, piece('A song'))).toBe(
			'The title is set\n\nA song',
		);
	});
});

describe('an event with an id', () => {
	it('counts once, also where others came in between', () => {
		const [ha, ho] = [piece('ha', { id: 'a' }), piece('ho', { id: 'b' })];
		expect(play(ha, ho, ha, ho, ha).text).toBe('haho');
	});

	it('counts again once ten thousand others have passed', () => {
		const pieces = Array.from({ length: 10_000 }, (_piece, index) =>
			piece('-', { id: `${index}` }),
		);
		expect(play(piece('ha', { id: 'a' }), piece('ha', { id: 'a' })).text).toBe('ha');
		const { text } = play(...pieces, piece('ha', { id: 'a' }), piece('-', { id: '5' }));
		expect(text).toHaveLength(10_003);
	});
});
