import { compareBytes } from '../../src/lang/byte-order.ts';
import { FormatValue } from '../../src/lang/cel/library/named-formats.ts';
import { QuantityValue, quantityText } from '../../src/lang/cel/library/quantity.ts';
import { SemverValue } from '../../src/lang/cel/library/semver.ts';
import { UrlValue } from '../../src/lang/cel/library/urls.ts';
import { CelType } from '../../src/lang/cel/types/cel-type.ts';
import { formatDuration, formatTimestamp } from '../../src/lang/cel/values/times.ts';
import type { Opaque } from '../../src/lang/cel/values/value.ts';
import {
  CelError,
  CelList,
  CelMap,
  Duration,
  Optional,
  Timestamp,
  Uint,
  type Value,
} from '../../src/lang/cel/values/value.ts';

/** Thrown for an error inside a list or map. */
export class InnerError extends Error {}

/** A value of CEL as the oracle writes it in JSON: what JSON has no word for has a tag. */
export function encodeValue(value: Value): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint')
    return value > 2n ** 53n - 1n || value < -(2n ** 53n) + 1n ? { $int: String(value) } : Number(value);
  if (typeof value === 'number') return { $double: double(value) };
  if (value instanceof CelError) throw new InnerError(value.message);
  if (value instanceof Uint) return { $uint: String(value.value) };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  if (value instanceof Timestamp) return { $timestamp: formatTimestamp(new Timestamp(value.seconds, value.nanos)) };
  if (value instanceof Duration) return { $duration: formatDuration(value) };
  if (value instanceof Optional)
    return value.value === undefined ? { $none: true } : { $optional: encodeValue(value.value) };
  if (value instanceof CelType) return { $type: value.name };
  if (value instanceof CelMap) return encodeMap(value);
  if (value instanceof CelList) return [...value].map(encodeValue);
  return encodeOpaque(value);
}

function double(value: number): unknown {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return Object.is(value, -0) ? '-0' : value;
}

function encodeOpaque(value: Opaque): unknown {
  if (value instanceof QuantityValue) return { $quantity: quantityText(value) };
  if (value instanceof UrlValue) return { $url: value.written };
  if (value instanceof SemverValue) return { $semver: value.written };
  if (value instanceof FormatValue) return { $format: value.name };
  const text = 'text' in value ? value.text : undefined;
  if (value.type.name === 'net.IP') return { $ip: text };
  if (value.type.name === 'net.CIDR') return { $cidr: text };
  return { $opaque: value.type.name };
}

function encodeMap(map: CelMap): unknown {
  const pairs = [...map.keys()].map((key) => [encodeValue(key), encodeValue(map.find(key) ?? null)] as const);
  const sorted = pairs.toSorted(([a], [b]) => compareBytes(JSON.stringify(a), JSON.stringify(b)));
  const isPlain = pairs.every(([key]) => typeof key === 'string' && !key.startsWith('$'));
  return isPlain ? Object.fromEntries(sorted) : { $map: sorted };
}
