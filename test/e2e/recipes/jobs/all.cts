import type { Job } from '../job.cts';
import { airtable } from './airtable.cts';
import { googleSheet } from './googleSheet.cts';
import { shopProduct } from './shopProduct.cts';

/** Every workflow in examples/jobs. */
export const JOBS: readonly Job[] = [shopProduct, airtable, googleSheet];
