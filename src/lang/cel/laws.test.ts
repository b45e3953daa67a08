import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CALL_LIMIT, compileCel } from './compile.ts';
import { kubernetesEnvironment } from './kubernetes-environment.ts';
import { smallExpressions } from './generate-small.fixture.ts';
import { evaluateSmall, printSmall, show, type Small, VARIABLES } from './small-expression.fixture.ts';
import { parseCel } from './syntax/parse.ts';
import { BOOL, INT, listType, mapType, STRING } from './types/cel-type.ts';
import { ArrayList, mapOf } from './values/collections.ts';
import { CelList, type Value } from './values/value.ts';

const variables = new Map([
  ['x', INT],
  ['each', INT],
  ['b', BOOL],
  ['s', STRING],
  ['l', listType(INT)],
  ['m', mapType(STRING, INT)],
]);
const environment = kubernetesEnvironment(37, { variables });
const values: Readonly<Record<string, Value>> = {
  ...VARIABLES,
  l: new ArrayList(VARIABLES.l),
  m: mapOf(VARIABLES.m),
};
const anySmall = fc.oneof(smallExpressions.int, smallExpressions.bool, smallExpressions.string, smallExpressions.list);

/** What the evaluator makes of a text, in the words of `show`. */
function evaluated(text: string): string {
  const program = compileCel(text, environment);
  if ('phase' in program) throw new Error(`${text}: ${program.issues[0]?.message ?? ''}`);
  const result = program.evaluate((name) => values[name], CALL_LIMIT);
  return 'error' in result ? 'error' : show(plain(result.value));
}

function plain(value: Value): bigint | boolean | string | readonly bigint[] {
  if (value instanceof CelList) return [...value] as bigint[];
  if (typeof value === 'bigint' || typeof value === 'boolean' || typeof value === 'string') return value;
  throw new Error('no value of a small expression');
}

/** A tree without places and numbers of nodes. */
function shape(text: string): string {
  const { expr, issues } = parseCel(text, environment.syntax);
  expect(issues).toEqual([]);
  return JSON.stringify(expr, (key, value: unknown) =>
    key === 'id' || key === 'at' ? undefined : typeof value === 'bigint' ? `${value}n` : value,
  );
}

describe('small expressions', () => {
  test('are parsed alike with the parentheses that they need and with all', () => {
    fc.assert(
      fc.property(anySmall, (small) => {
        expect(shape(printSmall(small))).toBe(shape(printSmall(small, true)));
      }),
      { numRuns: 1000 },
    );
  });

  test('come to what a plain evaluator makes of them', () => {
    fc.assert(
      fc.property(anySmall, (small: Small) => {
        expect(evaluated(printSmall(small))).toBe(show(evaluateSmall(small)));
      }),
      { numRuns: 3000 },
    );
  });
});
