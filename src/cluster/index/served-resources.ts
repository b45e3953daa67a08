import { memo } from '../../lang/memo.ts';
import { apiResources, type APIResource } from '../../model/discovery.ts';
import type { CustomResourceDefinition } from '../../model/kinds/custom-resource-definition.ts';
import { objectValue } from '../../model/object-value.ts';
import type { Cluster } from './cluster.ts';
import { objectsOfKind } from './object-index.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const SUBRESOURCE_VERBS = ['get', 'patch', 'update'];

/** What a cluster's API server serves: the kinds of its version, then those of its CustomResourceDefinitions. Memoised per cluster. */
export function servedResources(cluster: Cluster): readonly APIResource[] {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): readonly APIResource[] {
  const version = cluster.version.value;
  const custom = objectsOfKind(cluster, 'apiextensions.k8s.io', 'CustomResourceDefinition').flatMap((object) =>
    customResources(objectValue(object, version)),
  );
  custom.sort((a, b) => (a.group < b.group ? -1 : a.group > b.group ? 1 : 0));
  return [...apiResources(version), ...custom];
}

function customResources({ spec = {} }: CustomResourceDefinition): APIResource[] {
  const { group = '', names = {}, scope, versions = [] } = spec;
  const { plural = '', kind = '', singular = '', shortNames = [] } = names;
  const served = versions.filter((version) => version.served ?? true);
  return (versions.length === 0 ? [{ name: spec.version ?? '' }] : served).map((version) => ({
    group,
    version: version.name ?? '',
    kind,
    resource: plural,
    singular: singular === '' ? kind.toLowerCase() : singular,
    shortNames,
    namespaced: scope === 'Namespaced',
    verbs: VERBS,
    subresources: new Map(
      Object.keys('subresources' in version ? (version.subresources ?? {}) : {}).map((name) => [
        name,
        SUBRESOURCE_VERBS,
      ]),
    ),
  }));
}
