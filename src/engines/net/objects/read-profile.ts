import { decodeCalicoRules } from './calico-resource.ts';
import type { CalicoRule } from './calico-resource.ts';
import { compileRule } from './compile-rule.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import type { Direction, Profile, Rule } from '../form/normal-form.ts';
import { firstOf, within } from './validate/field-problem.ts';
import { refusal, undecodable } from './reading.ts';
import type { Reading } from './reading.ts';
import type { SelectorPool } from '../form/selector-pool.ts';
import { metadataProblem } from './validate/validate-calico-metadata.ts';
import { calicoRuleProblem } from './validate/validate-calico-rule.ts';

/** Reads a Profile. Mirrors updateprocessors/profileprocessor.go, v3.32. */
export function readProfile(object: KubernetesObject, pool: SelectorPool): Reading<Profile> {
  const decoder = new JsonDecoder();
  const ingress = decodeCalicoRules(decoder, object.spec, 'ingress');
  const egress = decodeCalicoRules(decoder, object.spec, 'egress');
  const labels = decoder.labels(object.spec, 'labelsToApply');
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const problem =
    metadataProblem(object, 'subdomain') ??
    within(['spec', 'ingress'], firstOf(ingress, calicoRuleProblem)) ??
    within(['spec', 'egress'], firstOf(egress, calicoRuleProblem));
  if (problem !== undefined) return refusal('calico', problem);
  const compiled = {
    ingress: compile(object, ingress, 'ingress', pool),
    egress: compile(object, egress, 'egress', pool),
  };
  return { value: { name: object.name, labels, rules: compiled }, problems: [] };
}

function compile(
  object: KubernetesObject,
  rules: readonly CalicoRule[],
  direction: Direction,
  pool: SelectorPool,
): readonly Rule[] {
  return rules.flatMap(
    (rule, index) =>
      compileRule(rule, '', { object: objectName(object), path: ['spec', direction, index] }, pool) ?? [],
  );
}
