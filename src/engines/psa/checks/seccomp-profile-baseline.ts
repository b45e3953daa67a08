import { goQuote } from '../../../lang/go-quote.ts';
import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, type Offenders, offendingContexts, type SharedContext, visitContainers } from '../offenders.ts';
import { joinQuoted, plural, sortedSet, valueTexts } from '../wording.ts';

/** Seccomp must not be turned off: by annotation before 1.19, by field since. Mirrors policy/check_seccompProfile_baseline.go, v0.37. */
export const seccompProfileBaseline: Check = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  versions: [
    { since: 0, checkPod: allowedAnnotations },
    { since: 19, checkPod: allowedFields },
  ],
};

const POD = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_PREFIX = 'container.seccomp.security.alpha.kubernetes.io/';

/** The profiles that both levels allow. */
export function isAllowedSeccomp(type: string | undefined): boolean {
  return type === 'Localhost' || type === 'RuntimeDefault';
}

/** Who sets a profile that neither level allows. */
export function forbiddenSeccomp({ spec }: CheckedPod): Offenders {
  return offendingContexts(spec, ({ seccompProfile }: SharedContext) =>
    offenceIf(
      seccompProfile !== undefined && !isAllowedSeccomp(seccompProfile.type),
      ['seccompProfile', 'type'],
      seccompProfile?.type,
    ),
  );
}

/** What the server says about them; undefined where there are none. */
export function seccompForbidden({ names, fields }: Offenders): Forbidden | undefined {
  if (names.length === 0) return undefined;
  const values = joinQuoted(valueTexts(fields));
  const detail = `${names.join(' and ')} must not set securityContext.seccompProfile.type to ${values}`;
  return { reason: 'seccompProfile', detail, fields };
}

function allowedFields(pod: CheckedPod): Forbidden | undefined {
  return seccompForbidden(forbiddenSeccomp(pod));
}

/** Annotations of containers that the pod does not have count for nothing. */
function allowedAnnotations({ metadata: { annotations = {} }, spec }: CheckedPod): Forbidden | undefined {
  const containerKeys = visitContainers(spec).map(({ container: { name = '' } }) => `${CONTAINER_PREFIX}${name}`);
  const keys = new Set([POD, ...containerKeys]);
  const forbidden = [...keys].flatMap((key) => {
    const value = Object.hasOwn(annotations, key) ? annotations[key] : undefined;
    return value === undefined || isAllowedAnnotation(value) ? [] : [{ key, value }];
  });
  if (forbidden.length === 0) return undefined;
  const shown = sortedSet(forbidden.map(({ key, value }) => `${key}=${goQuote(value)}`));
  return {
    reason: 'seccompProfile',
    detail: `forbidden ${plural(shown.length, 'annotation', 'annotations')} ${shown.join(', ')}`,
    fields: forbidden.map(({ key, value }) => ({ path: ['metadata', 'annotations', key], value })),
  };
}

function isAllowedAnnotation(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}
