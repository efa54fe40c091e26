/**
 * Stands in for n8n-workflow where mutants are measured (see stryker.config.mjs): the few things of
 * it that run in src/n8n, from the same package, without the second that all of it takes to load.
 */
import { join } from 'node:path';
import type * as Workflow from 'n8n-workflow';

// By its path, because its name leads here.
const folder = join(__dirname, '../../../node_modules/n8n-workflow/dist/cjs');
const load = <T,>(file: string): T => require(join(folder, file)) as T;

export const { NodeApiError } = load<typeof Workflow>('errors/node-api.error.js');
export const { NodeOperationError } = load<typeof Workflow>('errors/node-operation.error.js');
export const { sleep } = load<typeof Workflow>('utils.js');
