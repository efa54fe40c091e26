import { NemoVideoError } from '../../../../src/api/errors';
import { cancelledError } from '../../../../src/api/stop';
import { afterPrompt } from '../../../../src/flows/generate/afterPrompt';
import type { FinishedTurn, PendingTurn } from '../../../../src/flows/generate/turnCheckpoint';
import { SILENCE, toResult } from '../../../../src/flows/generate/turnWords';

const before = { fingerprint: 'a', timelineFingerprint: 'a' };
const sent: PendingTurn = { phase: 'sent', sessionId: '7', ticket: 't', startedAt: 0, before };
const said = { ...SILENCE, text: 'On it.', closingText: 'On it.' };
const result = toResult(sent, { said, after: undefined, by: 'stream', elapsedMs: 1 });
const done: FinishedTurn = { phase: 'done', sessionId: '7', ticket: 't', before, result };
const lost = new NemoVideoError('network', 'It broke', { description: 'Why.', outcome: 'free' });

describe('a failure after a prompt', () => {
	it('stays what it is where none was sent', () => {
		expect(afterPrompt(lost, undefined)).toBe(lost);
		expect(afterPrompt(cancelledError(), undefined)).toMatchObject({
			outcome: 'refused',
			description: 'This execution sends nothing more to NemoVideo.',
		});
	});

	it('is not safe to repeat, and quotes what the agent said', () => {
		expect(afterPrompt(lost, { ...sent, said })).toMatchObject({
			safeToRepeat: false,
			description: 'Why. NemoVideo said: "On it."',
		});
		expect(afterPrompt(lost, sent).description).toBe('Why.');
		expect(afterPrompt(lost, done).description).toBe('Why. NemoVideo said: "On it."');
	});

	it('of Stop says that NemoVideo continues, what it may cost and where to look', () => {
		expect(afterPrompt(cancelledError(), { ...sent, said })).toMatchObject({
			safeToRepeat: false,
			description:
				'This execution sends nothing more to NemoVideo. NemoVideo continues with the prompt that was sent, and may charge it. Look at session 7 (State node, or \'status\' in a chat). NemoVideo said: "On it."',
		});
	});

	it('of Stop after the prompt was finished says that what it made is there', () => {
		const { description } = afterPrompt(cancelledError(), done);
		expect(description).toContain('NemoVideo had already finished the prompt. Look at session 7');
		expect(description).not.toContain('continues with');
	});

	it('says all this once, however many stages it passes', () => {
		for (const record of [sent, done, { ...sent, said }]) {
			for (const error of [lost, cancelledError('noAnswer')]) {
				const once = afterPrompt(error, record);
				expect(afterPrompt(once, record).description).toBe(once.description);
			}
		}
	});
});
