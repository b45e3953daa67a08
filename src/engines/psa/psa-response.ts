import { aggregateMessages } from '../../cluster/index/field-error.ts';
import { goQuote } from '../../lang/go-quote.ts';
import type { Violation } from './evaluate-pod.ts';
import type { LabelError, Mode } from './namespace-policy.ts';

/** What Pod Security Admission answers to a request. */
export interface PsaResponse {
  readonly allowed: boolean;
  /** HTTP status and its reason; 0 and '' when allowed. */
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  /** Of a namespace refused for its labels. */
  readonly causes: readonly StatusCause[];
  readonly warnings: readonly string[];
  /** Without the prefix `pod-security.kubernetes.io/` that the server puts before each key. */
  readonly auditAnnotations: Readonly<Record<string, string>>;
  /** What each mode has against the pod; a mode that was not evaluated is absent. */
  readonly violations: Readonly<Partial<Record<Mode, readonly Violation[]>>>;
  /** Why nothing was evaluated, where an exemption is the reason. */
  readonly exemption?: Exemption;
}

/** What exempts a request from evaluation. */
export type Exemption = 'namespace' | 'user' | 'runtimeClass';

/** One fault of a refused object (metav1.StatusCause). */
export interface StatusCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** The plain permission. */
export const ALLOWED: PsaResponse = {
  allowed: true,
  code: 0,
  reason: '',
  message: '',
  causes: [],
  warnings: [],
  auditAnnotations: {},
  violations: {},
};

/** Allowed without a look at the pod. Mirrors the shared responses of admission/response.go of pod-security-admission, v0.37. */
export function exempted(exemption: Exemption): PsaResponse {
  return { ...ALLOWED, auditAnnotations: { exempt: exemption }, exemption };
}

/** Allowed, with an error for the audit log. */
export function allowedDespite(error: string): PsaResponse {
  return { ...ALLOWED, auditAnnotations: { error } };
}

/** Refused because the request could not be judged; `cause` follows the message in the audit log. */
export function failed(status: { code: 400 | 500; message: string }, cause?: string): PsaResponse {
  const { code, message } = status;
  const error = cause === undefined ? message : `${message}: ${cause}`;
  const reason = code === 400 ? 'BadRequest' : 'InternalError';
  return { ...ALLOWED, allowed: false, code, reason, message, auditAnnotations: { error } };
}

/** Refused for what the object asks for. Mirrors NewForbidden of apimachinery api/errors, v0.37. */
export function forbidden(resource: string, name: string, why: string): PsaResponse {
  const what = name === '' ? resource : `${resource} ${goQuote(name)}`;
  return { ...ALLOWED, allowed: false, code: 403, reason: 'Forbidden', message: `${what} is forbidden: ${why}` };
}

/** A namespace refused for its labels. Mirrors NewInvalid of apimachinery api/errors, v0.37. */
export function invalidNamespace(name: string, errors: readonly LabelError[]): PsaResponse {
  return {
    ...ALLOWED,
    allowed: false,
    code: 422,
    reason: 'Invalid',
    message: `Namespace ${goQuote(name)} is invalid: ${aggregateMessages(errors.map(({ message }) => message))}`,
    causes: errors.map(({ body, field }) => ({ reason: 'FieldValueInvalid', message: body, field })),
  };
}
