'use strict';

/**
 * The counter-example for the measurement of Stop: it does the work of a node that knows nothing of
 * being stopped, so the measurement must call it FAILED.
 */
class Deaf {
	constructor() {
		this.description = {
			displayName: 'Deaf',
			name: 'deaf',
			group: ['transform'],
			version: 1,
			description: 'Asks a server again and again and ignores Stop',
			defaults: { name: 'Deaf' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [
				{ displayName: 'URL', name: 'url', type: 'string', default: '' },
				{ displayName: 'Requests', name: 'requests', type: 'number', default: 10 },
				{ displayName: 'Pause (Ms)', name: 'pauseMs', type: 'number', default: 1000 },
			],
		};
	}

	async execute() {
		const url = this.getNodeParameter('url', 0);
		const pauseMs = this.getNodeParameter('pauseMs', 0);
		for (let left = this.getNodeParameter('requests', 0); left > 0; left--) {
			await this.helpers.httpRequest({ url, ignoreHttpStatusErrors: true });
			await new Promise((resolve) => setTimeout(resolve, pauseMs));
		}
		return [this.getInputData()];
	}
}

exports.Deaf = Deaf;
