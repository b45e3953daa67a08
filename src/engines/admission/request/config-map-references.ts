import type { PodSpec } from '../../../model/kinds/pod.ts';

/** Whether a pod names a ConfigMap anywhere: in an environment, in a volume. Mirrors podutil.VisitPodConfigmapNames, v1.24. */
export function referencesConfigMaps(spec: PodSpec): boolean {
  const containers = [...(spec.initContainers ?? []), ...(spec.containers ?? []), ...(spec.ephemeralContainers ?? [])];
  const names = [
    ...containers.flatMap(({ env = [], envFrom = [] }) => [
      ...envFrom.map(({ configMapRef }) => configMapRef?.name),
      ...env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
    ]),
    ...(spec.volumes ?? []).flatMap(({ projected, configMap }) =>
      projected === undefined ? [configMap?.name] : (projected.sources ?? []).map((source) => source.configMap?.name),
    ),
  ];
  return names.some((name) => (name ?? '') !== '');
}
