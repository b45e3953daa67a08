import { record, records, texts } from '../../model/json.ts';
import { asWritten } from '../../model/as-written.ts';
import type { JsonObject, ManifestObject } from '../../model/object.ts';
import type { FieldPath } from '../../text/tree.ts';

/** How much an audit event tells. */
export type AuditLevel = 'None' | 'Metadata' | 'Request' | 'RequestResponse';

/** A request to a resource, by a user that no rule names. */
export interface AuditedRequest {
  readonly verb: string;
  readonly group: string;
  /** With its subresource: `pods/exec`. */
  readonly resource: string;
  readonly namespace: string;
}

/** What an audit policy does about a request, and the rule that decides; none where no rule matches. */
export interface AuditVerdict {
  readonly level: AuditLevel;
  readonly path: FieldPath;
}

/**
 * The level at which a policy of audit.k8s.io logs a request of some user who is in `system:authenticated` and whom no rule names: the first
 * matching rule's, else None. Mirrors apiserver pkg/audit/policy/checker.go, v1.24.
 */
export function auditLevel(policy: ManifestObject, request: AuditedRequest): AuditVerdict {
  const { rules } = asWritten(policy);
  if (!Array.isArray(rules)) return { level: 'None', path: [] };
  for (const [index, each] of rules.entries()) {
    const rule = record(each);
    if (matches(rule, request)) return { level: levelOf(rule.level), path: ['rules', index] };
  }
  return { level: 'None', path: ['rules'] };
}

function levelOf(level: unknown): AuditLevel {
  return level === 'Metadata' || level === 'Request' || level === 'RequestResponse' ? level : 'None';
}

function matches(rule: JsonObject, { verb, group, resource, namespace }: AuditedRequest): boolean {
  if (texts(rule.users).length > 0) return false;
  const groups = texts(rule.userGroups);
  if (groups.length > 0 && !groups.includes('system:authenticated')) return false;
  const verbs = texts(rule.verbs);
  if (verbs.length > 0 && !verbs.includes(verb)) return false;
  const namespaces = texts(rule.namespaces);
  const resources = records(rule.resources);
  if (namespaces.length > 0 || resources.length > 0) {
    if (namespaces.length > 0 && !namespaces.includes(namespace)) return false;
    return resources.length === 0 || resources.some((each) => namesResource(each, group, resource));
  }
  return texts(rule.nonResourceURLs).length === 0;
}

function namesResource(rule: JsonObject, group: string, resource: string): boolean {
  if ((rule.group ?? '') !== group || texts(rule.resourceNames).length > 0) return false;
  const names = texts(rule.resources);
  const [main = '', sub = ''] = resource.split('/');
  return (
    names.length === 0 ||
    names.some(
      // `pods/*` is pods too, not their subresources alone.
      (name) => name === '*' || name === resource || name === `${main}/*` || (sub !== '' && name === `*/${sub}`),
    )
  );
}
