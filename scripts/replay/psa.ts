import { NEWEST_MINOR } from '../../src/model/versions.ts';
import { MODES, type NamespacePolicy, namespacePolicy } from '../../src/engines/psa/namespace-policy.ts';
import {
  DEFAULT_CONFIGURATION,
  type ConfigurationResult,
  type PsaConfiguration,
} from '../../src/engines/psa/configuration.ts';
import { formatLevelVersion, runChecks, standardsOf } from '../../src/engines/psa/evaluate-pod.ts';
import { extractPod, hasPodSpec } from '../../src/engines/psa/pod-template.ts';
import { parsePolicyVersion, policyMinor, policyVersion } from '../../src/engines/psa/policy-version.ts';
import type { PsaRequest } from '../../src/engines/psa/psa-request.ts';
import { readConfiguration } from '../../src/engines/psa/read-configuration.ts';
import { validateRequest } from '../../src/engines/psa/validate-request.ts';
import type { KubernetesObject } from '../../src/model/kinds/metadata.ts';
import { typedValue } from '../../src/model/object-value.ts';
import type { JsonObject } from '../../src/model/object.ts';
import { strictDecode } from '../../src/model/types/strict-decode.ts';
import { readDocuments } from '../../src/text/read.ts';
import type { SourceDocument } from '../../src/text/source.ts';

interface Case {
  readonly id: string;
  readonly emulationVersion?: string;
  readonly config?: unknown;
  readonly namespace?: unknown;
  readonly existingPods?: readonly unknown[];
  readonly request: {
    readonly operation: 'CREATE' | 'UPDATE';
    readonly resource: string;
    readonly subresource?: string;
    readonly user?: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly object?: unknown;
    readonly oldObject?: unknown;
  };
}

/** A fault of the case: it has no verdict. */
class Undecodable extends Error {}

/** The verdict on one case of the Pod Security Admission oracle, whose server is of the newest minor. */
export function answer(input: Case): object {
  const minor = NEWEST_MINOR;
  const { id } = input;
  const none = { id, allowed: null, code: 0 };
  try {
    const read = configurationOf(input.config, minor);
    return 'error' in read
      ? { ...none, configError: read.error }
      : { id, ...verdict(input, read.configuration, minor) };
  } catch (error) {
    if (error instanceof Undecodable) return { ...none, decodeError: error.message };
    throw error;
  }
}

function documentOf(value: unknown): SourceDocument {
  const [document] = readDocuments({ path: 'case.json', text: JSON.stringify(value) }).documents;
  if (document === undefined) throw new Error('no document in a case');
  return document;
}

function configurationOf(config: unknown, minor: number): ConfigurationResult {
  if (config === undefined || config === null) return { configuration: DEFAULT_CONFIGURATION };
  return readConfiguration(documentOf(config), minor);
}

/** An object as the server decodes it. */
function decoded(value: unknown, what: string, minor: number): JsonObject | undefined {
  if (value === undefined || value === null) return undefined;
  const { root } = documentOf(value);
  if (root === undefined) throw new Undecodable(`${what}: not JSON`);
  const { decodeError, type } = strictDecode(root, 'json', JSON.stringify(value));
  if (decodeError !== undefined) throw new Undecodable(`${what}: ${decodeError}`);
  return type === undefined ? undefined : (typedValue(root, type, minor) as JsonObject);
}

function newestMinor({ emulationVersion = '' }: Case, minor: number): number {
  if (emulationVersion === '') return minor;
  const version = parsePolicyVersion(emulationVersion);
  if (version === undefined) throw new Undecodable(`emulationVersion: ${emulationVersion}`);
  return policyMinor(version, minor);
}

function verdict(input: Case, configuration: PsaConfiguration, minor: number): object {
  const newest = newestMinor(input, minor);
  const namespace = decoded(input.namespace, 'namespace', minor) as KubernetesObject | undefined;
  const pods = (input.existingPods ?? []).map(
    (pod, index) => decoded(pod, `existingPods[${index}]`, minor) as KubernetesObject,
  );
  const asked = requestOf(input, namespace, minor);
  const server = {
    configuration,
    minor,
    newest,
    namespace: (name: string) => (namespace?.metadata?.name === name ? namespace : undefined),
    podsIn: (name: string) => pods.filter((pod) => (pod.metadata?.namespace ?? '') === name),
  };
  if (asked.resource !== 'namespaces' && !hasPodSpec(asked.resource)) return { allowed: true, code: 0 };
  const { allowed, code, reason, message, causes, warnings, auditAnnotations } = validateRequest(server, asked);
  const labelled = asked.resource === 'namespaces' ? (asked.object as KubernetesObject | undefined) : namespace;
  const found =
    asked.resource === 'namespaces' || namespace !== undefined
      ? namespacePolicy(labelled?.metadata?.labels ?? {}, configuration.defaults, minor)
      : undefined;
  const policy = found && shownPolicy(found);
  const perLevel =
    asked.resource === 'namespaces' || asked.object === undefined ? undefined : outcomes(asked.object, minor);
  return { allowed, code, reason, message, causes, warnings, auditAnnotations, policy, perLevel };
}

function requestOf({ request }: Case, namespace: KubernetesObject | undefined, minor: number): PsaRequest {
  const object = decoded(request.object, 'object', minor);
  const { name = '', namespace: own = '' } = (object as KubernetesObject | undefined)?.metadata ?? {};
  const { operation, resource, subresource = '', user = '' } = request;
  const inferred = resource === 'namespaces' ? name : own || (namespace?.metadata?.name ?? '');
  return {
    operation,
    resource,
    subresource,
    userName: user,
    name: request.name ?? name,
    namespace: request.namespace ?? inferred,
    object,
    oldObject: decoded(request.oldObject, 'oldObject', minor),
  };
}

function shownPolicy({ policy, errors }: NamespacePolicy): object {
  const shown: Record<string, string | string[]> = {};
  for (const mode of MODES) shown[mode] = formatLevelVersion(policy[mode]);
  if (errors.length > 0) shown.errors = errors.map(({ message }) => message);
  return shown;
}

/** Every check of each level at each minor where that level changes. */
function outcomes(object: JsonObject, server: number): object | undefined {
  const extracted = extractPod(object);
  const pod = 'error' in extracted ? undefined : extracted.pod;
  if (pod === undefined) return undefined;
  const perLevel: Record<string, object[]> = {};
  for (const level of ['baseline', 'restricted'] as const) {
    for (const minor of standardsOf(server).stepsOf(level)) {
      const version = policyVersion(minor);
      perLevel[`${level}@${version}`] = runChecks({ level, version }, pod, { minor: server, newest: server }).map(
        ({ check, violation }) => ({
          id: check,
          allowed: violation === undefined,
          ...(violation && { forbiddenReason: violation.reason, forbiddenDetail: violation.detail || undefined }),
        }),
      );
    }
  }
  return perLevel;
}
