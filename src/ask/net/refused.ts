import type { NetworkProblem } from '../../engines/net/model/network-of.ts';
import { type ReasonValue, reasonValue } from '../values/reason-value.ts';

/** An object (or a field of one) about traffic that has no effect, in the words of who refuses it. */
export interface RefusedValue extends ReasonValue {
  readonly by: NetworkProblem['by'];
}

/** A refused object as plain JSON. */
export function refusedValue({ object, path, by, message }: NetworkProblem): RefusedValue {
  return { ...reasonValue({ object, path, sentence: message }), by };
}
