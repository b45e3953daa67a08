import { pluginConfiguration, type PluginConfigurationKind } from '../../cluster/components/admission-configuration.ts';
import type { Cluster, Settled } from '../../cluster/index/cluster.ts';
import { memo } from '../../lang/memo.ts';
import { isObject } from '../../model/json.ts';
import { plainJson } from '../../model/object-value.ts';
import type { JsonObject } from '../../model/object.ts';
import type { Assumption } from '../verdict.ts';

/** The plugins that have a configuration of their own. */
const KINDS: readonly PluginConfigurationKind[] = [
  { plugin: 'PodSecurity', group: 'pod-security.admission.config.k8s.io', kind: 'PodSecurityConfiguration' },
  { plugin: 'ResourceQuota', group: 'apiserver.config.k8s.io', kind: 'ResourceQuotaConfiguration' },
  { plugin: 'PodTolerationRestriction', group: 'podtolerationrestriction.admission.k8s.io', kind: 'Configuration' },
  // Its configuration is not an API object: it can only stand in the AdmissionConfiguration itself.
  { plugin: 'PodNodeSelector', group: '', kind: '' },
];

/** What the manifests tell of the plugins' configurations. */
export interface PluginConfigurations {
  /** By plugin; one without a configuration is absent. */
  readonly byPlugin: Readonly<Record<string, JsonObject>>;
  readonly assumptions: readonly Assumption[];
}

/**
 * The configurations that the kube-apiserver's --admission-control-config-file gives to plugins, as decoded JSON, and what was taken for granted
 * where a file is not in the tree. Memoised per cluster.
 */
export function pluginConfigurations(cluster: Cluster): PluginConfigurations {
  return memo(cluster, collect);
}

function collect(cluster: Cluster): PluginConfigurations {
  const byPlugin: Record<string, JsonObject> = {};
  const assumptions: Assumption[] = [];
  for (const kind of KINDS) {
    const settled = pluginConfiguration(cluster, kind);
    const { root } = settled.value?.document ?? {};
    const value = root === undefined ? undefined : plainJson(root);
    if (isObject(value)) byPlugin[kind.plugin] = value;
    assumptions.push(...missing(kind.plugin, settled));
  }
  return { byPlugin, assumptions };
}

/** Only a missing file that a flag names is reported: most servers configure none. */
function missing(plugin: string, { value, origin, decide, place }: Settled<unknown>): readonly Assumption[] {
  if (value !== undefined || decide === undefined || place === undefined) return [];
  return [{ sentence: `${plugin} is taken to have no configuration of its own: ${origin}`, decide }];
}
