import { OpenCalls } from '../../../../src/api/stream/openCalls';

let calls: OpenCalls;
beforeEach(() => (calls = new OpenCalls()));

describe('a tool call', () => {
	it('is open until its result comes', () => {
		calls.called({ name: 'edit' });
		expect(calls.names()).toEqual(['edit']);
		calls.answered({ name: 'edit' });
		expect(calls.names()).toEqual([]);
	});

	it('is answered by its id before its name', () => {
		calls.called({ name: 'edit', id: '1' });
		calls.called({ name: 'music', id: '2' });
		calls.answered({ name: 'edit', id: '2' });
		expect(calls.names()).toEqual(['edit']);
	});

	it('is not answered by a result of another id', () => {
		calls.called({ name: 'edit', id: '1' });
		calls.answered({ name: 'edit', id: '7' });
		expect(calls.names()).toEqual(['edit']);
	});

	it.each([
		[{ name: 'edit', id: '1' }, { name: 'edit' }],
		[{ name: 'edit' }, { name: 'edit', id: '1' }],
		[{ name: 'edit', id: '1' }, { name: '' }],
	])('is answered where one side has no id: %j by %j', (call, result) => {
		calls.called(call);
		calls.answered(result);
		expect(calls.names()).toEqual([]);
	});

	it('needs a result of its own beside another of the same tool', () => {
		calls.called({ name: 'edit' });
		calls.called({ name: 'edit' });
		calls.answered({ name: 'edit' });
		expect(calls.names()).toEqual(['edit']);
	});

	it('that runs on after the turn is not answered by its first result', () => {
		calls.called({ name: 'generate', id: '1', isLongRunning: true });
		calls.answered({ name: 'generate', id: '1' });
		expect(calls.names()).toEqual(['generate']);
	});

	it('stays open where its result only says that the work continues, until one says otherwise', () => {
		calls.called({ name: 'generate', id: '1' });
		calls.answered({ name: 'generate', id: '1', goesOn: true });
		expect(calls.names()).toEqual(['generate']);
		calls.answered({ name: 'generate', id: '1' });
		expect(calls.names()).toEqual([]);
	});

	it('that runs on is answered by what comes after the word that it continues', () => {
		calls.called({ name: 'generate', id: '1', isLongRunning: true });
		calls.answered({ name: 'generate', id: '1', goesOn: true });
		calls.answered({ name: 'generate', id: '1' });
		expect(calls.names()).toEqual([]);
	});

	it('is answered where another tool asked about its job and was told that it is over', () => {
		calls.called({ name: 'generate', id: '1' });
		calls.answered({ name: 'generate', id: '1', goesOn: true, jobs: ['t1'] });
		calls.called({ name: 'check', id: '2', jobs: ['t1'] });
		calls.answered({ name: 'check', id: '2', goesOn: true });
		expect(calls.names()).toEqual(['generate']);
		calls.called({ name: 'check', id: '3', jobs: ['t1'] });
		calls.answered({ name: 'check', id: '3' });
		expect(calls.names()).toEqual([]);
	});

	it('is not answered by what is told of another job', () => {
		calls.called({ name: 'generate', id: '1' });
		calls.answered({ name: 'generate', id: '1', goesOn: true, jobs: ['t1'] });
		calls.called({ name: 'check', id: '2', jobs: ['t2'] });
		calls.answered({ name: 'check', id: '2' });
		expect(calls.names()).toEqual(['generate']);
	});

	it('is answered with the same call made again, where no job is named', () => {
		calls.called({ name: 'wait', id: '1' });
		calls.answered({ name: 'wait', id: '1', goesOn: true });
		calls.called({ name: 'wait', id: '2' });
		calls.answered({ name: 'wait', id: '2' });
		expect(calls.names()).toEqual([]);
	});

	it('without a name is a tool all the same', () => {
		calls.called({ name: '' });
		expect(calls.names()).toEqual(['a tool']);
	});

	it('that nobody made is not answered', () => {
		calls.called({ name: 'edit' });
		calls.answered({ name: 'music' });
		expect(calls.names()).toEqual(['edit']);
	});
});
