import type { INodeExecutionData, NodeExecutionHint } from 'n8n-workflow';
import { escapeHtml } from '../../src/text/sanitize';
import { isRecord } from '../../src/api/json';
import { STAGE_NAMES } from '../../src/flows/stages';
import type { VideoItem } from './readCreateVideo';

/**
 * What a run came to, as n8n shows it beside the output.
 *
 * @param credits spent by the run, as the readings of the balance tell
 */
export function summarise(
	items: readonly INodeExecutionData[],
	credits: number | undefined,
): NodeExecutionHint[] {
	const failures = items.map(failureOf).filter((failure) => failure !== undefined);
	const running = items.filter(({ json }) => json.status === 'running').length;
	const finished = items.length - failures.length - running;
	const counts = [
		finishedOf(finished, items.length),
		...(running > 0 ? [`${running} still running at NemoVideo`] : []),
		...(failures.length > 0 ? [`${failures.length} failed (${reasons(failures)})`] : []),
	];
	const sentences = [
		`${counts.join(', ')}.`,
		stageTimes(items),
		...(credits === undefined
			? []
			: [
					`About ${Math.round(credits)} credits used (approximate: this includes other work on the account during the run).`,
				]),
	];
	return [
		{
			// n8n shows hints as HTML, and a failure item may have been made by any node.
			message: escapeHtml(sentences.filter((sentence) => sentence !== '').join(' ')),
			type: failures.length > 0 ? 'warning' : 'info',
			location: 'outputPane',
		},
	];
}

/** For several items of one file and the same prompt: perhaps one film was meant. */
export function oneFilmHint(items: readonly VideoItem[]): NodeExecutionHint[] {
	const [first] = items;
	const alike = items.every(
		({ sessionId, prompt, media }) =>
			sessionId === undefined && prompt === first?.prompt && countFiles(media) === 1,
	);
	if (items.length < 2 || !alike) return [];
	return [
		{
			message: `Each of the ${items.length} items became a video of its own, with the same prompt and one file. For one film of all the files, put an Aggregate node before this one: Aggregate All Item Data, with the option Include Binaries.`,
			type: 'info',
			location: 'outputPane',
		},
	];
}

function countFiles(media: VideoItem['media']): number {
	if (media === undefined) return 0;
	return 'files' in media ? media.files.length : media.urls.length;
}

function finishedOf(finished: number, all: number): string {
	const rows = all === 1 ? 'row' : 'rows';
	return finished === all ? `${all} ${rows} finished` : `${finished} of ${all} ${rows} finished`;
}

interface Failure {
	kind: string;
	stage: string;
}

function failureOf({ json }: INodeExecutionData): Failure | undefined {
	const { error } = json;
	if (!isRecord(error)) return undefined;
	return {
		kind: typeof error.kind === 'string' ? error.kind : 'unknown',
		stage: typeof error.stage === 'string' ? error.stage : '',
	};
}

/** Which kinds of failures there were and where, e.g. `2 of kind render at export, 1 of kind input`. */
function reasons(failures: readonly Failure[]): string {
	const counts = new Map<string, number>();
	for (const { kind, stage } of failures) {
		const reason = stage === '' || stage === kind ? kind : `${kind} at ${stage}`;
		counts.set(reason, (counts.get(reason) ?? 0) + 1);
	}
	const [only] = counts.keys();
	// A number beside "credits" would be taken for an amount of them.
	if (counts.size === 1) return `kind ${only}`;
	return [...counts].map(([reason, count]) => `${count} of kind ${reason}`).join(', ');
}

/** The median time of each stage. */
function stageTimes(items: readonly INodeExecutionData[]): string {
	const times = new Map<string, number[]>();
	for (const { json } of items) {
		for (const stage of Array.isArray(json.stages) ? json.stages : []) {
			if (!isRecord(stage) || typeof stage.elapsedMs !== 'number') continue;
			const name = String(stage.name);
			times.set(name, [...(times.get(name) ?? []), stage.elapsedMs]);
		}
	}
	if (times.size === 0) return '';
	const parts = STAGE_NAMES.flatMap((name) => {
		const all = times.get(name);
		return all ? [`${name} ${seconds(median(all))}`] : [];
	});
	return `${items.length === 1 ? 'Times' : 'Median times'}: ${parts.join(', ')}.`;
}

function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}
