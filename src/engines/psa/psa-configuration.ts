import { pluginConfiguration } from '../../cluster/components/admission-configuration.ts';
import type { Cluster, Settled } from '../../cluster/index/cluster.ts';
import { memo } from '../../lang/memo.ts';
import { DEFAULT_CONFIGURATION, type PsaConfiguration } from './configuration.ts';
import { readConfiguration } from './read-configuration.ts';

const CONFIGURATION = {
  plugin: 'PodSecurity',
  group: 'pod-security.admission.config.k8s.io',
  kind: 'PodSecurityConfiguration',
};

/**
 * The configuration that the cluster's Pod Security Admission runs with: the one in the tree, else the server's own, under which everything is
 * privileged. Taken for granted, and with a `decide`, where the manifests do not tell. Memoised per cluster.
 */
export function psaConfiguration(cluster: Cluster): Settled<PsaConfiguration> {
  return memo(cluster, settle);
}

function settle(cluster: Cluster): Settled<PsaConfiguration> {
  const { value: written, ...how } = pluginConfiguration(cluster, CONFIGURATION);
  if (written === undefined) return { ...how, value: DEFAULT_CONFIGURATION };
  const read = readConfiguration(written.document, cluster.version.value.minor);
  if ('configuration' in read) return { ...how, value: read.configuration, place: written.place };
  return {
    value: DEFAULT_CONFIGURATION,
    origin: `kube-apiserver would not start with the configuration in ${written.place.object.document.file.path}: ${read.error}`,
    decide: 'fix the configuration',
    place: written.place,
  };
}
