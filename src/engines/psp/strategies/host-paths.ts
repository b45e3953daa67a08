import type { AllowedHostPath } from '../../../model/kinds/pod-security-policy.ts';

/** What a policy says about a host path: whether it may be mounted, and whether only for reading; `index` is the entry that decided. */
export interface HostPathDecision {
  readonly allowed: boolean;
  readonly mustBeReadOnly: boolean;
  readonly index?: number;
}

/**
 * Whether a policy allows a host path: any without entries, else by a prefix at a segment boundary, trailing slashes aside. An entry that
 * also allows writing wins over those that do not. Mirrors pkg/security/podsecuritypolicy/util AllowsHostVolumePath, v1.24.
 */
export function allowsHostPath(entries: readonly AllowedHostPath[], path: string): HostPathDecision {
  if (entries.length === 0) return { allowed: true, mustBeReadOnly: false };
  let readOnly: number | undefined;
  for (const [index, { pathPrefix = '', readOnly: only }] of entries.entries()) {
    if (!hasPathPrefix(path, pathPrefix)) continue;
    if (only !== true) return { allowed: true, mustBeReadOnly: false, index };
    readOnly ??= index;
  }
  if (readOnly === undefined) return { allowed: false, mustBeReadOnly: false };
  return { allowed: true, mustBeReadOnly: true, index: readOnly };
}

/** Whether a path is another one or lies below it: `/foo` holds `/foo/bar`, not `/food`; `/` holds everything. */
export function hasPathPrefix(path: string, prefix: string): boolean {
  const whole = withoutSlash(path);
  const start = withoutSlash(prefix);
  return whole.startsWith(start) && (whole.length === start.length || whole[start.length] === '/');
}

/** Without one trailing slash, as the server takes off only one. */
function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path;
}
