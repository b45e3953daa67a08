import { hasPodSpec } from './pod-template.ts';
import type { PsaRequest, PsaServer } from './psa-request.ts';
import { ALLOWED, type PsaResponse } from './psa-response.ts';
import { validateNamespace } from './validate-namespace.ts';
import { validatePod, validatePodController } from './validate-pod.ts';

/**
 * What Pod Security Admission answers to a request about anything; it looks at namespaces, pods and what makes pods. Mirrors Validate of
 * admission/admission.go of pod-security-admission, v0.37.
 */
export function validateRequest(server: PsaServer, request: PsaRequest): PsaResponse {
  if (request.resource === 'namespaces') return validateNamespace(server, request);
  if (!hasPodSpec(request.resource)) return ALLOWED;
  return request.resource === 'pods' ? validatePod(server, request) : validatePodController(server, request);
}
