import type { UserInfo } from '../../../cluster/index/cluster.ts';

const PREFIX = 'system:node:';

/** The node that sends a request, or undefined for all other users. Mirrors pkg/auth/nodeidentifier, v1.24. */
export function nodeIdentity({ name, groups }: UserInfo): string | undefined {
  return name.startsWith(PREFIX) && groups.includes('system:nodes') ? name.slice(PREFIX.length) : undefined;
}
