import type { CalicoPolicySpec } from './calico-resource.ts';
import { compileRule } from './compile-rule.ts';
import type { ConvertedRule } from './convert-kubernetes-policy.ts';
import type { Direction, ObjectName, Policy, PolicyKind, Rule } from '../form/normal-form.ts';
import { problemAt } from './validate/field-problem.ts';
import { refusal } from './reading.ts';
import type { Reading } from './reading.ts';
import type { SelectorPool } from '../form/selector-pool.ts';

/** A policy of any kind, as far as its kind's own reader takes it. */
export interface PolicyDraft {
  readonly kind: PolicyKind;
  readonly object: ObjectName;
  /** Where it differs from the object's name. */
  readonly name?: string;
  /** '' for a policy of the whole cluster. */
  readonly namespace: string;
  readonly tier: string;
  readonly order: number;
  readonly selector: string;
  readonly governs: Readonly<Record<Direction, boolean>>;
  readonly stage?: Policy['stage'];
  readonly applyOnForward?: boolean;
  readonly staged?: boolean;
  readonly rules: Readonly<Record<Direction, readonly ConvertedRule[]>>;
}

/** A spec without anything in it. */
export const noCalicoSpec: CalicoPolicySpec = {
  tier: '',
  selector: '',
  serviceAccountSelector: '',
  namespaceSelector: '',
  ingress: [],
  egress: [],
  types: [],
  doNotTrack: false,
  preDNAT: false,
  applyOnForward: false,
  stagedAction: '',
  performanceHints: [],
};

/** The last step to the normal form, the same for all kinds: selectors are parsed, rules compiled. */
export function compilePolicy(draft: PolicyDraft, pool: SelectorPool): Reading<Policy> {
  const selector = pool.parse(draft.selector);
  const ingress = compileRules(draft, 'ingress', pool);
  const egress = compileRules(draft, 'egress', pool);
  if (selector === undefined || ingress === undefined || egress === undefined) {
    return refusal('felix', problemAt([], 'its selectors cannot be combined'));
  }
  const value: Policy = {
    kind: draft.kind,
    name: draft.name ?? draft.object.name,
    namespace: draft.namespace,
    tier: draft.tier,
    order: draft.order,
    staged: draft.staged ?? false,
    selector,
    governs: draft.governs,
    stage: draft.stage ?? 'normal',
    applyOnForward: draft.applyOnForward ?? false,
    rules: { ingress, egress },
    origin: { object: draft.object, path: [] },
  };
  return { value, problems: [] };
}

function compileRules(draft: PolicyDraft, direction: Direction, pool: SelectorPool): readonly Rule[] | undefined {
  const rules: Rule[] = [];
  for (const { rule, path } of draft.rules[direction]) {
    const compiled = compileRule(rule, draft.namespace, { object: draft.object, path }, pool);
    if (compiled === undefined) return undefined;
    rules.push(compiled);
  }
  return rules;
}
