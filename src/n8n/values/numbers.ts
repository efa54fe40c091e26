import { cellNumber, isBlank } from './cells';
import { describe, invalidParameterError } from '../errors/invalidParameter';

export interface NumberRule {
	/** Path of the parameter, e.g. `options.timeoutMinutes`. */
	name: string;
	/** Display name, as messages give it. */
	label: string;
	fallback: number;
	min: number;
	max: number;
	integer?: boolean;
	/** Whether 0 is as good as empty, although it is below the smallest number. */
	orZero?: boolean;
}

/**
 * A number as an item gives it, checked; see `Parameters.number`.
 *
 * @param ofTool whether an AI agent reads the failure: it knows of no sheets
 * @throws NemoVideoError of kind `input`
 */
export function readNumber(value: unknown, rule: NumberRule, ofTool: boolean): number {
	if (isBlank(value)) return rule.fallback;
	const number = cellNumber(value, rule.name);
	if (rule.orZero === true && number === 0) return rule.fallback;
	const isOpen = rule.max === Number.MAX_SAFE_INTEGER;
	const range = isOpen ? `${rule.min} up` : `${rule.min} to ${rule.max}`;
	const advice = `Enter a ${rule.integer === true ? 'whole ' : ''}number from ${range}${rule.orZero === true ? ', or leave it empty' : ''}.`;
	if (number === 'unclear') {
		throw invalidParameterError(
			`'${rule.label}' is ${describe(value)}, which can be read as two numbers`,
			'Write it without a thousands separator and without trailing zeros after the decimal point, such as 1000 or 1.5.',
		);
	}
	if (number === undefined) {
		throw invalidParameterError(
			`'${rule.label}' is ${describe(value)} instead of a number`,
			advice,
		);
	}
	if (number < rule.min || number > rule.max) {
		const outside = isOpen ? `below ${rule.min}` : `outside ${range}`;
		const isPartOfDay = !ofTool && /Seconds$/.test(rule.name) && number > 0 && number < rule.min;
		throw invalidParameterError(
			`'${rule.label}' is ${number}, ${outside}`,
			isPartOfDay
				? `${advice} A spreadsheet may have read it as a time of day: format the column as a plain number of seconds.`
				: advice,
		);
	}
	if (rule.integer === true && !Number.isInteger(number)) {
		throw invalidParameterError(`'${rule.label}' is ${number}, not a whole number`, advice);
	}
	return number;
}
