import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { type Offence, offendingContainers } from '../offenders.ts';
import { containerClause, joinQuoted, valueTexts } from '../wording.ts';

/** Only capabilities of the container runtimes' default set may be added. Mirrors policy/check_capabilities_baseline.go, v0.37. */
export const capabilitiesBaseline: Check = {
  id: 'capabilities_baseline',
  level: 'baseline',
  versions: [{ since: 0, checkPod: onlyDefaults }],
};

const DEFAULTS = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

function onlyDefaults({ spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContainers(spec, ({ securityContext }) =>
    (securityContext?.capabilities?.add ?? []).flatMap((name, index): Offence[] =>
      DEFAULTS.has(name) ? [] : [[['securityContext', 'capabilities', 'add', index], name]],
    ),
  );
  if (names.length === 0) return undefined;
  return {
    reason: 'non-default capabilities',
    detail: `${containerClause(names)} must not include ${joinQuoted(valueTexts(fields))} in securityContext.capabilities.add`,
    fields,
  };
}
