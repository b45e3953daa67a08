import { isUnknownText } from '../../../text/unknown-text.ts';
import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { formatFieldPath } from '../../../text/tree.ts';
import type { Direction, Policy, Rule, RuleAction } from '../form/normal-form.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';

/** A policy with the values that are not known left out, and what they leave open. */
export interface SettledPolicy {
  readonly object: KubernetesObject;
  /** Why it is not known which pods the policy is for, or when it is asked. */
  readonly reasons: readonly string[];
  /** Why it is not known what a rule matches: by `ingress[0]`. */
  readonly rules: ReadonlyMap<string, readonly string[]>;
  /** The rules of which it is not known what they do, named alike. */
  readonly actions: ReadonlySet<string>;
  /** The tier as it is written, where it is not known. */
  readonly tier: string | undefined;
  /** Whether its order is known. */
  readonly hasOrder: boolean;
}

/** Of a policy of which everything is known. */
export const SETTLED: Omit<SettledPolicy, 'object'> = {
  reasons: [],
  rules: new Map(),
  actions: new Set(),
  tier: undefined,
  hasOrder: true,
};

/** What a rule may do of which that is not known; one that logs leaves everything to the others, as one does that matches nothing. */
const ACTIONS: readonly RuleAction[] = ['allow', 'deny', 'pass'];

/** Fields of a peer that only Calico Enterprise knows. Calico drops them, and the rule matches more than is written. */
const ENTERPRISE_FIELDS = ['domains'];

/**
 * Leaves out of a policy what is not known: values that are encrypted or filled in later, and fields of another edition. A rule that loses
 * one may match, whatever its other fields say no to; a policy may apply. Returns undefined where everything is known, as nearly always.
 */
export function settlePolicy(object: KubernetesObject): SettledPolicy | undefined {
  const rules = new Map<string, readonly string[]>();
  const actions = new Set<string>();
  const reasons: string[] = [];
  const spec: JsonObject = {};
  let isChanged = isUnknownText(object.name);
  for (const [key, value] of Object.entries(object.spec)) {
    if ((key === 'ingress' || key === 'egress') && Array.isArray(value)) {
      spec[key] = value.map((rule, index) => {
        const lost: string[] = [];
        const settled = settleRule(record(rule), ['spec', key, index], lost);
        if (lost.length > 0) rules.set(`${key}[${String(index)}]`, lost);
        if (holdsUnknown(record(rule).action ?? null)) actions.add(`${key}[${String(index)}]`);
        return isObject(rule) ? settled : rule;
      });
    } else if (holdsUnknown(value)) {
      reasons.push(unknownField(['spec', key]));
      // It may be for both directions, whatever its rules say.
      if (key === 'types' || key === 'policyTypes') spec[key] = ['Ingress', 'Egress'];
    } else spec[key] = value;
  }
  isChanged ||= reasons.length > 0 || rules.size > 0;
  if (!isChanged) return undefined;
  // A name that is not known decides nothing but the order among equals; it must only be valid.
  const name = isUnknownText(object.name) ? `x${object.name.replace(/[^a-z0-9]+/g, '')}x` : object.name;
  const tier = holdsUnknown(object.spec.tier ?? null) ? tierOf(object) : undefined;
  const hasOrder = !holdsUnknown(object.spec.order ?? null);
  return { object: { ...object, name, spec }, reasons, rules, actions, tier, hasOrder };
}

function settleRule(rule: JsonObject, path: readonly (string | number)[], lost: string[]): JsonObject {
  const kept: JsonObject = {};
  for (const [key, value] of Object.entries(rule)) {
    if ((key === 'source' || key === 'destination') && isObject(value)) {
      const peer: JsonObject = {};
      for (const [field, each] of Object.entries(value)) {
        const at = [...path, key, field];
        if (ENTERPRISE_FIELDS.includes(field) && list(each).length > 0) {
          lost.push(
            `\`${formatFieldPath(at)}\` is a field of Calico Enterprise alone: Calico drops it and matches more`,
          );
        } else if (holdsUnknown(each)) lost.push(unknownField(at));
        else peer[field] = each;
      }
      kept[key] = peer;
    } else if (holdsUnknown(value)) lost.push(unknownField([...path, key]));
    else kept[key] = value;
  }
  // A rule must say what it does to be read; what it may do is put in its place behind that.
  if (rule.action !== undefined && kept.action === undefined) kept.action = 'Log';
  return kept;
}

function unknownField(path: readonly (string | number)[]): string {
  return `the value of \`${formatFieldPath(path)}\` is not known`;
}

function holdsUnknown(value: Json): boolean {
  if (typeof value === 'string') return isUnknownText(value);
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.entries(value).some(([key, each]) => isUnknownText(key) || holdsUnknown(each));
}

/** Marks in a policy, made of what was kept, what is open. */
export function withUnsettled(
  policy: Policy,
  {
    reasons,
    rules,
    actions,
    tier,
    hasOrder,
  }: Pick<SettledPolicy, 'reasons' | 'rules' | 'actions' | 'tier' | 'hasOrder'>,
  name: string,
): Policy {
  const mark = (direction: Direction): readonly Rule[] =>
    policy.rules[direction].flatMap((rule) => {
      const [, , index] = rule.origin.path;
      const key = `${direction}[${String(index)}]`;
      // In an unknown tier, a rule that passes may jump over the policies of any.
      const isJump = tier !== undefined && rule.action === 'pass';
      const lost = rules.get(key) ?? (isJump ? reasons : undefined);
      const origin = { ...rule.origin, object: { ...rule.origin.object, name } };
      if (lost === undefined) return [{ ...rule, origin }];
      const open = { ...rule, origin, destination: { ...rule.destination, unsettled: lost } };
      return isJump || actions.has(key) ? ACTIONS.map((action) => ({ ...open, action })) : [open];
    });
  return {
    ...policy,
    // Where it is not known when the policy is asked, it comes first, so that nothing before it seems to be decided.
    ...(tier === undefined ? {} : { tier }),
    ...(hasOrder ? {} : { order: -Infinity }),
    rules: { ingress: mark('ingress'), egress: mark('egress') },
    origin: { ...policy.origin, object: { ...policy.origin.object, name } },
    ...(reasons.length === 0 ? {} : { unsettled: reasons }),
  };
}

/** The tier that a Calico policy names, where it names one. */
export function tierOf({ spec }: KubernetesObject): string {
  return text(spec.tier);
}
