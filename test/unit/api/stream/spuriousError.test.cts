import { adk, flatText, play } from './reading.cts';

const CLAIM = 'I encountered a temporary issue';
const ISSUE = `${CLAIM}. Please try again in a moment.`;
const whole = (text: string) => adk([{ text }]);
const call = { type: 'tool_call', name: 'edit_multitrack', args: {} };

describe('the claim of a temporary issue takes its own sentence with it, and no other', () => {
	it.each([
		[`Your video is ready. Sorry, ${ISSUE}`, 'Your video is ready.'],
		[`Your video is ready.  Sorry, ${ISSUE}`, 'Your video is ready.'],
		[`The title says "Go!" Sorry, ${ISSUE}`, 'The title says "Go!"'],
		[`Ready (at last.) Sorry, ${ISSUE}`, 'Ready (at last.)'],
		[`Is it what you meant? Sorry, ${ISSUE}`, 'Is it what you meant?'],
		[`One. Two. Three. ${ISSUE}`, 'One. Two. Three.'],
		[`See nemovideo.com today, but ${ISSUE}`, ''],
		[`您的视频已完成！抱歉，${ISSUE}`, '您的视频已完成！'],
		[`- a title\n- Sorry: ${ISSUE}`, '- a title'],
	])('%j', (text, kept) => {
		const reading = play(call, whole(text));
		expect(reading).toMatchObject({ text: kept, failure: undefined });
		expect(reading.live.trim()).toBe(kept);
	});

	it('however it is capitalised', () => {
		expect(play(whole('Ready.'), whole('Oh, i encountered A Temporary Issue')).text).toBe('Ready.');
	});
});

describe('a stream that ends within the claim', () => {
	it.each(['I encountered a', 'I encountered a temp', 'Sorry, I encountered a temporary iss'])(
		'is reported without it: %j',
		(begun) => {
			expect(play(whole('Ready.'), whole(begun)).text).toBe('Ready.');
			expect(play(whole(`Ready. ${begun}`)).text).toBe('Ready.');
		},
	);

	it('keeps what may still become another sentence', () => {
		expect(play(whole('Ready.'), whole('I encountered')).text).toBe('Ready.\n\nI encountered');
	});

	it('fails where nothing else came', () => {
		expect(play(whole('I encountered a temp'))).toMatchObject({ text: '', failure: 'server' });
	});
});

describe('what is shown live', () => {
	it('continues with the next message after the claim', () => {
		expect(play(whole(ISSUE), whole('Done after all.')).live.trim()).toBe('Done after all.');
	});

	it('keeps words that belong to the claim back until the next message', () => {
		const { live } = play(flatText('Ready. '), flatText(CLAIM), flatText(' and more of it'), call);
		expect(live).toBe('Ready. ');
	});

	it('begins with the first words after the work', () => {
		expect(play(call, flatText('Done.')).live).toBe('Done.');
	});

	it('shows blank lines between messages', () => {
		expect(play(flatText('One'), flatText('\n\n'), flatText('Two')).live).toBe('One\n\nTwo');
	});
});
