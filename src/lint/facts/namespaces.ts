import type { Cluster } from '../../cluster/index/cluster.ts';
import { objectsOfKind, namespaceOf } from '../../cluster/index/object-index.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import type { ManifestObject } from '../../model/object.ts';
import { isOneEditAway } from '../../lang/one-edit-away.ts';
import { isOperatorNamespace } from '../knowledge/operator-namespaces.ts';
import { memo } from '../../lang/memo.ts';
import { lazily } from './lazily.ts';
import { lintedObjects } from './schema-check.ts';
import type { FactContext } from './fact-context.ts';

/** A namespace that something of the tree lives in. */
export interface UsedNamespace {
  readonly name: string;
  /** The manifest that declares it. */
  readonly declared: ManifestObject | undefined;
  /** The linted objects in it, in file order; what a kustomization changes is left out, because it may put it elsewhere. */
  readonly objects: readonly ManifestObject[];
  /** The linted pods in it; mirrors of static pods, which stay where the kubelet puts them, are left out. */
  readonly pods: readonly PodSource[];
}

/** Where the tree puts its objects. */
export interface NamespaceFacts {
  /** By first use. */
  readonly used: readonly UsedNamespace[];
  /** The one of a name; undefined where nothing of the tree is in it. */
  use(name: string): UsedNamespace | undefined;
  /** The namespaces that linted manifests declare and put workloads into, and that have no object of a kind. */
  without(kind: string): readonly (UsedNamespace & { readonly declared: ManifestObject })[];
  /** The names of the namespaces that the tree declares. */
  readonly declared: readonly string[];
  /** The declared namespace that a name probably means, where it is none but one edit from one. */
  meant(name: string): string | undefined;
  /** The names of the namespaces with linted pods that manifests declare, or those that none declares, and that no platform or operator makes. */
  running(isDeclared: boolean): readonly string[];
  /** Whether every cluster has the namespace from the start. */
  isBuiltIn(name: string): boolean;
}

const LONG = 4;
const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** Answers from the objects' own places. */
export const namespaceFacts = lazily<FactContext, NamespaceFacts>({
  use: (context) => {
    const byName = new Map(memo(context, usesIn).map((each) => [each.name, each]));
    return (name) => byName.get(name);
  },
  without: (context) => (kind) => {
    const { cluster } = context;
    const having = new Set(objectsOfKind(cluster, '', kind).map((object) => namespaceOf(cluster, object)));
    return memo(context, usesIn).flatMap((each) => {
      const { name, declared: object, pods } = each;
      const counts = object !== undefined && !cluster.context.has(object) && pods.length > 0;
      return counts && !BUILT_IN.includes(name) && !having.has(name) ? [{ ...each, declared: object }] : [];
    });
  },
  used: (context) => memo(context, usesIn),
  declared: ({ cluster }) => [...memo(cluster, declaredIn).keys()],
  meant:
    ({ cluster }) =>
    (name) =>
      [...memo(cluster, declaredIn).keys()].find((each) => isSlip(name, each)),
  running: (context) => {
    const all = memo(context, usesIn).filter(({ name, pods }) => pods.length > 0 && !isMade(name));
    const names = (isDeclared: boolean): string[] =>
      all.filter(({ declared }) => (declared !== undefined) === isDeclared).map(({ name }) => name);
    const [made, missing] = [names(true), names(false)];
    return (isDeclared) => (isDeclared ? made : missing);
  },
  isBuiltIn: () => (name) => BUILT_IN.includes(name),
});

/** Whether the platform makes the namespace, an operator, or the program that deploys the tree. */
function isMade(name: string): boolean {
  return BUILT_IN.includes(name) || isOperatorNamespace(name) || /^(?:openshift-|flux-system$|argocd$)/.test(name);
}

function declaredIn(cluster: Cluster): ReadonlyMap<string, ManifestObject> {
  return new Map(objectsOfKind(cluster, '', 'Namespace').map((object) => [object.name, object]));
}

/** Short parts that differ tell namespaces apart on purpose: `team-a` and `team-b`. */
function isSlip(name: string, declared: string): boolean {
  if (!isOneEditAway(name, declared)) return false;
  const [parts, others] = [name.split('-'), declared.split('-')];
  return parts.length !== others.length || parts.every((part, index) => part === others[index] || part.length >= LONG);
}

function usesIn({ cluster, transformed }: FactContext): readonly UsedNamespace[] {
  const declared = memo(cluster, declaredIn);
  const isMoved = (object: ManifestObject): boolean => transformed.has(object.document.file.path);
  const objects = new Map<string, ManifestObject[]>();
  for (const object of lintedObjects(cluster)) {
    const name = namespaceOf(cluster, object);
    if (name === '' || isMoved(object)) continue;
    const there = objects.get(name);
    if (there === undefined) objects.set(name, [object]);
    else there.push(object);
  }
  const pods = podsOf(cluster).filter(
    ({ owner, creator }) => !cluster.context.has(owner) && creator.kind !== 'kubelet',
  );
  return [...objects].map(([name, there]) => ({
    name,
    declared: declared.get(name),
    objects: there,
    pods: pods.filter((pod) => pod.namespace === name && !isMoved(pod.owner)),
  }));
}
