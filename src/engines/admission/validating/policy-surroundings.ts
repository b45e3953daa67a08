import type { Cluster } from '../../../cluster/index/cluster.ts';
import { servedResources } from '../../../cluster/index/served-resources.ts';
import { storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import { metadataOf } from '../../../cluster/stored/object-metadata.ts';
import { storedObject, storedObjects } from '../../../cluster/stored/stored-objects.ts';
import type { AuthorizerAnswer, AuthorizerQuestion } from '../../../lang/cel/library/authorizer.ts';
import { memo } from '../../../lang/memo.ts';
import { apiResource } from '../../../model/discovery.ts';
import { formatApiVersion } from '../../../model/type-meta.ts';
import { authorize } from '../../rbac/authorize.ts';
import { convertAutoscaler } from '../policies/convert-autoscaler.ts';
import type {
  Equivalent,
  GroupVersionKind,
  HostObject,
  ParamObjects,
  PolicySurroundings,
} from '../policies/policy-request.ts';

/** What policies ask of a cluster. Memoised per cluster. */
export function policySurroundings(cluster: Cluster): PolicySurroundings {
  return memo(cluster, surroundings);
}

function surroundings(cluster: Cluster): PolicySurroundings {
  return {
    namespace: (name) => memo(cluster, namespaceObject, name),
    params: ({ group, version, kind }) => memo(cluster, paramObjects, `${group}/${version}/${kind}`),
    equivalents: ({ group, resource }, subresource) =>
      memo(cluster, equivalents, `${identity(group, resource)}/${subresource}`),
    convert,
    isBuiltIn: ({ group, kind }) => apiResource(cluster.version.value, group, kind) !== undefined,
    authorize: (question) => answer(cluster, question),
  };
}

function namespaceObject(cluster: Cluster, name: string): HostObject | undefined {
  const found = storedNamespace(cluster, name);
  if (found === undefined) return undefined;
  const { labels, phase } = found;
  const stored = storedObject(cluster, '', 'Namespace', '', name)?.value ?? {};
  return {
    ...stored,
    metadata: { ...metadataOf(stored), name, labels },
    // Every namespace has the finalizer and is Active when it is created.
    spec: { finalizers: ['kubernetes'] },
    status: { phase },
  };
}

function paramObjects(cluster: Cluster, key: string): ParamObjects | undefined {
  const [group = '', version = '', kind = ''] = key.split('/');
  const served = servedResources(cluster).find(
    (each) => each.group === group && each.version === version && each.kind === kind,
  );
  if (served === undefined) return undefined;
  const apiVersion = formatApiVersion(served);
  const objects = storedObjects(cluster, group, kind).map(({ value }) => ({ ...value, apiVersion, kind }));
  return { namespaced: served.namespaced, objects };
}

/** The resource behind several groups: only events are served by two at once since there are policies. */
function identity(group: string, resource: string): string {
  return resource === 'events' && group === 'events.k8s.io' ? '/events' : `${group}/${resource}`;
}

function equivalents(cluster: Cluster, key: string): readonly Equivalent[] {
  const [group = '', resource = '', subresource = ''] = key.split('/');
  return servedResources(cluster)
    .filter(
      (each) =>
        identity(each.group, each.resource) === `${group}/${resource}` &&
        (subresource === '' || each.subresources.has(subresource)),
    )
    .map((each) => ({
      resource: { group: each.group, version: each.version, resource: each.resource },
      kind: { group: each.group, version: each.version, kind: each.kind },
    }));
}

function convert(object: HostObject, to: GroupVersionKind): HostObject {
  if (to.kind === 'HorizontalPodAutoscaler' && to.group === 'autoscaling') return convertAutoscaler(object, to.version);
  return { ...object, apiVersion: formatApiVersion(to) };
}

/** The whole authorizer of the server, which lets its masters do everything; selectors narrow no rule of RBAC. */
function answer(cluster: Cluster, question: AuthorizerQuestion): AuthorizerAnswer {
  const { user, verb } = question;
  const asked =
    'path' in question
      ? { nonResourceURL: question.path }
      : {
          apiGroup: question.group,
          resource: question.resource,
          subresource: question.subresource,
          name: question.name,
          namespace: question.namespace,
        };
  const verdict = authorize(
    cluster,
    { user: user.name, groups: user.groups, verb, ...asked },
    { privilegedGroups: ['system:masters'] },
  );
  return { allowed: verdict.decision === 'allow', reason: verdict.message };
}
