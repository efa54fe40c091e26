import fc from 'fast-check';

import { saysSomething } from '../../../../src/text/spoken';
import { readAgentEvents } from '../../../../src/api/stream/parseEvents';
import { Turn } from '../../../../src/api/stream/turn';
import { adk, flatText, play } from './reading.cts';

const ISSUE = 'I encountered a temporary issue. Please try again in a moment.';

const call = { type: 'tool_call', name: 'edit_multitrack', args: {} };
const result = { type: 'tool_result', name: 'edit_multitrack', result: {} };
const heartbeat = { type: 'heartbeat' };

function adkText(text: string, rest: Record<string, unknown> = {}): Record<string, unknown> {
	return adk([{ text }], rest);
}

function partial(text: string, rest: Record<string, unknown> = {}): Record<string, unknown> {
	return adkText(text, { partial: true, ...rest });
}

function adkCall(id: string, name = 'edit_multitrack'): Record<string, unknown> {
	return adk([{ functionCall: { id, name, args: {} } }]);
}

function adkResult(id: string, name = 'edit_multitrack'): Record<string, unknown> {
	return adk([{ functionResponse: { id, name, response: {} } }]);
}

describe('the answer in pieces and whole messages (ADK)', () => {
	it('appears once where pieces are followed by the whole', () => {
		const { text, live } = play(
			partial('您的视频'),
			partial('已完成 🎬'),
			adkText('您的视频已完成 🎬'),
		);
		expect(text).toBe('您的视频已完成 🎬');
		expect(live).toBe(text);
	});

	it('is the sum of the pieces where no whole follows', () => {
		expect(play(partial('Almost'), partial(' done')).text).toBe('Almost done');
		const { text } = play(partial('One'), adkText('One'), partial('Tw'), partial('o'));
		expect(text).toBe('One\n\nTwo');
	});

	it('sets separate messages apart by a blank line, live too', () => {
		const { text, live } = play(adkText('First.'), adkCall('1'), adkText('Second.'));
		expect(text).toBe('First.\n\nSecond.');
		expect(live).toBe(text);
	});

	it('shows live what the whole adds to the pieces', () => {
		expect(play(partial('Almost'), adkText('Almost done')).live).toBe('Almost done');
	});

	it.each([
		['a piece was lost', [partial('C'), adkText('ABC')]],
		['pieces came in the wrong order', [partial('C'), partial('AB'), adkText('ABC')]],
		['a piece came twice', [partial('AB'), partial('AB'), partial('C'), adkText('ABC')]],
		['the whole came twice', [partial('AB'), adkText('ABC'), adkText('ABC')]],
		['the whole came twice, work in between', [adkText('ABC'), adkCall('1'), adkText('ABC')]],
		['the whole grew', [adkText('AB'), adkText('ABC')]],
		['a piece came after the whole', [partial('AB'), adkText('ABC'), partial('C')]],
		['all pieces came after the whole', [adkText('ABC'), partial('C'), partial('AB')]],
		['a piece came after the whole and work', [adkText('ABC'), adkCall('1'), partial('AB')]],
		['the whole came after the work', [partial('AB'), partial('C'), adkCall('1'), adkText('ABC')]],
		['the whole says it otherwise', [partial('Nearly'), adkText('ABC')]],
	])('appears once where %s', (_name, events) => {
		expect(play(...events).text).toBe('ABC');
	});

	it('knows an event that comes again by its id', () => {
		const { text } = play(partial('ha', { id: 'a' }), partial('ha', { id: 'a' }));
		expect(text).toBe('ha');
		const { text: laughter } = play(partial('ha', { id: 'a' }), partial('ha', { id: 'b' }));
		expect(laughter).toBe('haha');
		const shared = play(partial('ha', { id: 'a' }), partial('ho', { id: 'a' }));
		expect(shared.text).toBe('haho');
	});

	it('knows a latecomer by its time, even where the next message has begun', () => {
		const { text } = play(
			partial('One ', { timestamp: 10 }),
			adkText('One two', { timestamp: 12 }),
			partial('Then ', { timestamp: 13 }),
			partial('two', { timestamp: 11 }),
			partial('three', { timestamp: 14 }),
		);
		expect(text).toBe('One two\n\nThen three');
	});

	it('keeps a new message that begins with words of the one before', () => {
		const { text, live } = play(adkText('The title is set'), partial('The'), partial(' clip'));
		expect(text).toBe('The title is set\n\nThe clip');
		expect(live).toBe(text);
		const later = play(
			adkText('It is done now', { timestamp: 1_795_399_407_672 }),
			partial('done', { timestamp: 1_795_399_409_000 }),
		);
		expect(later.text).toBe('It is done now\n\ndone');
	});

	it('knows a long latecomer by its words alone, where the next message continues', () => {
		const { text } = play(
			partial('The title '),
			adkText('The title is set to "Paradise"'),
			partial('is set to "Paradise"'),
			partial('The clip'),
			partial('is set to "Paradise"'),
			partial(' is next'),
		);
		expect(text).toBe('The title is set to "Paradise"\n\nThe clip is next');
	});

	it('ignores blank messages', () => {
		expect(play(adkText(' \n'), adkText('A'), partial('\n')).text).toBe('A');
	});

	it('never shows a thought, live or at the end', () => {
		const { text, live } = play(
			adk([{ text: 'secret', thought: true }]),
			adk([{ text: 'secret', thought: true }, { text: 'open' }], { partial: true }),
			adk([{ text: 'secret', thought: true }, { text: 'open' }]),
		);
		expect(`${text}${live}`).toBe('openopen');
	});
});

