import { isAskTool, questionOf } from '../../../../src/api/stream/askTool';

describe('a tool that asks the user', () => {
	it.each([
		'ask_question',
		'askUser',
		'ask',
		'AskQuestion',
		'clarify_request',
		'adk_request_input',
		'adk_request_confirmation',
		'adk_request_credential',
		'request_user_input',
		'get_user_choice',
		'wait_for_human_approval',
	])('is recognized by its name: %s', (name) => expect(isAskTool(name)).toBe(true));

	it.each([
		'generate_video_with_seedance',
		'edit_multitrack',
		'mask_video',
		'understand_media',
		'create_task',
		'input_media',
		'confirm_render',
		'',
	])('is not any other: %s', (name) => expect(isAskTool(name)).toBe(false));
});

describe('what a tool asks', () => {
	it.each([
		[{ question: 'Which music?' }, 'Which music?'],
		[{ prompt: ' Which music? ', options: ['Lo-fi', 'Pop'] }, 'Which music?\n- Lo-fi\n- Pop'],
		[
			{
				title: 'Style',
				questions: [
					{ id: 'q1', prompt: 'Which look?', options: [{ id: 'a', label: 'Warm' }] },
					{ id: 'q2', prompt: 'How long?' },
				],
			},
			'Style\n\nWhich look?\n- Warm\n\nHow long?',
		],
		['Just say it', 'Just say it'],
		[
			{
				originalFunctionCall: { name: 'delete_clips', args: {} },
				toolConfirmation: { hint: 'Delete all clips?', confirmed: false },
			},
			'Delete all clips?',
		],
		[{ tool_confirmation: { hint: 'Go on?' } }, 'Go on?'],
		[{ message: 'Go on?', choices: [{ value: 'yes' }, 7] }, 'Go on?\n- yes\n- 7'],
		[{}, ''],
		[undefined, ''],
		[{ question: '  ' }, ''],
	])('reads %j', (args, words) => expect(questionOf(args)).toBe(words));

	it('is not followed without end', () => {
		let nested: object = { question: 'deep' };
		for (let depth = 0; depth < 100; depth++) nested = { questions: [nested] };
		expect(questionOf(nested)).toBe('');
	});
});
