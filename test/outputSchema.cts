import Ajv from 'ajv';
import type { OutputSchema } from '../tools/descriptions.cts';

const ajv = new Ajv({ allErrors: true, strict: false });

/** A field that the schema forgot is a mistake as well, wherever the schema names the fields. */
function closed(schema: OutputSchema): OutputSchema & { additionalProperties?: boolean } {
	const { properties, items } = schema;
	return {
		...schema,
		...(items ? { items: closed(items) } : {}),
		...(properties
			? {
					properties: Object.fromEntries(
						Object.entries(properties).map(([key, inner]) => [key, closed(inner)]),
					),
					additionalProperties: false,
				}
			: {}),
	};
}

/**
 * @param withInput whether the fields of the input item may stand beside the node's own
 * @returns a function that says what in an output the schema does not say, one line each
 */
export function differencesFrom(
	schema: OutputSchema,
	{ withInput = false } = {},
): (output: unknown) => string[] {
	const validate = ajv.compile({
		...closed(schema),
		...(withInput ? { additionalProperties: true } : {}),
	});
	return (output) => {
		if (validate(output)) return [];
		return (validate.errors ?? []).map(
			({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
		);
	};
}
