import { median, type Bench, type Comparison } from './bench.cts';
import { OURS, TestBed } from './testBed.cts';

const ROUNDS = 21;
const MAX_MS = 25;

async function run(): Promise<Comparison[]> {
	const stand = await TestBed.open({ silentShare: 0 });
	const { emulator } = stand;
	try {
		const { sessionId } = await stand.render();
		const beyond: number[] = [];
		const stateCalls: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			emulator.requests.clear();
			const execution = await stand.steps('Latency', {
				type: 'nemoVideoGenerate',
				name: OURS,
				parameters: { sessionId, prompt: `Make the title a little larger (${round})` },
			});
			const node = execution.runData[OURS]?.[0];
			const [turn] = emulator.requests.all({ endpoint: 'run' });
			const after = emulator.requests
				.all({ endpoint: 'state' })
				.filter(({ seq }) => seq > (turn?.seq ?? Infinity));
			if (node === undefined || turn?.closedAt === undefined) throw new Error('No turn was run');
			const stateMs = after.reduce((sum, { at, closedAt = at }) => sum + closedAt - at, 0);
			stateCalls.push(stateMs);
			beyond.push(node.startTime + node.executionTime - turn.closedAt - stateMs);
		}
		const ms = median(beyond);
		return [
			{
				what: "from the stream's last byte to the node's output, beyond the state call",
				ours: `${ms.toFixed(0)} ms`,
				rival: `the state call itself ${median(stateCalls).toFixed(0)} ms`,
				promise: `at most ${MAX_MS} ms`,
				result: `${ms.toFixed(0)} ms`,
				passed: ms <= MAX_MS,
			},
		];
	} finally {
		await stand.close();
	}
}

export const bench: Bench = {
	name: 'latency',
	about: `An edit by the Generate node in n8n 2.41.1: the end of the event stream as the emulator saw it, against the end of the node as n8n saw it, less the time the emulator took for the state call in between. Whole milliseconds; median of ${ROUNDS}.`,
	run,
};
