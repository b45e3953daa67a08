import { describe, expect, test } from 'vitest';
import type { HostJson } from '../values/json-values.ts';
import { type RuleVerdict, schemaRules } from './schema-rules.ts';

interface Rule {
  readonly rule: string;
  readonly [field: string]: HostJson;
}

const TEXT = { type: 'string' };

/** What rules of the field `f`, with its schema, have against a value of it. */
function verdict(schema: HostJson, rules: readonly Rule[], value: HostJson, old?: HostJson, minor = 37): RuleVerdict {
  const field = { ...(schema as object), 'x-kubernetes-validations': rules };
  const ask = schemaRules({ type: 'object', properties: { f: field } }, minor);
  if (ask === undefined) throw new Error('there are rules');
  return ask({ f: value }, old === undefined ? undefined : { f: old });
}

function details(...parameters: Parameters<typeof verdict>): string[] {
  return verdict(...parameters).errors.map(({ detail }) => detail);
}

describe('schemaRules', () => {
  test('has nothing to ask of a schema without rules', () => {
    expect(schemaRules({ type: 'object', properties: { f: TEXT } }, 37)).toBeUndefined();
  });

  test('tells what fails, where, and with which value', () => {
    const rules = [{ rule: "self.startsWith('a')" }];
    expect(verdict(TEXT, rules, 'abc').errors).toEqual([]);
    expect(verdict(TEXT, rules, 'b').errors).toEqual([
      { path: ['f'], reason: 'FieldValueInvalid', value: 'b', detail: "failed rule: self.startsWith('a')" },
    ]);
  });

  test('takes messages, computed ones first, reasons and places below', () => {
    const schema = { type: 'object', properties: { 'a-b': { type: 'integer' } } };
    const rule = {
      rule: 'self.a__dash__b < 3',
      reason: 'FieldValueForbidden',
      fieldPath: "['a-b']",
      message: ' small ',
    };
    expect(verdict(schema, [rule], { 'a-b': 5 }).errors).toEqual([
      { path: ['f', 'a-b'], reason: 'FieldValueForbidden', value: undefined, detail: 'small' },
    ]);
    const messageExpression = "'got ' + string(self.a__dash__b)";
    expect(details(schema, [{ ...rule, messageExpression }], { 'a-b': 5 })).toEqual(['got 5']);
    expect(details(schema, [{ ...rule, messageExpression: 'string(1 / 0)' }], { 'a-b': 5 })).toEqual(['small']);
  });

  test.each([
    [{ type: 'integer' }, '10 / self > 1', 0, 'division by zero evaluating rule: 10 / self > 1'],
    [
      { type: 'array', items: TEXT },
      'self[3] == self[0]',
      ['a'],
      'index out of bounds: 3 evaluating rule: self[3] == self[0]',
    ],
    [{ 'x-kubernetes-int-or-string': true }, 'self + 1 == 2', 'a', /^'no such overload'/],
    [TEXT, 'self.size() == "a"', 'a', /^rule compile error: compilation failed: /],
    [TEXT, 'self', 'a', 'rule compile error: cel expression must evaluate to a bool'],
  ])('tells errors: %j, %s', (schema, rule, value, detail) => {
    expect(details(schema, [{ rule }], value)).toEqual([
      typeof detail === 'string' ? detail : (expect.stringMatching(detail) as string),
    ]);
  });

  test('asks transition rules of updates only', () => {
    const rules = [{ rule: 'self == oldSelf', message: 'is immutable' }];
    expect(details(TEXT, rules, 'a')).toEqual([]);
    expect(details(TEXT, rules, 'a', 'a')).toEqual([]);
    expect(details(TEXT, rules, 'b', 'a')).toEqual(['is immutable']);
  });

  test('asks those with an optional oldSelf always', () => {
    const rules = [{ rule: 'oldSelf.orValue("a") == self', optionalOldSelf: true, message: 'is fixed' }];
    expect(details(TEXT, rules, 'a')).toEqual([]);
    expect(details(TEXT, rules, 'b')).toEqual(['is fixed']);
    expect(details(TEXT, rules, 'b', 'b')).toEqual([]);
  });

  test('warns of what was wrong before and is unchanged, from 1.30 on', () => {
    const rules = [{ rule: 'self != "a"', message: 'not a' }];
    expect(details(TEXT, rules, 'a', 'a')).toEqual([]);
    expect(verdict(TEXT, rules, 'a', 'a').warnings).toHaveLength(1);
    expect(details(TEXT, rules, 'a', 'b')).toEqual(['not a']);
    expect(details(TEXT, rules, 'a', 'a', 29)).toEqual(['not a']);
  });

  test('finds the items of a list before by their keys', () => {
    const items = {
      type: 'object',
      properties: { name: TEXT, size: { type: 'integer' } },
      'x-kubernetes-validations': [{ rule: 'self.size >= oldSelf.size', message: 'shrinks' }],
    };
    const schema = { type: 'array', items, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] };
    const old = [
      { name: 'a', size: 1 },
      { name: 'b', size: 5 },
    ];
    expect(
      verdict(
        schema,
        [],
        [
          { name: 'b', size: 2 },
          { name: 'c', size: 0 },
        ],
        old,
      ).errors,
    ).toMatchObject([{ path: ['f', 0], detail: 'shrinks' }]);
    expect(
      verdict({ ...schema, 'x-kubernetes-list-type': 'atomic' }, [], [{ name: 'b', size: 2 }], old).errors,
    ).toEqual([]);
  });

  test.each([
    ['set', ['a', 'b'], ['b', 'a'], true],
    ['atomic', ['a', 'b'], ['b', 'a'], false],
    ['set', ['a', 'b'], ['b', 'c'], false],
  ])('compares lists of type %s: %j and %j', (type, left, right, isSame) => {
    const list = { type: 'array', items: TEXT, 'x-kubernetes-list-type': type };
    const schema = { type: 'object', properties: { l: list, r: list } };
    expect(details(schema, [{ rule: 'self.l == self.r' }], { l: left, r: right })).toHaveLength(isSame ? 0 : 1);
  });

  test.each([
    [{ type: 'string', format: 'date-time' }, "self < timestamp('2030-01-01T00:00:00Z')", '2026-01-01T00:00:00Z'],
    [{ type: 'string', format: 'date' }, 'self.getFullYear() == 2026', '2026-03-04'],
    [{ type: 'string', format: 'duration' }, "self > duration('1m')", '2m'],
    [{ type: 'string', format: 'byte' }, "self == b'hello'", 'aGVsbG8='],
    [{ type: 'number' }, 'self < 2.0', 1],
    [{ 'x-kubernetes-int-or-string': true }, "type(self) == int ? self < 5 : self == '50%'", '50%'],
    [
      { type: 'object', additionalProperties: TEXT },
      "self.all(k, self[k] != '') && self['a-b'] == 'x'",
      { 'a-b': 'x' },
    ],
    [
      { type: 'object', 'x-kubernetes-embedded-resource': true },
      "self.metadata.name == 'n'",
      { metadata: { name: 'n' } },
    ],
    [
      { type: 'object', properties: { namespace: TEXT } },
      "self.namespace == 'n' && self.__namespace__ == 'n'",
      { namespace: 'n' },
    ],
    [{ type: 'object', properties: { n: { ...TEXT, nullable: true } } }, '!has(self.n)', { n: null }],
    [{ type: 'string', allOf: [{ 'x-kubernetes-validations': [{ rule: "self != 'b'" }] }] }, 'true', 'a'],
  ])('reads values by their schema: %j', (schema, rule, value) => {
    expect(details(schema, [{ rule }], value)).toEqual([]);
  });

  test('ends at the budget of the object', () => {
    const items = { ...TEXT, 'x-kubernetes-validations': [{ rule: `self.matches('${'(a+b+)*'.repeat(200)}c')` }] };
    const found = verdict(
      { type: 'array', items },
      [],
      Array.from({ length: 2000 }, () => 'ab'.repeat(100)),
    ).errors;
    expect(found.at(-1)?.detail).toMatch(/running out of cost budget/);
    expect(found.length).toBeLessThan(2000);
  });
});
