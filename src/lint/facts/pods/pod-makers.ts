import type { Cluster } from '../../../cluster/index/cluster.ts';
import type { PodSource } from '../../../cluster/pods/pod-source.ts';
import { groupBy } from '../../../lang/group-by.ts';
import { accountGroups, accountUserName } from '../../../cluster/index/system-users.ts';
import { allows } from '../../../engines/rbac/authorize.ts';
import { once } from '../../../lang/once.ts';

/** The kinds by which a controller makes pods of its own. */
const MAKING = [
  { apiGroup: '', resource: 'pods' },
  { apiGroup: 'apps', resource: 'deployments' },
  { apiGroup: 'apps', resource: 'daemonsets' },
  { apiGroup: 'apps', resource: 'statefulsets' },
  { apiGroup: 'batch', resource: 'jobs' },
] as const;

/**
 * A pod of each namespace whose account may make pods there, as the controller of an operator does: what it makes is in no manifest. Asked
 * once per namespace.
 */
export function podMakers(
  cluster: Cluster,
  pods: () => readonly PodSource[],
): (namespace: string) => PodSource | undefined {
  const known = new Map<string, PodSource | undefined>();
  const byNamespace = once(() => groupBy(pods(), (pod) => pod.namespace));
  const find = (namespace: string): PodSource | undefined => {
    const asked = new Set<string>();
    return byNamespace()
      .get(namespace)
      ?.find(({ accountName }) => {
        if (accountName === '' || asked.has(accountName)) return false;
        asked.add(accountName);
        const user = accountUserName(namespace, accountName);
        return MAKING.some((what) =>
          allows(cluster, { user, groups: accountGroups(namespace), verb: 'create', namespace, ...what }),
        );
      });
  };
  return (namespace) => {
    if (!known.has(namespace)) known.set(namespace, find(namespace));
    return known.get(namespace);
  };
}
