/*
 * The rule API: everything that a rule may import, built in or not.
 */
export { listed } from '../lang/listed.ts';
export { consequenceOf } from './words/consequence-of.ts';
export { describeMade } from './words/describe-pod.ts';
export { nearest } from '../lang/nearest.ts';
export { definePolicyRule } from './rule/define-policy-rule.ts';
export { defineRule } from './rule/define-rule.ts';
export { defineFlagRule, definePluginRule } from './rule/define-flag-rule.ts';
export type { Component } from '../cluster/components/component.ts';
export type { Cluster } from '../cluster/index/cluster.ts';
export { calicoKinds, calicoPolicyKinds, trafficKinds } from '../model/kinds/network-policy.ts';
export type { PodSource } from '../cluster/pods/pod-source.ts';
export type { Direction, Policy as NetPolicy, Rule as NetRule, Tier } from '../engines/net/form/normal-form.ts';
export type { Endpoint } from '../engines/net/form/owner.ts';
export type { Reason, Step } from '../engines/verdict.ts';
export type { ManifestObject } from '../model/object.ts';
export type { SourceDocument } from '../text/source.ts';
export type { FieldPath } from '../text/tree.ts';
export type { WrittenPolicy } from '../engines/net/model/written-policies.ts';
export type { NetService } from '../engines/net/model/services.ts';
export type { Facts, PolicySubject, UseGrant } from './facts/facts.ts';
export type { Severity } from './finding/finding.ts';
export type { Messages } from './finding/message.ts';
export type { Place } from './finding/place.ts';
export type {
  FactName,
  FindContext,
  Found,
  NoOptions,
  Precision,
  Rule,
  RuleDescription,
  RuleId,
  RuleOf,
  Stage,
} from './rule/definition.ts';
export type { AnyGround, AssumedGround, Ground, GroundKind } from './finding/ground.ts';
export type { ContainerSubject, NamespaceSubject, PolicyRuleSubject, Scope, SubjectOf } from './rule/subject.ts';
