import { Random } from './random.cts';
import { VirtualTime } from './virtualTime.cts';

/** The story that is being told: one at a time. */
export const current = { time: new VirtualTime(), random: new Random('') };
