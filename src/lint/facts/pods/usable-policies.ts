import type { Cluster } from '../../../cluster/index/cluster.ts';
import { type UseGrant, useGrants } from './use-grants.ts';

const known = new WeakMap<Cluster, readonly UseGrant[]>();
const SYSTEM = 'kube-system';
const ACCOUNTS_OF = 'system:serviceaccounts:';

/**
 * Which policies somebody may use for pods of a namespace, by the bindings that manifests make: accounts of the namespace, groups that hold
 * them, the controllers of kube-system, users and other groups. An account of another namespace has no pods there.
 */
export function usablePolicies(cluster: Cluster, namespace: string): (policy: string) => boolean {
  let grants = known.get(cluster);
  if (grants === undefined) {
    // Bootstrap ones hand everything to cluster administrators, who would make every namespace alike.
    grants = useGrants(cluster).filter(({ grant }) => !('implicit' in grant.binding.object));
    known.set(cluster, grants);
  }
  const here = grants.filter((use) => (use.namespace === '' || use.namespace === namespace) && reaches(use, namespace));
  return (policy) => here.some(({ names }) => names?.includes(policy) ?? true);
}

function reaches({ grant: { binding } }: UseGrant, namespace: string): boolean {
  return binding.subjects.some(({ kind, name, namespace: own }) => {
    if (kind === 'ServiceAccount') return isAsked(own === '' ? binding.namespace : own, name, namespace);
    if (kind === 'Group') {
      const group = name.startsWith(ACCOUNTS_OF) ? name.slice(ACCOUNTS_OF.length) : undefined;
      return group === undefined || group === namespace || group === SYSTEM;
    }
    const [, of, account] = /^system:serviceaccount:([^:]+):(.+)$/.exec(name) ?? [];
    return of === undefined || isAsked(of, account ?? '', namespace);
  });
}

/** Whether an account is asked about pods of a namespace: as theirs, or as the controller that makes them. */
function isAsked(of: string, account: string, namespace: string): boolean {
  return of === namespace || (of === SYSTEM && account.endsWith('-controller'));
}
