import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespacesOf } from '../../../cluster/stored/existing.ts';
import { storedNamespace } from '../../../cluster/stored/stored-namespace.ts';
import { storedIn } from '../../../cluster/stored/stored-objects.ts';
import type { JsonObject } from '../../../model/object.ts';
import { completeConfiguration, DEFAULT_CONFIGURATION, type PsaConfiguration } from '../../psa/configuration.ts';
import { levelLabel } from '../../psa/namespace-policy.ts';
import { validateRequest } from '../../psa/validate-request.ts';
import type { Reason } from '../../verdict.ts';
import type { AdmissionAttributes, AdmissionPlugin, PluginOutcome } from '../request/plugin.ts';

const AUDIT_PREFIX = 'pod-security.kubernetes.io/';
/** The gate PodSecurity: closed by default in the first minor that has the plugin, open in the next two, gone after. */
const FIRST_MINOR = 22;
const LAST_GATED_MINOR = 24;

/**
 * The plugin PodSecurity as a link of the chain; what it decides is in `engines/psa`. Its configuration is a PodSecurityConfiguration; with
 * one that is not valid the server would not start, and its defaults count.
 */
export const podSecurity: AdmissionPlugin = {
  name: 'PodSecurity',
  operations: ['CREATE', 'UPDATE'],
  validate: (cluster, attributes, { configuration }) => {
    if (!isOpen(cluster)) return {};
    const { group, resource, subresource, operation, user, name, namespace, object, oldObject, realName } = attributes;
    const { minor } = cluster.version.value;
    const server = {
      configuration: configurationOf(configuration),
      minor,
      newest: minor,
      namespace: (asked: string) => {
        const found = storedNamespace(cluster, asked);
        return found && { metadata: { name: asked, labels: found.labels } };
      },
      podsIn: (asked: string) => storedIn(cluster, '', 'Pod', asked).map(({ value }) => value),
    };
    const response = validateRequest(server, {
      operation,
      resource: group === '' ? resource : `${resource}.${group}`,
      subresource,
      userName: user.name,
      name: realName?.(name) ?? name,
      namespace,
      object,
      oldObject,
    });
    const { allowed, code, reason, message, warnings, auditAnnotations } = response;
    const annotations = Object.entries(auditAnnotations).map(([key, value]) => [`${AUDIT_PREFIX}${key}`, value]);
    const outcome: PluginOutcome = {
      warnings,
      auditAnnotations: Object.fromEntries(annotations) as Record<string, string>,
      ...assumed(cluster, attributes),
    };
    if (allowed) return outcome;
    return { ...outcome, rejection: { code, reason, message, messageParts: [], because: because(cluster, namespace) } };
  },
};

function isOpen({ version, settings }: Cluster): boolean {
  const { minor } = version.value;
  if (minor > LAST_GATED_MINOR) return true;
  return settings.featureGates?.PodSecurity ?? minor > FIRST_MINOR;
}

function configurationOf(written: JsonObject | undefined): PsaConfiguration {
  if (written === undefined) return DEFAULT_CONFIGURATION;
  const completed = completeConfiguration(written);
  return 'configuration' in completed ? completed.configuration : DEFAULT_CONFIGURATION;
}

function assumed(cluster: Cluster, { namespace }: AdmissionAttributes): Pick<PluginOutcome, 'assumptions'> {
  const found = namespace === '' ? undefined : storedNamespace(cluster, namespace);
  if (found === undefined || !('implicit' in found.object)) return {};
  const sentence = `namespace \`${namespace}\` is taken to have no pod-security.kubernetes.io labels`;
  return { assumptions: [{ sentence, decide: `add the manifest of namespace \`${namespace}\` to the tree` }] };
}

function because(cluster: Cluster, name: string): readonly Reason[] {
  const found = namespacesOf(cluster).get(name);
  if (found === undefined) return [];
  const label = levelLabel('enforce');
  const isLabelled = Object.hasOwn(found.labels, label);
  const path = isLabelled ? ['metadata', 'labels', label] : ['metadata'];
  return [{ object: found.object, path, sentence: 'the namespace says what its pods may do' }];
}
