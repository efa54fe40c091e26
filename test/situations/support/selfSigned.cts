import { generateKeyPairSync, sign } from 'node:crypto';

/** A key and the certificate that it vouches for itself. PEM. */
export interface SelfSigned {
	key: string;
	cert: string;
}

/** Tags of ASN.1 (X.690). */
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION = 0xa0;

function der(tag: number, ...contents: Uint8Array[]): Buffer {
	const content = Buffer.concat(contents);
	const { length } = content;
	const size = length < 128 ? [length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const bits = (content: Uint8Array): Buffer => der(BIT_STRING, Buffer.from([0]), content);
const time = (text: string): Buffer => der(UTC_TIME, Buffer.from(text));
const integer = (number: number): Buffer => der(INTEGER, Buffer.from([number]));
const id = (hex: string): Buffer => der(OBJECT_ID, Buffer.from(hex, 'hex'));

const ECDSA_WITH_SHA256 = der(SEQUENCE, id('2a8648ce3d040302'));
const COMMON_NAME = id('550403');

/** Makes a certificate for `localhost` that nobody else vouches for (RFC 5280). */
export function makeSelfSigned(): SelfSigned {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const common = der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from('localhost')));
	const name = der(SEQUENCE, der(SET, common));
	const content = der(
		SEQUENCE,
		der(VERSION, integer(2)),
		integer(1),
		ECDSA_WITH_SHA256,
		name,
		der(SEQUENCE, time('200101000000Z'), time('491231235959Z')),
		name,
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = bits(sign('sha256', content, privateKey));
	const certificate = der(SEQUENCE, content, ECDSA_WITH_SHA256, signature);
	const lines = certificate.toString('base64').replace(/.{64}/g, '$&\n');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
	};
}
