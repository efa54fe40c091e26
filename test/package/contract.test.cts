import { compare } from '../../tools/contract/compare.cts';
import { currentContract, writtenContract } from '../../tools/contract/contract.cts';

const promised = writtenContract();

describe('what saved workflows rely on', () => {
	const { broken, unwritten } = compare(promised, currentContract());

	it('is as contract.json promises', () => {
		expect(broken).toEqual([]);
	});

	it('is all written in contract.json (npm run contract)', () => {
		expect(unwritten).toEqual([]);
	});
});

describe('the guard of the contract', () => {
	const changed = (change: (contract: typeof promised) => void) => {
		const copy = structuredClone(promised);
		change(copy);
		return compare(promised, copy);
	};
	const generate = (contract: typeof promised) => {
		const node = contract.nodes.nemoVideoGenerate;
		if (node === undefined) throw new Error('The contract has no Generate');
		return node;
	};

	it('finds a parameter, a node and an output field that got another name', () => {
		const renamed = changed((contract) => {
			const { parameters, outputSchemas } = generate(contract);
			parameters.text = { ...parameters.prompt, type: 'string', default: '' };
			delete parameters.prompt;
			delete outputSchemas.generateAndWait?.fields.elapsedMs;
			delete contract.nodes.nemoVideoCredits;
		});
		expect(renamed.broken).toEqual(
			expect.arrayContaining([
				expect.stringMatching(
					/^nodes\.nemoVideoGenerate\.parameters\.prompt\.type has disappeared/,
				),
				expect.stringMatching(/fields\.elapsedMs has disappeared/),
				expect.stringMatching(/^nodes\.nemoVideoCredits\.version has disappeared/),
			]),
		);
	});

	it('finds another default, another type and a choice that is gone', () => {
		const { broken } = changed((contract) => {
			const { parameters } = generate(contract);
			const onTimeout = parameters['options.onTimeout'];
			if (onTimeout === undefined) throw new Error('The contract has no On Timeout');
			onTimeout.default = 'continue';
			onTimeout.type = 'string';
			onTimeout.values = ['error'];
		});
		const place = 'nodes.nemoVideoGenerate.parameters.options.onTimeout';
		expect(broken.sort()).toEqual([
			`${place}.default is "continue", it was "error"`,
			`${place}.type is "string", it was "options"`,
			`${place}.values[continue] has disappeared (it was "continue")`,
		]);
	});

	it('takes additions, but wants them written down', () => {
		const { broken, unwritten } = changed((contract) => {
			generate(contract).parameters.tone = { type: 'string', default: '' };
			generate(contract).parameters['options.onTimeout']?.values?.push('later');
		});
		expect(broken).toEqual([]);
		expect(unwritten).toHaveLength(3);
	});

	it('notices a schema whose text alone was changed', () => {
		const { broken, unwritten } = changed((contract) => {
			const { generateAndWait } = generate(contract).outputSchemas;
			if (generateAndWait) generateAndWait.sha256 = 'other';
		});
		expect(broken).toEqual([]);
		expect(unwritten).toHaveLength(1);
	});
});
