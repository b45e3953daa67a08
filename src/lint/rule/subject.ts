import type { Component } from '../../cluster/components/component.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { record } from '../../model/json.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import type { Container } from '../../model/kinds/container.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { SourceDocument } from '../../text/source.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { WrittenPolicy, WrittenRule } from '../../engines/net/model/written-policies.ts';
import type { NetService } from '../../engines/net/model/services.ts';
import type { WrittenIngress } from '../facts/net/backends.ts';
import type { WrittenBinding, WrittenRole } from '../facts/rbac.ts';
import type { Facts, PolicySubject } from '../facts/facts.ts';
import { memo } from '../../lang/memo.ts';

/** What a rule of each scope is called with, once for each in a cluster: */
export interface SubjectOf {
  /** the cluster as a whole, once; */
  readonly tree: Cluster;
  /** every YAML or JSON document of the linted files; */
  readonly document: SourceDocument;
  /** every linted object; */
  readonly object: ManifestObject;
  /** every namespace that linted objects declare or are in; */
  readonly namespace: NamespaceSubject;
  /** every pod and pod template of the linted objects; */
  readonly pod: PodSource;
  /** every container and init container of those pods; */
  readonly container: ContainerSubject;
  /** every linted Service; */
  readonly service: NetService;
  /** every linted Ingress; */
  readonly ingress: WrittenIngress;
  /** every linted NetworkPolicy, and policy of Calico, as it is written; */
  readonly 'network-policy': WrittenPolicy;
  /** every rule of those; */
  readonly 'policy-rule': PolicyRuleSubject;
  /** every linted PodSecurityPolicy; */
  readonly policy: PolicySubject;
  /** every Role and ClusterRole of linted manifests; */
  readonly role: WrittenRole;
  /** every RoleBinding and ClusterRoleBinding of linted manifests; */
  readonly binding: WrittenBinding;
  /** every component of the control plane or of a node that linted objects start or configure. */
  readonly component: Component;
}
/** What a rule looks at, one at a time. */
export type Scope = keyof SubjectOf;

/** A kind with the group that a manifest names, `networking.k8s.io/NetworkPolicy` (`/Pod` in the core group), or every kind of a group: `projectcalico.org/*`. */
export type KindPattern = `${string}/${string}`;

/** A namespace of the tree. */
export interface NamespaceSubject {
  readonly name: string;
  /** The linted manifest that declares it. */
  readonly object: ManifestObject | undefined;
  /** The linted objects in it, in file order. */
  readonly objects: readonly ManifestObject[];
}

/** One container of a pod. */
export interface ContainerSubject {
  readonly pod: PodSource;
  readonly list: 'containers' | 'initContainers';
  readonly container: Container;
  /** Where it stands in the pod; `pod.placeOf` leads from there to the manifest. */
  readonly path: FieldPath;
}

/** One rule of a network policy. */
export interface PolicyRuleSubject {
  readonly policy: WrittenPolicy;
  readonly rule: WrittenRule;
}

/** What a crash and a finding's grounds need to know of a subject. */
export interface SubjectTraits {
  readonly object?: ManifestObject;
  readonly pod?: PodSource;
  readonly namespace?: string;
}

interface ScopeOf<S> {
  /** The subjects of a cluster. */
  readonly all: (facts: Facts) => readonly S[];
  readonly traits: (subject: S) => SubjectTraits;
  /** The subjects of some kinds alone. */
  readonly ofKinds?: (facts: Facts, kinds: readonly KindPattern[]) => readonly S[];
}

const none: SubjectTraits = {};

