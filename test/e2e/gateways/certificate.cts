import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debianProgram, type DebianProgram } from '../debian.cts';
import type { TestContext } from '../testContext.cts';

const execute = promisify(execFile);

export const OPENSSL: DebianProgram = { name: 'openssl', packages: ['openssl'] };

/** Files of a key and its certificate. */
export interface Certificate {
	key: string;
	/** Clients that trust it: NODE_EXTRA_CA_CERTS. */
	certificate: string;
}

/** Makes a certificate for this machine that is gone with the row. */
export async function makeCertificate(world: TestContext): Promise<Certificate> {
	const program = await debianProgram(OPENSSL);
	const folder = await mkdtemp(join(tmpdir(), 'nemovideo-certificate-'));
	world.atEnd(async () => await rm(folder, { recursive: true, force: true }));
	const files = { key: join(folder, 'key.pem'), certificate: join(folder, 'certificate.pem') };
	const what = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
	const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
	const to = ['-days', '2', '-keyout', files.key, '-out', files.certificate];
	await execute(program, ['req', ...what, ...name, ...to]);
	return files;
}
