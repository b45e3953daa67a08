import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import type { PsaConfiguration } from '../../../engines/psa/configuration.ts';
import { isExempt } from '../../../engines/psa/exemptions.ts';
import {
  labelOf,
  levelLabel,
  type Mode,
  MODES,
  namespacePolicy,
  type NamespacePolicy,
  versionLabel,
} from '../../../engines/psa/namespace-policy.ts';
import { validateRequest } from '../../../engines/psa/validate-request.ts';
import { objectValue } from '../../../model/object-value.ts';
import type { KubernetesObject } from '../../../model/kinds/metadata.ts';
import type { ManifestObject } from '../../../model/object.ts';

/** A Namespace as Pod Security Admission reads it. */
export interface PsaNamespace extends NamespacePolicy {
  readonly object: ManifestObject;
  readonly name: string;
  /** The modes whose level, and those whose version, a label sets. */
  readonly labelled: ReadonlySet<Mode>;
  readonly pinned: ReadonlySet<Mode>;
  /** Where the level that it enforces comes from. */
  readonly origin: 'label' | 'configuration' | 'default';
  /** The configuration exempts it: nothing there is judged. */
  readonly exempt: boolean;
  /** Why the server refuses the Namespace itself; '' where it does not. */
  readonly refusal: string;
  /** The pods of the tree that are made in it, without those that the configuration exempts by their runtime class. */
  readonly pods: readonly PodSource[];
}

/** Reads a Namespace under the plugin's configuration. */
export function psaNamespace(
  cluster: Cluster,
  object: ManifestObject,
  configuration: PsaConfiguration,
  pods: readonly PodSource[],
): PsaNamespace {
  const { minor } = cluster.version.value;
  const { defaults, exemptions } = configuration;
  const value: KubernetesObject = objectValue(object, cluster.version.value);
  const labels = value.metadata?.labels ?? {};
  const labelled = new Set(MODES.filter((mode) => labelOf(labels, levelLabel(mode)) !== undefined));
  const response = validateRequest(
    { configuration, minor, newest: minor, namespace: () => undefined, podsIn: () => [] },
    {
      operation: 'CREATE',
      resource: 'namespaces',
      subresource: '',
      userName: '',
      name: object.name,
      namespace: object.name,
      object: objectValue(object, cluster.version.value),
    },
  );
  const isDefault = defaults.enforce.level === 'privileged';
  return {
    ...namespacePolicy(labels, defaults, minor),
    object,
    name: object.name,
    labelled,
    pinned: new Set(MODES.filter((mode) => labelOf(labels, versionLabel(mode)) !== undefined)),
    origin: labelled.has('enforce') ? 'label' : isDefault ? 'default' : 'configuration',
    exempt: isExempt(exemptions.namespaces, object.name),
    refusal: response.message,
    pods: pods.filter(({ pod }) => !isExempt(exemptions.runtimeClasses, runtimeClassOf(pod.spec))),
  };
}

function runtimeClassOf(spec: unknown): string | undefined {
  const name = (spec as { runtimeClassName?: unknown } | undefined)?.runtimeClassName;
  return typeof name === 'string' ? name : undefined;
}
