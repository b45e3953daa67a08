import { aggregateMessages, duplicateField, type FieldError, invalidField } from '../../cluster/index/field-error.ts';
import { dnsLabelErrors, dnsSubdomainErrors } from '../../cluster/validation/name-formats.ts';
import type { FieldPath } from '../../text/tree.ts';
import type { LevelVersion } from './evaluate-pod.ts';
import { INVALID_LEVEL, parseLevel } from './level.ts';
import { type Mode, MODES, type Policy, PRIVILEGED_POLICY } from './namespace-policy.ts';
import { INVALID_VERSION, parsePolicyVersion } from './policy-version.ts';

/** A PodSecurityConfiguration that the server would start with. */
export interface PsaConfiguration {
  /** What namespaces without labels are held to. */
  readonly defaults: Policy;
  readonly exemptions: PsaExemptions;
}

/** Names that are matched letter for letter. */
export interface PsaExemptions {
  readonly usernames: readonly string[];
  readonly namespaces: readonly string[];
  readonly runtimeClasses: readonly string[];
}

/** The configuration as written, of any of its API versions: they have the same fields. */
export interface PodSecurityConfiguration {
  readonly defaults?: Readonly<Partial<Record<Mode | `${Mode}-version`, string>>>;
  readonly exemptions?: Readonly<Partial<Record<keyof PsaExemptions, readonly string[]>>>;
}

/** The configuration, or why the server would not start. */
export type ConfigurationResult = { readonly configuration: PsaConfiguration } | { readonly error: string };

/** What the server does without a configuration. */
export const DEFAULT_CONFIGURATION: PsaConfiguration = {
  defaults: PRIVILEGED_POLICY,
  exemptions: { usernames: [], namespaces: [], runtimeClasses: [] },
};

/**
 * Defaults and validates a configuration. Mirrors admission/api of pod-security-admission, v0.37: first the defaults become a policy
 * (`PodSecurity configuration error: ...`), then exemptions are validated (`PodSecurity invalid: ...`).
 */
export function completeConfiguration(written: PodSecurityConfiguration): ConfigurationResult {
  const faults: string[] = [];
  const [enforce, audit, warn] = MODES.map((mode) => defaultMode(written, mode, faults));
  if (faults.length > 0) return { error: `PodSecurity configuration error: ${aggregateMessages(faults)}` };
  const { usernames = [], namespaces = [], runtimeClasses = [] } = written.exemptions ?? {};
  const errors = [
    ...nameErrors('namespaces', namespaces, (name) => dnsLabelErrors(name).join(', ')),
    ...nameErrors('runtimeClasses', runtimeClasses, (name) => dnsSubdomainErrors(name).join(', ')),
    ...nameErrors('usernames', usernames, (name) => (name === '' ? 'username must not be empty' : '')),
  ];
  if (errors.length > 0) {
    return { error: `PodSecurity invalid: ${aggregateMessages(errors.map(({ message }) => message))}` };
  }
  const defaults = {
    ...PRIVILEGED_POLICY,
    ...(enforce && { enforce }),
    ...(audit && { audit }),
    ...(warn && { warn }),
  };
  return { configuration: { defaults, exemptions: { usernames, namespaces, runtimeClasses } } };
}

function defaultMode({ defaults = {} }: PodSecurityConfiguration, mode: Mode, faults: string[]): LevelVersion {
  const level = parseLevel(textOr(defaults[mode], 'privileged'));
  if (level === undefined) faults.push(`${mode}: ${INVALID_LEVEL}`);
  const version = parsePolicyVersion(textOr(defaults[`${mode}-version`], 'latest'));
  if (version === undefined) faults.push(`${mode}-version: ${INVALID_VERSION}`);
  return { level: level ?? 'restricted', version: version ?? 'latest' };
}

/** An empty text is as good as none. */
function textOr(written: string | undefined, otherwise: string): string {
  return written === undefined || written === '' ? otherwise : written;
}

/** `faultOf` says what is wrong with a name; '' for nothing. */
function nameErrors(
  list: keyof PsaExemptions,
  names: readonly string[],
  faultOf: (name: string) => string,
): readonly FieldError[] {
  const seen = new Set<string>();
  return names.flatMap((name, index) => {
    const path: FieldPath = ['exemptions', list, index];
    const fault = faultOf(name);
    if (fault !== '') return [invalidField(path, name, fault)];
    if (seen.has(name)) return [duplicateField(path, name)];
    seen.add(name);
    return [];
  });
}
