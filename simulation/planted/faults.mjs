/**
 * Faults that are put into the published source on purpose, to prove that the simulation finds such.
 * Marks in brackets are those of trials that people's situations were; `finds` names the invariants
 * that have to notice.
 *
 * @typedef {{ file: string, find: string, put: string }} Change
 * @type {Array<{ name: string, finds: string, changes: Change[] }>}
 */
export const PLANTED = [
	{
		name: '[A1] a stream that closes in silence ends the turn',
		finds: 'b',
		changes: [
			{
				file: 'src/flows/generate/concludeTurn.ts',
				find: 'const isProven = hasSpoken(said) ||',
				put: 'const isProven = true || hasSpoken(said) ||',
			},
		],
	},
	{
		name: '[A2] a turn is over while its tool still works',
		finds: 'bg',
		changes: [
			{
				file: 'src/flows/generate/concludeTurn.ts',
				find: '		if (said.openCalls.length > 0) return await this.recover(record);\n		const reading = await readSession(this.client, record.sessionId);\n		// Closed',
				put: '		const reading = await readSession(this.client, record.sessionId);\n		// Closed',
			},
		],
	},
	{
		name: '[A3] Create Video exports the timeline as it was before',
		finds: 'b',
		changes: [
			{
				file: 'src/flows/generate/restingTimeline.ts',
				find: 'if (onlyTalked) throw unchangedError(turn);',
				put: 'if (onlyTalked) return await readState(client, sessionId);',
			},
		],
	},
	{
		name: '[A4] a question counts as a completed edit',
		finds: 'b',
		changes: [
			{
				file: 'src/flows/generate/turnWords.ts',
				find: "!edited && endsInQuestion(said) ? 'awaitingInput' : 'completed'",
				put: "!edited && said.hasAsked ? 'awaitingInput' : 'completed'",
			},
		],
	},
	{
		name: '[A5] a failure after the turn tells to send it again',
		finds: 'c',
		changes: [
			{
				file: 'src/flows/generate/afterPrompt.ts',
				find: "		outcome: outcomeOf('noAnswer'),\n",
				put: '',
			},
		],
	},
	{
		name: '[A6] words of a stream that was cut are lost',
		finds: 'h',
		changes: [
			{
				file: 'src/flows/generate/streamTurn.ts',
				find: "if (!outcome.ok) return { how: 'lost', begun, result, cause: outcome.error };",
				put: "if (!outcome.ok) return { how: 'lost', begun, result: new Turn().finish(), cause: undefined };",
			},
		],
	},
	{
		name: '[A8] what others sent is taken for the own result',
		finds: 'abg',
		changes: [
			{
				file: 'src/api/sessionQueue.ts',
				find: '	const { sent } = client;\n	if (',
				put: '	const { sent } = client;\n	if (sent) return true;\n	if (',
			},
		],
	},
	{
		name: '[A9] turns of one session run side by side',
		finds: 'g',
		changes: [
			{
				file: 'src/api/sessionQueue.ts',
				find: 'await raceStop(before, options.signal);',
				put: '',
			},
		],
	},
	{
		name: '[D1] [D3] an error in the midst of a stream is a refusal',
		finds: 'ac',
		changes: [
			{
				file: 'src/flows/generate/streamTurn.ts',
				find: "if (event.type === 'failure' && event.isEnvelope === true && this.messages === 0) {",
				put: "if (event.type === 'failure' && event.error.code !== undefined) {",
			},
		],
	},
	{
		name: '[D2] the pause of a rate limit has no end',
		finds: 'e',
		changes: [
			{
				file: 'src/api/retry.ts',
				find: 'const maxWaitMs = this.timeLeft();',
				put: 'const maxWaitMs = Infinity;',
			},
			{
				file: 'src/api/retry.ts',
				find: 'if (this.rateLimited++ > 0 || asked >= this.timeLeft()) return undefined;',
				put: 'if (this.rateLimited++ > 0) return undefined;',
			},
		],
	},
	{
		name: '[D4] a server that failed has refused the prompt',
		finds: 'ac',
		changes: [
			{
				file: 'src/api/outcome.ts',
				find: 'if (REFUSING_STATUSES.has(status)) return true;',
				put: 'if (status >= 400) return true;',
			},
		],
	},
	{
		name: '[D5] a connection that broke was never made',
		finds: 'ac',
		changes: [
			{
				file: 'src/n8n/connection/networkFailure.ts',
				find: "(code !== undefined && BEFORE_CONNECTION.has(syscall ?? ''));",
				put: '(code !== undefined && /ECONNREFUSED|UNREACH/.test(code));',
			},
		],
	},
	{
		name: '[C6] equal prompts of one run are sent',
		finds: 'a',
		changes: [
			{
				file: 'src/n8n/runItems.ts',
				find: 'equalItems(checked, (settings) => this.work.onlyOnce?.(settings));',
				put: '[];',
			},
		],
	},
	{
		name: '[C23] an equal prompt is sent while the first is under way',
		finds: 'a',
		changes: [
			{
				file: 'src/flows/generate/runningTurns.ts',
				find: 'const turn = this.running.get(keyOf(asked));',
				put: 'const turn = this.running.get(`${keyOf(asked)}, again`);',
			},
		],
	},
	{
		name: 'Stop ends no request and no wait',
		finds: 'f',
		changes: [
			{
				file: 'src/n8n/connection/transport.ts',
				find: 'const stop = request.signal ?? this.signal;',
				put: 'const stop = request.signal;',
			},
			{
				file: 'src/n8n/wait.ts',
				find: '		if (signal?.aborted) throw cancelledError();\n	}',
				put: '	}',
			},
		],
	},
	{
		name: 'the watch over a stream goes on when the stream is over',
		finds: 'j',
		changes: [{ file: 'src/flows/generate/streamTurn.ts', find: '		watchdog.stop();\n', put: '' }],
	},
	{
		name: 'waiting for shared work leaves its listener on Stop',
		finds: 'j',
		changes: [
			{
				file: 'src/api/stop.ts',
				find: "		signal.removeEventListener('abort', stop),\n",
				put: '		signal.throwIfAborted(),\n',
			},
		],
	},
	{
		name: 'the token goes wherever the video lies',
		finds: 'i',
		changes: [
			{
				file: 'src/n8n/connection/transport.ts',
				find: '			hasApiOrigin(credential, url)\n',
				put: "			url !== ''\n",
			},
			{
				file: 'credentials/NemoVideoApi.credentials.ts',
				find: 'if (url === undefined || !hasApiOrigin(credential, url)) return requestOptions;',
				put: 'if (url === undefined) return requestOptions;',
			},
		],
	},
	{
		name: 'a failed piece of work keeps its session',
		finds: 'ej',
		changes: [
			{
				file: 'src/api/sessionQueue.ts',
				find: '			return await work(lease);\n		} finally {\n			lease.end();\n			end();\n		}',
				put: '			const done = await work(lease);\n			end();\n			return done;\n		} finally {\n			lease.end();\n		}',
			},
		],
	},
	{
		name: 'a chat forgets its session',
		finds: 'l',
		changes: [
			{
				file: 'src/n8n/chatSessions.ts',
				find: '			keep({ ...read(), sessionId, usedAt: usedNow() });\n',
				put: '',
			},
		],
	},
	{
		name: 'a prompt is not written down before it is sent',
		finds: 'a',
		changes: [
			{
				file: 'src/flows/generate/sendPrompt.ts',
				find: '		checkpoint.write(noted);\n		turn.record = noted;\n',
				put: '',
			},
		],
	},
	{
		name: 'the raw clip is the end of a lost turn',
		finds: 'bg',
		changes: [
			{
				file: 'src/flows/generate/recoverTurn.ts',
				find: '} else if (state.fingerprint === previous?.fingerprint) {',
				put: '} else if (previous !== state) {',
			},
		],
	},
	{
		name: 'a prompt is sent again whatever became of it',
		finds: 'ac',
		changes: [
			{
				file: 'src/api/retry.ts',
				find: "if (!idempotent && error.outcome !== 'refused') return undefined;",
				put: '',
			},
		],
	},
	{
		name: 'a failure told in the stream is safe to repeat',
		finds: 'c',
		changes: [
			{
				file: 'src/api/errors.ts',
				find: "return this.outcome !== 'unknown';",
				put: "return this.outcome !== 'unknown' || this.kind === 'server';",
			},
		],
	},
	{
		name: "a turn that is never taken on is nobody's failure",
		finds: 'k',
		changes: [
			{
				file: 'src/flows/generate/runningTurns.ts',
				find: '		void this.taken.catch(() => undefined);\n',
				put: '',
			},
		],
	},
	{
		name: 'all items are paired with the first',
		finds: 'e',
		changes: [
			{
				file: 'src/n8n/runItems.ts',
				find: 'const pairedItem = { item: itemIndex };',
				put: 'const pairedItem = { item: 0 };',
			},
		],
	},
	{
		name: '[B1] files whose answer was lost are sent again at once',
		finds: 'd',
		changes: [
			{
				file: 'src/flows/upload/fileUpload.ts',
				find: '		await this.look({ ...record, leftAt: client.clock.now(), mayBeSentAgain }, error);\n',
				put: '		if (!mayBeSentAgain) throw error;\n',
			},
		],
	},
	{
		name: '[B4] an answer that leaves a file out counts for all',
		finds: 'd',
		changes: [
			{
				file: 'src/flows/upload/fileUpload.ts',
				find: 'const file = files[place];',
				put: "const file = files[place] ?? { filename: key, fileType: 'image', cdnUrl: '' };",
			},
		],
	},
	{
		name: 'a finished upload is forgotten',
		finds: 'd',
		changes: [
			{
				file: 'src/flows/upload/fileUpload.ts',
				find: "			checkpoint.write({ phase: 'done', files });\n",
				put: '			checkpoint.clear();\n',
			},
		],
	},
	{
		name: "another execution's open turn is not waited for",
		finds: 'g',
		changes: [
			{
				file: 'src/flows/generate/openTurns.ts',
				find: 'return queue.isLast(sessionId, turn.record.ticket) ? turn : undefined;',
				put: 'return (await isLastSent(client, sessionId, turn.record.ticket)) && queue ? turn : undefined;',
			},
		],
	},
	{
		name: 'an older prompt takes the place of the one that is at work',
		finds: 'g',
		changes: [
			{
				file: 'src/flows/generate/openTurns.ts',
				find: '	// A later one may be at work, which is the one to wait for.\n	if (!(await isLastSent(client, sessionId, ticket))) return;\n',
				put: '',
			},
		],
	},
	{
		name: 'a node that Stop finds between two items says that nothing was sent',
		finds: 'c',
		changes: [
			{
				file: 'src/n8n/outputAtStop.ts',
				find: 'const sent = store.firstSent();',
				put: 'const sent = undefined;',
			},
		],
	},
	{
		name: 'words that came before Stop are lost when the execution is retried',
		finds: 'h',
		changes: [
			{
				file: 'src/flows/generate/generateTurn.ts',
				find: '{ said = turn.said(), leftAt =',
				put: '{ said, leftAt =',
			},
		],
	},
	{
		name: 'an item that cannot be read loses its session',
		finds: 'e',
		changes: [
			{
				file: 'src/n8n/runItems.ts',
				find: 'return this.reject(itemIndex, withItsSession(failure, parameters));',
				put: 'return this.reject(itemIndex, failure);',
			},
		],
	},
	{
		name: "a stopped execution goes on with another one's memory",
		finds: 'a',
		changes: [
			{
				file: 'src/n8n/nodeMemory.ts',
				find: 'input: `${node} ${items}`',
				put: 'input: node',
			},
			{
				file: 'src/n8n/nodeMemory.ts',
				find: 'takeStopped(`${node} ${items}`)',
				put: 'takeStopped(node)',
			},
			{
				file: 'src/n8n/retriedRuns.ts',
				find: 'runs.find(({ isTaken }) => !isTaken) ?? runs.at(-1);',
				put: 'runs.at(-1);',
			},
		],
	},
	{
		name: 'two Retries of one execution know nothing of each other',
		finds: 'a',
		changes: [
			{
				file: 'src/n8n/retriedRuns.ts',
				find: 'const memory = retried.get(first) ?? saved;',
				put: 'const memory = saved;',
			},
		],
	},
	{
		name: 'a photo that is delivered twice is another wish each time',
		finds: 'a',
		changes: [
			{
				file: 'src/flows/createVideo/createVideo.ts',
				find: 'const files = media && filesOf(media).map(({ key }) => key);',
				put: 'const files = media && [String(Math.random())];',
			},
		],
	},
	{
		name: 'an item that comes back on the error output has forgotten its files',
		finds: 'd',
		changes: [
			{
				file: 'src/n8n/runItems.ts',
				find: 'if (sessionId !== undefined) checkpoints.leave(sessionId);',
				put: 'if (sessionId !== undefined && !failure.safeToRepeat) checkpoints.leave(sessionId);',
			},
		],
	},
	{
		name: 'the status of a prompt that others followed has lost its words',
		finds: 'h',
		changes: [
			{
				file: 'src/flows/generate/turnStatus.ts',
				find: 'throw afterPrompt(supersededTurnError(sessionId), sent);',
				put: 'throw afterPrompt(supersededTurnError(sessionId), undefined);',
			},
		],
	},
	{
		name: 'where the clock of the machine is set, waits and limits go by it',
		finds: 'abceg',
		changes: [
			{
				file: 'src/n8n/wait.ts',
				find: 'return Math.floor(performance.timeOrigin + performance.now());',
				put: 'return Date.now();',
			},
		],
	},
	{
		name: 'files that the state does not show yet are no reason to wait before a prompt',
		finds: 'bg',
		changes: [
			{
				file: 'src/flows/upload/answeredUploads.ts',
				find: 'if (left.length === 0 || wait.done) {',
				put: 'if (left.length >= 0 || wait.done) {',
			},
		],
	},
	{
		name: 'a failure on the error output has lost the files of its row',
		finds: 'ah',
		changes: [
			{
				file: 'src/n8n/runItems.ts',
				find: 'const { binary } = (this.hasErrorOutput && this.items[itemIndex]) || {};',
				put: 'const binary = undefined;',
			},
		],
	},
	{
		name: 'what NemoVideo finds out about a file counts as work',
		finds: 'bg',
		changes: [
			{
				file: 'src/api/state.ts',
				find: 'videoInfos: namesOfMedia(finishedMedia(videoInfos)),',
				put: 'videoInfos: finishedMedia(videoInfos),',
			},
		],
	},
	{
		name: 'only the node that Stop met remembers what it did',
		finds: 'adh',
		changes: [
			{
				file: 'src/n8n/nodeMemory.ts',
				find: 'rememberRun(facts.flowContext, facts.signal, run);',
				put: 'rememberRun(facts.nodeContext, facts.signal, run);',
			},
		],
	},
	{
		name: 'a file is known by its place in the store of n8n',
		finds: 'adh',
		changes: [
			{
				file: 'src/n8n/files/fileBytes.ts',
				find: '		sizeBytes,\n		contentId: hashOf(head),',
				put: '		sizeBytes,\n		contentId: id,',
			},
		],
	},
	{
		name: 'an expression that gives the time makes another prompt of every try',
		finds: 'a',
		changes: [
			{
				file: 'src/n8n/checkpoints.ts',
				find: 'const asked = this.placeOf(itemIndex) + this.askedOf(itemIndex, cacheKey);',
				put: 'const asked = this.placeOf(itemIndex) + sent;',
			},
		],
	},
	{
		name: 'Stop is not heard while nodes of others run',
		finds: 'adh',
		changes: [
			{
				file: 'src/n8n/retriedRuns.ts',
				find: "if (!known) signal?.addEventListener('abort', () => keepStopped(execution), { once: true });",
				put: "if (!known) signal?.addEventListener('abort', () => undefined, { once: true });",
			},
		],
	},
	{
		name: 'a stopped node waits until its render is cancelled',
		finds: 'e',
		changes: [
			{
				file: 'src/flows/export/renderJob.ts',
				find: 'void resultOf(async () => await cancelRender(',
				put: 'await resultOf(async () => await cancelRender(',
			},
		],
	},
	{
		name: 'a stopped node waits for what its credential asks',
		finds: 'e',
		changes: [
			{
				file: 'src/n8n/connection/transport.ts',
				find: 'return await raceStop<unknown>(asked, signal);',
				put: 'return await asked;',
			},
		],
	},
	{
		name: 'an item that waits when Stop comes forgets what an earlier try has sent',
		finds: 'c',
		changes: [
			{
				file: 'src/n8n/runItems.ts',
				find: 'if (isWaiting) return asSentBefore(failure, this.store.sentFor(itemIndex));',
				put: 'if (isWaiting) return failure;',
			},
		],
	},
];
