import { isDnsSubdomain } from '../../../../lang/label-selector.ts';
import type { CalicoPolicySpec, CalicoRule } from '../calico-resource.ts';
import type { KubernetesObject } from '../kubernetes-object.ts';
import { metadataProblem } from './validate-calico-metadata.ts';
import { calicoRuleProblem, selectorProblem } from './validate-calico-rule.ts';
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
): string | undefined {
  const isGlobal = kind === 'GlobalNetworkPolicy' || kind === 'StagedGlobalNetworkPolicy';
  const isStaged = kind === 'StagedNetworkPolicy' || kind === 'StagedGlobalNetworkPolicy';
  return (
    metadataProblem(object, isGlobal ? 'global-network-policy' : 'network-policy') ??
    (isStaged && spec.stagedAction === 'Delete' ? deletionProblem(object, spec) : undefined) ??
    (isStaged && !stagedActions.includes(spec.stagedAction) ? 'spec.stagedAction is invalid' : undefined) ??
    (isDnsSubdomain(spec.tier === '' ? 'default' : spec.tier) ? undefined : 'spec.tier is invalid') ??
    selectorsProblem(spec, isGlobal) ??
    typesProblem(spec.types) ??
    hintsProblem(spec.performanceHints) ??
    (isGlobal ? stageProblem(spec) : undefined) ??
    rulesProblem(spec, 'ingress', isGlobal) ??
    rulesProblem(spec, 'egress', isGlobal)
  );
}

/** A staged deletion says nothing but what it deletes, and from which tier. */
function deletionProblem(object: KubernetesObject, spec: CalicoPolicySpec): string | undefined {
  const isBare =
    spec.order === undefined &&
    [spec.selector, spec.serviceAccountSelector, spec.namespaceSelector].every((selector) => selector === '') &&
    ['ingress', 'egress', 'performanceHints'].every((key) => !Array.isArray(object.spec[key])) &&
    !spec.doNotTrack &&
    !spec.preDNAT &&
    !spec.applyOnForward;
  return isBare ? undefined : 'Spec fields, except Tier, should all be zero-value if stagedAction is Delete';
}

function selectorsProblem(spec: CalicoPolicySpec, isGlobal: boolean): string | undefined {
  for (const field of ['selector', 'serviceAccountSelector', 'namespaceSelector'] as const) {
    if (field === 'namespaceSelector' && !isGlobal) continue;
    const problem = selectorProblem(`spec.${field}`, spec[field]);
    if (problem !== undefined) return problem;
    if (spec[field].includes('global(')) {
      return `spec.${field}: global() can only be used in an EntityRule namespaceSelector`;
    }
  }
  return undefined;
}

function typesProblem(types: readonly string[]): string | undefined {
  for (const [index, type] of types.entries()) {
    if (type !== 'Ingress' && type !== 'Egress')
      return `spec.types[${index}]: ${JSON.stringify(type)} is neither Ingress nor Egress`;
    if (types.indexOf(type) !== index) return `spec.types: '${type}' type specified more than once`;
  }
  return undefined;
}

function hintsProblem(hints: readonly string[]): string | undefined {
  return hints.length > 1 || hints.some((hint) => hint !== 'AssumeNeededOnEveryNode')
    ? 'spec.performanceHints is invalid'
    : undefined;
}

/** The stages of host endpoints that only a global policy can ask for. */
function stageProblem(spec: CalicoPolicySpec): string | undefined {
  if (spec.doNotTrack && spec.preDNAT) return 'PreDNAT and DoNotTrack cannot both be true, for a given PolicySpec';
  if (spec.preDNAT && spec.egress.length > 0) return 'PreDNAT PolicySpec cannot have any Egress rules';
  if (spec.preDNAT && spec.types.includes('Egress')) return "PreDNAT PolicySpec cannot have 'egress' Type";
  return (spec.doNotTrack || spec.preDNAT) && !spec.applyOnForward
    ? 'ApplyOnForward must be true if either PreDNAT or DoNotTrack is true, for a given PolicySpec'
    : undefined;
}

function rulesProblem(spec: CalicoPolicySpec, direction: Direction, isGlobal: boolean): string | undefined {
  const rules = spec[direction];
  if (rules.length > maxRules) return `spec.${direction}: must have at most ${maxRules} items`;
  for (const [index, rule] of rules.entries()) {
    const problem = calicoRuleProblem(rule) ?? placeProblem(rule, direction, isGlobal);
    if (problem !== undefined) return `spec.${direction}[${index}].${problem}`;
  }
  return undefined;
}

/** What a rule may not say in its direction. */
function placeProblem(rule: CalicoRule, direction: Direction, isGlobal: boolean): string | undefined {
  const isEgress = direction === 'egress';
  if ((isEgress ? rule.source : rule.destination).services !== undefined) {
    return isEgress
      ? 'source.services: not allowed in egress rule source'
      : 'destination.services: not allowed in ingress rule destination';
  }
  if (isEgress && rule.http !== undefined) return 'http: not allowed in egress rule';
  const services = (isEgress ? rule.destination : rule.source).services;
  return isGlobal && services?.namespace === '' ? 'services.namespace: must specify a namespace' : undefined;
}
