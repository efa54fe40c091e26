import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from '../descriptions.cts';

/** A text of a failure as the source writes it; what is filled in later stands as `…`. */
export interface Template {
	/** File and line. */
	place: string;
	role: 'message' | 'advice';
	text: string;
}

const FOLDERS = ['src', 'nodes', 'credentials'];

/** Every message and description of a failure that the published source can make. */
export function failureTemplates(): Template[] {
	const files = FOLDERS.flatMap((folder) => sourceFiles(join(ROOT, folder))).map((path) => ({
		path,
		text: readFileSync(path, 'utf8'),
	}));
	return templatesOf(files);
}

function sourceFiles(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return sourceFiles(path);
		return entry.name.endsWith('.ts') ? [path] : [];
	});
}

/** The templates of these files; a text that a function of another one makes is found there. */
export function templatesOf(files: ReadonlyArray<{ path: string; text: string }>): Template[] {
	const sources = files.map(({ path, text }) =>
		ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true),
	);
	const reader = new Reader(sources);
	return sources.flatMap((source) => reader.templatesIn(source));
}

class Reader {
	/** What functions and constants give, by name. */
	private readonly definitions = new Map<string, ts.Expression[]>();

	constructor(sources: readonly ts.SourceFile[]) {
		const visit = (node: ts.Node): void => {
			if (ts.isFunctionDeclaration(node) && node.name && node.body) {
				this.definitions.set(node.name.text, returnsOf(node.body));
			}
			if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer) {
				this.definitions.set(node.name.text, [node.initializer]);
			}
			ts.forEachChild(node, visit);
		};
		sources.forEach(visit);
	}

	templatesIn(source: ts.SourceFile): Template[] {
		const found: Template[] = [];
		const add = (role: Template['role'], expression: ts.Expression | undefined): void => {
			if (expression === undefined) return;
			const { line } = source.getLineAndCharacterOfPosition(expression.getStart());
			const place = `${relative(ROOT, source.fileName)}:${line + 1}`;
			for (const text of this.variantsOf(expression)) {
				// What is only filled in says nothing here; it is found where it is written.
				if (text.replaceAll('…', '').trim() !== '') found.push({ place, role, text });
			}
		};
		const visit = (node: ts.Node): void => {
			if (ts.isNewExpression(node) && node.expression.getText() === 'NemoVideoError') {
				add('message', node.arguments?.[1]);
				add('advice', propertyOf(node.arguments?.[2], 'description'));
			}
			if (ts.isCallExpression(node) && node.expression.getText() === 'invalidParameterError') {
				add('message', node.arguments[0]);
				add('advice', node.arguments[1]);
			}
			// Rows of the error table and rules of the credential test.
			const message = propertyOf(node, 'message');
			if (message && (propertyOf(node, 'kind') ?? propertyOf(node, 'value'))) {
				add('message', message);
				add('advice', propertyOf(node, 'description'));
			}
			if (ts.isCallExpression(node) && /\.with$/.test(node.expression.getText())) {
				add('advice', propertyOf(node.arguments[0], 'description'));
			}
			const isAssignment =
				ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
			if (isAssignment && /\bfailure\.description$/.test(node.left.getText())) {
				add('advice', node.right);
			}
			ts.forEachChild(node, visit);
		};
		visit(source);
		return found;
	}

	/** The texts an expression can give: every branch, with `…` for what is filled in. */
	private variantsOf(expression: ts.Expression, depth = 0): string[] {
		const inner = (part: ts.Expression): string[] => this.variantsOf(part, depth + 1);
		if (depth > MAX_DEPTH) return ['…'];
		if (ts.isParenthesizedExpression(expression)) return inner(expression.expression);
		if (ts.isStringLiteralLike(expression)) return [expression.text];
		if (ts.isConditionalExpression(expression)) {
			return [...inner(expression.whenTrue), ...inner(expression.whenFalse)];
		}
		if (ts.isTemplateExpression(expression)) {
			return expression.templateSpans.reduce(
				(texts, { expression: part, literal }) => {
					// A part that is a variable or call stands for what is filled in.
					const parts = ts.isConditionalExpression(part) ? inner(part) : ['…'];
					return texts.flatMap((text) => parts.map((one) => `${text}${one}${literal.text}`));
				},
				[expression.head.text],
			);
		}
		if (isSum(expression)) {
			return inner(expression.left).flatMap((left) =>
				inner(expression.right).map((right) => left + right),
			);
		}
		if (ts.isObjectLiteralExpression(expression)) {
			return expression.properties.flatMap((property) =>
				ts.isPropertyAssignment(property) ? inner(property.initializer) : [],
			);
		}
		const name = nameOf(expression);
		const definitions = name === undefined ? undefined : this.definitions.get(name);
		return definitions?.flatMap(inner) ?? ['…'];
	}
}

const MAX_DEPTH = 6;

function isSum(expression: ts.Expression): expression is ts.BinaryExpression {
	return (
		ts.isBinaryExpression(expression) && expression.operatorToken.kind === ts.SyntaxKind.PlusToken
	);
}

/** `advice`, `advice(…)` and `messages[why]` are looked up by their names. */
function nameOf(expression: ts.Expression): string | undefined {
	if (ts.isIdentifier(expression)) return expression.text;
	if (ts.isCallExpression(expression) || ts.isElementAccessExpression(expression)) {
		return nameOf(expression.expression);
	}
	return undefined;
}

function propertyOf(node: ts.Node | undefined, name: string): ts.Expression | undefined {
	if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
	for (const property of node.properties) {
		if (ts.isPropertyAssignment(property) && property.name.getText() === name) {
			return property.initializer;
		}
		if (ts.isShorthandPropertyAssignment(property) && property.name.text === name) {
			return property.name;
		}
	}
	return undefined;
}

function returnsOf(body: ts.Block): ts.Expression[] {
	const found: ts.Expression[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
		if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
	};
	visit(body);
	return found;
}
