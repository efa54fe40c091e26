import type { ExecutionPlan, Moment, NodePlan, Story } from './story.cts';

/** A story as a person tells it, a line for each that has a part in it. */
export function inWords(story: Story): string[] {
	const { credential, tokenEndsAt, credits, crash, forgets, setsClock } = story;
	const { faults, executions, dialect } = story;
	const token = credential === 'token' ? 'an access token' : 'a free trial';
	const ends = tokenEndsAt === undefined ? '' : `, whose token ends after ${seconds(tokenEndsAt)}`;
	return [
		`An account with ${token}${ends} and ${credits} credits; answers in the ${dialect} dialect.`,
		...executions.map(executionInWords),
		...faults.map(
			({ on, nth, what, at, choice }) =>
				`Fault: request ${nth} to ${on} meets '${what}' (at ${at.toFixed(2)}, choice ${choice}).`,
		),
		...(crash
			? [
					`n8n crashes ${moment(crash)} and ${story.savesProgress ? 'has' : 'has not'} saved every node.`,
				]
			: []),
		...(setsClock
			? [
					`The machine's clock is set ${seconds(setsClock.ahead)} ahead at ${seconds(setsClock.at)}.`,
				]
			: []),
		...(forgets ? [`NemoVideo forgets session ${forgets.nth} at ${seconds(forgets.at)}.`] : []),
	];
}

function executionInWords({
	name,
	at,
	workflow,
	rows,
	nodes,
	stop,
	retries,
	isTool,
}: ExecutionPlan): string {
	const wishes = rows.map(({ wish, session, files, chat }) => {
		const details = [
			...(session === undefined ? [] : [`session …${session.slice(-3)}`]),
			...(files > 0 ? [`${files} files`] : []),
			...(chat === undefined ? [] : [chat]),
		];
		return details.length === 0 ? wish : `${wish} (${details.join(', ')})`;
	});
	return [
		`${name} of '${workflow}'${isTool ? ', called as a tool,' : ''} begins at ${seconds(at)} with ${wishes.join(', ')}:`,
		`${nodes.map(nodeInWords).join(' > ')}.`,
		...(stop
			? [`${stop.isTimeout ? 'Its timeout is reached' : 'The user presses Stop'} ${moment(stop)}.`]
			: []),
		...(retries > 0 ? [`The user presses Retry up to ${retries} times.`] : []),
	].join(' ');
}

function nodeInWords(node: NodePlan): string {
	const { name, onError, tries, rounds, parallel, timeoutMinutes, tellsTime } = node;
	const details = [
		...(onError === 'stop' ? [] : [onError]),
		...(tries > 1 ? [`${tries} tries`] : []),
		...(rounds > 0 ? [`errors come back ${rounds} times`] : []),
		...(tellsTime ? ['the prompt tells the time'] : []),
		...(parallel > 1 ? [`parallel ${parallel}`] : []),
		...(timeoutMinutes === 15 ? [] : [`timeout ${timeoutMinutes} min`]),
	];
	return details.length === 0 ? name : `${name} (${details.join(', ')})`;
}

function moment({ request, delay }: Moment): string {
	return `${seconds(delay)} after request ${request}`;
}

function seconds(ms: number): string {
	return `${(ms / 1_000).toFixed(1)} s`;
}
