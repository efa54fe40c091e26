/**
 * The languages in Latin letters that can be told apart: ISO 639-3, as the detection library says
 * it, to the code that NemoVideo takes. The build bundles the library's data of these alone.
 */
export const LATIN_LANGUAGES: Readonly<Record<string, string>> = {
	eng: 'en',
	deu: 'de',
	fra: 'fr',
	spa: 'es',
	ita: 'it',
	por: 'pt',
	nld: 'nl',
	pol: 'pl',
	tur: 'tr',
	vie: 'vi',
	ind: 'id',
	swe: 'sv',
	ces: 'cs',
	ron: 'ro',
	hun: 'hu',
};
