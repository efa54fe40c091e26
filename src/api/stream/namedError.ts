import { isRecord } from '../json';
import { isHeartbeat, readAgentEvents } from './parseEvents';

/**
 * The data of an event that is named `error`, put as a failure. Its name says enough, so what is
 * only words or an object of another form counts as one. What tells something by itself, and what
 * only says that the connection is alive, stays as it is.
 */
export function namedError(data: string): string {
	const isTold = readAgentEvents(data).some(({ type }) => type !== 'keepAlive');
	if (isTold || isHeartbeat(data)) return data;
	const value = parse(data);
	if (!isRecord(value)) {
		return JSON.stringify({ type: 'error', message: typeof value === 'string' ? value : data });
	}
	const isAlive = typeof value.type === 'string' && isHeartbeat(value.type);
	return isAlive ? data : JSON.stringify({ ...value, type: 'error' });
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
