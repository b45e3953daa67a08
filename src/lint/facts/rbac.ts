import type { Cluster } from '../../cluster/cluster.ts';
import { type RBACObjects, rbacObjects } from '../../cluster/rbac-objects.ts';
import type { Action, Attributes } from '../../engines/rbac/attributes.ts';
import { allows, authorize, type AuthorizationVerdict, type AuthorizeOptions } from '../../engines/rbac/authorize.ts';
import { whoCan, type WhoCan } from '../../engines/rbac/who-can.ts';

/** Questions to the authorizer. */
export interface RbacFacts {
  /** The roles and bindings of the cluster, bootstrap ones included. */
  readonly objects: RBACObjects;
  authorize(attributes: Attributes, options?: AuthorizeOptions): AuthorizationVerdict;
  /** `authorize` without its reasons. */
  allows(attributes: Attributes): boolean;
  whoCan(action: Action): WhoCan;
}

/** Answers by the RBAC engine. */
export function rbacFacts(cluster: Cluster): RbacFacts {
  return {
    get objects() {
      return rbacObjects(cluster);
    },
    authorize: (attributes, options) => authorize(cluster, attributes, options),
    allows: (attributes) => allows(cluster, attributes),
    whoCan: (action) => whoCan(cluster, action),
  };
}