describe('the answer in the flat dialect', () => {
	it('puts pieces of one text together as they are', () => {
		const { text, live } = play(
			flatText('您的'),
			flatText('视频已'),
			heartbeat,
			flatText('完成。'),
		);
		expect(text).toBe('您的视频已完成。');
		expect(live).toBe(text);
		expect(play(flatText('It is'), flatText(' done.'), flatText(' Look!')).text).toBe(
			'It is done. Look!',
		);
		expect(play(flatText('see nemovideo.'), flatText('com')).text).toBe('see nemovideo.com');
	});

	it('sets messages apart: after work, and where a sentence ends without a space', () => {
		const { text, live } = play(
			flatText('Working'),
			call,
			result,
			flatText('Done.'),
			flatText('Look!'),
		);
		expect(text).toBe('Working\n\nDone.\n\nLook!');
		expect(live).toBe(text);
	});

	it.each([
		['the text came twice', [flatText('好的'), flatText('好的')], '好的'],
		[
			'a long piece came twice',
			[flatText('A'), flatText(' long piece'), flatText(' long piece')],
			'A long piece',
		],
		[
			'a text repeats what its chunks gave',
			[{ type: 'chunk', content: 'O' }, { type: 'chunk', content: 'K' }, flatText('OK')],
			'OK',
		],
		[
			'each text repeats all before it',
			[flatText('Your video'), flatText('Your video is'), flatText('Your video is ready')],
			'Your video is ready',
		],
		[
			'a message came again after work',
			[flatText('It is done.'), call, flatText('It is done.')],
			'It is done.',
		],
		[
			'a message came again later',
			[flatText('It is done.'), call, flatText('Look.'), flatText('It is done.')],
			'It is done.\n\nLook.',
		],
	])('appears once where %s', (_name, events, expected) => {
		const { text, live } = play(...events);
		expect(text).toBe(expected);
		expect(live).toBe(expected);
	});

	it('keeps short pieces that follow each other by chance', () => {
		expect(play(flatText('costs 1'), flatText('0'), flatText('0')).text).toBe('costs 100');
	});

	it('mixes with ADK events without losing either', () => {
		const { text } = play(
			flatText('Working on it'),
			partial('Do'),
			adkText('Done'),
			flatText('Bye'),
		);
		expect(text).toBe('Working on it\n\nDone\n\nBye');
	});
});

describe('the tools of a turn', () => {
	it('are named once each in the order of their first use, calls are counted', () => {
		const { tools, toolCalls } = play(
			adkCall('1', 'generate_video_with_seedance'),
			adkResult('1', 'generate_video_with_seedance'),
			adkCall('2'),
			adkResult('2'),
			adkCall('3', 'generate_video_with_seedance'),
		);
		expect(tools).toEqual(['generate_video_with_seedance', 'edit_multitrack']);
		expect(toolCalls).toBe(3);
	});

	it('are counted once where a call comes twice, or only its result comes', () => {
		expect(play(adkCall('1'), adkCall('1'), adkResult('1')).toolCalls).toBe(1);
		expect(play(adkResult('1')).toolCalls).toBe(1);
		expect(play(call, result, call, result).toolCalls).toBe(2);
	});

	it('may have no name', () => {
		expect(play({ type: 'tool_call' })).toMatchObject({ tools: [], toolCalls: 1 });
	});
});

