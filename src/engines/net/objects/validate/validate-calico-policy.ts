import { isDnsSubdomain } from '../../../../lang/label-selector.ts';
import type { CalicoPolicySpec, CalicoRule } from '../calico-resource.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { metadataProblem } from './validate-calico-metadata.ts';
import { selectorProblem } from './validate-calico-peer.ts';
import { calicoRuleProblem } from './validate-calico-rule.ts';
import { firstOf, problemAt, within } from './field-problem.ts';
import type { FieldProblem } from './field-problem.ts';
import type { NetworkPolicyKind } from '../../../../model/kinds/network-policy.ts';
import type { Direction } from '../../form/normal-form.ts';

const maxRules = 1024;
const stagedActions = ['', 'Set', 'Delete', 'Learn', 'Ignore'];

/**
 * The first thing that libcalico refuses in a policy whose defaults were applied; undefined when it is accepted. Mirrors
 * libcalico-go/lib/validator/v3 (Go and the resource's schema), v3.32.
 */
export function calicoPolicyProblem(
  object: KubernetesObject,
  kind: NetworkPolicyKind,
  spec: CalicoPolicySpec,
): FieldProblem | undefined {
  const isGlobal = kind === 'GlobalNetworkPolicy' || kind === 'StagedGlobalNetworkPolicy';
  const isStaged = kind === 'StagedNetworkPolicy' || kind === 'StagedGlobalNetworkPolicy';
  return (
    metadataProblem(object, isGlobal ? 'global-network-policy' : 'network-policy') ??
    (isStaged && spec.stagedAction === 'Delete' ? deletionProblem(object, spec) : undefined) ??
    (isStaged && !stagedActions.includes(spec.stagedAction)
      ? problemAt(['spec', 'stagedAction'], 'is invalid')
      : undefined) ??
    (isDnsSubdomain(spec.tier === '' ? 'default' : spec.tier)
      ? undefined
      : problemAt(['spec', 'tier'], 'is invalid')) ??
    selectorsProblem(spec, isGlobal) ??
    typesProblem(spec.types) ??
    hintsProblem(spec.performanceHints) ??
    (isGlobal ? stageProblem(spec) : undefined) ??
    rulesProblem(spec, 'ingress', isGlobal) ??
    rulesProblem(spec, 'egress', isGlobal)
  );
}

/** A staged deletion says nothing but what it deletes, and from which tier. */
function deletionProblem(object: KubernetesObject, spec: CalicoPolicySpec): FieldProblem | undefined {
  const isBare =
    spec.order === undefined &&
    [spec.selector, spec.serviceAccountSelector, spec.namespaceSelector].every((selector) => selector === '') &&
    ['ingress', 'egress', 'performanceHints'].every((key) => !Array.isArray(object.spec[key])) &&
    !spec.doNotTrack &&
    !spec.preDNAT &&
    !spec.applyOnForward;
  return isBare
    ? undefined
    : problemAt(['spec'], 'Spec fields, except Tier, should all be zero-value if stagedAction is Delete');
}

function selectorsProblem(spec: CalicoPolicySpec, isGlobal: boolean): FieldProblem | undefined {
  for (const field of ['selector', 'serviceAccountSelector', 'namespaceSelector'] as const) {
    if (field === 'namespaceSelector' && !isGlobal) continue;
    const path = ['spec', field];
    const problem = selectorProblem(spec[field]);
    if (problem !== undefined) return within(path, problem);
    if (spec[field].includes('global(')) {
      return problemAt(path, 'global() can only be used in an EntityRule namespaceSelector');
    }
  }
  return undefined;
}

function typesProblem(types: readonly string[]): FieldProblem | undefined {
  for (const [index, type] of types.entries()) {
    if (type !== 'Ingress' && type !== 'Egress') {
      return problemAt(['spec', 'types', index], `${JSON.stringify(type)} is neither Ingress nor Egress`);
    }
    if (types.indexOf(type) !== index) {
      return problemAt(['spec', 'types'], `'${type}' type specified more than once`);
    }
  }
  return undefined;
}

function hintsProblem(hints: readonly string[]): FieldProblem | undefined {
  return hints.length > 1 || hints.some((hint) => hint !== 'AssumeNeededOnEveryNode')
    ? problemAt(['spec', 'performanceHints'], 'is invalid')
    : undefined;
}

/** The stages of host endpoints that only a global policy can ask for. */
function stageProblem(spec: CalicoPolicySpec): FieldProblem | undefined {
  const asked = spec.preDNAT ? 'preDNAT' : 'doNotTrack';
  if (spec.doNotTrack && spec.preDNAT) {
    return problemAt(['spec', asked], 'PreDNAT and DoNotTrack cannot both be true, for a given PolicySpec');
  }
  if (spec.preDNAT && spec.egress.length > 0) {
    return problemAt(['spec', 'egress'], 'PreDNAT PolicySpec cannot have any Egress rules');
  }
  if (spec.preDNAT && spec.types.includes('Egress')) {
    return problemAt(['spec', 'types'], "PreDNAT PolicySpec cannot have 'egress' Type");
  }
  return (spec.doNotTrack || spec.preDNAT) && !spec.applyOnForward
    ? problemAt(
        ['spec', asked],
        'ApplyOnForward must be true if either PreDNAT or DoNotTrack is true, for a given PolicySpec',
      )
    : undefined;
}

function rulesProblem(spec: CalicoPolicySpec, direction: Direction, isGlobal: boolean): FieldProblem | undefined {
  const rules = spec[direction];
  const problem =
    rules.length > maxRules
      ? problemAt([], `must have at most ${maxRules} items`)
      : firstOf(rules, (rule) => calicoRuleProblem(rule) ?? placeProblem(rule, direction, isGlobal));
  return within(['spec', direction], problem);
}

/** What a rule may not say in its direction. */
function placeProblem(rule: CalicoRule, direction: Direction, isGlobal: boolean): FieldProblem | undefined {
  const isEgress = direction === 'egress';
  if ((isEgress ? rule.source : rule.destination).services !== undefined) {
    return isEgress
      ? problemAt(['source', 'services'], 'not allowed in egress rule source')
      : problemAt(['destination', 'services'], 'not allowed in ingress rule destination');
  }
  if (isEgress && rule.http !== undefined) return problemAt(['http'], 'not allowed in egress rule');
  const end = isEgress ? 'destination' : 'source';
  return isGlobal && rule[end].services?.namespace === ''
    ? problemAt([end, 'services', 'namespace'], 'must specify a namespace')
    : undefined;
}
