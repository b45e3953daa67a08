import { describe, expect, it } from 'vitest';
import type { PeerMatch, Rule } from '../form/normal-form.ts';
import { endCriteria, endCriteriaTable, isUnconditional, ruleCriteria, ruleCriteriaTable } from './criteria.ts';
import type { EndCriteriaTable, RuleCriteriaTable } from './criteria.ts';

/*
 * What the compiler says about a new field: each table that lacks it is an error. Were one of the tables to lose its type, the comments that
 * expect the errors would fail the type check themselves.
 */
interface WiderPeer extends PeerMatch {
  readonly interfaces?: readonly string[];
}
interface WiderRule extends Rule {
  readonly dscp?: number;
}

const origin = { object: { apiVersion: 'v1', kind: 'Test', namespace: '', name: 'test' }, path: [] };
const plain: Rule = { action: 'allow', source: {}, destination: {}, origin };

describe('the tables of criteria', () => {
  it('do not compile without a criterion of every field', () => {
    // @ts-expect-error -- interfaces are missing
    const ends: EndCriteriaTable<WiderPeer> = endCriteriaTable;
    // @ts-expect-error -- dscp is missing
    const rules: RuleCriteriaTable<WiderRule> = ruleCriteriaTable;
    expect([ends, rules].every((table) => typeof table === 'object')).toBe(true);
  });

  it('compile with one, which can be any criterion', () => {
    const ends: EndCriteriaTable<WiderPeer> = { ...endCriteriaTable, interfaces: () => [] };
    const rules: RuleCriteriaTable<WiderRule> = { ...ruleCriteriaTable, dscp: () => [] };
    expect(Object.keys(ends)).toContain('interfaces');
    expect(Object.keys(rules)).toContain('dscp');
  });
});

describe('the criteria of a rule', () => {
  it('are none for a rule without a field', () => {
    expect(ruleCriteria(plain)).toEqual([]);
    expect(endCriteria(plain.source)).toEqual([]);
    expect(isUnconditional(plain)).toBe(true);
  });

  it.each<[string, Partial<Rule>]>([
    ['family', { family: 4 }],
    ['protocol', { protocol: 0 }],
    ['http', { http: { methods: [], paths: [] } }],
    ['an end', { destination: { notNets: [] } }],
  ])('are some for a rule with %s', (_, field) => {
    expect(isUnconditional({ ...plain, ...field })).toBe(false);
  });
});
