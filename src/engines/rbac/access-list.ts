import type { RoleRule } from '../../cluster/stored/aggregated-rules.ts';
import type { Cluster, UserInfo } from '../../cluster/index/cluster.ts';
import { compareBytes } from '../../lang/byte-order.ts';
import { rulesFor } from './rules-for.ts';

/** One line of what a user may do: verbs on one resource, or one verb on one URL. */
export interface AccessEntry {
  readonly verbs: readonly string[];
  /** '' for the core group, and beside URLs. */
  readonly apiGroup: string;
  /** With its subresource after a slash; '' beside URLs. */
  readonly resource: string;
  /** None stands for every name. */
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
  /** The rules that grant it, each once. */
  readonly grantedBy: readonly RoleRule[];
}

/** Everything that a user may do in a namespace. */
export interface AccessList {
  readonly entries: readonly AccessEntry[];
  /** What the server says about roles that do not exist; '' when all do. */
  readonly error: string;
}

/**
 * What `kubectl auth can-i --list` shows: rules taken apart into single resources, the verbs of each put together, in kubectl's order. Mirrors kubectl
 * pkg/cmd/auth/cani.go and k8s.io/component-helpers auth/rbac/validation and pkg/util/rbac, v0.37.
 */
export function accessList(cluster: Cluster, user: UserInfo, namespace: string): AccessList {
  const { rules, error } = rulesFor(cluster, user, namespace);
  const resources = new Map<string, AccessEntry>();
  const urls: AccessEntry[] = [];
  for (const each of rules) {
    for (const single of [...resourcesOf(each), ...urlsOf(each)]) {
      if (single.nonResourceURLs.length > 0) {
        urls.push(single);
        continue;
      }
      const key = JSON.stringify([single.apiGroup, single.resource, single.resourceNames]);
      const known = resources.get(key);
      resources.set(key, known === undefined ? single : joined(known, single));
    }
  }
  const entries = [...urls, ...resources.values()].sort((a, b) => compareBytes(orderOf(a), orderOf(b)));
  return { entries, error };
}

function resourcesOf(granted: RoleRule): AccessEntry[] {
  const { apiGroups = [], resources = [], resourceNames = [], verbs = [] } = granted.rule;
  const names = resourceNames.length === 0 ? [[]] : resourceNames.map((name) => [name]);
  return apiGroups.flatMap((apiGroup) =>
    resources.flatMap((resource) =>
      names.flatMap((each) =>
        verbs.map((verb) => ({
          verbs: [verb],
          apiGroup,
          resource,
          resourceNames: each,
          nonResourceURLs: [],
          grantedBy: [granted],
        })),
      ),
    ),
  );
}

function urlsOf(granted: RoleRule): AccessEntry[] {
  const { nonResourceURLs = [], verbs = [] } = granted.rule;
  return nonResourceURLs.flatMap((url) =>
    verbs.map((verb) => ({
      verbs: [verb],
      apiGroup: '',
      resource: '',
      resourceNames: [],
      nonResourceURLs: [url],
      grantedBy: [granted],
    })),
  );
}

function joined(known: AccessEntry, more: AccessEntry): AccessEntry {
  return {
    ...known,
    verbs: [...new Set([...known.verbs, ...more.verbs])],
    grantedBy: [...new Set([...known.grantedBy, ...more.grantedBy])],
  };
}

/** The rule as Go prints it, which kubectl sorts by. */
function orderOf({ verbs, apiGroup, resource, resourceNames, nonResourceURLs }: AccessEntry): string {
  const isURL = nonResourceURLs.length > 0;
  const groups = isURL ? '' : apiGroup;
  return `Verbs:[${verbs.join(' ')}],APIGroups:[${groups}],Resources:[${resource}],ResourceNames:[${resourceNames.join(' ')}],NonResourceURLs:[${nonResourceURLs.join(' ')}],`;
}
