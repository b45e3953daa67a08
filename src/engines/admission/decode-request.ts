import type { AdmissionRequest } from '../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { podServer } from '../../cluster/index/feature-gates.ts';
import { decodedObject } from '../../cluster/stored/object-kinds/server-object.ts';
import { metadataOf, textOf } from '../../cluster/stored/object-metadata.ts';
import { servedResources } from '../../cluster/index/served-resources.ts';
import type { AdmissionAttributes } from './request/plugin.ts';

/** A request as the plugins see it: its objects decoded and defaulted, its kind and scope looked up. */
export function decodeRequest(cluster: Cluster, request: AdmissionRequest): AdmissionAttributes {
  const { operation, user, group = '', resource, subresource, realName } = request;
  const served = servedResources(cluster).find((each) => each.resource === resource && each.group === group);
  const namespaced = served?.namespaced ?? true;
  const kind = served?.kind ?? textOf(request.object.kind);
  const decode = (object: AdmissionRequest['object']): AdmissionRequest['object'] =>
    decodedObject({ apiVersion: apiVersionOf(served), kind, ...object }, group, podServer(cluster));
  const object = decode(request.object);
  const name = textOf(metadataOf(object).name);
  return {
    operation,
    user,
    namespace: kind === 'Namespace' && group === '' ? name : namespaced ? request.namespace : '',
    name,
    group,
    kind,
    resource,
    subresource,
    namespaced,
    object,
    ...(realName !== undefined && { realName }),
    ...(request.oldObject !== undefined && { oldObject: decode(request.oldObject) }),
  };
}

function apiVersionOf(served: { readonly group: string; readonly version: string } | undefined): string {
  if (served === undefined) return 'v1';
  return served.group === '' ? served.version : `${served.group}/${served.version}`;
}
