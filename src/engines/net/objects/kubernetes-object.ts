import type { JsonObject } from '../../../model/object.ts';
import { JsonDecoder } from './decode-json.ts';
import type { NetworkObject } from './network-objects.ts';
import type { ObjectName } from '../form/normal-form.ts';

/** The parts that every object has; `json` is the whole of it. */
export interface KubernetesObject extends ObjectName {
  readonly group: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly spec: JsonObject;
  readonly json: JsonObject;
}

/** Reads the parts that every object has; a wrongly typed one is absent, and then named in `decoder`. */
export function readKubernetesObject(object: NetworkObject, decoder = new JsonDecoder()): KubernetesObject {
  const { json } = object;
  const metadata = decoder.object(json, 'metadata') ?? {};
  const apiVersion = decoder.text(json, 'apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return {
    apiVersion,
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    kind: decoder.text(json, 'kind') ?? '',
    namespace: object.namespace ?? decoder.text(metadata, 'namespace') ?? '',
    name: decoder.text(metadata, 'name') ?? '',
    labels: decoder.labels(metadata, 'labels'),
    annotations: decoder.labels(metadata, 'annotations'),
    spec: decoder.object(json, 'spec') ?? {},
    json,
    ...(object.manifest === undefined ? {} : { manifest: object.manifest }),
    ...(object.source === undefined ? {} : { source: object.source }),
  };
}

/** An object's name alone, to be kept by what is made from it. That of a pod is worked out when first read: few ask for it. */
export function objectName({ apiVersion, kind, namespace, name, manifest, source }: ObjectName): ObjectName {
  const given = { apiVersion, kind, namespace, ...(manifest === undefined ? {} : { manifest }) };
  if (source === undefined) return { ...given, name };
  return {
    ...given,
    source,
    get name() {
      return source.name;
    },
  };
}
