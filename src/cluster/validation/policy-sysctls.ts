import type { FieldPath } from '../../text/tree.ts';
import { type FieldError, forbiddenField, invalidField } from '../index/field-error.ts';

const MAXIMUM = 253;
const SEGMENT = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const PATTERN_FORMAT = String.raw`(${SEGMENT}\.)*([a-z0-9][-_a-z0-9]*)?[a-z0-9*]`;
const PATTERN = new RegExp(`^${PATTERN_FORMAT.replaceAll('(', '(?:')}$`);

/** What is wrong with one list of sysctl patterns. Mirrors validatePodSecurityPolicySysctls, v1.24. */
export function sysctlListErrors(path: FieldPath, patterns: readonly string[]): FieldError[] {
  const errors: FieldError[] = [];
  let all = false;
  for (const [index, pattern] of patterns.entries()) {
    if (pattern === '') errors.push(invalidField([...path, index], pattern, 'empty sysctl not allowed'));
    else if (pattern.length > MAXIMUM || !PATTERN.test(pattern)) {
      const detail = `must have at most ${MAXIMUM} characters and match regex ${PATTERN_FORMAT}`;
      errors.push(invalidField([...path, index], pattern, detail));
    } else if (pattern.startsWith('*')) all = true;
  }
  if (all && patterns.length > 1) {
    errors.push(forbiddenField([...path, 'items'], "if '*' is present, must not specify other sysctls"));
  }
  return errors;
}

/** Patterns that one list allows and the other forbids. Mirrors validatePodSecurityPolicySysctlListsDoNotOverlap, v1.24. */
export function sysctlOverlapErrors(allowed: readonly string[], forbidden: readonly string[]): FieldError[] {
  const errors: FieldError[] = [];
  for (const [allowedIndex, allow] of allowed.entries()) {
    for (const [forbiddenIndex, forbid] of forbidden.entries()) {
      const at = overlapOf(allow, forbid);
      if (at === 'allowed') {
        const path = ['spec', 'allowedUnsafeSysctls', allowedIndex];
        errors.push(invalidField(path, allow, `sysctl overlaps with ${forbid}`));
      } else if (at === 'forbidden') {
        const path = ['spec', 'forbiddenSysctls', forbiddenIndex];
        errors.push(invalidField(path, forbid, `sysctl overlaps with ${allow}`));
      }
    }
  }
  return errors;
}

/** Which of the two is inside the other. */
function overlapOf(allow: string, forbid: string): 'allowed' | 'forbidden' | undefined {
  const allowPrefix = allow.endsWith('*') ? allow.slice(0, -1) : undefined;
  const forbidPrefix = forbid.endsWith('*') ? forbid.slice(0, -1) : undefined;
  if (forbidPrefix !== undefined && (allowPrefix ?? allow).startsWith(forbidPrefix)) return 'allowed';
  if (allowPrefix !== undefined && (forbidPrefix ?? forbid).startsWith(allowPrefix)) return 'forbidden';
  return allow === forbid ? 'allowed' : undefined;
}
