import type { AppArmorRule } from '../strategies/app-armor.ts';
import type { SeccompRule } from '../strategies/seccomp.ts';

/**
 * Whether b permits every seccomp profile that a permits. A profile that is not given is the policy's default, and that must be permitted
 * by the policy itself.
 */
export function permitsSeccomp(a: SeccompRule, b: SeccompRule): boolean {
  if (permitsDefault(a) && !permitsDefault(b)) return false;
  if (b.any) return true;
  return !a.any && [...a.allowed].every((profile) => profile === '' || b.allowed.has(profile));
}

function permitsDefault({ any, allowed, defaultProfile }: SeccompRule): boolean {
  return any || allowed.has(defaultProfile) || (allowed.size === 0 && defaultProfile === '');
}

/** Whether b permits every AppArmor profile that a permits, and no profile where a does. */
export function permitsAppArmor(a: AppArmorRule, b: AppArmorRule): boolean {
  if (b.allowed === undefined) return true;
  if (a.allowed === undefined) return false;
  if (permitsUnset(a) && !permitsUnset(b)) return false;
  for (const profile of a.allowed) if (profile !== '' && !b.allowed.has(profile)) return false;
  return true;
}

function permitsUnset({ allowed, defaultProfile }: AppArmorRule): boolean {
  return allowed === undefined || (defaultProfile !== '' && allowed.has(defaultProfile));
}
