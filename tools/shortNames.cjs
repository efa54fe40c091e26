const ts = require('typescript');

/**
 * Shortens the names of a compiled module's constants, of which the packed package has hundreds. The
 * minifier leaves everything alone that stands outside of functions. Functions and classes keep
 * their names, because stack traces show them.
 *
 * @param {string} code a CommonJS module in strict mode, minified
 * @returns {string} the same module with other names
 */
exports.withShortNames = function withShortNames(code) {
	const identifiers = [];
	const collect = (node) => {
		if (ts.isIdentifier(node)) identifiers.push(node);
		ts.forEachChild(node, collect);
	};
	const file = ts.createSourceFile('module.js', code, ts.ScriptTarget.ES2022, true);
	collect(file);
	const taken = new Set(identifiers.map(({ text }) => text));
	const shortNames = new Map();
	let count = 0;
	for (const name of constantsOf(file)) {
		// Inside a function another variable may have the name.
		if (identifiers.filter((one) => one.text === name && declaresName(one)).length > 1) continue;
		let short;
		do short = `_${(count++).toString(36)}`;
		while (taken.has(short));
		shortNames.set(name, short);
	}
	let result = '';
	let from = 0;
	for (const identifier of identifiers.filter((one) => namesVariable(one))) {
		const short = shortNames.get(identifier.text);
		if (short === undefined) continue;
		const isProperty = ts.isShorthandPropertyAssignment(identifier.parent);
		result += code.slice(from, identifier.getStart()) + (isProperty ? `${identifier.text}:` : '');
		result += short;
		from = identifier.getEnd();
	}
	return result + code.slice(from);
};

/** The names of a module's own variables that hold no function and no class. */
function constantsOf(file) {
	return file.statements
		.filter(ts.isVariableStatement)
		.flatMap(({ declarationList }) => [...declarationList.declarations])
		.filter(({ name, initializer }) => ts.isIdentifier(name) && !isNamedByVariable(initializer))
		.map(({ name }) => name.text)
		.filter((name) => name.length > 2);
}

/** A function or class without a name takes that of its variable. */
function isNamedByVariable(value) {
	return (
		value !== undefined &&
		(ts.isArrowFunction(value) || ts.isFunctionExpression(value) || ts.isClassExpression(value))
	);
}

const DECLARATIONS = [
	ts.isVariableDeclaration,
	ts.isParameter,
	ts.isBindingElement,
	ts.isFunctionDeclaration,
	ts.isFunctionExpression,
	ts.isClassDeclaration,
	ts.isClassExpression,
];

function declaresName(identifier) {
	const { parent } = identifier;
	return parent.name === identifier && DECLARATIONS.some((isDeclaration) => isDeclaration(parent));
}

/** Whether an identifier names a variable and not a property. */
function namesVariable(identifier) {
	const { parent } = identifier;
	if (parent.propertyName === identifier) return false;
	if (parent.name !== identifier) return true;
	return ts.isShorthandPropertyAssignment(parent) || declaresName(identifier);
}
