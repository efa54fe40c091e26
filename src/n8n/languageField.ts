import type { INodeProperties } from 'n8n-workflow';

export const languageField: INodeProperties = {
	displayName: 'Language',
	name: 'language',
	type: 'options',
	options: [
		{ name: 'Arabic', value: 'ar' },
		{ name: 'Automatic', value: 'auto', description: 'Detected from the language sample' },
		{ name: 'Chinese', value: 'zh' },
		{ name: 'Dutch', value: 'nl' },
		{ name: 'English', value: 'en' },
		{ name: 'French', value: 'fr' },
		{ name: 'German', value: 'de' },
		{ name: 'Hindi', value: 'hi' },
		{ name: 'Indonesian', value: 'id' },
		{ name: 'Italian', value: 'it' },
		{ name: 'Japanese', value: 'ja' },
		{ name: 'Korean', value: 'ko' },
		{ name: 'Polish', value: 'pl' },
		{ name: 'Portuguese', value: 'pt' },
		{ name: 'Russian', value: 'ru' },
		{ name: 'Spanish', value: 'es' },
		{ name: 'Thai', value: 'th' },
		{ name: 'Turkish', value: 'tr' },
		{ name: 'Vietnamese', value: 'vi' },
	],
	default: 'auto',
	description: 'The language in which NemoVideo answers. An expression can return any ISO code.',
};

export const languageFields: INodeProperties[] = [
	languageField,
	{
		displayName: 'Language Sample',
		name: 'languageSample',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.caption }}',
		hint: 'Leave empty for English',
		description:
			'Text to detect the language from, such as the caption; short text in Latin letters is treated as English',
		displayOptions: { show: { language: ['auto'] } },
	},
];
