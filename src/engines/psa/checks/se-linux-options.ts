import type { SELinuxOptions } from '../../../model/kinds/security-context.ts';
import type { Check, CheckPod } from '../check.ts';
import { type Offence, offendingContexts } from '../offenders.ts';
import { joinQuoted, plural, valueTexts } from '../wording.ts';

const TYPES_1_0 = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
const TYPES_1_31 = [...TYPES_1_0, 'container_engine_t'];

/** SELinux types of containers only, and no user or role. Mirrors policy/check_seLinuxOptions.go, v0.37. */
export const seLinuxOptions: Check = {
  id: 'seLinuxOptions',
  level: 'baseline',
  versions: [
    { since: 0, checkPod: allowing(TYPES_1_0) },
    { since: 31, checkPod: allowing(TYPES_1_31) },
  ],
};

/** The same on servers before 1.26, which told of users and roles only beside a forbidden type. Mirrors the file of v0.23 to v0.25. */
export const seLinuxOptionsTypesFirst: Check = {
  ...seLinuxOptions,
  versions: [{ since: 0, checkPod: allowing(TYPES_1_0, true) }],
};

function allowing(types: readonly string[], typesFirst = false): CheckPod {
  return ({ spec }) => {
    const { names, fields } = offendingContexts(spec, (context) => offences(context.seLinuxOptions ?? {}, types));
    if (names.length === 0) return undefined;
    const of = (part: keyof SELinuxOptions): typeof fields => fields.filter(({ path }) => path.at(-1) === part);
    const faults: string[] = [];
    const badTypes = valueTexts(of('type'));
    if (badTypes.length > 0) faults.push(`${plural(badTypes.length, 'type', 'types')} ${joinQuoted(badTypes)}`);
    const tellsAll = badTypes.length > 0 || !typesFirst;
    if (tellsAll && of('user').length > 0) faults.push('user may not be set');
    if (tellsAll && of('role').length > 0) faults.push('role may not be set');
    return {
      reason: 'seLinuxOptions',
      detail: `${names.join(' and ')} set forbidden securityContext.seLinuxOptions: ${faults.join('; ')}`,
      fields,
    };
  };
}

function offences({ type = '', user = '', role = '' }: SELinuxOptions, types: readonly string[]): readonly Offence[] {
  const found: Offence[] = [];
  if (!types.includes(type)) found.push([['seLinuxOptions', 'type'], type]);
  if (user !== '') found.push([['seLinuxOptions', 'user'], user]);
  if (role !== '') found.push([['seLinuxOptions', 'role'], role]);
  return found;
}
