import { MEDIA_ENDINGS } from '../mediaTypes';
import { isUnusableFile } from '../links/linksInText';
import { anyOf, wholeWords } from '../wordList';

/** Up to the first space or a mark that closes around an address; Chinese text may follow at once. */
const URL = /https?:\/\/[^\s"'<>，。；！？、（）「」『』\p{Script=Han}]{1,2000}/giu;

/** Stands for each character of an address; clauses are read without it. */
export const URL_MASK = '\uFFFB';

/** The formats of NemoVideo's skill text, as a path ends. */
const MEDIA_PATH = new RegExp(
	String.raw`^https?:\/\/[^/?#]+\/[^?#]*\.(?:${MEDIA_ENDINGS})(?:[?#]|$)`,
	'iu',
);

function addresses(text: string): string[] {
	return [...text.matchAll(URL)].map(([url]) => url.replace(/[.,;:!?)\]]{1,20}$/u, ''));
}

/**
 * The addresses in a message that are files to upload.
 *
 * @param isEvery whether the message says that its addresses are files, whatever they end in
 */
export function mediaUrls(text: string, isEvery: boolean): string[] {
	const found = addresses(text).filter((url) => isEvery || MEDIA_PATH.test(url));
	return [...new Set(found)];
}

/** The addresses in a message that are meant as files, and that NemoVideo can't use. */
export function unusableUrls(text: string): string[] {
	return addresses(text).filter(isUnusableFile);
}

/** What stands before the code of a shared folder. */
const CODE = wholeWords(
	'password passwort passwd passcode pass pw pwd code clave contraseña senha palavra-passe mot_de_passe mdp wachtwoord пароль код hasło şifre parola sandi mật_khẩu كلمة_السر पासवर्ड',
);
const UNSPACED_CODE = new RegExp(
	anyOf('密码 密碼 提取码 提取碼 访问码 网盘 パスワード 비밀번호 비번'),
	'u',
);

/** Addresses that are files although they don't end like one: of share pages, and beside a code. */
export function sharedUrls(text: string): string[] {
	const words = text.replace(URL, ' ');
	return CODE.test(words) || UNSPACED_CODE.test(words) ? addresses(text) : unusableUrls(text);
}

/** Whether a message is addresses and nothing else. */
export function isOnlyUrls(text: string): boolean {
	return addresses(text).length > 0 && !/[\p{L}\p{N}]/u.test(text.replace(URL, ''));
}

/** Covers addresses, character for character, so that their full stops end no sentence. */
export function coverUrls(text: string): string {
	return text.replace(URL, (url) => {
		const closing = /[.,;:!?)\]]{1,20}$/u.exec(url)?.[0] ?? '';
		return URL_MASK.repeat(url.length - closing.length) + closing;
	});
}
