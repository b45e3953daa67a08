import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { type Offence, offendingContainers } from '../offenders.ts';
import { containerClause, plural, valueTexts } from '../wording.ts';

/** Containers must not open ports of the host. Mirrors policy/check_hostPorts.go, v0.37. */
export const hostPorts: Check = {
  id: 'hostPorts',
  level: 'baseline',
  versions: [{ since: 0, checkPod: noHostPorts }],
};

function noHostPorts({ spec }: CheckedPod): Forbidden | undefined {
  const { names, fields } = offendingContainers(spec, ({ ports = [] }) =>
    ports.flatMap(({ hostPort = 0 }, index): Offence[] =>
      hostPort === 0 ? [] : [[['ports', index, 'hostPort'], hostPort]],
    ),
  );
  if (names.length === 0) return undefined;
  const ports = valueTexts(fields);
  const uses = plural(names.length, 'uses', 'use');
  return {
    reason: 'hostPort',
    detail: `${containerClause(names)} ${uses} ${plural(ports.length, 'hostPort', 'hostPorts')} ${ports.join(', ')}`,
    fields,
  };
}
