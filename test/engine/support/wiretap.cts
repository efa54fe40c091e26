import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Wiretap {
	/** Where clients connect to instead. */
	readonly url: string;
	/** All bytes that clients have sent, connection by connection, in order of their arrival. */
	sent(): Buffer;
	clear(): void;
	close(): Promise<void>;
}

/**
 * Stands between a client and a server and keeps the bytes that the client sends.
 *
 * @param target the server, e.g. `http://127.0.0.1:8799`
 */
export async function tapWire(target: string): Promise<Wiretap> {
	const { hostname, port } = new URL(target);
	const sockets = new Set<Socket>();
	let chunks: Buffer[] = [];
	const server: Server = createServer((client) => {
		const upstream = connect(Number(port), hostname);
		for (const socket of [client, upstream]) {
			sockets.add(socket);
			socket.on('error', () => undefined);
			socket.on('close', () => {
				sockets.delete(socket);
				client.destroy();
				upstream.destroy();
			});
		}
		client.on('data', (chunk: Buffer) => void chunks.push(chunk));
		client.pipe(upstream);
		upstream.pipe(client);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port: own } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${own}`,
		sent: () => Buffer.concat(chunks),
		clear: () => void (chunks = []),
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
