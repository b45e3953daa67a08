import { compareBytes } from '../../../lang/byte-order.ts';
import { goQuote } from '../../../lang/go-quote.ts';
import type { Check, CheckedPod, Forbidden, ForbiddenField } from '../check.ts';
import { offenceIf, offendingContexts } from '../offenders.ts';
import { joinQuoted, plural, valueTexts } from '../wording.ts';

/** AppArmor must not be turned off, in fields or annotations. Mirrors policy/check_appArmorProfile.go, v0.37. */
export const appArmorProfile: Check = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [{ since: 0, checkPod: allowedProfiles }],
};

/** The same on servers before 1.30, which have no field and other words. Mirrors the file of v0.23 to v0.29. */
export const appArmorAnnotations: Check = {
  ...appArmorProfile,
  versions: [{ since: 0, checkPod: allowedAnnotations }],
};

const ANNOTATION_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';
const ALLOWED_TYPES = new Set(['RuntimeDefault', 'Localhost']);

function allowedProfiles({ metadata, spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContexts(spec, ({ appArmorProfile: profile }) =>
    offenceIf(
      profile !== undefined && !ALLOWED_TYPES.has(profile.type ?? ''),
      ['appArmorProfile', 'type'],
      profile?.type,
    ),
  );
  const { written, fields: annotations } = forbiddenAnnotations(metadata);
  if (names.length === 0 && written.length === 0) return undefined;
  const values = [...valueTexts(fields), ...written];
  const setters = written.length === 0 ? names : [...names, plural(written.length, 'annotation', 'annotations')];
  return {
    reason: plural(values.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
    detail: `${setters.join(' and ')} must not set AppArmor profile type to ${joinQuoted(values)}`,
    fields: [...fields, ...annotations],
  };
}

function allowedAnnotations({ metadata }: CheckedPod): Forbidden | undefined {
  const { written, fields } = forbiddenAnnotations(metadata);
  if (written.length === 0) return undefined;
  const reason = plural(written.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles');
  return { reason, detail: written.join(', '), fields };
}

/** Annotations of any container name; `written` as the server writes them. */
function forbiddenAnnotations({ annotations = {} }: CheckedPod['metadata']): {
  readonly written: readonly string[];
  readonly fields: readonly ForbiddenField[];
} {
  const forbidden = Object.entries(annotations).filter(
    ([key, value]) => key.startsWith(ANNOTATION_PREFIX) && !isAllowedAnnotation(value),
  );
  return {
    written: forbidden.map(([key, value]) => `${key}=${goQuote(value)}`).sort(compareBytes),
    fields: forbidden.map(([key, value]) => ({ path: ['metadata', 'annotations', key], value })),
  };
}

function isAllowedAnnotation(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/');
}
