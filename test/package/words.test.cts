import { allProperties, choiceLists, shownStrings, type Role } from '../../tools/words/strings.cts';
import { failureTemplates, templatesOf } from '../../tools/words/messages.cts';
import {
	notesOfExamples,
	outputDescriptions,
	phraseFaults,
	writtenLines,
} from '../../tools/words/phrases.cts';
import {
	actionFaults,
	adviceFaults,
	descriptionFaults,
	messageFaults,
	titleFaults,
} from '../../tools/words/rules.cts';

const RULES: Record<Role, (text: string) => string[]> = {
	title: titleFaults,
	description: descriptionFaults,
	boolean: (text) => (/^Whether /.test(text) ? [] : ['does not begin with "Whether"']),
	placeholder: (text) => (/^e\.g\. \S/.test(text) ? [] : ['does not begin with "e.g."']),
	action: actionFaults,
};

const shown = shownStrings();
const templates = failureTemplates();
const properties = allProperties();

describe('what people read in the editor', () => {
	it.each(Object.keys(RULES) as Role[])('follows n8n’s guidelines: every %s', (role) => {
		const texts = shown.filter((one) => one.role === role);
		const faults = texts.flatMap(({ place, text }) =>
			RULES[role](text).map((fault) => `${place}: ${fault}: ${text}`),
		);
		expect(texts.length).toBeGreaterThan(3);
		expect(faults).toEqual([]);
	});

	it('lists choices and options by the alphabet', () => {
		const unsorted = choiceLists().filter(({ names }) => {
			const sorted = [...names].sort((one, other) => one.localeCompare(other, 'en'));
			return sorted.join() !== names.join();
		});
		expect(unsorted).toEqual([]);
	});

	it('calls fields of files as n8n does', () => {
		const labels = properties
			.filter(({ property }) => /binaryPropertyName$/i.test(property.name))
			.map(({ place, property }) => `${place} ${property.displayName}`);
		expect(labels.length).toBeGreaterThan(0);
		expect(labels.filter((label) => !/(?:Input|Output) Data Field Name$/.test(label))).toEqual([]);
	});

	it('describes every parameter that its name alone does not explain', () => {
		const silent = properties.filter(
			({ property: { type, description } }) =>
				!['hidden', 'collection', 'notice'].includes(type) && description === undefined,
		);
		// Their choices are described instead.
		expect(
			silent.map(({ place }) => place).filter((place) => !/\.(operation|connectWith)$/.test(place)),
		).toEqual([]);
	});

	it('gives a parameter the same name and words in every node', () => {
		const named = new Map<string, Set<string>>();
		for (const { property } of properties) {
			const { name, displayName } = property;
			named.set(name, (named.get(name) ?? new Set()).add(displayName));
		}
		const different = [...named].filter(([, labels]) => labels.size > 1);
		// One field for files that go in, one for the video that comes out.
		expect(different.map(([name]) => name)).toEqual(['binaryPropertyName']);
	});
});

describe('what people and agents read when something goes wrong', () => {
	it.each([
		['message', messageFaults],
		['advice', adviceFaults],
	] as const)('follows n8n’s guidelines: every %s', (role, faultsOf) => {
		const texts = templates.filter((one) => one.role === role);
		const faults = texts.flatMap(({ place, text }) =>
			faultsOf(text).map((fault) => `${place}: ${fault}: ${text}`),
		);
		expect(texts.length).toBeGreaterThan(30);
		expect(faults).toEqual([]);
	});

	it('names only parameters that there are', () => {
		const names = new Set([
			...shown.filter(({ role }) => role === 'title').map(({ text }) => text),
			...['Fixed', 'Expression'],
		]);
		const unknown = templates.flatMap(({ place, text }) =>
			[...text.matchAll(/(?<![\p{L}\d])'(\p{Lu}[\p{L}\d ()]*)'(?!\p{L})/gu)]
				.map(([, name = '']) => name)
				.filter((name) => !names.has(name))
				.map((name) => `${place}: '${name}'`),
		);
		expect(unknown).toEqual([]);
	});

	it('puts the names of parameters in quotes', () => {
		const long = properties
			.map(({ property }) => property.displayName)
			.filter((name) => /\p{L} \p{Lu}/u.test(name));
		const loose = templates.flatMap(({ place, text }) => {
			const bare = text.replace(/(?<![\p{L}\d])'[^']*'(?!\p{L})/gu, '');
			return [...new Set(long)]
				.filter((name) => bare.includes(name))
				.map((name) => `${place}: ${name}`);
		});
		expect(loose).toEqual([]);
	});
});

