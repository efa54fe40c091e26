import { readTurnId, toTurnId } from '../../../../src/flows/generate/turnId';

const TICKET = '3b0f2e6d1c574f0a9c1e5f6b2f6d1c57';
const BEFORE = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const KEY = {
	sessionId: '5529798706024415232',
	startedAt: 1_764_000_000_123,
	before: BEFORE,
	ticket: TICKET,
};

describe('a turn ID', () => {
	it.each(['5529798706024415232', 'session_abc-1', 'a.b', 'ü%', 'x'.repeat(128)])(
		'gives back what it was made of: session %j',
		(sessionId) => {
			const turnId = toTurnId({ ...KEY, sessionId });
			expect(readTurnId(` ${turnId}\n`)).toEqual({
				...KEY,
				sessionId,
				before: BEFORE.slice(0, 16),
			});
		},
	);

	it('is short enough for a model to copy, and in one word', () => {
		const turnId = toTurnId(KEY);
		expect(turnId.length).toBeLessThan(90);
		expect(turnId).toMatch(/^[\w.%-]+$/);
	});

	it.each([
		'',
		'turn',
		'turn.1.a.b.c.d',
		`turn.2.mgx5k2c0.${BEFORE.slice(0, 16)}.${TICKET}.7`,
		`turn.1.mgx5k2c0.${BEFORE.slice(0, 16)}.${TICKET.slice(1)}.7`,
		`turn.1.mgx5k2c0.${BEFORE.slice(0, 16)}.${TICKET}.`,
		`turn.1.mgx5k2c0.${BEFORE.slice(0, 16)}.${TICKET}.7.8`,
		`turn.1.mgx5k2c0.${BEFORE.slice(0, 16)}.${TICKET}.%E0%A4%A`,
		'render_5f6b2f6d1c57',
		'5529798706024415232',
	])('is not %j', (text) => {
		expect(() => readTurnId(text)).toThrow(
			expect.objectContaining({ kind: 'input', outcome: 'refused' }),
		);
	});
});
