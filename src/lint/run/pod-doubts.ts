import type { Cluster } from '../../cluster/index/cluster.ts';
import { namespaceOf } from '../../cluster/index/object-index.ts';
import { networkPods } from '../../engines/net/model/network-of.ts';
import { groupBy } from '../../lang/group-by.ts';
import { memo } from '../../lang/memo.ts';
import type { ManifestObject } from '../../model/object.ts';
import { directoryOf } from '../../text/directory-of.ts';
import { child } from '../../text/tree.ts';
import type { LintedCluster } from '../facts/facts.ts';
import { podMakers } from '../facts/pods/pod-makers.ts';
import { manifestDirectory } from '../facts/written-together.ts';
import { mayMakePods } from '../knowledge/passive-kinds.ts';
import { BUILD, type Doubter } from './doubter.ts';
import { BROUGHT_BY_MISSING, type MissingParts } from './missing-parts.ts';

/** Whether a namespace has more pods than the manifests show: some that a selector could find, or none that it asks for. */
export function podDoubts(
  { cluster, problems }: LintedCluster,
  placement: Doubter,
  missing: MissingParts,
  isJoined: (object: ManifestObject) => boolean,
): { readonly some: Doubter; readonly none: Doubter } {
  const pods = networkPods(cluster);
  const unread = new Set(
    problems.filter(({ rule }) => rule === 'not-rendered').map(({ file }) => directoryOf(file.path)),
  );
  const byNamespace = groupBy(pods, ({ namespace }) => namespace);
  const makerOf = podMakers(cluster, () => pods);
  const some: Doubter = (asked) => {
    const moved = placement(asked);
    if (moved !== undefined) return moved;
    const { object, namespace } = asked;
    if (object !== undefined && isJoined(object))
      return {
        level: 'info',
        because: 'a kustomization applies this manifest together with others',
        decide: BUILD,
      };
    if (missing.of(object, 'objects')) return BROUGHT_BY_MISSING;
    if (namespace === undefined) return undefined;
    if (missing.in(namespace, 'objects')) return BROUGHT_BY_MISSING;
    if (makesMore(cluster).has(namespace))
      return { level: 'info', because: 'custom resources of this namespace may lead to more pods', decide: '' };
    if (object !== undefined && unread.has(manifestDirectory(object)))
      return {
        level: 'info',
        because: 'a template beside this manifest, which is not rendered, may make the pods',
        decide: 'render templates first',
      };
    const there = byNamespace.get(namespace);
    if (object === undefined || there === undefined) return undefined;
    return there.some(({ owner }) => manifestDirectory(owner) === manifestDirectory(object))
      ? undefined
      : { level: 'info', because: 'the pods may be written elsewhere: this directory has none', decide: '' };
  };
  return {
    some,
    none: (asked) => {
      const doubt = some(asked);
      if (doubt !== undefined || asked.namespace === undefined) return doubt;
      const maker = makerOf(asked.namespace)?.owner;
      return maker === undefined
        ? undefined
        : {
            level: 'info',
            because: `${maker.kind} \`${maker.name}\` can create pods in this namespace, possibly these`,
            decide: '',
          };
    },
  };
}

/** The namespaces with custom resources that may lead to objects which the manifests do not show. */
export function makesMore(cluster: Cluster): ReadonlySet<string> {
  return memo(cluster, namespacesOfMakers);
}

function namespacesOfMakers(cluster: Cluster): ReadonlySet<string> {
  return new Set(
    cluster.objects.filter(mayMakePods).flatMap((object) => [namespaceOf(cluster, object), ...namedIn(object)]),
  );
}

/** Namespaces that the spec of a custom resource names: operators of the whole cluster are told there where to put what they make. */
function namedIn({ node }: ManifestObject): string[] {
  const spec = child(node, 'spec');
  if (spec?.type !== 'map') return [];
  return spec.entries.flatMap(({ key, value }) =>
    value.type === 'string' && /namespace$/i.test(key) ? [value.value] : [],
  );
}
