import type { Scenario } from '../../scenario.cts';
import { casesOf } from '../cases.cts';
import { JOBS } from '../jobs/all.cts';

export const area = 'Recipes';

export const rows: readonly Scenario[] = JOBS.flatMap(casesOf);