/** Every scope: where its subjects come from, and what each is about. */
export const SCOPES: { readonly [S in Scope]: ScopeOf<SubjectOf[S]> } = {
  tree: { all: ({ cluster }) => [cluster.cluster], traits: () => none },
  document: { all: ({ cluster }) => cluster.documents, traits: () => none },
  object: { all: ({ cluster }) => cluster.linted, traits: (object) => ({ object }), ofKinds: objectsOfKinds },
  namespace: {
    all: namespacesOf,
    traits: ({ name, object }) => ({ namespace: name, ...(object === undefined ? {} : { object }) }),
  },
  pod: { all: ({ cluster }) => cluster.pods, traits: traitsOfPod },
  container: { all: ({ cluster }) => cluster.pods.flatMap(containersOf), traits: ({ pod }) => traitsOfPod(pod) },
  service: {
    all: ({ net, cluster }) => net.services.all.filter(({ object }) => cluster.isLinted(object)),
    traits: ({ object, namespace }) => ({ object, namespace }),
  },
  ingress: { all: ({ net }) => net.backends.ingresses, traits: ({ object }) => ({ object }) },
  'network-policy': {
    all: ({ net }) => net.policies.written,
    traits: ({ object, namespace }) => ({ object, namespace }),
  },
  'policy-rule': {
    all: ({ net }) => net.policies.written.flatMap((policy) => policy.rules.map((rule) => ({ policy, rule }))),
    traits: ({ policy: { object, namespace } }) => ({ object, namespace }),
  },
  policy: {
    all: ({ psp, cluster }) => psp.policies.filter(({ object }) => cluster.isLinted(object)),
    traits: ({ object }) => ({ object }),
  },
  role: { all: ({ rbac }) => rbac.writtenRoles, traits: ({ object }) => ({ object }) },
  binding: { all: ({ rbac }) => rbac.writtenBindings, traits: ({ object }) => ({ object }) },
  component: { all: ({ components }) => components.linted, traits: ({ place: { object } }) => ({ object }) },
};

/** What a rule is called with in a cluster. */
export function subjectsOf<S extends Scope>(
  { scope, kinds }: { readonly scope: S; readonly kinds?: readonly KindPattern[] },
  facts: Facts,
): readonly SubjectOf[S][] {
  const { all, ofKinds } = SCOPES[scope];
  return kinds === undefined || ofKinds === undefined ? memo(facts, all) : ofKinds(facts, kinds);
}

function objectsOfKinds(facts: Facts, kinds: readonly KindPattern[]): readonly ManifestObject[] {
  const byKind = memo(facts, objectsByKind);
  return kinds.flatMap((kind) => byKind.get(kind) ?? []);
}

function objectsByKind({ cluster }: Facts): ReadonlyMap<string, readonly ManifestObject[]> {
  const byKind = new Map<string, ManifestObject[]>();
  for (const object of cluster.linted) {
    for (const pattern of [`${object.group}/${object.kind}`, `${object.group}/*`]) {
      const there = byKind.get(pattern);
      if (there === undefined) byKind.set(pattern, [object]);
      else there.push(object);
    }
  }
  return byKind;
}

function traitsOfPod(pod: PodSource): SubjectTraits {
  return { pod, object: pod.owner, namespace: pod.namespace };
}

function containersOf(pod: PodSource): ContainerSubject[] {
  const spec: PodSpec = record(pod.pod.spec);
  return (['initContainers', 'containers'] as const).flatMap((list) =>
    (spec[list] ?? []).map((container, index) => ({ pod, list, container, path: ['spec', list, index] })),
  );
}

function namespacesOf({ cluster }: Facts): readonly NamespaceSubject[] {
  const objects = new Map<string, ManifestObject[]>();
  const declared = new Map<string, ManifestObject>();
  for (const object of cluster.linted) {
    // Superseded manifests come last.
    if (object.group === '' && object.kind === 'Namespace' && !declared.has(object.name))
      declared.set(object.name, object);
    const name = cluster.namespaceOf(object);
    if (name === '') continue;
    const there = objects.get(name);
    if (there === undefined) objects.set(name, [object]);
    else there.push(object);
  }
  return [...new Set([...objects.keys(), ...declared.keys()])].map((name) => ({
    name,
    object: declared.get(name),
    objects: objects.get(name) ?? [],
  }));
}
