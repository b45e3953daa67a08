import { utf8 } from '../values/text.ts';
import { Uint } from '../values/value.ts';

/** A literal's value, or what cel-go says is wrong with it. */
export type Literal<T> = { readonly value: T } | { readonly error: string };

const MAX_INT = 2n ** 63n - 1n;
const MAX_UINT = 2n ** 64n - 1n;
const SHORT: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };

export function intLiteral(sign: string, text: string): Literal<bigint> {
  const value = sign === '-' ? -BigInt(text) : BigInt(text);
  return value > MAX_INT || value < -MAX_INT - 1n ? { error: 'invalid int literal' } : { value };
}

export function uintLiteral(text: string): Literal<Uint> {
  const value = BigInt(text.slice(0, -1));
  return value > MAX_UINT ? { error: 'invalid uint literal' } : { value: new Uint(value) };
}

export function doubleLiteral(text: string): Literal<number> {
  const value = Number(text);
  return Number.isFinite(value) ? { value } : { error: 'invalid double literal' };
}

export function stringLiteral(text: string): Literal<string> {
  const inner = withoutQuotes(text);
  if (inner.raw || !inner.text.includes('\\')) return { value: inner.text };
  let value = '';
  for (const part of partsOf(inner.text)) {
    if (typeof part === 'string') value += part;
    else if (part > 0x10ffff || (part >= 0xd800 && part <= 0xdfff)) return { error: 'invalid unicode code point' };
    else value += String.fromCodePoint(part);
  }
  return { value };
}

/** In bytes, `\x` and octal escapes are bytes, and there are no escapes of code points. */
export function bytesLiteral(text: string): Literal<Uint8Array> {
  const inner = withoutQuotes(text.slice(1));
  const bytes: number[] = [];
  if (inner.raw) return { value: utf8(inner.text) };
  for (const part of partsOf(inner.text)) {
    if (typeof part === 'number') bytes.push(part);
    else bytes.push(...utf8(part));
  }
  return /(?<!\\)(?:\\\\)*\\u/i.test(inner.text)
    ? { error: 'unable to unescape string' }
    : { value: Uint8Array.from(bytes) };
}

function withoutQuotes(text: string): { readonly text: string; readonly raw: boolean } {
  const raw = /^r/i.test(text);
  const quoted = (raw ? text.slice(1) : text).replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  const long = quoted.length >= 6 && (quoted.startsWith("'''") || quoted.startsWith('"""'));
  return { text: long ? quoted.slice(3, -3) : quoted.slice(1, -1), raw };
}

/** The stretches of plain text, and the codes of escapes. */
function* partsOf(text: string): Generator<string | number> {
  const pattern = /\\(?:([xX][\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8})|([0-3][0-7]{2})|(.))|[^\\]+/gsu;
  for (const [whole, hex, octal, other] of text.matchAll(pattern)) {
    if (hex !== undefined) yield parseInt(hex.slice(1), 16);
    else if (octal !== undefined) yield parseInt(octal, 8);
    else if (other !== undefined) yield SHORT[other] ?? other;
    else yield whole;
  }
}
