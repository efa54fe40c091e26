import { current } from './current.cts';
import { BEGINNING } from './virtualTime.cts';
import { SimulatedController, SimulatedSignal } from './signals.cts';

/** What the build puts in the place of the platform's globals; see `bundle.mjs`. */
export const simulatedNow = (): number => current.time.wallClock;
export const simulatedUptime = (): number => current.time.elapsed;
export const simulatedOrigin = BEGINNING;
export const simulatedRandom = (): number => current.random.next();
export const simulatedTimeout = SimulatedSignal.timeout;
export const simulatedAny = SimulatedSignal.any;
export { SimulatedController };
