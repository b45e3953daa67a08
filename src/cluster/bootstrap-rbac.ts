import type { StoredBinding, StoredRole } from './stored-rbac.ts';
import type { KubernetesVersion } from '../model/version.ts';

/** The roles and bindings that an API server creates for itself. */
export interface BootstrapRBAC {
  readonly roles: readonly StoredRole[];
  readonly bindings: readonly StoredBinding[];
}

/** The roles and bindings that the API server of a version creates for itself, with its default feature gates. */
export function bootstrapRBAC(_version: KubernetesVersion): BootstrapRBAC {
  return { roles: [], bindings: [] };
}
