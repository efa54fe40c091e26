import { planTurn, type Situation } from '../../emulator/agent.cts';
import { TRACK, trackOf, type Draft } from '../../emulator/draft.cts';
import { understand } from '../../emulator/prompt.cts';

const NEW: Situation = {
	key: 'session 1',
	chinese: false,
	draft: undefined,
	media: [],
	clipUrl: 'http://127.0.0.1/clips/a.mp4',
	answering: false,
	extras: true,
	guiTalk: false,
};

function draftAfter(prompt: string, situation: Situation = NEW): Draft {
	const draft = planTurn(prompt, situation).stages.at(-1);
	if (!draft) throw new Error(`"${prompt}" left no timeline`);
	return draft;
}

const LAKE = draftAfter('create a 20-second video of a lake');
const LATER: Situation = { ...NEW, key: 'session 2', draft: LAKE };

it.each([
	['make it better', true],
	['Improve it!', true],
	['hi', true],
	['弄好看一点', true],
	['make the title bigger', false],
	['add music', false],
	['加音乐', false],
	['a lake at dawn', false],
])('%j is vague: %s', (prompt, vague) => {
	expect(understand(prompt).vague).toBe(vague);
});

it.each([
	['turn these images into a 30-second promo video with background music', 'generation'],
	['create five product photos and a caption into a 1080p MP4', 'generation'],
	['regenerate', 'generation'],
	['重新生成', 'generation'],
	['make the video shorter', 'edit'],
	['turn the music down', 'edit'],
	["add a title 'Make a video'", 'edit'],
	['make it better', 'question'],
])('%j on a timeline is a %s', (prompt, kind) => {
	expect(planTurn(prompt, LATER).kind).toBe(kind);
});

it('takes an answer to its own question as an instruction', () => {
	expect(planTurn('yes', { ...LATER, answering: true }).kind).toBe('edit');
});

it.each<[string, (draft: Draft) => unknown, unknown]>([
	[
		"add the title 'Paradise Found'",
		(draft) => trackOf(draft, TRACK.text)?.sg[0]?.m.text,
		'Paradise Found',
	],
	['添加标题“天堂岛”', (draft) => trackOf(draft, TRACK.text)?.sg[0]?.m.text, '天堂岛'],
	['remove the title', (draft) => trackOf(draft, TRACK.text), undefined],
	['add jazz music', (draft) => trackOf(draft, TRACK.audio)?.sg[0]?.m.title, 'Jazz'],
	['remove the music', (draft) => trackOf(draft, TRACK.audio), undefined],
	['set the music volume to 60%', (draft) => trackOf(draft, TRACK.audio)?.sg[0]?.m.volume, 0.6],
	['trim it to 8 seconds', (draft) => draft.d, 8000],
	['speed it up to 2x', (draft) => draft.d, 10_000],
	['make it 9:16', (draft) => [draft.m.width, draft.m.height], [1080, 1920]],
])('%j changes just that', (prompt, read, expected) => {
	expect(read(draftAfter(prompt, LATER))).toEqual(expected);
});

it('leaves equal drafts for equal prompts and different ones for different prompts', () => {
	const lake = draftAfter('create a video of a lake');
	expect(draftAfter('create a video of a lake')).toEqual(lake);
	expect(draftAfter('create a video of a sea')).not.toEqual(lake);
	expect(draftAfter('warmer colours', LATER)).not.toEqual(draftAfter('colder colours', LATER));
});

it('keeps every segment inside the timeline after any edit', () => {
	for (const prompt of [
		'trim it to 2 seconds',
		'slow it down',
		"add title 'X y z' for 99 seconds",
	]) {
		const draft = draftAfter(prompt, LATER);
		for (const { sg } of draft.t) {
			for (const piece of sg) expect(piece.st + piece.d).toBeLessThanOrEqual(draft.d + 1);
		}
	}
});
