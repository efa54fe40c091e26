import { current } from './current.cts';
import { SimulatedController, SimulatedSignal } from './signals.cts';

/** What the build puts in the place of the platform's globals; see `bundle.mjs`. */
export const simulatedNow = (): number => current.time.now;
export const simulatedRandom = (): number => current.random.next();
export const simulatedTimeout = SimulatedSignal.timeout;
export const simulatedAny = SimulatedSignal.any;
export { SimulatedController };
