import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { samePod, type ServerPod } from '../../cluster/defaults/server-pod.ts';
import { withoutFields } from '../../cluster/index/without-fields.ts';
import { type Evaluation, evaluatePod, type PolicyTrial } from './evaluate-pod.ts';
import { compiledPolicies } from './policy-index.ts';
import { authorizer, type PolicyUsers, policyUsers } from './policy-use.ts';

/** A request about a pod as the plugin meets it: the pod is defaulted, and other plugins may have changed it already. */
export interface JudgedRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly user: UserInfo;
  readonly namespace: string;
  /** '' for the pod itself. */
  readonly subresource: string;
  readonly pod: ServerPod;
  /** The pod as it is stored; only on updates. */
  readonly oldPod?: ServerPod;
}

/** One pass of the plugin over a request that it looks at. */
export interface Judgement extends Evaluation {
  readonly phase: 'admit' | 'validate';
  /** Who is asked for the right to use policies. */
  readonly users: PolicyUsers;
  /** The pod as the plugin leaves it: of an admitted one, with the chosen policy's defaults and name. */
  readonly pod: ServerPod;
  /** What the plugin says about its choice or refusal, without the API server's words around it; '' when it admits. */
  readonly refusal: string;
  /** The parts of `refusal` that the server prints in any order; none where there is but one order. */
  readonly refusalParts: readonly string[];
}

/** The annotation that names the policy a pod was admitted by. */
export const POLICY_ANNOTATION = 'kubernetes.io/psp';

const FIRST_NEW_WORDING = 19;

/**
 * The mutating pass: chooses a policy for a new pod and applies it. Undefined for what this pass does not look at: updates, subresources.
 * Mirrors Plugin.Admit of plugin/pkg/admission/security/podsecuritypolicy, v1.24.
 */
export function admitJudgement(cluster: Cluster, request: JudgedRequest): Judgement | undefined {
  if (request.operation !== 'CREATE' || request.subresource !== '') return undefined;
  return judge(cluster, request, 'admit');
}

/**
 * The validating pass: checks that some policy admits the pod as it is, the one of its annotation first. Undefined for what the plugin
 * does not look at: subresources, and updates of nothing but what the garbage collector writes. Mirrors Plugin.Validate, v1.24.
 */
export function validateJudgement(cluster: Cluster, request: JudgedRequest): Judgement | undefined {
  if (request.subresource !== '') return undefined;
  const { operation, pod, oldPod } = request;
  if (operation === 'UPDATE' && oldPod !== undefined && onlyGarbageFields(pod, oldPod)) return undefined;
  return judge(cluster, request, 'validate');
}

/**
 * What each policy of the cluster by itself makes of a pod, whether or not the plugin would look at the request: in the mutating pass for
 * a creation, in the validating one for an update. Every trial is judged when it is first read.
 */
export function tryPolicies(cluster: Cluster, request: JudgedRequest): readonly PolicyTrial[] {
  const phase = request.operation === 'CREATE' ? 'admit' : 'validate';
  return evaluate(cluster, request, usersOf(request), phase).trials;
}

function usersOf({ pod, namespace, user }: JudgedRequest): PolicyUsers {
  return policyUsers(namespace, pod.spec.serviceAccountName ?? '', user);
}

function evaluate(
  cluster: Cluster,
  { pod }: JudgedRequest,
  users: PolicyUsers,
  phase: 'admit' | 'validate',
): Evaluation {
  return evaluatePod(compiledPolicies(cluster), pod, {
    mayMutate: phase === 'admit',
    hint: pod.metadata.annotations?.[POLICY_ANNOTATION] ?? '',
    authorizedBy: authorizer(cluster, users),
  });
}

function judge(cluster: Cluster, request: JudgedRequest, phase: 'admit' | 'validate'): Judgement {
  const { pod } = request;
  const users = usersOf(request);
  const evaluation = evaluate(cluster, request, users, phase);
  const { trials, chosen, withoutProviders } = evaluation;
  if (chosen !== undefined) {
    const judged = phase === 'admit' ? annotated(chosen.pod, chosen.name) : pod;
    return { trials, chosen, withoutProviders, phase, users, pod: judged, refusal: '', refusalParts: [] };
  }
  const parts = withoutProviders ? [] : refusalParts(trials);
  const refusal = refusalText(cluster.version.value.minor, phase, withoutProviders, parts);
  const refusalPartsShown = parts.length > 1 ? parts : [];
  return { trials, chosen, withoutProviders, phase, users, pod, refusal, refusalParts: refusalPartsShown };
}

/** What each policy that may be used has against the pod; policies that may not be used are not mentioned. */
function refusalParts(trials: readonly PolicyTrial[]): string[] {
  return trials
    .filter((trial) => trial.authorizedBy !== '' && trial.errors.length > 0)
    .map((trial) => trial.errors.map((error) => error.message).join(' '));
}

function refusalText(
  minor: number,
  phase: 'admit' | 'validate',
  withoutProviders: boolean,
  parts: readonly string[],
): string {
  const prefix = minor >= FIRST_NEW_WORDING ? 'PodSecurityPolicy: ' : '';
  if (withoutProviders) return `${prefix}no providers available to validate pod request`;
  const list = `[${parts.join(' ')}]`;
  if (minor < FIRST_NEW_WORDING) return `unable to validate against any pod security policy: ${list}`;
  return `${prefix}unable to ${phase} pod: ${list}`;
}

function annotated(pod: ServerPod, policy: string): ServerPod {
  const annotations = { ...pod.metadata.annotations, [POLICY_ANNOTATION]: policy };
  return { ...pod, metadata: { ...pod.metadata, annotations } };
}

/** Mirrors rbac.IsOnlyMutatingGCFields of pkg/registry/rbac. */
function onlyGarbageFields(pod: ServerPod, old: ServerPod): boolean {
  const { ownerReferences, finalizers, selfLink, managedFields } = old.metadata;
  const metadata = {
    ...pod.metadata,
    ownerReferences: ownerReferences ?? [],
    finalizers: finalizers ?? [],
    managedFields: managedFields ?? [],
  };
  const kept = withoutFields(metadata, ['selfLink']);
  return samePod({ ...pod, metadata: selfLink === undefined ? kept : { ...kept, selfLink } }, old);
}
