import type { Cluster } from '../../cluster/index/cluster.ts';
import { namespaceOf, objectsOfKind } from '../../cluster/index/object-index.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { hasUnknownName } from '../../model/unknown-values.ts';
import type { Facts, LintedCluster } from '../facts/facts.ts';
import { once } from '../../lang/once.ts';
import { type Asked, BUILD, type Doubt, type Doubter } from './doubter.ts';
import { manifestDirectory, writtenTogether } from '../facts/written-together.ts';
import { BROUGHT_BY_MISSING, type MissingParts, missingParts } from './missing-parts.ts';
import { makesMore, podDoubts } from './pod-doubts.ts';
import { FILL_IN, unknownAmong } from './unknown-doubt.ts';
import type { AnyGround, GroundKind } from '../finding/ground.ts';
import { foreignPolicies } from '../knowledge/foreign-policies.ts';
import { isPutTogether } from '../../text/position.ts';
import type { SubjectTraits } from '../rule/subject.ts';

/** What puts a ground in doubt; nothing where it is certain. `traits` tell what the finding is about. */
export type DoubtAbout = (ground: AnyGround, traits: SubjectTraits) => Doubt | undefined;

/** What decides which PodSecurityPolicies there are, and who may use them. */
const POLICY_KINDS: ReadonlySet<string> = new Set([
  'PodSecurityPolicy',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
]);

const CHANGED_BY_MISSING: Doubt = {
  level: 'info',
  because: 'a part of the kustomization that is not rendered may change this object',
  decide: BUILD,
};
/** Knows everything that may put a finding in doubt: overlays, other directories, unread documents, operators, an incomplete tree. */
export function doubtAbout(linted: LintedCluster, facts: Facts): DoubtAbout {
  const { cluster, transformed = new Set(), joined = new Set(), isPatched = () => false } = linted;
  const missing = missingParts(linted);
  const placement: Doubter = ({ object }) => {
    if (object === undefined) return undefined;
    if (missing.of(object, 'changes')) return CHANGED_BY_MISSING;
    if (missing.of(object, 'objects')) return BROUGHT_BY_MISSING;
    if (transformed.has(object.document.file.path))
      return { level: 'info', because: 'a kustomization changes this manifest first', decide: BUILD };
    return hasUnknownName(object)
      ? {
          level: 'info',
          because: 'the name has a variable in it',
          decide: FILL_IN,
        }
      : undefined;
  };
  const unknownGrant = once(() => unknownAmong(cluster.objects, POLICY_KINDS));
  const pods = once(() => podDoubts(linted, placement, missing, ({ document }) => joined.has(document.file.path)));
  const movablePolicy = once((): Doubt | undefined => {
    const policy = objectsOfKind(cluster, 'networking.k8s.io', 'NetworkPolicy').find(
      ({ namespace }) => namespace === '',
    );
    return (
      policy && {
        level: 'info',
        because: `NetworkPolicy \`${policy.name}\` leaves \`metadata.namespace\` out and may be applied to any namespace`,
        decide: 'set `metadata.namespace`',
      }
    );
  });
  const otherPolicy = once((): Doubt | undefined => {
    const [policy] = foreignPolicies.flatMap(([group, kind]) => objectsOfKind(cluster, group, kind));
    return policy && { level: 'info', because: `${policy.kind} \`${policy.name}\` may allow more`, decide: '' };
  });
  const admission: Doubter = ({ pod }) => {
    if (pod?.creator.kind === 'kubelet')
      return { level: 'info', because: 'a static pod runs even if its mirror pod is rejected', decide: '' };
    const changer = pod && facts.admissionPolicies.changerOf(pod);
    return changer === undefined
      ? undefined
      : {
          level: 'warning',
          because: `${changer.title} may change the pod first`,
          decide: `set \`settings.assume.mutatedBy["${changer.name}"]\` to what it adds`,
        };
  };
  const doubters: Readonly<Record<GroundKind, Doubter>> = {
    field: ({ object }) => {
      if (missing.of(object, 'changes')) return CHANGED_BY_MISSING;
      return object !== undefined && isPatched(object)
        ? { level: 'info', because: 'a kustomization patches this manifest first', decide: BUILD }
        : undefined;
    },
    placement,
    'namespace-as-built': ({ object }) =>
      object !== undefined && isPutTogether(object.document.file) && object.namespace === ''
        ? {
            level: 'info',
            because: 'the kustomization sets no namespace, and who deploys it may set one',
            decide: 'set `namespace` in the kustomization',
          }
        : undefined,
    'pods-of-namespace': (asked) => pods().some(asked),
    'no-pods-of-namespace': (asked) => pods().none(asked),
    'namespace-as-applied': ({ namespace }) => {
      if (facts.net.pods.all.some((pod) => pod.namespace === namespace && pod.owner.namespace === ''))
        return {
          level: 'info',
          because: 'pods of this namespace leave `metadata.namespace` out',
          decide: 'set `metadata.namespace`',
        };
      return movablePolicy();
    },
    'written-together': ({ object, others = [] }) =>
      object === undefined || others.every((other) => writtenTogether(object, other))
        ? undefined
        : {
            level: 'info',
            because: 'the manifests leave the namespace out and are in different directories',
            decide: 'set `metadata.namespace`',
          },
    admission,
    creator: (asked) => admission(asked) ?? creatorDoubt(asked.pod),
    bindings: () =>
      facts.psp.partial
        ? {
            level: 'info',
            because: 'these manifests let no group of accounts use a PodSecurityPolicy, and may be a part of a cluster',
            decide: 'add the bindings of the cluster to the linted files',
          }
        : undefined,
    policies: ({ object }) => {
      const unknown = unknownGrant();
      if (unknown !== undefined) return unknown;
      if (object === undefined || !isPutTogether(object.document.file)) return undefined;
      const files = facts.psp.policies.map((policy) => policy.object.document.file);
      return files.length > 0 && files.every((file) => isPutTogether(file) && file.path !== object.document.file.path)
        ? {
            level: 'info',
            because: 'other kustomizations make the PodSecurityPolicies, and may not be applied to the same cluster',
            decide: 'list the clusters under `clusters` in the configuration',
          }
        : undefined;
    },
    absence: (asked) => absenceDoubt(cluster, facts, missing, asked),
    division: (asked) => divisionDoubt(linted, asked),
    'no-other-policies': () => otherPolicy(),
    namespaces: () => namespaceDoubt(cluster, facts),
    nodes: () =>
      cluster.settings.complete === true
        ? undefined
        : {
            level: 'one-lower',
            because: 'these manifests may be a part of a cluster',
            decide: 'set `complete: true` in the settings if every node and object is linted',
          },
    'target-version': () =>
      cluster.version.decide === undefined
        ? undefined
        : { level: 'one-lower', because: 'the target version is assumed', decide: cluster.version.decide },
  };
  return (ground, traits) => {
    if (typeof ground === 'string') return doubters[ground]({ on: ground, ...traits });
    if ('assumes' in ground) {
      const { sentence, decide } = ground.assumes;
      return { level: ground.level, because: sentence, decide };
    }
    return doubters[ground.on]({ ...traits, ...ground });
  };
}

