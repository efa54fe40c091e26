/**
 * The only door for third-party run-time code. The build bundles this one file, so the published
 * package installs nothing (n8n's scan refuses run-time dependencies).
 */
export { createParser, type EventSourceMessage, type EventSourceParser } from 'eventsource-parser';
export { franc } from 'franc-min';
export {
	LosslessNumber,
	isSafeNumber,
	parse as parseLossless,
	stringify as stringifyLossless,
} from 'lossless-json';
export { v4 as uuidV4, v5 as uuidV5 } from 'uuid';
export {
	array,
	check,
	getDotPath,
	type GenericSchema,
	type InferOutput,
	looseObject,
	minLength,
	nullish,
	optional,
	parse as parseShape,
	pipe,
	record,
	safeParse,
	string,
	transform,
	union,
	unknown,
} from 'valibot';
