import { formatFloat, formatFloatKey } from './number-format.ts';
import type { ResolvedNumber } from './parse-number.ts';

/** A key that is no string in YAML, as a string. */
export interface ResolvedKey {
  readonly text: string;
  /** Its type and how Go prints it: two such keys are the same if this is. */
  readonly identity: string;
  /** How sigs.k8s.io/yaml refuses it, '' if it does not. */
  readonly unsupported: string;
}

/** The key that a boolean, null or number makes (mirrors sigs.k8s.io/yaml v1.6.0, `convertToJSONableObject`). */
export function resolvedKey(key: boolean | null | ResolvedNumber): ResolvedKey {
  if (key === null) return { text: 'null', identity: 'null <nil>', unsupported: '%!s(<nil>), key: <nil>' };
  if (typeof key === 'boolean') return { text: String(key), identity: `bool ${String(key)}`, unsupported: '' };
  const { type, literal, value } = key;
  if (type === 'float')
    return { text: formatFloatKey(value), identity: `float ${formatFloat(value)}`, unsupported: '' };
  const unsupported = type === 'uint' ? `uint64, key: 0x${BigInt(literal).toString(16)}` : '';
  return { text: literal, identity: `${type} ${literal}`, unsupported };
}
