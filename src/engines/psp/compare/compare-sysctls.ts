import { sysctlMatches, type SysctlRule } from '../strategies/sysctls.ts';

/**
 * Whether b permits every sysctl that a permits. Which patterns match a name depends only on the longest prefix pattern that it begins with
 * and on whether it is written out somewhere; so one name of each such class stands for all of them.
 */
export function permitsSysctls(a: SysctlRule, b: SysctlRule): boolean {
  const patterns = [...a.forbidden, ...a.allowedUnsafe, ...b.forbidden, ...b.allowedUnsafe];
  const prefixes = new Set(['', ...patterns.filter(isPrefix).map((pattern) => pattern.slice(0, -1))]);
  const names = [...a.safe, ...b.safe, ...patterns.filter((pattern) => !isPrefix(pattern))];
  const written = new Set([...names, ...prefixes]);
  for (const prefix of prefixes) {
    const name = freshName(prefix, written);
    if (name !== undefined) names.push(name);
  }
  return names.every((name) => !permits(a, name) || permits(b, name));
}

function isPrefix(pattern: string): boolean {
  return pattern.endsWith('*');
}

function permits(rule: SysctlRule, name: string): boolean {
  if (rule.forbidden.some((pattern) => sysctlMatches(pattern, name))) return false;
  return rule.safe.has(name) || rule.allowedUnsafe.some((pattern) => sysctlMatches(pattern, name));
}

const LETTERS = 'qabcdefghijklmnoprstuvwxyz0123456789'.split(/(?!^)/);

/** A name with a prefix that neither begins with anything longer that is written somewhere nor is its beginning; undefined if there is none. */
function freshName(prefix: string, written: ReadonlySet<string>): string | undefined {
  const longer = [...written].filter((text) => text.length > prefix.length && text.startsWith(prefix));
  const next = LETTERS.map((letter) => `${prefix}${letter}`);
  const fresh = next.find((name) => !longer.some((text) => text.startsWith(name)));
  if (fresh !== undefined) return fresh;
  for (const name of next) {
    const found = written.has(name) ? undefined : freshName(name, written);
    if (found !== undefined) return found;
  }
  return undefined;
}
