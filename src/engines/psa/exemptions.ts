import type { PsaExemptions } from './configuration.ts';
import type { Exemption } from './psa-response.ts';

/** Whether a name that is not empty stands in a list of exemptions, letter for letter. */
export function isExempt(names: readonly string[], name: string | undefined): boolean {
  return name !== undefined && name !== '' && names.includes(name);
}

/** What exempts a request before anything is looked up. Namespaces come first. */
export function requestExemption(
  exemptions: PsaExemptions,
  { namespace, userName }: { readonly namespace: string; readonly userName: string },
): Exemption | undefined {
  if (isExempt(exemptions.namespaces, namespace)) return 'namespace';
  return isExempt(exemptions.usernames, userName) ? 'user' : undefined;
}
