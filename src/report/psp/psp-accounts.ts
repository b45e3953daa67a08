import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { serviceAccountsOf } from '../../cluster/stored/existing.ts';
import { podsOf } from '../../cluster/pods/pods-of.ts';
import { authorizer, policyUsers } from '../../engines/psp/policy-use.ts';
import { compiledPolicies } from '../../engines/psp/policy-index.ts';
import type { Paint } from '../paint.ts';
import { printableLine } from '../printable.ts';
import { headLine } from './psp-matrix.ts';
import { type Cell, renderTable } from '../table.ts';

/** Account × policy: what `can-i use podsecuritypolicy/…` answers for every account and everybody else who creates pods. */
export function renderAccountMatrix(cluster: Cluster, paint: Paint): string {
  const policies = compiledPolicies(cluster).map(({ name }) => name);
  const header = ['ACCOUNT', ...policies.map(printableLine)].map((text): Cell => ({ text, paint: paint.bold }));
  const accounts = serviceAccountsOf(cluster).map(({ name, namespace, assumed }) => ({
    shown: `${namespace}/${name}${assumed ? ' (not in the manifests)' : ''}`,
    authorizedBy: authorizer(cluster, policyUsers(namespace, name, NOBODY)),
  }));
  const creators = creatorsOf(cluster).map(({ user, namespace }) => ({
    shown: `${user.name === '' ? `anyone in ${user.groups.join(', ')}` : user.name} (creates pods in ${namespace})`,
    authorizedBy: authorizer(cluster, policyUsers(namespace, '', user)),
  }));
  const rows = [...accounts, ...creators].map(({ shown, authorizedBy }) => [
    { text: printableLine(shown) },
    ...policies.map((policy) =>
      authorizedBy(policy) !== '' ? { text: 'yes', paint: paint.green } : { text: 'no', paint: paint.red },
    ),
  ]);
  return `${headLine(cluster, paint)}${renderTable(header, rows)}`;
}

const NOBODY: UserInfo = { name: '', groups: [] };

/** Whoever creates pods of the tree, once for each namespace. */
function creatorsOf(cluster: Cluster): { readonly user: UserInfo; readonly namespace: string }[] {
  const found = new Map<string, { readonly user: UserInfo; readonly namespace: string }>();
  for (const { creator, namespace } of podsOf(cluster)) {
    const user = creator.user.value;
    found.set(JSON.stringify([user, namespace]), { user, namespace });
  }
  return [...found.values()];
}
