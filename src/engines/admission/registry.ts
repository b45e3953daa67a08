import { limitRanger } from './limit-ranger.ts';
import type { AdmissionPlugin } from './plugin.ts';
import { podSecurityPolicy } from './pod-security-policy.ts';
import { resourceQuota } from './resource-quota.ts';
import { serviceAccountPlugin } from './service-account.ts';

/** The admission plugins that are decided here, in no particular order: the server's is that of `builtInPlugins`. */
const PLUGINS: readonly AdmissionPlugin[] = [limitRanger, podSecurityPolicy, resourceQuota, serviceAccountPlugin];

const byName = new Map(PLUGINS.map((plugin) => [plugin.name, plugin]));

/** The plugin of that name; undefined for one that is not decided here. */
export function admissionPlugin(name: string): AdmissionPlugin | undefined {
  return byName.get(name);
}
