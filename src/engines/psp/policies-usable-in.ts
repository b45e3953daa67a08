import type { Cluster } from '../../cluster/index/cluster.ts';
import { memo } from '../../lang/memo.ts';
import { accountOf, accountsNamespace, holderOf } from '../rbac/membership.ts';
import { type UseGrant, useGrants } from './use-grants.ts';

const SYSTEM = 'kube-system';

/**
 * Which policies somebody may use for pods of a namespace, by the bindings that manifests make: accounts of the namespace, groups that hold
 * them, the controllers of kube-system, users and other groups. An account of another namespace has no pods there.
 */
export function policiesUsableIn(cluster: Cluster, namespace: string): (policy: string) => boolean {
  const here = memo(cluster, writtenGrants).filter(
    (use) => (use.namespace === '' || use.namespace === namespace) && reaches(use, namespace),
  );
  return (policy) => here.some(({ names }) => names?.includes(policy) ?? true);
}

/** Bootstrap ones hand everything to cluster administrators, who would make every namespace alike. */
function writtenGrants(cluster: Cluster): readonly UseGrant[] {
  return useGrants(cluster).filter(({ grant }) => !('implicit' in grant.binding.object));
}

function reaches({ grant: { binding } }: UseGrant, namespace: string): boolean {
  return binding.subjects.some((subject) => {
    const holder = holderOf(subject, binding.namespace);
    if (holder === undefined) return false;
    if (holder.kind === 'Group') {
      const home = accountsNamespace(holder.name);
      return home === undefined || home === namespace || home === SYSTEM;
    }
    const account = accountOf(holder.name);
    return account === undefined || isAsked(account.namespace, account.name, namespace);
  });
}

/** Whether an account counts for pods of a namespace: as theirs, or as the controller that makes them. */
function isAsked(of: string, account: string, namespace: string): boolean {
  return of === namespace || (of === SYSTEM && account.endsWith('-controller'));
}
