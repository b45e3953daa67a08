import { isPluginOn } from '../../../cluster/components/plugins-in-force.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { podsOf } from '../../../cluster/pods/pods-of.ts';
import type { GateVerdict } from '../../../engines/admission/chain.ts';
import { arePoliciesAsked, policyGateOfObject, policyGateOfPod } from '../../../engines/admission/policy-gates.ts';
import type { Remark } from '../../../engines/admission/request/plugin.ts';
import type { OtherDecider } from '../../../engines/admission/others/other-decider.ts';
import { changerOfPod, othersOfPod } from '../../../engines/admission/others/others-of.ts';
import { policyDoor } from '../../../engines/admission/validating/policy-door.ts';
import type { PolicyProblem } from '../../../engines/admission/validating/policy-problems.ts';
import { podAdmission } from '../../../engines/admission/pod-admission.ts';
import type { Reason } from '../../../engines/verdict.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { once } from '../../../lang/once.ts';
import { record } from '../../../model/json.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FactContext } from '../fact-context.ts';

/** What a ValidatingAdmissionPolicy says about an object or its pods: a refusal, a warning, or an error that it ignores. */
export interface PolicyFinding {
  /** Undefined for the object itself. */
  readonly source: PodSource | undefined;
  /** The server's words. */
  readonly message: string;
  /** The expression that decided, then the binding; the same of further policies. */
  readonly because: readonly Reason[];
}

/** What ValidatingAdmissionPolicies make of the tree. */
export interface AdmissionPolicyFacts {
  /** Whether there are any that are in force. */
  readonly areAsked: boolean;
  /** Whether the server of this version reads policies by default. */
  readonly areServed: boolean;
  /** What they refuse of a manifest: itself, and the pods that it leads to. */
  refusalsOf(object: ManifestObject): readonly PolicyFinding[];
  /** Their warnings about it, or the errors that they ignore. */
  remarksOf(object: ManifestObject, kind: Remark['is']): readonly PolicyFinding[];
  /** What plugins that have no rule of their own have against a pod, each once. */
  otherRefusalsOf(pod: PodSource): readonly PluginRefusal[];
  /** Who may change a pod before the plugins judge it; undefined where nobody does, or the configuration tells what they change. */
  changerOf(pod: PodSource): OtherDecider | undefined;
  /** Who else decides about linted pods, by the manifests that put them in force. */
  readonly others: readonly OtherDecision[];
  /** What keeps a policy or a binding from doing what it says. */
  problemsOf(object: ManifestObject): readonly PolicyProblem[];
}

/** Webhooks or policies of one manifest, and the pods that they take. */
export interface OtherDecision {
  /** Of one manifest; the first stands for all. */
  readonly deciders: readonly [OtherDecider, ...OtherDecider[]];
  readonly pods: readonly PodSource[];
}

/** What an admission plugin has against a pod. */
export interface PluginRefusal {
  readonly plugin: string;
  /** The server's words. */
  readonly message: string;
  readonly because: readonly Reason[];
}

/** Plugins whose refusals other rules report. */
const TOLD: readonly string[] = [
  'LimitRanger',
  'PodSecurity',
  'PodSecurityPolicy',
  'ResourceQuota',
  'ValidatingAdmissionPolicy',
];

/** Plugins that may have something against any pod. */
const DEMANDING = [
  'AlwaysDeny',
  'LimitPodHardAntiAffinityTopology',
  'NodeRestriction',
  'PodNodeSelector',
  'PodTolerationRestriction',
  'SecurityContextDeny',
];

/** Whether a pod has a field that plugins which are on by default compare with other objects: few have, and a run of admission has its cost. */
function asksPlugins({ pod }: PodSource): boolean {
  const { priority, priorityClassName, runtimeClassName } = record(pod.spec);
  return priority !== undefined || priorityClassName !== undefined || runtimeClassName !== undefined;
}

/** From here on the plugin and version v1 of its policies are on by default. */
const FIRST_STABLE = 30;

/** Answers by the plugin ValidatingAdmissionPolicy. */
export function admissionPolicyFacts({ cluster }: FactContext): AdmissionPolicyFacts {
  const areAsked = once(() => arePoliciesAsked(cluster));
  const pods = once(() => groupBy(podsOf(cluster), ({ owner }) => owner));
  const mayRefuse = once(
    () => cluster.settings.complete === true || DEMANDING.some((name) => isPluginOn(cluster, name)),
  );
  const others = once(() => otherDecisions(cluster));
  const gatesOf = (object: ManifestObject): readonly Gate[] => [
    { source: undefined, gate: policyGateOfObject(cluster, object) },
    ...(pods().get(object) ?? []).map((source) => ({ source, gate: policyGateOfPod(cluster, source) })),
  ];
  return {
    get areAsked() {
      return areAsked();
    },
    otherRefusalsOf: (pod) => {
      if (!mayRefuse() && !asksPlugins(pod)) return [];
      const { gates } = podAdmission(cluster, pod);
      const refused = new Map<string, PluginRefusal>();
      for (const { plugin, rejection } of gates) {
        if (rejection === undefined || TOLD.includes(plugin) || refused.has(plugin)) continue;
        const { message, because } = rejection;
        if (plugin !== 'RuntimeClass' || !message.endsWith('not found'))
          refused.set(plugin, { plugin, message, because });
      }
      return [...refused.values()];
    },
    areServed: cluster.version.value.minor >= FIRST_STABLE,
    refusalsOf: (object) =>
      gatesOf(object).flatMap(({ source, gate }) => {
        if (gate?.rejection === undefined) return [];
        const { message, because } = gate.rejection;
        return [{ source, message, because }];
      }),
    remarksOf: (object, kind) =>
      gatesOf(object).flatMap(({ source, gate }) =>
        (gate?.remarks ?? [])
          .filter(({ is }) => is === kind)
          .map(({ message, because }) => ({ source, message, because })),
      ),
    changerOf: (pod) => changerOfPod(cluster, pod),
    get others() {
      return others();
    },
    problemsOf: (object) => policyDoor.problemsOf(cluster, object),
  };
}

interface Gate {
  readonly source: PodSource | undefined;
  readonly gate: GateVerdict | undefined;
}

function otherDecisions(cluster: Cluster): readonly OtherDecision[] {
  const found = new Map<
    ManifestObject,
    { readonly deciders: [OtherDecider, ...OtherDecider[]]; readonly pods: Set<PodSource> }
  >();
  for (const pod of podsOf(cluster)) {
    if (cluster.context.has(pod.owner)) continue;
    for (const { decider } of othersOfPod(cluster, pod)) {
      const known = found.get(decider.object);
      if (known === undefined) found.set(decider.object, { deciders: [decider], pods: new Set([pod]) });
      else {
        if (!known.deciders.includes(decider)) known.deciders.push(decider);
        known.pods.add(pod);
      }
    }
  }
  return [...found.values()].map(({ deciders, pods }) => ({ deciders, pods: [...pods] }));
}
