/** The other thread of sha256.cts: hashes what it is sent, and answers each message. */
const { createHash } = require('node:crypto');
const { parentPort } = require('node:worker_threads');

const hash = createHash('sha256');
parentPort.on('message', ({ pieces, isLast }) => {
	for (const piece of pieces) hash.update(piece);
	parentPort.postMessage(isLast ? hash.digest('hex') : undefined);
});
