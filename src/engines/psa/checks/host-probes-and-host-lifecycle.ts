import type { Container, LifecycleHandler, ProbeHandler } from '../../../model/kinds/container.ts';
import type { FieldPath } from '../../../text/tree.ts';
import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, type Offence, offendingContainers } from '../offenders.ts';
import { containerClause, joinQuoted, plural, sortedSet, valueTexts } from '../wording.ts';

/** Probes and lifecycle hooks must not name a host: the kubelet would ask it. Mirrors policy/check_hostProbesAndhostLifecycle.go, v0.37. */
export const hostProbesAndHostLifecycle: Check = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [{ since: 34, checkPod: noHosts }],
};

function noHosts({ spec }: CheckedPod): Forbidden | undefined {
  const found = offendingContainers(spec, containerHosts);
  if (found.names.length === 0) return undefined;
  const names = sortedSet(found.names);
  const hosts = valueTexts(found.fields);
  const uses = plural(names.length, 'uses', 'use');
  const what = plural(hosts.length, 'probe or lifecycle host', 'probe or lifecycle hosts');
  return {
    reason: 'probe or lifecycle host',
    detail: `${containerClause(names)} ${uses} ${what} ${joinQuoted(hosts)}`,
    fields: found.fields,
  };
}

function containerHosts({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): readonly Offence[] {
  return [
    ...handlerHosts(livenessProbe, ['livenessProbe']),
    ...handlerHosts(readinessProbe, ['readinessProbe']),
    ...handlerHosts(startupProbe, ['startupProbe']),
    ...handlerHosts(lifecycle?.postStart, ['lifecycle', 'postStart']),
    ...handlerHosts(lifecycle?.preStop, ['lifecycle', 'preStop']),
  ];
}

function handlerHosts(handler: ProbeHandler | LifecycleHandler | undefined, path: FieldPath): readonly Offence[] {
  return (['httpGet', 'tcpSocket'] as const).flatMap((action) => {
    const host = handler?.[action]?.host ?? '';
    return offenceIf(host !== '', [...path, action, 'host'], host);
  });
}
