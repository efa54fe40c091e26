import { jobsOf, readToolResult } from '../../../../src/api/stream/toolResult';

describe('a tool result says that the work continues', () => {
	it.each([
		'pending',
		'QUEUED',
		'processing',
		'in_progress',
		'IN PROGRESS',
		'Running',
		'submitted',
		'started',
	])('where its status is %s', (status) => {
		const result = { status, task_id: 't1' };
		expect(readToolResult({ name: 'x', result })).toEqual({ goesOn: true, jobs: ['t1'] });
	});

	const work = { status: 'pending' };
	it.each([
		['of the event itself', work],
		['in a response', { response: work }],
		['in the result of a response', { response: { result: work } }],
		['as JSON in a text', { result: JSON.stringify(work) }],
		['as a content', { response: { content: [{ type: 'text', text: JSON.stringify(work) }] } }],
	])('%s', (_where, event) => expect(readToolResult(event)).toEqual({ goesOn: true }));

	it.each([
		{ result: { status: 'completed' } },
		{ result: { status: 'success' } },
		{ result: { status: 3 } },
		{ result: 'pending' },
		{ result: '{"status":"pend' },
		{ result: { message: 'It is running.', clip: work } },
		{},
	])('but not in %j', (event) => expect(readToolResult(event)).toEqual({}));
});

describe('the jobs that a tool speaks of', () => {
	it.each([
		[{ task_id: 't1' }, ['t1']],
		[{ taskIds: ['t1', 7, null] }, ['t1', '7']],
		['{"jobId":"j"}', ['j']],
		[{ session_id: 's', prompt: 'a film' }, []],
		[undefined, []],
	])('are read of %j', (args, jobs) => expect(jobsOf(args)).toEqual(jobs));
});

describe("a tool's error", () => {
	it.each([
		[{ result: { error: 'content policy: faces' } }, 'content policy: faces'],
		[{ response: { error: { code: 400, message: 'No faces' } } }, 'No faces'],
		[{ error: 'No faces' }, 'No faces'],
		[{ result: '{"error":"No faces"}' }, 'No faces'],
		[{ response: { isError: true, content: [{ type: 'text', text: 'No faces' }] } }, 'No faces'],
		[{ result: { status: 'failed', message: 'No faces' } }, 'No faces'],
		[{ result: { success: false, message: 'No faces' } }, 'No faces'],
	])('is read of %j', (event, error) => expect(readToolResult(event)).toEqual({ error }));

	it.each([
		{ result: { error: null } },
		{ result: { error: '' } },
		{ result: { success: true, message: 'Done' } },
		{ result: { error: false, content: 'Done' } },
	])('is not in %j', (event) => expect(readToolResult(event)).toEqual({}));
});
