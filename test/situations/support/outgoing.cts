import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { targetOf, type Endpoint } from './endpoints.cts';

/** Node tells of every HTTP request that is begun, before anything of it leaves. */
const CHANNEL = 'http.client.request.start';

/** Counts the requests that this process begins, whether anybody is there to answer them. */
export class Outgoing {
	readonly begun: Endpoint[] = [];

	/** @param origin only requests to it count */
	constructor(private readonly origin: string) {
		subscribe(CHANNEL, this.note);
	}

	stop(): void {
		unsubscribe(CHANNEL, this.note);
	}

	private readonly note = (message: unknown): void => {
		const { request } = message as { request: ClientRequest };
		if (`http://${String(request.getHeader('host'))}` !== this.origin) return;
		this.begun.push(targetOf(request.method, request.path).endpoint);
	};
}
