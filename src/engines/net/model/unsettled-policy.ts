import { isUnknownText } from '../../../text/unknown-text.ts';
import { isObject, list, record, text } from '../../../model/json.ts';
import type { Json, JsonObject } from '../../../model/object.ts';
import { formatFieldPath } from '../../../text/tree.ts';
import type { Direction, Policy, Rule } from '../form/normal-form.ts';
import type { KubernetesObject } from '../objects/kubernetes-object.ts';

/** A policy with the values that are not known left out, and what they leave open. */
export interface SettledPolicy {
  readonly object: KubernetesObject;
  /** Why it is not known which pods the policy is for, or when it is asked. */
  readonly reasons: readonly string[];
  /** Why it is not known what a rule matches: by `ingress[0]`. */
  readonly rules: ReadonlyMap<string, readonly string[]>;
}

/** Fields of a peer that only Calico Enterprise knows. Calico drops them, and the rule matches more than is written. */
const ENTERPRISE_FIELDS = ['domains'];

/**
 * Leaves out of a policy what is not known: values that are encrypted or filled in later, and fields of another edition. A rule that loses
 * one may match, whatever its other fields say no to; a policy may apply. Returns undefined where everything is known, as nearly always.
 */
export function settlePolicy(object: KubernetesObject): SettledPolicy | undefined {
  const rules = new Map<string, readonly string[]>();
  const reasons: string[] = [];
  const spec: JsonObject = {};
  let isChanged = isUnknownText(object.name);
  for (const [key, value] of Object.entries(object.spec)) {
    if ((key === 'ingress' || key === 'egress') && Array.isArray(value)) {
      spec[key] = value.map((rule, index) => {
        const lost: string[] = [];
        const settled = settleRule(record(rule), ['spec', key, index], lost);
        if (lost.length > 0) rules.set(`${key}[${String(index)}]`, lost);
        return isObject(rule) ? settled : rule;
      });
    } else if (holdsUnknown(value)) reasons.push(unknownField(['spec', key]));
    else spec[key] = value;
  }
  isChanged ||= reasons.length > 0 || rules.size > 0;
  if (!isChanged) return undefined;
  // A name that is not known decides nothing but the order among equals; it must only be valid.
  const name = isUnknownText(object.name) ? `x${object.name.replace(/[^a-z0-9]+/g, '')}x` : object.name;
  return { object: { ...object, name, spec }, reasons, rules };
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
  // A rule must say what it does; one of which that is not known may do nothing.
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
  { reasons, rules }: Pick<SettledPolicy, 'reasons' | 'rules'>,
  name: string,
): Policy {
  const mark = (direction: Direction): readonly Rule[] =>
    policy.rules[direction].map((rule) => {
      const [, , index] = rule.origin.path;
      const lost = rules.get(`${direction}[${String(index)}]`);
      const origin = { ...rule.origin, object: { ...rule.origin.object, name } };
      return lost === undefined
        ? { ...rule, origin }
        : { ...rule, origin, destination: { ...rule.destination, unsettled: lost } };
    });
  return {
    ...policy,
    rules: { ingress: mark('ingress'), egress: mark('egress') },
    origin: { ...policy.origin, object: { ...policy.origin.object, name } },
    ...(reasons.length === 0 ? {} : { unsettled: reasons }),
  };
}

/** The tier that a Calico policy names, where it names one. */
export function tierOf({ spec }: KubernetesObject): string {
  return text(spec.tier);
}
