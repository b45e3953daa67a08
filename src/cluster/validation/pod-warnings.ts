import { goQuote } from '../../lang/go-quote.ts';
import { isFractional, parseQuantity } from '../../lang/quantity.ts';
import type { Container, EphemeralContainer } from '../../model/kinds/container.ts';
import type { PodSpec } from '../../model/kinds/pod.ts';
import type { Volume } from '../../model/kinds/volume.ts';
import type { ServerPod } from '../defaults/server-pod.ts';
import { SECCOMP_CONTAINER, SECCOMP_POD } from '../index/pod-profiles.ts';

const DEPRECATED_NODE_LABELS: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region': 'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone': 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type': 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

const DEPRECATED_ANNOTATIONS = [
  ['scheduler.alpha.kubernetes.io/critical-pod', 'non-functional in v1.16+; use the "priorityClassName" field instead'],
  ['security.alpha.kubernetes.io/sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
  ['security.alpha.kubernetes.io/unsafe-sysctls', 'non-functional in v1.11+; use the "sysctls" field instead'],
] as const;

const DEPRECATED_VOLUMES = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, support removal is planned in v1.26'],
  ['storageos', 'deprecated in v1.22, support removal is planned in v1.26'],
  ['quobyte', 'deprecated in v1.22, support removal is planned in v1.26'],
] as const satisfies readonly (readonly [keyof Volume, string])[];

const USE_SECCOMP_FIELD = 'deprecated since v1.19, non-functional in v1.25+; use the "seccompProfile" field instead';

/** What the API server says beside its answer when a valid pod is created. Mirrors pkg/api/pod GetWarningsForPod, v1.24. */
export function podWarnings({ metadata, spec }: ServerPod): string[] {
  const annotations = metadata.annotations ?? {};
  const warnings = [...nodeLabelWarnings(spec)];
  for (const [key, message] of DEPRECATED_ANNOTATIONS) {
    if (Object.hasOwn(annotations, key)) warnings.push(`metadata.annotations[${key}]: ${message}`);
  }
  for (const [index, volume] of (spec.volumes ?? []).entries()) {
    for (const [field, message] of DEPRECATED_VOLUMES) {
      // The server calls the field `storageos` by another name.
      const shown = field === 'storageos' ? 'storageOS' : field;
      if (volume[field] !== undefined) warnings.push(`spec.volumes[${index}].${shown}: ${message}`);
    }
  }
  warnings.push(...duplicateWarnings(spec));
  warnings.push(...fractionWarnings(spec.overhead, 'spec.overhead'));
  if (spec.securityContext?.seccompProfile === undefined && Object.hasOwn(annotations, SECCOMP_POD)) {
    warnings.push(`metadata.annotations[${SECCOMP_POD}]: ${USE_SECCOMP_FIELD}`);
  }
  for (const list of ['initContainers', 'containers', 'ephemeralContainers'] as const) {
    for (const [index, container] of (spec[list] ?? []).entries()) {
      warnings.push(...containerWarnings(container, `spec.${list}[${index}]`, annotations));
    }
  }
  return [...new Set(warnings)];
}

function* nodeLabelWarnings(spec: PodSpec): Generator<string> {
  for (const key of Object.keys(spec.nodeSelector ?? {})) {
    const message = deprecatedLabel(key);
    if (message !== undefined) yield `spec.nodeSelector[${key}]: ${message}`;
  }
  const affinity = spec.affinity?.nodeAffinity;
  const base = 'spec.affinity.nodeAffinity';
  const terms = affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  for (const [index, { matchExpressions = [] }] of terms.entries()) {
    const path = `${base}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${index}]`;
    yield* expressionWarnings(matchExpressions, path);
  }
  for (const [index, term] of (affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).entries()) {
    const path = `${base}.preferredDuringSchedulingIgnoredDuringExecution[${index}].preference`;
    yield* expressionWarnings(term.preference?.matchExpressions ?? [], path);
  }
  for (const [index, { topologyKey = '' }] of (spec.topologySpreadConstraints ?? []).entries()) {
    const message = deprecatedLabel(topologyKey);
    if (message !== undefined) {
      yield `spec.topologySpreadConstraints[${index}].topologyKey: ${topologyKey} is ${message}`;
    }
  }
}

function* expressionWarnings(expressions: readonly { readonly key?: string }[], path: string): Generator<string> {
  for (const [index, { key = '' }] of expressions.entries()) {
    const message = deprecatedLabel(key);
    if (message !== undefined) yield `${path}.matchExpressions[${index}].key: ${key} is ${message}`;
  }
}

function deprecatedLabel(key: string): string | undefined {
  return Object.hasOwn(DEPRECATED_NODE_LABELS, key) ? DEPRECATED_NODE_LABELS[key] : undefined;
}

function duplicateWarnings(spec: PodSpec): string[] {
  const aliases = repeated(spec.hostAliases ?? [], ({ ip = '' }) => ip);
  const secrets = spec.imagePullSecrets ?? [];
  return [
    ...aliases.map(([index, ip]) => `spec.hostAliases[${index}].ip: duplicate ip ${goQuote(ip)}`),
    ...repeated(secrets, ({ name = '' }) => name).map(
      ([index, name]) => `spec.imagePullSecrets[${index}].name: duplicate name ${goQuote(name)}`,
    ),
    ...secrets.flatMap(({ name = '' }, index) =>
      name === '' ? [`spec.imagePullSecrets[${index}].name: invalid empty name ""`] : [],
    ),
    ...repeated(spec.volumes ?? [], ({ name = '' }) => name).map(
      ([index, name]) => `spec.volumes[${index}].name: duplicate name ${goQuote(name)}`,
    ),
  ];
}

function repeated<T>(items: readonly T[], keyOf: (item: T) => string): (readonly [index: number, key: string])[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (seen.has(key)) return [[index, key] as const];
    seen.add(key);
    return [];
  });
}

function containerWarnings(
  container: Container | EphemeralContainer,
  path: string,
  annotations: Readonly<Record<string, string>>,
): string[] {
  const key = `${SECCOMP_CONTAINER}${container.name ?? ''}`;
  const byAnnotation =
    container.securityContext?.seccompProfile === undefined && Object.hasOwn(annotations, key)
      ? [`metadata.annotations[${key}]: ${USE_SECCOMP_FIELD}`]
      : [];
  const { limits, requests } = container.resources ?? {};
  const fractions = ['memory', 'ephemeral-storage'].flatMap((name) => [
    ...fractionWarnings(limits, `${path}.resources.limits`, [name]),
    ...fractionWarnings(requests, `${path}.resources.requests`, [name]),
  ]);
  const variables = repeated(container.env ?? [], ({ name = '' }) => name).map(
    ([index, name]) => `${path}.env[${index}].name: duplicate name ${goQuote(name)}`,
  );
  return [...byAnnotation, ...fractions, ...variables];
}

function fractionWarnings(
  resources: Readonly<Record<string, string>> | undefined,
  path: string,
  names: readonly string[] = ['memory', 'ephemeral-storage'],
): string[] {
  return names.flatMap((name) => {
    const written = resources !== undefined && Object.hasOwn(resources, name) ? (resources[name] ?? '') : '';
    const quantity = parseQuantity(written);
    if (quantity === undefined || !isFractional(quantity)) return [];
    return [`${path}[${name}]: fractional byte value ${goQuote(written)} is invalid, must be an integer`];
  });
}