describe('what people read anywhere', () => {
	it.each([
		['the editor', shown],
		['failures', templates],
		['the output panel', outputDescriptions()],
		['documents and chats', writtenLines()],
		['the notes of the examples', notesOfExamples()],
	])('has no phrases that sound translated in %s', (_where, texts) => {
		const faults = texts.flatMap(({ place, text }) =>
			phraseFaults(text).map((fault) => `${place}: ${fault}`),
		);
		expect(texts.length).toBeGreaterThan(10);
		expect(faults).toEqual([]);
	});

	it('has field descriptions in the output panel that begin as n8n’s do', () => {
		const odd = outputDescriptions().filter(({ text }) => !/^[\p{Lu}]|^X-/u.test(text));
		expect(odd).toEqual([]);
	});

	it('has "Whether" at the beginning of what a true or false in the output means', () => {
		const odd = outputDescriptions('boolean').filter(({ text }) => !/^Whether /.test(text));
		expect(odd).toEqual([]);
	});
});

describe('the guard of the words', () => {
	it.each([
		'The work came to nothing',
		'The user is told so',
		'NemoVideo goes on with it',
		'Returns its ID at once',
		'True where the time was up',
		'Frames a second: 24 frames a second',
	])('finds what sounds translated in %j', (text) => {
		expect(phraseFaults(text)).not.toEqual([]);
	});

	it('leaves code and quoted words as they are', () => {
		expect(phraseFaults('Set `goes on` for "at once" ([more](by hand))')).toEqual([]);
	});

	it.each([
		['Timeout (minutes)', titleFaults],
		['Language sample', titleFaults],
		['How long to wait.', descriptionFaults],
		['Name of the file. Empty: the render ID', descriptionFaults],
		['the file to send', descriptionFaults],
		['The url of the file', descriptionFaults],
		['An error occurred', messageFaults],
		['The token was refused.', messageFaults],
		['Try again', adviceFaults],
		['There was a problem. Try again.', adviceFaults],
		['Please try again.', adviceFaults],
		['Get the status of a render', actionFaults],
		['Get Status of render', actionFaults],
	])('finds what is wrong with %j', (text, faultsOf) => {
		expect(faultsOf(text)).not.toEqual([]);
	});

	it('reads every branch of a message from the source', () => {
		const code = `
			const messages = { late: 'Too late', idle: \`Idle for \${n} min\` };
			function advise(a) { if (a) return 'Wait.'; return \`Ask \${name}.\`; }
			throw new NemoVideoError('input', \`\${a} \${b ? 'is empty' : \`has \${n} letters\`}\`, {
				description: 'Change it.' + more,
			});
			throw new NemoVideoError('timeout', messages[why], { description: advise(a) });
			throw invalidParameterError('It is wrong', "Enter 'Prompt'.");`;
		const found = templatesOf([{ path: 'src/some.ts', text: code }]);
		expect(found.map(({ role, text }) => [role, text])).toEqual([
			['message', '… is empty'],
			['message', '… has … letters'],
			['advice', 'Change it.…'],
			['message', 'Too late'],
			['message', 'Idle for … min'],
			['advice', 'Wait.'],
			['advice', 'Ask ….'],
			['message', 'It is wrong'],
			['advice', "Enter 'Prompt'."],
		]);
	});
});
