import type { Check, CheckedPod, Forbidden } from '../check.ts';
import { offenceIf, type Offence, offendingContainers } from '../offenders.ts';
import { unlessWindows } from '../relaxations.ts';
import { containerClause, joinQuoted, valueTexts } from '../wording.ts';

const overrides = ['capabilities_baseline'];

/** Every container must drop ALL and may add NET_BIND_SERVICE alone. Mirrors policy/check_capabilities_restricted.go, v0.37. */
export const capabilitiesRestricted: Check = {
  id: 'capabilities_restricted',
  level: 'restricted',
  versions: [
    { since: 22, checkPod: dropsAll, overrides },
    { since: 25, checkPod: unlessWindows(dropsAll), overrides },
  ],
};

function dropsAll({ spec }: CheckedPod): Forbidden | undefined {
  const keeping = offendingContainers(spec, ({ securityContext }) => {
    const drop = securityContext?.capabilities?.drop;
    return offenceIf(drop?.includes('ALL') !== true, ['securityContext', 'capabilities', 'drop'], drop && [...drop]);
  });
  const adding = offendingContainers(spec, ({ securityContext }) =>
    (securityContext?.capabilities?.add ?? []).flatMap((name, index): Offence[] =>
      name === 'NET_BIND_SERVICE' ? [] : [[['securityContext', 'capabilities', 'add', index], name]],
    ),
  );
  const details: string[] = [];
  if (keeping.names.length > 0) {
    details.push(`${containerClause(keeping.names)} must set securityContext.capabilities.drop=["ALL"]`);
  }
  if (adding.names.length > 0) {
    const added = joinQuoted(valueTexts(adding.fields));
    details.push(`${containerClause(adding.names)} must not include ${added} in securityContext.capabilities.add`);
  }
  if (details.length === 0) return undefined;
  return {
    reason: 'unrestricted capabilities',
    detail: details.join('; '),
    fields: [...keeping.fields, ...adding.fields],
  };
}
