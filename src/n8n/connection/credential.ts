import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { pastedToken } from './pastedToken';

/** Name of the credential type, as nodes and saved workflows refer to it. */
export const CREDENTIAL_NAME = 'nemoVideoApi';

/** The credential's fields, read once into known types. */
export interface NemoVideoCredential {
	connectWith: 'accessToken' | 'freeTrial';
	token: string;
	clientId: string;
	trialToken: string;
	trialExpiresAt: string;
	trialUserId: string;
	baseUrl: string;
	webUrl: string;
	skillSource: string;
	skillVersion: string;
	skillPlatform: string;
}

export const DEFAULT_BASE_URL = 'https://mega-api-prod.nemovideo.ai';
export const DEFAULT_WEB_URL = 'https://nemovideo.com';

/** Reads decrypted credential data; missing fields (older credentials, overwrites) get defaults. */
export function readCredential(data: ICredentialDataDecryptedObject): NemoVideoCredential {
	const text = (name: string, fallback = '') => {
		const value = data[name];
		return typeof value === 'string' && value.trim() !== '' ? value.trim() : fallback;
	};
	return {
		connectWith: data.connectWith === 'freeTrial' ? 'freeTrial' : 'accessToken',
		token: pastedToken(text('token')),
		clientId: text('clientId'),
		trialToken: text('trialToken'),
		trialExpiresAt: text('trialExpiresAt'),
		trialUserId: text('trialUserId'),
		baseUrl: text('baseUrl', DEFAULT_BASE_URL),
		webUrl: text('webUrl', DEFAULT_WEB_URL).replace(/\/+$/, ''),
		skillSource: text('skillSource', 'ai-create-video-free'),
		skillVersion: text('skillVersion', '1.0.0'),
		skillPlatform: text('skillPlatform', 'unknown'),
	};
}

/** The API's base without a slash at its end. */
export function baseUrlOf(credential: Pick<NemoVideoCredential, 'baseUrl'>): string {
	return credential.baseUrl.replace(/\/+$/, '');
}

/** The host and port of an address, for messages; undefined where it has none. */
export function hostOf(address: string): string | undefined {
	try {
		return new URL(address).host || undefined;
	} catch {
		return undefined;
	}
}

/** The token that requests carry. */
export function activeToken(credential: NemoVideoCredential): string {
	return credential.connectWith === 'freeTrial' ? credential.trialToken : credential.token;
}

/** The three headers that NemoVideo wants on every request (seed: else export answers 402). */
export function attributionHeaders(credential: NemoVideoCredential): Record<string, string> {
	return {
		'X-Skill-Source': credential.skillSource,
		'X-Skill-Version': credential.skillVersion,
		'X-Skill-Platform': credential.skillPlatform,
	};
}

/**
 * Whether a URL has the API's own origin; nothing secret goes anywhere else. Only a complete address
 * can: read against a base, `https:/example.com` and `https:example.com` would be the base's, while
 * HTTP clients differ on where they lead.
 */
export function hasApiOrigin(credential: NemoVideoCredential, url: string): boolean {
	if (!/^https?:\/\/[^\s\\]+$/i.test(url)) return false;
	try {
		return new URL(url).origin === new URL(credential.baseUrl).origin;
	} catch {
		return false;
	}
}
