import type { Cluster } from '../../../cluster/index/cluster.ts';
import { memo } from '../../../lang/memo.ts';
import { type Asked, matchResource } from '../policies/match-request.ts';
import type { PolicyRequest } from '../policies/policy-request.ts';
import { policiesInForce, type PolicyInForce } from './policies-in-force.ts';
import { policySurroundings } from './policy-surroundings.ts';

/** The policies in force that may look at requests about a resource, whatever the object is. Memoised per cluster and resource. */
export function policiesAbout(cluster: Cluster, { operation, namespace, resource, subresource }: Asked): Policies {
  const scope = namespace === '' ? 'Cluster' : 'Namespaced';
  const { group, version, resource: plural } = resource;
  return memo(cluster, collect, [operation, scope, group, version, plural, subresource].join('|'));
}

type Policies = readonly PolicyInForce[];

function collect(cluster: Cluster, key: string): Policies {
  const [operation = '', scope, group = '', version = '', resource = '', subresource = ''] = key.split('|');
  if (!isOperation(operation)) return [];
  const namespace = scope === 'Cluster' ? '' : 'any';
  const asked: Asked = { operation, namespace, resource: { group, version, resource }, subresource };
  const around = policySurroundings(cluster);
  return (policiesInForce(cluster)?.hooks ?? []).flatMap((hook): PolicyInForce[] => {
    const { matchConstraints } = hook.compiled.policy;
    const matches = matchConstraints === undefined ? 'perhaps' : matchResource(matchConstraints, asked, around);
    return matches === 'never' ? [] : [{ ...hook, matchesAll: matches === 'always' }];
  });
}

function isOperation(text: string): text is PolicyRequest['operation'] {
  return ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'].includes(text);
}