describe('a silent turn', () => {
	it('gives an empty text, so that the state can tell what changed', () => {
		expect(play(heartbeat, call, result)).toMatchObject({ text: '', failure: undefined });
		expect(play()).toMatchObject({
			text: '',
			live: '',
			tools: [],
			toolCalls: 0,
			begun: false,
			failure: undefined,
			lost: undefined,
		});
	});
});

describe('the claim of a temporary issue at the end', () => {
	it.each([
		['a text', [flatText('Your video is ready.'), flatText(ISSUE)], 'Your video is ready.'],
		['work', [call, result, flatText(ISSUE)], ''],
		['text and work', [flatText('On it.'), call, result, flatText(ISSUE)], 'On it.'],
		['an ADK message', [adkText('Ready'), adkText(ISSUE)], 'Ready'],
		['ADK work', [adkCall('1'), adkText(ISSUE)], ''],
		[
			'its own pieces',
			[adkText('Ready'), partial('I encountered a temp'), adkText(ISSUE)],
			'Ready',
		],
		[
			'itself',
			[adkText('Ready'), adkText(ISSUE), adkCall('1'), adkText(`Sorry, ${ISSUE}`)],
			'Ready',
		],
		[
			'a sentence of the same text',
			[adkText(`Your video is ready. ${ISSUE}`)],
			'Your video is ready.',
		],
		['a Chinese sentence', [adkText(`您的视频已完成。${ISSUE}`)], '您的视频已完成。'],
		[
			'pieces of one text',
			[flatText('Ready. '), flatText('I encountered'), flatText(' a temporary issue.')],
			'Ready.',
		],
	])('is dropped after %s', (_name, events, expected) => {
		const { text, failure } = play(...events);
		expect(text).toBe(expected);
		expect(failure).toBeUndefined();
	});

	it.each([
		['alone', [flatText(ISSUE)]],
		['after heartbeats only', [heartbeat, 'heartbeat', adkText(`Sorry, ${ISSUE}`)]],
		['after a thought only', [adk([{ text: 'hm', thought: true }]), adkText(ISSUE)]],
		['twice', [adkText(ISSUE), adkText(`Sorry, ${ISSUE}`)]],
	])('is a failure of NemoVideo when it comes %s', (_name, events) => {
		expect(play(...events)).toMatchObject({ text: '', live: '', failure: 'server' });
	});

	it('is no failure before the end, because more may come', () => {
		const turn = new Turn();
		for (const event of readAgentEvents(JSON.stringify(flatText(ISSUE)))) turn.push(event);
		expect(turn.failure).toBeUndefined();
		turn.finish();
		expect(turn.failure?.message).toContain('temporary issue');
	});

	it('is kept where the agent went on after it', () => {
		const { text } = play(adkText(ISSUE), adkCall('1'), adkText('Done now.'));
		expect(text).toBe(`${ISSUE}\n\nDone now.`);
	});

	it.each([
		['at once', [flatText('Ready.'), flatText(ISSUE)]],
		[
			'in pieces',
			[flatText('Ready.'), ...['I', ' encountered a te', 'mporary issue.', ' Try'].map(flatText)],
		],
		[
			'in the pieces of ADK',
			[
				adkText('Ready.'),
				partial('I encountered a '),
				partial('temporary issue'),
				adkText('I encountered a temporary issue'),
			],
		],
	])('is not shown live when it comes %s', (_name, events) => {
		expect(play(...events).live.trim()).toBe('Ready.');
	});

	it('holds nothing back live that only begins like it', () => {
		expect(play(flatText('I'), flatText(' encountered'), flatText(' no issue')).live).toBe(
			'I encountered no issue',
		);
		expect(play(flatText('Made for Hawaii')).live).toBe('Made for Hawaii');
		expect(play(flatText('Made for HI')).live).toBe('Made for HI');
	});

	it('does not silence what comes after it', () => {
		const { live } = play(adkText(ISSUE), adkCall('1'), adkText('Done now.'));
		expect(live.trim()).toBe('Done now.');
	});
});

describe('a failure that the backend tells', () => {
	it('keeps the text before it, and the first one counts', () => {
		const { text, failure } = play(
			flatText('On it.'),
			{ code: 2001, message: 'no credits' },
			{ error: 'and more' },
		);
		expect(text).toBe('On it.');
		expect(failure).toBe('credits');
	});

	it('tells whether the agent had begun', () => {
		expect(play(heartbeat, '', { code: 1001 }).begun).toBe(false);
		expect(play(adk([{ text: 'hm', thought: true }]), { code: 1001 }).begun).toBe(true);
		expect(play(flatText('Hi'), { code: 1001 }).begun).toBe(true);
		expect(play(call, { code: 1001 }).begun).toBe(true);
	});
});

