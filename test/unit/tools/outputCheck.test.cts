import type { IDataObject, IRunData } from 'n8n-workflow';
import { checkExecution, checkOutputs, takeChecked } from '../../e2e/outputCheck.cts';

const BALANCE = { available: 1, frozen: 0, total: 1 };
const RENDER = {
	sessionId: '5529798706024415232',
	renderId: 'render_1',
	status: 'pending',
	progress: 0,
	url: '',
	attempts: 1,
};

/** What one run of a node named "Node" gave, on its outputs. */
const gave = (...outputs: IDataObject[][]): IRunData => ({
	Node: [
		{
			startTime: 0,
			executionIndex: 0,
			executionTime: 0,
			source: [],
			data: { main: outputs.map((items) => items.map((json) => ({ json }))) },
		},
	],
});

const node = (type: string, parameters = {}, more = {}) => [
	{ name: 'Node', type: `n8n-nodes-nemovideo.${type}`, parameters, ...more },
];

describe('an end-to-end row', () => {
	it('fails where an item has a field too many, too few or of another type', () => {
		const credits = node('nemoVideoCredits');
		expect(checkOutputs(gave([BALANCE, BALANCE]), credits)).toBe(2);
		for (const wrong of [{ ...BALANCE, more: 1 }, { available: 1 }, { ...BALANCE, total: '1' }]) {
			expect(() => checkOutputs(gave([BALANCE, wrong]), credits)).toThrow(
				/Node \(nemoVideoCredits\)/,
			);
		}
	});

	it('holds Export against the schema of its operation', () => {
		const timedOut = { ...RENDER, timedOut: true };
		expect(checkOutputs(gave([timedOut]), node('nemoVideoExport'))).toBe(1);
		const submit = node('nemoVideoExport', { operation: 'submit' });
		expect(checkOutputs(gave([RENDER]), submit)).toBe(1);
		expect(() => checkOutputs(gave([timedOut]), submit)).toThrow(/timedOut/);
	});

	it('lets the input’s fields stand beside the node’s own only where they were asked for', () => {
		const row = { ...BALANCE, prompt: 'a lake' };
		const asked = node('nemoVideoCredits', { options: { includeInputFields: true } });
		expect(checkOutputs(gave([row]), asked)).toBe(1);
		expect(() => checkOutputs(gave([row]), node('nemoVideoCredits'))).toThrow(/prompt/);
	});

	it('leaves out failures, tools, nodes that are switched off, and nodes of others', () => {
		const failure = { error: { kind: 'auth' }, prompt: 'a lake' };
		expect(checkOutputs(gave([BALANCE], [failure]), node('nemoVideoCredits'))).toBe(1);
		expect(checkOutputs(gave([failure]), node('nemoVideoCreditsTool'))).toBe(0);
		expect(checkOutputs(gave([{ a: 1 }]), node('nemoVideoCredits', {}, { disabled: true }))).toBe(
			0,
		);
		expect(checkOutputs(gave([{ a: 1 }]), [{ name: 'Node', type: 'n8n-nodes-base.set' }])).toBe(0);
	});

	it('counts each execution once, however often it is looked at', () => {
		const look = (id: string) =>
			checkExecution(id, gave([BALANCE, BALANCE]), node('nemoVideoCredits'));
		for (const id of ['1', '1', '2']) look(id);
		checkExecution('3', {}, node('nemoVideoCredits'));
		expect(takeChecked()).toBe('4 output items of 2 executions are what their schemas say');
		expect(takeChecked()).toMatch(/^0 output items/);
	});
});
