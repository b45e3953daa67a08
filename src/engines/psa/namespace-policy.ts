import { invalidField } from '../../cluster/index/field-error.ts';
import { type FieldPath, formatFieldPath } from '../../text/tree.ts';
import type { LevelVersion } from './evaluate-pod.ts';
import { compareLevels, INVALID_LEVEL, parseLevel } from './level.ts';
import { INVALID_VERSION, parsePolicyVersion } from './policy-version.ts';

/** The three things a namespace can do about a level, in the order in which the server reads their labels. */
export const MODES = ['enforce', 'audit', 'warn'] as const;

/** `enforce` refuses pods, `audit` notes in the audit log, `warn` warns the client. */
export type Mode = (typeof MODES)[number];

/** What each mode holds the pods of a namespace to. */
export type Policy = Readonly<Record<Mode, LevelVersion>>;

/** A label whose value is no level or version. */
export interface LabelError {
  /** The label: `pod-security.kubernetes.io/enforce`. */
  readonly label: string;
  /** The field as the server spells it. */
  readonly field: string;
  /** What is wrong, without the field. */
  readonly body: string;
  /** Both. */
  readonly message: string;
  readonly path: FieldPath;
}

/** What the labels of a namespace come to. */
export interface NamespacePolicy {
  readonly policy: Policy;
  /** In the order of the modes, levels before versions. */
  readonly errors: readonly LabelError[];
}

/** Labels of a namespace, or of nothing. */
export type Labels = Readonly<Record<string, string>>;

/** What everything is held to where nobody says otherwise. */
export const PRIVILEGED_POLICY: Policy = {
  enforce: { level: 'privileged', version: 'latest' },
  audit: { level: 'privileged', version: 'latest' },
  warn: { level: 'privileged', version: 'latest' },
};

const FIRST_FOLLOWING_WARN = 26;
// Written out: a name that is put together anew is hashed anew in each look-up, and there are six for each pod.
const LEVEL_LABELS: Readonly<Record<Mode, string>> = {
  enforce: 'pod-security.kubernetes.io/enforce',
  audit: 'pod-security.kubernetes.io/audit',
  warn: 'pod-security.kubernetes.io/warn',
};
const VERSION_LABELS: Readonly<Record<Mode, string>> = {
  enforce: 'pod-security.kubernetes.io/enforce-version',
  audit: 'pod-security.kubernetes.io/audit-version',
  warn: 'pod-security.kubernetes.io/warn-version',
};

/** The label that sets the level of a mode. */
export function levelLabel(mode: Mode): string {
  return LEVEL_LABELS[mode];
}

/** The label that sets the version of a mode. */
export function versionLabel(mode: Mode): string {
  return VERSION_LABELS[mode];
}

/** A label's value; undefined where there is none. */
export function labelOf(labels: Labels, label: string): string | undefined {
  return Object.hasOwn(labels, label) ? labels[label] : undefined;
}

/**
 * What a namespace's labels come to over the server's defaults. A policy comes out whatever the labels: what is no level means restricted for
 * enforce and privileged for the others, what is no version means the latest. `minor` is that of the server's code. Mirrors PolicyToEvaluate of pod-security-admission api, v0.23 to v0.37.
 */
export function namespacePolicy(labels: Labels, defaults: Policy, minor: number): NamespacePolicy {
  const errors: LabelError[] = [];
  const enforce = labelledMode(labels, 'enforce', defaults.enforce, errors);
  const audit = labelledMode(labels, 'audit', defaults.audit, errors);
  const warn = labelledMode(labels, 'warn', defaults.warn, errors);
  const followed = minor < FIRST_FOLLOWING_WARN ? warn : followEnforce(labels, enforce, warn);
  return { policy: { enforce, audit, warn: followed }, errors };
}

function labelledMode(labels: Labels, mode: Mode, defaults: LevelVersion, errors: LabelError[]): LevelVersion {
  let { level, version } = defaults;
  const levelText = labelOf(labels, levelLabel(mode));
  if (levelText !== undefined) {
    const parsed = parseLevel(levelText);
    if (parsed === undefined) errors.push(labelError(levelLabel(mode), levelText, INVALID_LEVEL));
    level = parsed ?? (mode === 'enforce' ? 'restricted' : 'privileged');
  }
  const versionText = labelOf(labels, versionLabel(mode));
  if (versionText !== undefined) {
    const parsed = parsePolicyVersion(versionText);
    if (parsed === undefined) errors.push(labelError(versionLabel(mode), versionText, INVALID_VERSION));
    version = parsed ?? 'latest';
  }
  return { level, version };
}

/** Without a label of its own, warn follows a valid enforce label that is stricter. */
function followEnforce(labels: Labels, enforce: LevelVersion, warn: LevelVersion): LevelVersion {
  const asked = labelOf(labels, levelLabel('enforce'));
  const isAsked = asked !== undefined && parseLevel(asked) !== undefined;
  if (!isAsked || labelOf(labels, levelLabel('warn')) !== undefined) return warn;
  if (compareLevels(enforce.level, warn.level) <= 0) return warn;
  const ownVersion = labelOf(labels, versionLabel('warn')) !== undefined;
  return { level: enforce.level, version: ownVersion ? warn.version : enforce.version };
}

function labelError(label: string, value: string, detail: string): LabelError {
  const { path, message } = invalidField(['metadata', 'labels', label], value, detail);
  const field = formatFieldPath(path);
  return { label, field, body: message.slice(field.length + ': '.length), message, path };
}

/** Whether no mode asks anything of pods. */
export function isFullyPrivileged(policy: Policy): boolean {
  return MODES.every((mode) => policy[mode].level === 'privileged');
}

/** Whether two policies ask the same; the version of privileged means nothing. */
export function isEquivalent(left: Policy, right: Policy): boolean {
  return MODES.every((mode) => {
    const one = left[mode];
    const other = right[mode];
    if (one.level !== other.level) return false;
    return one.level === 'privileged' || one.version === other.version;
  });
}
