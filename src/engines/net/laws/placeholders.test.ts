import fc from 'fast-check';
import { expect, it } from 'vitest';
import { workload } from '../../../cluster/load/manifest.fixture.ts';
import { record } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { flowQuestions, isQuestionError } from '../ask/flow-question.ts';
import { flowVerdict } from '../ask/flow-verdict.ts';
import { clusterOf } from './analysis.fixture.ts';
import { calicoGlobal, calicoPolicy, namespace } from './network.fixture.ts';

const MARK = '${LATER}';

/** What may be filled in for a field. */
const FILLINGS: Readonly<Record<string, readonly Json[]>> = {
  action: ['Allow', 'Deny', 'Pass', 'Log'],
  order: [1, 15, 25, 1000],
  tier: ['default', 'early', 'late'],
  types: [['Ingress'], ['Egress'], ['Ingress', 'Egress']],
  selector: ["app == 'web'", "app == 'db'", 'all()'],
};

function decide(specs: readonly JsonObject[]): string {
  const cluster = clusterOf([
    namespace('shop'),
    workload('Deployment', 'web', { namespace: 'shop' }),
    workload('Deployment', 'db', { namespace: 'shop' }),
    calicoGlobal('Tier', 'early', { order: 10 }),
    calicoGlobal('Tier', 'late', { order: 2000000, defaultAction: 'Pass' }),
    ...specs.map((spec, index) => {
      const { tier = 'default' } = spec;
      const name =
        typeof tier === 'string' && tier !== 'default' && tier !== MARK
          ? `${tier}.p${String(index)}`
          : `p${String(index)}`;
      return calicoPolicy('shop', name, spec);
    }),
  ]);
  const questions = flowQuestions(cluster, 'shop/web', 'shop/db:80');
  if (isQuestionError(questions)) throw new Error(questions.error);
  const [question] = questions;
  if (question === undefined) throw new Error('a question was expected');
  return flowVerdict(cluster, question).decision;
}

const rules = fc.array(
  fc.record(
    { action: fc.constantFrom('Allow', 'Deny', 'Pass'), protocol: fc.constantFrom('TCP', 'UDP') },
    { requiredKeys: ['action'] },
  ),
  { minLength: 1, maxLength: 2 },
);
const spec = fc.record({
  tier: fc.constantFrom('default', 'early', 'late'),
  order: fc.constantFrom(10, 20, 30),
  selector: fc.constantFrom("app == 'web'", "app == 'db'", 'all()'),
  types: fc.constantFrom<Json[]>(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
  ingress: rules,
  egress: rules,
});

function withField(specs: readonly JsonObject[], field: string, value: Json): readonly JsonObject[] {
  const [first = {}, ...others] = specs;
  if (field !== 'action') return [{ ...first, [field]: value }, ...others];
  const direction = Array.isArray(first.ingress) ? 'ingress' : 'egress';
  const [rule, ...rest] = Array.isArray(first[direction]) ? first[direction] : [];
  return [{ ...first, [direction]: [{ ...record(rule), action: value }, ...rest] }, ...others];
}

it('a verdict holds whatever is filled in for a value that is not known', () => {
  fc.assert(
    fc.property(
      fc.array(spec, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...Object.keys(FILLINGS)),
      (drawn, field) => {
        const specs = drawn.map((each) => record(each));
        const told = decide(withField(specs, field, field === 'types' ? [MARK] : MARK));
        if (told === 'unknown') return;
        for (const filling of FILLINGS[field] ?? []) expect(decide(withField(specs, field, filling))).toBe(told);
      },
    ),
    { numRuns: 100 },
  );
});

it('an action that is not known is not taken for one that does nothing', () => {
  const rule = (action: string): JsonObject => ({
    selector: "app == 'db'",
    types: ['Ingress'],
    ingress: [{ action }, { action: 'Deny' }],
  });
  expect(decide([rule(MARK)])).toBe('unknown');
  expect(decide([rule('Log')])).toBe('deny');
});
