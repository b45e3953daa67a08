import { compareBytes } from '../../byte-order.ts';
import { goQuote } from '../../go-quote.ts';
import { BOOL, type CelType, INT, STRING, structType } from '../types/cel-type.ts';
import { byteCount } from '../values/text.ts';
import { CelError, noSuchOverload, Opaque, type Value } from '../values/value.ts';
import { fn, type FunctionDecl, member, overload, type Run } from './declare.ts';

export const SEMVER = structType('kubernetes.Semver');
const MAX_UINT = 2n ** 64n - 1n;

interface Semver {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  readonly prerelease: readonly (bigint | string)[];
  readonly build: readonly string[];
}

export class SemverValue extends Opaque {
  readonly type: CelType = SEMVER;
  readonly goType = 'cel.Semver';
  readonly version: Semver;

  constructor(version: Semver) {
    super();
    this.version = version;
  }

  equals(other: Value): boolean | CelError {
    if (!(other instanceof SemverValue)) return other instanceof CelError ? other : noSuchOverload();
    return compareVersions(this.version, other.version) === 0;
  }

  /** The version as it is written. */
  get written(): string {
    const { numbers, prerelease, build } = this.version;
    const before = prerelease.length === 0 ? '' : `-${prerelease.join('.')}`;
    return `${numbers.join('.')}${before}${build.length === 0 ? '' : `+${build.join('.')}`}`;
  }
}

/** Reads a version, or tells what is wrong. Mirrors blang/semver v4 Parse. */
function parse(text: string): Semver | { readonly error: string } {
  if (text === '') return { error: 'Version string empty' };
  const [major = '', minor, ...more] = text.split('.');
  if (minor === undefined || more.length === 0) return { error: 'No Major.Minor.Patch elements found' };
  const rest = more.join('.');
  const plus = rest.indexOf('+');
  const beforeBuild = plus < 0 ? rest : rest.slice(0, plus);
  const minus = beforeBuild.indexOf('-');
  const patch = minus < 0 ? beforeBuild : beforeBuild.slice(0, minus);
  const numbers = [number(major, 'major', 'Major'), number(minor, 'minor', 'Minor'), number(patch, 'patch', 'Patch')];
  const wrong = numbers.find((each) => typeof each === 'string');
  if (wrong !== undefined) return { error: wrong };
  const prerelease: (bigint | string)[] = [];
  for (const part of minus < 0 ? [] : beforeBuild.slice(minus + 1).split('.')) {
    const read = prereleasePart(part);
    if (typeof read === 'object') return read;
    prerelease.push(read);
  }
  const build = plus < 0 ? [] : rest.slice(plus + 1).split('.');
  for (const part of build) {
    if (part === '') return { error: 'Build meta data is empty' };
    if (!/^[\dA-Z-]+$/i.test(part)) return { error: `Invalid character(s) found in build meta data ${goQuote(part)}` };
  }
  const [first = 0n, second = 0n, third = 0n] = numbers.filter((each) => typeof each === 'bigint');
  return { numbers: [first, second, third], prerelease, build };
}

/** A number of a version, or what is wrong with it. */
function number(text: string, name: string, title: string): bigint | string {
  if (/\D/.test(text)) return `Invalid character(s) found in ${name} number ${goQuote(text)}`;
  if (/^0./.test(text)) return `${title} number must not contain leading zeroes ${goQuote(text)}`;
  return parseUint(text);
}

function parseUint(text: string): bigint | string {
  const failed = (why: string): string => `strconv.ParseUint: parsing ${goQuote(text)}: ${why}`;
  if (text === '') return failed('invalid syntax');
  const value = BigInt(text);
  return value > MAX_UINT ? failed('value out of range') : value;
}

function prereleasePart(text: string): bigint | string | { readonly error: string } {
  if (text === '') return { error: 'Prerelease is empty' };
  if (/^\d+$/.test(text)) {
    if (/^0./.test(text))
      return { error: `Numeric PreRelease version must not contain leading zeroes ${goQuote(text)}` };
    const value = parseUint(text);
    return typeof value === 'string' ? { error: value } : value;
  }
  if (/^[\dA-Z-]+$/i.test(text)) return text;
  return { error: `Invalid character(s) found in prerelease ${goQuote(text)}` };
}