/** Copies of a cluster lack the same things by mistake; parts of one cluster are written once. */
function divisionDoubt({ elsewhere }: LintedCluster, { object, group = '', kind, name }: Asked): Doubt | undefined {
  if (elsewhere === undefined || object === undefined || kind === undefined || name === undefined) return undefined;
  const [found] = elsewhere(group, kind, name);
  if (found === undefined || elsewhere(object.group, object.kind, object.name).length > 0) return undefined;
  return {
    level: 'info',
    because: `\`${found.document.file.path}\` defines it, for what looks like another cluster`,
    decide: 'list the files of each cluster under `clusters` in the configuration',
  };
}

function creatorDoubt(pod: PodSource | undefined): Doubt | undefined {
  if (pod === undefined || pod.creator.kind === 'controller') return undefined;
  const { decide } = pod.creator.user;
  return decide === undefined
    ? undefined
    : { level: 'warning', because: 'the user who creates the pod is not known', decide };
}

/** Where every namespace with pods is declared, the tree looks as if it had them all. */
function namespaceDoubt({ settings }: Cluster, { net }: Facts): Doubt | undefined {
  if (settings.complete === true) return undefined;
  const namespaces = [...net.namespaces.values()];
  const declared = namespaces.filter(({ name }) => net.isDeclared(name));
  return declared.length > 1 && namespaces.every(({ assumed }) => !assumed)
    ? {
        level: 'warning',
        because: 'these manifests may be a part of a cluster',
        decide: 'set `complete: true` in the settings if every namespace is linted',
      }
    : {
        level: 'info',
        because: 'the namespace may be declared elsewhere',
        decide: 'add its manifest, or list the file under `context`',
      };
}

/** Whether an object that nothing makes may be made elsewhere all the same. */
function absenceDoubt(
  cluster: Cluster,
  { problems }: Facts,
  missing: MissingParts,
  { object, namespace, kind, group = '' }: Asked,
): Doubt | undefined {
  const lack = group === '' && (kind === 'Secret' || kind === 'ConfigMap') ? 'secrets' : 'objects';
  for (const each of ['objects', lack] as const) {
    if (missing.of(object, each) || (namespace !== undefined && missing.in(namespace, each))) return BROUGHT_BY_MISSING;
  }
  if (['parse', 'not-rendered'].some((rule) => problems.of(rule).length > 0))
    return { level: 'info', because: 'some documents cannot be read', decide: 'render templates first' };
  if (namespace !== undefined && makesMore(cluster).has(namespace))
    return { level: 'info', because: 'custom resources of this namespace may lead to more objects', decide: '' };
  if (object === undefined || kind === undefined) return undefined;
  const isBeside = objectsOfKind(cluster, group, kind).some(
    (other) =>
      (namespace === undefined || namespaceOf(cluster, other) === namespace) &&
      manifestDirectory(other) === manifestDirectory(object),
  );
  return isBeside
    ? undefined
    : {
        level: 'info',
        because: `this directory has no ${kind} of the namespace: it may be defined elsewhere`,
        decide: '',
      };
}
