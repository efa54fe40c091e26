import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

import { anyOf, saidIn, wholeWords } from '../../../src/text/wordList';

const ROOT = join(__dirname, '..', '..', '..');
const MAX_LITERAL = 200;

describe('lists of words', () => {
	it('become alternatives, the longest first', () => {
		expect(anyOf('a an another')).toBe('another|an|a');
	});

	it('may have lines, and phrases joined by underscores', () => {
		expect(
			anyOf(`go
				go_on`),
		).toBe('go on|go');
	});

	it('are found as whole words where spaces part words, and anywhere else', () => {
		expect(wholeWords('cut').test('shortcut')).toBe(false);
		expect(saidIn('cut', '剪').test('shortcut')).toBe(false);
		expect(saidIn('cut', '剪').test('把它剪短')).toBe(true);
	});
});

describe('regular expressions in the published code', () => {
	const files = ['credentials', 'nodes', 'src'].flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => join(folder, name)),
	);

	it(`have at most ${MAX_LITERAL} characters each; longer ones are lists of words`, () => {
		const long = files.flatMap((name) => {
			const text = readFileSync(join(ROOT, name), 'utf8');
			const file = ts.createSourceFile(name, text, ts.ScriptTarget.ES2022);
			return literalsIn(file)
				.map((literal) => literal.replace(/^\/|\/[a-z]*$/g, ''))
				.filter((source) => source.length > MAX_LITERAL)
				.map((source) => `${name}: ${source.slice(0, 40)}…`);
		});
		expect(long).toEqual([]);
	});
});

function literalsIn(node: ts.Node): string[] {
	const found = ts.isRegularExpressionLiteral(node) ? [node.text] : [];
	ts.forEachChild(node, (child) => void found.push(...literalsIn(child)));
	return found;
}
