import type { PspAccountsValue } from '../../ask/pods/psp-accounts.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { type Cell, renderTable } from '../table.ts';
import { headLine } from './psp-matrix.ts';

/** Account × policy: what `can-i use podsecuritypolicy/…` answers for every account and every other user who creates pods. */
export function renderAccountMatrix(cluster: PspAccountsValue['clusters'][number], paint: Paint): string {
  const header = ['ACCOUNT', ...cluster.policies.map(printableLine)].map((text): Cell => ({ text, paint: paint.bold }));
  const accounts = cluster.accounts.map(({ name, namespace, isAssumed, mayUse }) => ({
    shown: `${namespace}/${name}${isAssumed ? ' (not in the manifests)' : ''}`,
    mayUse,
  }));
  const creators = cluster.creators.map(({ user, groups, namespace, mayUse }) => ({
    shown: `${user === '' ? `any user in ${groups.join(', ')}` : user} (creates pods in ${namespace})`,
    mayUse,
  }));
  const rows = [...accounts, ...creators].map(({ shown, mayUse }) => [
    { text: printableLine(shown) },
    ...cluster.policies.map((policy) =>
      mayUse.includes(policy) ? { text: 'yes', paint: paint.green } : { text: 'no', paint: paint.red },
    ),
  ]);
  return `${headLine(cluster, paint)}${renderTable(header, rows)}`;
}