describe('any answer, streamed any way', () => {
	const RUNS = 300;
	const message = fc
		.array(fc.constantFrom('Ready', ' now', '. ', '您的', '视频', '🎬', '\n', ' a', 'the'), {
			minLength: 1,
			maxLength: 8,
		})
		.filter((pieces) => pieces.join('').trim() !== '');
	const messages = fc.uniqueArray(message, {
		maxLength: 4,
		selector: (pieces) => pieces.join('').trim(),
	});

	it('comes out as its messages, once each, where wholes follow pieces that came out of order or twice', () => {
		fc.assert(
			fc.property(messages, fc.infiniteStream(fc.nat()), (spoken, chance) => {
				const next = (below: number) => (chance.next().value ?? 0) % below;
				const events = spoken.flatMap((pieces, index) => {
					const streamed = pieces.map((piece) => partial(piece, { timestamp: index }));
					const attacked = streamed
						.filter(() => next(4) > 0)
						.flatMap((event) => (next(4) === 0 ? [event, event] : [event]))
						.map((event) => ({ event, rank: next(100) }))
						.sort((a, b) => a.rank - b.rank)
						.map(({ event }) => event);
					const whole = adkText(pieces.join(''), { timestamp: index });
					const late = attacked.slice(0, next(3));
					return [...attacked, whole, ...late, ...(next(2) ? [whole] : []), adkCall(`${index}`)];
				});
				const expected = spoken.map((pieces) => pieces.join('').trim());
				const words = expected.join('\n\n');
				expect(play(...events).text).toBe(saysSomething(words) ? words : '');
			}),
			{ numRuns: RUNS },
		);
	});

	it('shows live what it tells at the end, where nothing is out of order', () => {
		fc.assert(
			fc.property(messages, fc.boolean(), (spoken, streaming) => {
				const events = spoken.flatMap((pieces, index) => [
					...(streaming ? pieces.map((piece, at) => partial(piece, { id: `${index}.${at}` })) : []),
					adkText(pieces.join('')),
					adkCall(`${index}`),
				]);
				const { text, live } = play(...events);
				const shown = saysSomething(live) ? live : '';
				expect(shown.replace(/\s+/g, '')).toBe(text.replace(/\s+/g, ''));
			}),
			{ numRuns: RUNS },
		);
	});

	it('comes out once in the flat dialect where every event comes twice', () => {
		const sentence = fc.constantFrom(
			'Adding the music',
			'The title is set',
			'您的视频已经完成了',
			'Look at the clip',
		);
		fc.assert(
			fc.property(fc.uniqueArray(sentence), (spoken) => {
				const events = spoken.flatMap((text) => [flatText(text), flatText(text), call]);
				expect(play(...events).text).toBe(spoken.join('\n\n'));
			}),
			{ numRuns: RUNS },
		);
	});
});

describe('a turn that is cut short', () => {
	const isCutShort = (...events: object[]): boolean => {
		const turn = new Turn();
		for (const event of events) {
			for (const agentEvent of readAgentEvents(JSON.stringify(event))) turn.push(agentEvent);
		}
		return turn.isCutShort;
	};
	const preview = adk([{ functionCall: { id: '1', name: 'edit', args: {} } }], { partial: true });
	const half = adkText('I will add the title and', { finishReason: 'MAX_TOKENS' });

	it.each([
		['in pieces whose whole never came', [partial('Sure. '), partial("I'll")]],
		['in pieces after a whole message', [adkText('First.'), adkCall('1'), partial('Then')]],
		['in a call that was only previewed', [adkText('I make it.'), preview]],
		['in pieces and a previewed call', [partial("I'll make it"), preview]],
		['by the limit of its words', [half]],
		['by an interruption', [adkText('I was about'), adk([], { interrupted: true })]],
	])('is reported %s', (_how, events) => expect(isCutShort(...events)).toBe(true));

	it.each([
		['pieces were followed by their whole', [partial('Do'), partial('ne.'), adkText('Done.')]],
		['a piece came after its whole', [adkText('It is done now.'), partial('done now.')]],
		['a previewed call was made', [preview, adkCall('1')]],
		['what was cut short went on', [half, adkCall('1'), adkResult('1'), adkText('Done.')]],
		['the server said that all was said', [partial('Done'), adk([], { turnComplete: true })]],
		['nothing but flat pieces came', [flatText('Do'), flatText('ne')]],
		['nothing came', []],
	])('is not where %s', (_how, events) => expect(isCutShort(...events)).toBe(false));
});
