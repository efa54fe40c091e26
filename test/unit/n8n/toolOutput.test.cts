import { NemoVideoError } from '../../../src/api/errors';
import { failureForAgent, flatForAgent } from '../../../src/n8n/toolOutput';

it('what is inside an object comes up under a joined name', () => {
	const timeline = {
		summary: 'Timeline (1 track): 1. Video: sea (0-10s)',
		tracks: [{ type: 'video', name: 'sea', startMs: 0, endMs: 10_000 }],
		durationMs: 10_000,
		readyToExport: true,
	};
	expect(flatForAgent({ sessionId: '1', timeline })).toEqual({
		sessionId: '1',
		timelineSummary: timeline.summary,
		timelineDurationMs: 10_000,
		timelineReadyToExport: true,
	});
});

it('lists of objects become lists of their names', () => {
	const files = [
		{ filename: 'front.png', cdnUrl: 'https://cdn.test/1' },
		{ title: 'Back' },
		{ width: 7 },
	];
	expect(flatForAgent({ files })).toEqual({ files: ['front.png', 'Back', 'number 3'] });
});

it('titles of a film become their texts', () => {
	const cues = [{ startMs: 0, endMs: 900, text: 'Summer sale' }];
	expect(flatForAgent({ cues })).toEqual({ cues: ['Summer sale'] });
});

it('long lists are counted', () => {
	const files = Array.from({ length: 25 }, (_file, index) => ({ filename: `${index}.png` }));
	const { files: names } = flatForAgent({ files });
	expect(names).toHaveLength(21);
	expect(names).toContain('and 5 more');
});

it('flat results stay as they are', () => {
	const flat = { available: 5, frozen: 0, note: null, changes: ['a -> b'], none: [] };
	expect(flatForAgent(flat)).toEqual(flat);
});

it('a draft that was asked for stays whole', () => {
	const draft = { t: [{ tt: 0, sg: [] }] };
	expect(flatForAgent({ draft, canvasConfig: { width: 1 } })).toEqual({
		draft,
		canvasConfig: { width: 1 },
	});
});

it('a failure is one text with what to do and the ids in hand', () => {
	const failure = new NemoVideoError('session', 'The session no longer exists', {
		description: 'Run Create Session again.',
		handles: { sessionId: '7', renderId: undefined },
	});
	expect(failureForAgent(failure)).toEqual({
		error: 'The session no longer exists. Run Create Session again. In hand: sessionId 7.',
		kind: 'session',
		retryable: false,
		safeToRepeat: false,
	});
});
