import { extractMessage } from '../response';
import { isRecord } from '../json';

/** What a tool's result says of the work. */
export interface ToolOutcome {
	/** The work goes on; a later result tells how it ended. */
	goesOn?: true;
	/** Ids of the jobs it speaks of, where it names any. */
	jobs?: string[];
	/** Why the tool failed, in its own words. */
	error?: string;
}

/** States of work that isn't over, as job queues word them. */
const GOES_ON =
	/^(?:pending|queued|in[ _-]?queue|scheduled|submitted|accepted|started|starting|running|processing|generating|rendering|in[ _-]?progress)$/i;
const STATUS_KEYS = ['status', 'state', 'task_status', 'taskStatus', 'job_status', 'jobStatus'];
const JOB_KEY = /^(?:(?:task|job|operation|request|generation|prediction|render)[_-]?)?ids?$/i;
/** What frameworks wrap a tool's result in. */
const WRAPPERS = ['result', 'response', 'output', 'content', 'data', 'text'];

const FAILED = /^(?:error|failed|failure)$/i;
/** More of a tool's error is never kept. Characters. */
const MAX_ERROR = 1_000;

/** How deep a result lies in its wrappers, and how many parts of one wrapper are looked at. */
const MAX_DEPTH = 6;
const MAX_PARTS = 20;
/** More of a result that is JSON in a text is never read. UTF-16 code units. */
const MAX_TEXT = 100_000;

/**
 * Reads what a tool's result says of the work, in whatever wrappers the framework put it: an object,
 * a list of contents, JSON in a text.
 *
 * @param event a `tool_result` event or an ADK `functionResponse`
 */
export function readToolResult(event: Record<string, unknown>): ToolOutcome {
	const layers = layersOf(event);
	const goesOn = layers.some((layer) => GOES_ON.test(statusOf(layer)));
	const error = layers.map(errorOf).find((words) => words !== '');
	// The event's own id is that of the call.
	const jobs = layers.slice(1).flatMap(jobsIn);
	return {
		...(goesOn && { goesOn }),
		...(jobs.length > 0 && { jobs }),
		...(error !== undefined && { error: error.slice(0, MAX_ERROR) }),
	};
}

function statusOf(layer: Record<string, unknown>): string {
	const status = STATUS_KEYS.map((key) => layer[key]).find((value) => typeof value === 'string');
	return typeof status === 'string' ? status.trim() : '';
}

function errorOf(layer: Record<string, unknown>): string {
	const { error } = layer;
	if (typeof error === 'string') return error.trim();
	if (isRecord(error)) return extractMessage(error) ?? JSON.stringify(error);
	const isMarked = [layer.isError, layer.is_error, error].includes(true);
	if (!isMarked && layer.success !== false && !FAILED.test(statusOf(layer))) return '';
	return extractMessage(layer) ?? textOf(layer.content);
}

/** The text of a content, or of the first of several that has one. */
function textOf(content: unknown): string {
	if (typeof content === 'string') return content.trim();
	if (Array.isArray(content)) {
		const texts = content.slice(0, MAX_PARTS).map(textOf);
		return texts.find((text) => text !== '') ?? '';
	}
	return isRecord(content) && typeof content.text === 'string' ? content.text.trim() : '';
}

/** @returns ids of the jobs that a tool is called for, such as one whose state it asks */
export function jobsOf(args: unknown): string[] {
	return unwrap(args, 0).flatMap(jobsIn);
}

function jobsIn(layer: Record<string, unknown>): string[] {
	return Object.entries(layer)
		.filter(([key]) => JOB_KEY.test(key))
		.flatMap(([, value]) => (Array.isArray(value) ? value.slice(0, MAX_PARTS) : [value]))
		.filter((id) => (typeof id === 'string' && id !== '') || typeof id === 'number')
		.map(String);
}

/** The event and the objects within its wrappers, outermost first. */
function layersOf(event: Record<string, unknown>): Array<Record<string, unknown>> {
	return [event, ...WRAPPERS.flatMap((key) => unwrap(event[key], 1))];
}

function unwrap(value: unknown, depth: number): Array<Record<string, unknown>> {
	if (depth > MAX_DEPTH) return [];
	if (typeof value === 'string') return unwrap(parsed(value), depth + 1);
	if (Array.isArray(value)) {
		return value.slice(0, MAX_PARTS).flatMap((part) => unwrap(part, depth + 1));
	}
	if (!isRecord(value)) return [];
	return [value, ...WRAPPERS.flatMap((key) => unwrap(value[key], depth + 1))];
}

function parsed(text: string): unknown {
	if (text.length > MAX_TEXT || !/^\s*[{[]/.test(text)) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
