import type { AdmissionRequest } from '../../cluster/pods/admission-request.ts';
import type { Cluster } from '../../cluster/index/cluster.ts';
import { lastFlag } from '../../cluster/components/component.ts';
import { controlPlane } from '../../cluster/components/control-plane.ts';
import { pluginsInForce } from '../../cluster/components/plugins-in-force.ts';
import type { Assumption } from '../verdict.ts';
import { type AdmissionVerdict, type ChainOptions, runAdmission } from './chain.ts';
import { pluginConfigurations } from './plugin-configurations.ts';

/** What the caller of a cluster's own chain decides; all else is read from the cluster. */
export interface AdmitOptions extends Pick<ChainOptions, 'admitted' | 'everyGate'> {
  /** Plugins that are not asked, although they are in force. */
  readonly without?: readonly string[];
}

/**
 * Takes a request through the admission of a cluster as it is set up: the plugins that are in force there (`pluginsInForce`), with their
 * configurations. What the manifests do not tell of plugins and configurations stands among the assumptions.
 */
export function admitInCluster(
  cluster: Cluster,
  request: AdmissionRequest,
  options: AdmitOptions = {},
): AdmissionVerdict {
  const plugins = pluginsInForce(cluster);
  const { byPlugin, assumptions } = pluginConfigurations(cluster);
  const { without = [], ...chain } = options;
  const unknown = plugins
    .filter(({ value }) => value === 'unknown')
    .map(({ name, origin, decide }): Assumption => {
      return {
        sentence: `${name} is taken to be off: ${origin}`,
        decide: decide ?? 'set `admissionPlugins` in the configuration',
      };
    });
  return runAdmission(cluster, request, {
    ...chain,
    plugins: plugins.filter(({ name, value }) => value === 'on' && !without.includes(name)).map(({ name }) => name),
    configuration: byPlugin,
    allowPrivileged: allowsPrivileged(cluster),
    assumptions: [...assumptions, ...unknown],
  });
}

/** kube-apiserver --allow-privileged: false by default, set by kubeadm, and taken to be set where there is no manifest. */
function allowsPrivileged(cluster: Cluster): boolean {
  const { apiServers } = controlPlane(cluster);
  return apiServers.every((server) => {
    const flag = lastFlag(server, 'allow-privileged');
    return flag === undefined ? server.source === 'kubeadm' : flag.value === 'true';
  });
}
