import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import type { Action } from './attributes.ts';
import { authorize, type AuthorizationVerdict } from './authorize.ts';

/** One verdict for each user and action: rows are users, columns actions, both in the order given. */
export function matrix(
  cluster: Cluster,
  users: readonly UserInfo[],
  actions: readonly Action[],
): readonly (readonly AuthorizationVerdict[])[] {
  return users.map(({ name, groups }) =>
    actions.map((action) => authorize(cluster, { ...action, user: name, groups })),
  );
}
