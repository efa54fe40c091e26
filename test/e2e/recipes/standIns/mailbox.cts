import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Mail {
	to: string;
	subject: string;
	/** The text, with quoted-printable undone. */
	text: string;
	/** File names of the attachments. */
	attachments: string[];
}

const plain = (text: string): string =>
	Buffer.from(
		text
			.replace(/=\r?\n/g, '')
			.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
		'latin1',
	).toString();

function mailOf(source: string): Mail {
	const header = (name: string): string =>
		new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, 'mi').exec(source)?.[1] ?? '';
	const names = [...source.matchAll(/Content-Disposition: attachment;\s*filename="?([^"\r\n]+)/gi)];
	return {
		to: header('To'),
		subject: header('Subject'),
		text: plain(source.replace(/Content-Transfer-Encoding: base64[\s\S]*?(?=\r\n--)/g, '')),
		attachments: names.map(([, name = '']) => name),
	};
}

/** A mail server as far as n8n's Send Email goes: keeps what it doesn't refuse. */
export class Mailbox {
	readonly mails: Mail[] = [];

	private constructor(
		private readonly server: Server,
		private readonly refuses: (address: string) => boolean,
	) {}

	static async start(refuses: (address: string) => boolean = () => false): Promise<Mailbox> {
		const server = createServer();
		const mailbox = new Mailbox(server, refuses);
		server.on('connection', (socket) => mailbox.talk(socket));
		await once(server.listen(0, '127.0.0.1'), 'listening');
		return mailbox;
	}

	/** For a credential of n8n's type `smtp`. */
	get credential(): Record<string, unknown> {
		const { port } = this.server.address() as AddressInfo;
		return { host: '127.0.0.1', port, secure: false, disableStartTls: true };
	}

	async close(): Promise<void> {
		await new Promise((resolve) => this.server.close(resolve));
	}

	private talk(socket: Socket): void {
		let input = '';
		let inMail = false;
		const say = (line: string): void => void socket.write(`${line}\r\n`);
		socket.on('error', () => socket.destroy());
		socket.on('data', (bytes) => {
			input += bytes.toString('latin1');
			for (;;) {
				const end = inMail ? '\r\n.\r\n' : '\r\n';
				const at = input.indexOf(end);
				if (at < 0) return;
				const piece = input.slice(0, at);
				input = input.slice(at + end.length);
				if (inMail) {
					this.mails.push(mailOf(piece));
					inMail = false;
					say('250 kept');
				} else if (/^DATA/i.test(piece)) {
					inMail = true;
					say('354 go on');
				} else if (/^RCPT TO:/i.test(piece) && this.refuses(piece)) {
					say('550 5.1.1 No such user here');
				} else if (/^QUIT/i.test(piece)) {
					say('221 bye');
					socket.end();
				} else say('250 ok');
			}
		});
		say('220 mail.example');
	}
}
