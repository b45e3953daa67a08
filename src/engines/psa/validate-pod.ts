import { aggregateMessages } from '../../cluster/index/field-error.ts';
import { goQuote } from '../../lang/go-quote.ts';
import type { Pod } from '../../model/kinds/pod.ts';
import type { JsonObject } from '../../model/object.ts';
import type { CheckedPod } from './check.ts';
import { formatLevelVersion, type LevelVersion, longReasons, type Violation, violationsOf } from './evaluate-pod.ts';
import { isExempt, requestExemption } from './exemptions.ts';
import { isFullyPrivileged, type NamespacePolicy, namespacePolicy } from './namespace-policy.ts';
import { extractPod } from './pod-template.ts';
import type { PsaRequest, PsaServer } from './psa-request.ts';
import { ALLOWED, allowedDespite, exempted, failed, forbidden, type PsaResponse } from './psa-response.ts';
import { isSignificantUpdate } from './significant-update.ts';

/** Subresources through which a pod's spec cannot change; all others, unknown ones too, are judged. */
const IGNORED_SUBRESOURCES = new Set([
  'exec',
  'attach',
  'binding',
  'eviction',
  'log',
  'portforward',
  'proxy',
  'status',
]);

const FIRST_QUOTING = 25;

const PRIVILEGED: PsaResponse = { ...ALLOWED, auditAnnotations: { 'enforce-policy': 'privileged:latest' } };

/** Judges a request about a pod. Mirrors ValidatePod of admission/admission.go of pod-security-admission, v0.37. */
export function validatePod(server: PsaServer, request: PsaRequest): PsaResponse {
  if (IGNORED_SUBRESOURCES.has(request.subresource)) return ALLOWED;
  const exemption = requestExemption(server.configuration.exemptions, request);
  if (exemption !== undefined) return exempted(exemption);
  const found = policyFor(server, request);
  if (found === undefined) {
    const message = `Internal error occurred: ${lookupError(server, request)}`;
    return failed({ code: 500, message }, notFound(request));
  }
  if (found.errors.length === 0 && isFullyPrivileged(found.policy)) return PRIVILEGED;
  const pod = asPod(request.object);
  if (pod === undefined) return failed({ code: 400, message: 'failed to decode pod' });
  const { metadata = {}, spec = {} } = pod;
  if (request.operation === 'UPDATE') {
    const old = asPod(request.oldObject);
    if (old === undefined) return failed({ code: 400, message: 'failed to decode old pod' });
    if (!isSignificantUpdate(pod, old, server.minor)) return ALLOWED;
  }
  return evaluate({ server, request, found, pod: { metadata, spec } }, true);
}

/**
 * Judges a request about an object that makes pods: it is never refused, only warned of. Mirrors ValidatePodController of
 * admission/admission.go of pod-security-admission, v0.37.
 */
export function validatePodController(server: PsaServer, request: PsaRequest): PsaResponse {
  if (request.subresource !== '') return ALLOWED;
  const exemption = requestExemption(server.configuration.exemptions, request);
  if (exemption !== undefined) return exempted(exemption);
  const found = policyFor(server, request);
  if (found === undefined) return allowedDespite(`${lookupError(server, request)}: ${notFound(request)}`);
  const { audit, warn } = found.policy;
  if (found.errors.length === 0 && audit.level === 'privileged' && warn.level === 'privileged') return ALLOWED;
  const extracted = extractPod(request.object ?? {});
  if ('error' in extracted) return allowedDespite(`failed to extract pod template: ${extracted.error}`);
  const { pod } = extracted;
  return pod === undefined ? ALLOWED : evaluate({ server, request, found, pod }, false);
}

function asPod(object: JsonObject | undefined): Pod | undefined {
  return object?.kind === 'Pod' ? object : undefined;
}

function policyFor(server: PsaServer, { namespace }: PsaRequest): NamespacePolicy | undefined {
  const found = server.namespace(namespace);
  return found === undefined
    ? undefined
    : namespacePolicy(found.metadata?.labels ?? {}, server.configuration.defaults, server.minor);
}

function lookupError({ minor }: PsaServer, { namespace }: PsaRequest): string {
  return `failed to lookup namespace ${minor < FIRST_QUOTING ? namespace : goQuote(namespace)}`;
}

function notFound({ namespace }: PsaRequest): string {
  return `namespaces ${goQuote(namespace)} not found`;
}

interface Evaluated {
  readonly server: PsaServer;
  readonly request: PsaRequest;
  readonly found: NamespacePolicy;
  readonly pod: CheckedPod;
}

/** Holds a pod to the policy of its namespace. Mirrors EvaluatePod of admission/admission.go. */
function evaluate({ server, request, found, pod }: Evaluated, enforces: boolean): PsaResponse {
  if (isExempt(server.configuration.exemptions.runtimeClasses, pod.spec.runtimeClassName)) {
    return exempted('runtimeClass');
  }
  const { policy, errors } = found;
  const judge = (level: LevelVersion): readonly Violation[] => violationsOf(level, pod, server);
  const auditAnnotations: Record<string, string> = {};
  if (errors.length > 0) {
    const messages = errors.map(({ message }) => message);
    auditAnnotations.error = `Failed to parse policy: ${aggregateMessages(messages)}`;
  }
  if (enforces) auditAnnotations['enforce-policy'] = formatLevelVersion(policy.enforce);
  const audit = judge(policy.audit);
  if (audit.length > 0) auditAnnotations['audit-violations'] = told('would violate', policy.audit, audit);
  const enforce = enforces ? { enforce: judge(policy.enforce) } : {};
  const refusing = enforce.enforce ?? [];
  if (refusing.length > 0) {
    const refused = forbidden(request.resource, request.name, told('violates', policy.enforce, refusing));
    return { ...refused, auditAnnotations, violations: { ...enforce, audit } };
  }
  const warn = judge(policy.warn);
  const warnings = warn.length > 0 ? [told('would violate', policy.warn, warn)] : [];
  return { ...ALLOWED, warnings, auditAnnotations, violations: { ...enforce, audit, warn } };
}

function told(verb: string, level: LevelVersion, violations: readonly Violation[]): string {
  return `${verb} PodSecurity ${goQuote(formatLevelVersion(level))}: ${longReasons(violations)}`;
}
