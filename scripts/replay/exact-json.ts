import type { HostJson } from '../../src/lang/cel/values/json-values.ts';

/** JSON with every integer that an int64 holds as a bigint, and every other number as a number, as the server reads objects. */
export function exactJson(text: string): HostJson {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*/gi;
  const marked = text.replace(tokens, (token) => {
    if (token.startsWith('"')) return token.startsWith('"#') ? `"##${token.slice(2)}` : token;
    return /^-?\d+$/.test(token) && fitsInt64(BigInt(token)) ? `"#${token}"` : token;
  });
  return JSON.parse(marked, (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('#')) return value;
    return value.startsWith('##') ? value.slice(1) : BigInt(value.slice(1));
  }) as HostJson;
}

function fitsInt64(value: bigint): boolean {
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}