/** Reads `v1.2` or `01.2.3` as well. Mirrors normalizeAndParse of the apiserver's library. */
function parseLoosely(text: string): Semver | { readonly error: string } {
  const [first = '', second, ...more] = text.replace(/^v/, '').split('.');
  const written =
    second === undefined ? [first] : more.length === 0 ? [first, second] : [first, second, more.join('.')];
  const parts = written.map((part) => {
    if (byteCount(part) <= 1) return part;
    const trimmed = part.replace(/^0+/, '');
    return /^\d/.test(trimmed) ? trimmed : `0${trimmed}`;
  });
  if (parts.length < 3) {
    if (/[+-]/.test(parts.at(-1) ?? '')) return { error: 'short version cannot contain PreRelease/Build meta data' };
    while (parts.length < 3) parts.push('0');
  }
  return parse(parts.join('.'));
}

function compareVersions(left: Semver, right: Semver): number {
  for (const [index, number] of left.numbers.entries()) {
    const other = right.numbers[index] ?? 0n;
    if (number !== other) return number > other ? 1 : -1;
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0)
    return Math.sign(right.prerelease.length === left.prerelease.length ? 0 : left.prerelease.length === 0 ? 1 : -1);
  for (const [index, part] of left.prerelease.entries()) {
    const other = right.prerelease[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (typeof part === 'bigint') return typeof other === 'bigint' && part > other ? 1 : -1;
    return typeof other === 'bigint' ? 1 : Math.sign(compareBytes(part, other));
  }
  return left.prerelease.length < right.prerelease.length ? -1 : 0;
}

function read(text: Value = null, loosely: Value = false): SemverValue | CelError {
  if (typeof text !== 'string' || typeof loosely !== 'boolean') return noSuchOverload();
  const version = loosely ? parseLoosely(text) : parse(text);
  return 'error' in version ? new CelError(version.error) : new SemverValue(version);
}

const isRead: Run = (text = null, loosely = false) =>
  typeof text === 'string' && typeof loosely === 'boolean'
    ? read(text, loosely) instanceof SemverValue
    : noSuchOverload();

function part(index: 0 | 1 | 2): Run {
  return (value = null) => (value instanceof SemverValue ? value.version.numbers[index] : noSuchOverload());
}

function comparing(answer: (order: number) => Value): Run {
  return (left = null, right = null) =>
    left instanceof SemverValue && right instanceof SemverValue
      ? answer(compareVersions(left.version, right.version))
      : noSuchOverload();
}

/** Semantic versions. Mirrors the apiserver's pkg/cel/library/semverlib.go, version 1. */
export const SEMVER_FUNCTIONS: readonly FunctionDecl[] = [
  fn(
    'semver',
    overload('string_to_semver', [STRING], SEMVER, read),
    overload('string_bool_to_semver', [STRING, BOOL], SEMVER, read),
  ),
  fn(
    'isSemver',
    overload('is_semver_string', [STRING], BOOL, isRead),
    overload('is_semver_string_bool', [STRING, BOOL], BOOL, isRead),
  ),
  fn(
    'isGreaterThan',
    member(
      'semver_is_greater_than',
      [SEMVER, SEMVER],
      BOOL,
      comparing((order) => order > 0),
    ),
  ),
  fn(
    'isLessThan',
    member(
      'semver_is_less_than',
      [SEMVER, SEMVER],
      BOOL,
      comparing((order) => order < 0),
    ),
  ),
  fn(
    'compareTo',
    member(
      'semver_compare_to',
      [SEMVER, SEMVER],
      INT,
      comparing((order) => BigInt(order)),
    ),
  ),
  fn('major', member('semver_major', [SEMVER], INT, part(0))),
  fn('minor', member('semver_minor', [SEMVER], INT, part(1))),
  fn('patch', member('semver_patch', [SEMVER], INT, part(2))),
];
