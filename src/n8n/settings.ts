import { detectLanguage } from '../text/detectLanguage';
import type { RenderOutput } from '../api/render';
import type { ExportSettings } from '../flows/export/exportVideo';
import { cellChoice } from './values/cells';
import { onTimeoutOption } from './fields';
import type { Parameters } from './parameters';
import { invalidParameterError } from './errors/invalidParameter';
import type { GenerateSettings } from '../flows/generate/generateSettings';
import { languageFields } from './languageField';

const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** The options that a turn takes, checked. */
export function readTurnSettings(
	parameters: Parameters,
	timeoutOption = 'timeoutMinutes',
	timeoutLabel = 'Timeout (Minutes)',
): Omit<GenerateSettings, 'sessionId' | 'prompt'> {
	const minutes = (name: string, label: string, fallback: number) =>
		MINUTE_MS * parameters.number({ name: `options.${name}`, label, fallback, min: 0.02, max: 60 });
	const seconds = (name: string, label: string, fallback: number, min: number) =>
		SECOND_MS * parameters.number({ name: `options.${name}`, label, fallback, min, max: 600 });
	return {
		timeoutMs: minutes(timeoutOption, timeoutLabel, 15),
		idleMs: minutes('idleMinutes', 'Idle Limit (Minutes)', 10),
		recovery: {
			firstWaitMs: seconds('recoveryWaitSeconds', 'Recovery Wait (Seconds)', 30, 0),
			intervalMs: seconds('recoveryIntervalSeconds', 'Recovery Interval (Seconds)', 60, 0.1),
			checks: parameters.number({
				name: 'options.recoveryChecks',
				label: 'Recovery Checks',
				fallback: 5,
				min: 1,
				max: 50,
				integer: true,
			}),
		},
		onTimeout: readOnTimeout(parameters),
		minimumCredits: readMinimumCredits(parameters),
		timeoutLabel,
		sendsEqual: parameters.boolean('options.sendEqualPrompts', 'Send Equal Prompts', false),
	};
}

export function readOnTimeout(parameters: Parameters): 'error' | 'continue' {
	return parameters.choice(onTimeoutOption, ['error', 'continue'], 'options.onTimeout');
}

export function readMinimumCredits(parameters: Parameters): number {
	return parameters.number({
		name: 'options.minimumCredits',
		label: 'Minimum Credits',
		fallback: 0,
		min: 0,
		max: Number.MAX_SAFE_INTEGER,
	});
}

/** The options that a render takes, checked. */
export function readExportSettings(
	parameters: Parameters,
	timeoutOption = 'timeoutMinutes',
	timeoutLabel = 'Timeout (Minutes)',
): Omit<ExportSettings, 'sessionId' | 'output'> {
	return {
		renderAgain: parameters.boolean('options.renderAgain', 'Render Again', false),
		onTimeout: readOnTimeout(parameters),
		poll: {
			intervalMs:
				SECOND_MS *
				parameters.number({
					name: 'options.pollIntervalSeconds',
					label: 'Poll Interval (Seconds)',
					fallback: 30,
					min: 0.1,
					max: 600,
				}),
			timeoutMs:
				MINUTE_MS *
				parameters.number({
					name: `options.${timeoutOption}`,
					label: timeoutLabel,
					fallback: 5,
					min: 0.02,
					max: 60,
				}),
			timeoutLabel,
		},
	};
}

/** What a render makes: MP4 always, the rest only where the user chose it. */
export function readRenderOutput(parameters: Parameters, quality: string): RenderOutput {
	const output: RenderOutput = { format: 'mp4', quality };
	const resolution = parameters.text('options.resolution', 'Resolution');
	if (resolution !== '') {
		if (!/^[\w:.-]{1,32}$/.test(resolution)) {
			throw invalidParameterError(
				`'Resolution' is '${resolution}'`,
				'Enter a value such as 1080p, or leave it empty.',
			);
		}
		output.resolution = resolution;
	}
	const fps = parameters.number({
		name: 'options.fps',
		label: 'FPS',
		fallback: 0,
		min: 1,
		max: 240,
		orZero: true,
	});
	if (fps > 0) output.fps = fps;
	return output;
}

/**
 * The language of a session.
 *
 * @param fallbackSample text to detect from where the field Language Sample is empty
 * @returns an ISO code
 */
export function readLanguage(parameters: Parameters, fallbackSample = ''): string {
	const language = languageCode(parameters.text('language', 'Language', 'auto'));
	if (language !== 'auto') return language;
	const sample = parameters.text('languageSample', 'Language Sample');
	return detectLanguage(sample === '' ? fallbackSample : sample);
}

/** The option Language of a chat: `auto`, or an ISO code. */
export function readLanguageOption(parameters: Parameters): string {
	return languageCode(parameters.text('options.language', 'Language', 'auto'));
}

/**
 * A language as people name it: by its code, in English, or in itself.
 *
 * @returns an ISO code, or `auto`
 */
function languageCode(written: string): string {
	const language = written.trim();
	if (language === '' || language === 'auto') return 'auto';
	const offered = languageFields.flatMap(({ options = [] }) =>
		options.flatMap((option) =>
			'value' in option && typeof option.value === 'string' ? [option] : [],
		),
	);
	const named = [
		...offered,
		...offered.map(({ value }) => ({ name: ownNameOf(String(value)), value })),
	];
	const found = cellChoice(language.replace(/\(.*\)$/u, ''), named);
	if (typeof found === 'string') return found;
	if (!/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(language)) {
		throw invalidParameterError(
			`'Language' is '${language.slice(0, 40)}', which is not an ISO code`,
			"Use a code such as en, de or zh-CN, or 'auto'.",
		);
	}
	return language.replace(/^[a-z]+/i, (code) => code.toLowerCase());
}

/** What speakers call their language, such as Deutsch. */
function ownNameOf(code: string): string {
	if (code === 'auto') return code;
	return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}

/** The project's name where the user gave none. */
export const DEFAULT_TASK_NAME = 'project';

/** Name of the project; empty means the default. */
export function readTaskName(parameters: Parameters, name: string): string {
	const taskName = parameters.text(name, 'Task Name', DEFAULT_TASK_NAME);
	if (taskName.length > 200) {
		throw invalidParameterError(
			`'Task Name' has ${taskName.length} characters`,
			'Use at most 200 characters.',
		);
	}
	return taskName === '' ? DEFAULT_TASK_NAME : taskName;
}

/** How many items, or sessions, are worked on at once. */
export function readParallel(parameters: Parameters): number {
	return parameters.number({
		name: 'options.parallel',
		label: 'Parallel',
		fallback: 3,
		min: 1,
		max: 50,
		integer: true,
	});
}

/** Whether the output keeps the fields of the input. */
export function readIncludeInput(parameters: Parameters): boolean {
	return parameters.boolean('options.includeInputFields', 'Include Input Fields', false);
}
