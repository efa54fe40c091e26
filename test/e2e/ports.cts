import { createServer } from 'node:net';

function listen(port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.on('error', reject);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			const found = typeof address === 'object' && address !== null ? address.port : 0;
			server.close(() => resolve(found));
		});
	});
}

/** @returns a TCP port of this machine that was free a moment ago */
export async function freePort(): Promise<number> {
	return await listen(0);
}

/** @returns whether nobody listens on this port of this machine */
export async function isFree(port: number): Promise<boolean> {
	return await listen(port).then(
		() => true,
		() => false,
	);
}
