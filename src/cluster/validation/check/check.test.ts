import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../model/object.ts';
import { type Check, declaratively, duplicate, forbidden, invalid, required, tooLong, unsupported } from './check.ts';
import { entry, field, fieldAt, item, pathOf } from './place.ts';
import { each, filled, needed, oneOf, table } from './rules.ts';

const check = (minor: number): Check => ({ minor, allowPrivileged: true, errors: [], late: [] });
const messages = ({ errors }: Check): readonly string[] => errors.map(({ message }) => message);

describe('a complaint', () => {
  it('stands at a place that is spelled as the server spells it and leads into the object', () => {
    const limits = fieldAt(item(fieldAt(undefined, 'spec', 'containers'), 0), 'resources', 'limits');
    const found = check(24);
    invalid(found, entry(limits, 'cpu'), '-1', 'must be greater than or equal to 0');
    expect(found.errors).toEqual([
      {
        type: 'FieldValueInvalid',
        path: ['spec', 'containers', 0, 'resources', 'limits', 'cpu'],
        field: 'spec.containers[0].resources.limits[cpu]',
        detail: 'Invalid value: "-1": must be greater than or equal to 0',
        message: 'spec.containers[0].resources.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0',
      },
    ]);
    expect(pathOf(limits)).toEqual(['spec', 'containers', 0, 'resources', 'limits']);
  });

  it('prints values as Go did, and as JSON in newer servers', () => {
    const at = field(undefined, 'a');
    const say = (minor: number): readonly string[] => {
      const found = check(minor);
      invalid(found, at, ['x', '<'], 'bad');
      invalid(found, at, null, 'bad');
      invalid(found, at, { b: 'c' }, 'bad');
      tooLong(found, at, 5);
      return messages(found);
    };
    expect(say(24)).toEqual([
      'a: Invalid value: []string{"x", "<"}: bad',
      'a: Invalid value: "null": bad',
      'a: Invalid value: map[string]string{"b":"c"}: bad',
      'a: Too long: must have at most 5 bytes',
    ]);
    expect(say(37)).toEqual([
      String.raw`a: Invalid value: ["x","\u003c"]: bad`,
      'a: Invalid value: null: bad',
      'a: Invalid value: {"b":"c"}: bad',
      'a: Too long: may not be more than 5 bytes',
    ]);
  });

  it('comes last in newer servers when they find it by the markers of the types', () => {
    const found = check(37);
    declaratively(found, (late) => {
      required(late, field(undefined, 'a'));
    });
    forbidden(found, field(undefined, 'b'), 'no');
    duplicate(found, field(undefined, 'c'), 'x');
    unsupported(found, field(undefined, 'd'), 'y', ['z']);
    expect([...found.errors, ...found.late].map((error) => error.field)).toEqual(['b', 'c', 'd', 'a']);
  });
});

describe('a table', () => {
  const rule = table(
    ['kind', needed('must be said', oneOf('A', 'B'))],
    ['later', needed(), 30],
    ['until', needed(), 0, 29],
    ['list', each(filled(oneOf('x')))],
  );

  it('goes through its lines in order, those of the minor', () => {
    const say = (minor: number, value: JsonObject): readonly string[] => {
      const found = check(minor);
      rule(found, value, field(undefined, 'spec'));
      return messages(found);
    };
    expect(say(24, {})).toEqual(['spec.kind: Required value: must be said', 'spec.until: Required value']);
    expect(say(37, { kind: 'C', list: ['x', '', 'y'] })).toEqual([
      'spec.kind: Unsupported value: "C": supported values: "A", "B"',
      'spec.later: Required value',
      'spec.list[2]: Unsupported value: "y": supported values: "x"',
    ]);
  });
});
