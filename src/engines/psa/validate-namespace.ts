import { goQuote } from '../../lang/go-quote.ts';
import type { JsonObject } from '../../model/object.ts';
import type { KubernetesObject } from '../../model/kinds/metadata.ts';
import { formatLevelVersion, type LevelVersion } from './evaluate-pod.ts';
import { isExempt } from './exemptions.ts';
import { existingPodsWarnings } from './existing-pods.ts';
import { compareLevels } from './level.ts';
import {
  isEquivalent,
  isFullyPrivileged,
  type LabelError,
  labelOf,
  levelLabel,
  MODES,
  type NamespacePolicy,
  namespacePolicy,
  versionLabel,
} from './namespace-policy.ts';
import type { PsaRequest, PsaServer } from './psa-request.ts';
import { ALLOWED, exempted, failed, invalidNamespace, type PsaResponse } from './psa-response.ts';

/** Exempt namespaces are warned of since this minor, and of what their labels say alone since the next. */
const FIRST_WARNING = 25;
const FIRST_NAMING_LABELLED = 26;

/**
 * Judges a request about a namespace: new labels must be valid, and pods that a new level would refuse are told. Mirrors ValidateNamespace
 * of admission/admission.go of pod-security-admission, v0.37.
 */
export function validateNamespace(server: PsaServer, request: PsaRequest): PsaResponse {
  if (request.subresource !== '') return ALLOWED;
  const namespace = asNamespace(request.object);
  if (namespace === undefined) return failed({ code: 400, message: 'failed to decode namespace' });
  const { defaults } = server.configuration;
  const current = namespacePolicy(namespace.metadata?.labels ?? {}, defaults, server.minor);
  if (request.operation === 'CREATE') {
    if (current.errors.length > 0) return invalidNamespace(request.name, current.errors);
    const isExempt = server.minor >= FIRST_WARNING && isExemptNamespace(server, request);
    return isExempt ? exemptResponse(server, namespace, current) : ALLOWED;
  }
  const old = asNamespace(request.oldObject);
  // Two spaces: the server's own.
  if (old === undefined) return failed({ code: 400, message: 'failed to decode  old namespace' });
  const before = namespacePolicy(old.metadata?.labels ?? {}, defaults, server.minor);
  if (current.errors.length > 0 && !sameErrors(current.errors, before.errors)) {
    return invalidNamespace(request.name, current.errors);
  }
  const { enforce } = current.policy;
  if (!tightens(before.policy.enforce, enforce)) return ALLOWED;
  if (isExemptNamespace(server, request)) {
    return server.minor < FIRST_WARNING ? exempted('namespace') : exemptResponse(server, namespace, current);
  }
  return { ...ALLOWED, warnings: existingPodsWarnings(server, namespace.metadata?.name ?? '', enforce) };
}

function asNamespace(object: JsonObject | undefined): KubernetesObject | undefined {
  return object?.kind === 'Namespace' ? object : undefined;
}

function isExemptNamespace({ configuration }: PsaServer, { namespace }: PsaRequest): boolean {
  return isExempt(configuration.exemptions.namespaces, namespace);
}

function sameErrors(left: readonly LabelError[], right: readonly LabelError[]): boolean {
  return left.length === right.length && left.every(({ message }, index) => message === right[index]?.message);
}

/** Whether pods that were fine may no longer be. */
function tightens(before: LevelVersion, after: LevelVersion): boolean {
  if (after.level === 'privileged') return false;
  return before.version !== after.version || compareLevels(after.level, before.level) > 0;
}

function exemptResponse(server: PsaServer, namespace: KubernetesObject, { policy }: NamespacePolicy): PsaResponse {
  if (isFullyPrivileged(policy) || isEquivalent(policy, server.configuration.defaults)) return ALLOWED;
  const { name = '', labels = {} } = namespace.metadata ?? {};
  const asked = MODES.filter((mode) => {
    const isLabelled = [levelLabel(mode), versionLabel(mode)].some((label) => labelOf(labels, label) !== undefined);
    return (isLabelled || server.minor < FIRST_NAMING_LABELLED) && policy[mode].level !== 'privileged';
  });
  const shown = asked.map((mode) => `${mode}=${formatLevelVersion(policy[mode])}`).join(', ');
  const warning = `namespace ${goQuote(name)} is exempt from Pod Security, and the policy (${shown}) will be ignored`;
  return { ...ALLOWED, warnings: [warning] };
}
