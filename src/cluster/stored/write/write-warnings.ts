import { goQuote } from '../../../lang/go-quote.ts';
import { isFractional, parseQuantity } from '../../../lang/quantity.ts';
import { decodeBase64 } from '../../../lang/base64.ts';
import { list, record, text, texts } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import type { ServerPod } from '../../defaults/server-pod.ts';
import { dnsLabelErrors } from '../../validation/name-formats.ts';
import { podWarnings } from '../../validation/pod-warnings.ts';
import { metadataOf } from '../object-metadata.ts';

/** Strategies that said nothing in 1.24 do from here on. */
const FIRST_LATER = 26;
const FIRST_KEY_PAIRS = 27;
const FIRST_NAMES = 27;
const FIRST_EXTERNAL_ADDRESSES = 36;

type Warnings = (object: JsonObject, minor: number) => readonly string[];

/** What the server says beside its answer when it takes an object. Mirrors WarningsOnCreate of the strategies in pkg/registry, v1.24 and v1.37. */
export function writeWarnings(object: JsonObject, minor: number): readonly string[] {
  const ofKind = WARNINGS[text(object.kind)];
  return ofKind === undefined ? [] : ofKind(object, minor);
}

const templated =
  (path: readonly string[], isNamed: boolean): Warnings =>
  (object, minor) => {
    let template: JsonObject = object;
    for (const name of path) template = record(template[name]);
    const named = isNamed && minor >= FIRST_NAMES ? nameWarnings(object) : [];
    return [...named, ...templateWarnings(template, path.join('.'))];
  };

/** Names of workloads end up in those of pods and hosts. */
function nameWarnings(object: JsonObject): readonly string[] {
  const messages = dnsLabelErrors(text(metadataOf(object).name));
  if (messages.length === 0) return [];
  const why =
    'this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended';
  return [`metadata.name: ${why}: [${messages.join(' ')}]`];
}

/** A template is warned of as its pods are, at its own place. */
function templateWarnings(template: JsonObject, path: string): readonly string[] {
  const pod = { metadata: metadataOf(template), spec: record(template.spec), status: {} };
  return podWarnings(pod as unknown as ServerPod).map((warning) => `${path}.${warning}`);
}

const WARNINGS: Readonly<Record<string, Warnings>> = {
  Pod: (object) => podWarnings(object as unknown as ServerPod),
  Deployment: templated(['spec', 'template'], true),
  ReplicaSet: templated(['spec', 'template'], true),
  DaemonSet: templated(['spec', 'template'], false),
  ReplicationController: templated(['spec', 'template'], true),
  PodTemplate: templated(['template'], false),
  Job: templated(['spec', 'template'], true),
  StatefulSet: (object, minor) => {
    const spec = record(object.spec);
    const isNegative = typeof spec.revisionHistoryLimit === 'number' && spec.revisionHistoryLimit < 0;
    const claims = list(spec.volumeClaimTemplates).flatMap((claim, index) =>
      minor >= FIRST_LATER ? claimWarnings(record(record(claim).spec), `spec.volumeClaimTemplates[${index}]`) : [],
    );
    return [
      ...templateWarnings(record(spec.template), 'spec.template'),
      ...claims,
      ...(isNegative && minor >= FIRST_LATER
        ? ['spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended']
        : []),
    ];
  },
  CronJob: (object, minor) => {
    const schedule = text(record(object.spec).schedule);
    const inner = templated(['spec', 'jobTemplate', 'spec', 'template'], true)(object, minor);
    if (minor >= FIRST_LATER || !schedule.includes('TZ')) return inner;
    const page = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';
    return [
      ...inner,
      `CRON_TZ or TZ used in spec.spec.schedule is not officially supported, see ${page} for more details`,
    ];
  },
  PersistentVolumeClaim: (object, minor) => (minor >= FIRST_LATER ? claimWarnings(record(object.spec), 'spec') : []),
  PersistentVolume: (object, minor) => {
    if (minor < FIRST_LATER || record(object.spec).persistentVolumeReclaimPolicy !== 'Recycle') return [];
    return [
      'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    ];
  },
  Secret: (object, minor) =>
    minor >= FIRST_KEY_PAIRS && object.type === 'kubernetes.io/tls' ? keyPairWarnings(record(object.data)) : [],
  Service: (object, minor) => (minor >= FIRST_LATER ? serviceWarnings(object, minor) : []),
  EndpointSlice: ({ addressType }, minor) =>
    addressType === 'FQDN' && minor >= FIRST_LATER ? ['spec.addressType: FQDN endpoints are deprecated'] : [],
  Ingress: (object, minor) => {
    const key = 'kubernetes.io/ingress.class';
    if (minor < FIRST_LATER) return [];
    if (!(key in record(metadataOf(object).annotations)) || record(object.spec).ingressClassName !== undefined)
      return [];
    return [`annotation ${goQuote(key)} is deprecated, please use 'spec.ingressClassName' instead`];
  },
};

function claimWarnings(spec: JsonObject, path: string): readonly string[] {
  return ['requests', 'limits'].flatMap((name) => {
    const written = text(record(record(spec.resources)[name]).storage);
    const quantity = parseQuantity(written);
    if (quantity === undefined || !isFractional(quantity)) return [];
    return [
      `${path}.resources.${name}[storage]: fractional byte value ${goQuote(written)} is invalid, must be an integer`,
    ];
  });
}

/** What can be said of a key pair without reading certificates. */
function keyPairWarnings(data: JsonObject): readonly string[] {
  const content = (name: string): string => {
    const decoded = decodeBase64(text(data[name]));
    return 'bytes' in decoded ? new TextDecoder().decode(Uint8Array.from(decoded.bytes)) : '';
  };
  if (!content('tls.crt').includes('-----BEGIN')) return ['tls: failed to find any PEM data in certificate input'];
  return content('tls.key').includes('-----BEGIN') ? [] : ['tls: failed to find any PEM data in key input'];
}

/** Mirrors GetWarningsForService of pkg/api/service. */
function serviceWarnings(object: JsonObject, minor: number): readonly string[] {
  const spec = record(object.spec);
  const warnings: string[] = [];
  const hints = 'service.kubernetes.io/topology-aware-hints';
  if (minor >= 27 && hints in record(metadataOf(object).annotations))
    warnings.push(`annotation ${hints} is deprecated, please use service.kubernetes.io/topology-mode instead`);
  const isHeadless = spec.type === 'ClusterIP' && spec.clusterIP === 'None';
  const addresses = texts(spec.externalIPs);
  if (isHeadless) {
    if (text(spec.loadBalancerIP) !== '') warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (addresses.length > 0) warnings.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None') warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  const isName = spec.type === 'ExternalName';
  if (addresses.length > 0 && !isHeadless && !isName && minor >= FIRST_EXTERNAL_ADDRESSES)
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  if (isName && addresses.length > 0) warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (!isName && text(spec.externalName) !== '')
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose' && minor >= 35)
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}
