import type { Cluster, Settled } from '../../cluster/index/cluster.ts';
import { type ExistingNamespace, namespacesOf } from '../../cluster/stored/existing.ts';
import type { PodSource } from '../../cluster/pods/pod-source.ts';
import { psaInForce } from '../../cluster/components/psa-in-force.ts';
import type { JsonObject } from '../../model/object.ts';
import { formatFieldPath } from '../../text/tree.ts';
import type { Assumption, Reason, Step, Verdict } from '../verdict.ts';
import type { CheckedPod, ForbiddenField } from './check.ts';
import type { PsaConfiguration } from './configuration.ts';
import { formatLevelVersion, longReasons, type Violation } from './evaluate-pod.ts';
import {
  type Labels,
  labelOf,
  levelLabel,
  type Mode,
  MODES,
  type NamespacePolicy,
  namespacePolicy,
} from './namespace-policy.ts';
import { podAsMet } from './pod-as-met.ts';
import { psaConfiguration } from './psa-configuration.ts';
import { ALLOWED, type PsaResponse } from './psa-response.ts';
import { validateRequest } from './validate-request.ts';

/** What Pod Security Admission decides about the pod of a manifest. */
export interface PsaVerdict extends Verdict<'allow' | 'deny'> {
  /** The server's whole answer: warnings, audit annotations, and the violations of each mode. */
  readonly response: PsaResponse;
  /** What the namespace holds pods to. */
  readonly namespacePolicy: NamespacePolicy;
  /** The pod as it was judged. */
  readonly pod: CheckedPod;
}

/** How the server is set up, where that is not to be taken from the manifests. */
export interface PsaOptions {
  /** The plugin's configuration (default: `psaConfiguration` of the cluster). */
  readonly configuration?: PsaConfiguration;
  /** The pod as the plugins before left it (default: as written, defaulted and stored). */
  readonly pod?: CheckedPod;
}

/**
 * Judges the creation of a pod that a manifest leads to, as its creator sends it: a template is judged as its pods will be. Where the
 * plugin is off everything is allowed. Namespaces that are not in the tree are taken to have no labels, and the verdict says so.
 */
export function judgePsa(cluster: Cluster, source: PodSource, options: PsaOptions = {}): PsaVerdict {
  const configured = psaConfiguration(cluster);
  const configuration = options.configuration ?? configured.value;
  const namespace = namespacesOf(cluster).get(source.namespace);
  const labels = namespace?.labels ?? {};
  let met = options.pod;
  const pod = (): CheckedPod => (met ??= podAsMet(cluster, source.pod));
  const isInForce = psaInForce(cluster).value;
  const response = isInForce ? answered(cluster, source, pod, configuration) : ALLOWED;
  const policy = namespacePolicy(labels, configuration.defaults, cluster.version.value.minor);
  return {
    decision: response.allowed ? 'allow' : 'deny',
    message: response.message,
    get because() {
      return isInForce ? reasons(source, response, policy, namespace) : [];
    },
    get steps() {
      return modeSteps(response, policy);
    },
    get assumptions() {
      if (!isInForce) return [];
      const ofNamespace = namespaceAssumptions(source.namespace, namespace);
      return options.configuration === undefined
        ? [...ofNamespace, ...configurationAssumptions(configured, labels)]
        : ofNamespace;
    },
    response,
    namespacePolicy: policy,
    get pod() {
      return pod();
    },
  };
}

/** What each mode that was evaluated has against the pod; only `enforce` refuses it. */
function modeSteps({ violations }: PsaResponse, { policy }: NamespacePolicy): readonly Step[] {
  return MODES.flatMap((mode): Step[] => {
    const found = violations[mode];
    if (found === undefined) return [];
    const level = `${mode} ${formatLevelVersion(policy[mode])}`;
    if (found.length === 0) return [{ sentence: `${level} allows the pod`, outcome: 'passed' }];
    const outcome = mode === 'enforce' ? 'failed' : 'noted';
    return [{ sentence: `${level} forbids it: ${longReasons(found)}`, outcome }];
  });
}

/** The pod is looked at, and so worked out, only where the namespace is held to a level that forbids something. */
function answered(
  cluster: Cluster,
  source: PodSource,
  pod: () => CheckedPod,
  configuration: PsaConfiguration,
): PsaResponse {
  const server = {
    configuration,
    minor: cluster.version.value.minor,
    newest: cluster.version.value.minor,
    namespace: (name: string) => {
      const found = namespacesOf(cluster).get(name);
      return found && { metadata: { name, labels: found.labels } };
    },
    podsIn: () => [],
  };
  return validateRequest(server, {
    operation: 'CREATE',
    resource: 'pods',
    subresource: '',
    userName: source.creator.user.value.name,
    get name() {
      return pod().metadata.name ?? '';
    },
    namespace: source.namespace,
    get object() {
      return { ...pod(), apiVersion: 'v1', kind: 'Pod' } as unknown as JsonObject;
    },
  });
}

function namespaceAssumptions(name: string, namespace: ExistingNamespace | undefined): readonly Assumption[] {
  if (namespace !== undefined && !('implicit' in namespace.object)) return [];
  const sentence = `namespace \`${name}\` is taken to have no pod-security.kubernetes.io labels`;
  return [{ sentence, decide: `add the manifest of namespace \`${name}\` to the tree` }];
}

/** Labels win over the configuration's defaults; a file that is read and not shown may exempt what they say. */
function configurationAssumptions(
  { value, origin, decide, place }: Settled<PsaConfiguration>,
  labels: Labels,
): readonly Assumption[] {
  if (decide === undefined) return [];
  const isLabelled = labelOf(labels, levelLabel('enforce')) !== undefined;
  if (place === undefined && isLabelled) return [];
  const { level, version } = value.defaults.enforce;
  const sentence = `namespaces without labels are taken to be held to ${formatLevelVersion({ level, version })}: ${origin}`;
  return [{ sentence, decide }];
}

/** Of a refused pod the fields that the namespace's level forbids, and the level. Of an allowed one the level, or the exemption. */
function reasons(
  source: PodSource,
  { violations, exemption }: PsaResponse,
  { policy }: NamespacePolicy,
  namespace: ExistingNamespace | undefined,
): readonly Reason[] {
  const fields = (violations.enforce ?? []).flatMap((violation) => violationReasons(source, violation));
  if (namespace === undefined) return fields;
  const { object, labels, name } = namespace;
  const labelled = labelOf(labels, levelLabel('enforce')) !== undefined;
  const path = labelled ? ['metadata', 'labels', levelLabel('enforce')] : ['metadata'];
  const sentence =
    exemption === undefined
      ? `namespace ${name} enforces ${formatLevelVersion(policy.enforce)}${labelled ? '' : ', the default of the server'}`
      : `the server exempts the ${exemption === 'runtimeClass' ? 'runtime class' : exemption}`;
  return [...fields, { object, path, sentence }];
}

/** What a violation objects to, one reason for each field, with its place in the manifest. */
export function violationReasons(source: PodSource, { reason, fields }: Violation): readonly Reason[] {
  return fields.map((field) => {
    const { object, path } = source.placeOf(field.path);
    return { object, path, sentence: `${reason}: ${formatFieldPath(field.path)} ${stateOf(field)}` };
  });
}

function stateOf({ value }: ForbiddenField): string {
  return value === undefined ? 'is not set' : `is ${JSON.stringify(value)}`;
}

/** What one mode has against a pod; nothing where it was not evaluated. */
export function violationsIn({ response }: PsaVerdict, mode: Mode): readonly Violation[] {
  return response.violations[mode] ?? [];
}
