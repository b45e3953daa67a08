import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../model/object.ts';
import { loadCluster } from '../../cluster/load/load-cluster.ts';
import { objectsOf } from '../../model/objects.ts';
import { readDocuments } from '../../text/read.ts';
import { account, clusterRole, clusterRoleBinding, role, roleBinding, user } from './rbac.fixture.ts';
import { unknownGrants } from './unknown-grants.ts';

const read = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const get = { verb: 'get', resource: 'pods', namespace: 'shop' };
/** Marks count in what is written. */
function clusterOf(objects: readonly JsonObject[]) {
  const text = objects.map((object) => JSON.stringify(object)).join('\n');
  const settings = { kubernetesVersion: '1.24', bootstrapRBAC: false };
  return loadCluster(objectsOf(readDocuments({ path: 'rbac.json', text }).documents).objects, { settings });
}

const whys = (objects: readonly JsonObject[], asker?: string, action = get) =>
  unknownGrants(clusterOf(objects), action, asker === undefined ? undefined : { user: asker }).map(
    ({ sentence }) => sentence,
  );

describe('grants that are not known', () => {
  it('are those of roles with a rule that may be what is asked for', () => {
    const objects = [
      role('shop', 'r', { ...read, resources: ['${KIND}'] }),
      roleBinding('shop', 'b', 'Role/r', user('jane')),
    ];
    expect(whys(objects, 'jane')).toEqual(['the value of `rules[0].resources[0]` of Role `r` is not known']);
    expect(whys(objects, 'john')).toEqual([]);
    expect(whys(objects, 'jane', { ...get, verb: 'delete' })).toEqual([]);
    expect(whys(objects, 'jane', { ...get, namespace: 'other' })).toEqual([]);
  });

  it('are those of bindings whose subject, role or namespace may be the one', () => {
    const known = clusterRole('reader', read);
    const toAccount = [known, clusterRoleBinding('b', 'reader', account('${NS}', 'web'))];
    expect(whys(toAccount, 'system:serviceaccount:shop:web')).toHaveLength(1);
    expect(whys(toAccount, 'system:serviceaccount:shop:db')).toEqual([]);
    expect(whys(toAccount, 'jane')).toEqual([]);
    expect(whys([known, clusterRoleBinding('b', 'reader', user('${USER}'))], 'jane')).toHaveLength(1);
    expect(whys([known, clusterRoleBinding('b', '${ROLE}', user('jane'))], 'jane')).toHaveLength(1);
    expect(whys([known, roleBinding('${NS}', 'b', 'ClusterRole/reader', user('jane'))], 'jane')).toHaveLength(1);
  });

  it('are none where everything is known, or only what decides nothing is not', () => {
    const known = clusterRole('reader', read);
    expect(whys([known, clusterRoleBinding('b', 'reader', user('jane'))])).toEqual([]);
    expect(whys([known, clusterRoleBinding('${NAME}', 'reader', user('jane'))])).toEqual([]);
  });
});
