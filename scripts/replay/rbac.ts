import { loadCluster } from '../../src/cluster/load/load-cluster.ts';
import type { Attributes } from '../../src/engines/rbac/attributes.ts';
import { authorize } from '../../src/engines/rbac/authorize.ts';
import { whoCan } from '../../src/engines/rbac/who-can.ts';
import { caseObjects } from './case-objects.ts';
import { objectErrors } from './object-errors.ts';

type Question = Attributes;

interface Case {
  readonly id: string;
  readonly objects: readonly unknown[];
  readonly bootstrapRBAC?: boolean;
  readonly privilegedGroups?: boolean;
  readonly canI?: readonly Question[];
  readonly whoCan?: readonly Question[];
}

/** The verdict on one case of the admission oracle's `rbac` profile: `canI`, `whoCan` and `objectErrors`. */
export function answer(input: Case): object {
  const cluster = loadCluster(caseObjects(input.objects), {
    settings: { kubernetesVersion: '1.24', bootstrapRBAC: input.bootstrapRBAC ?? false },
  });
  const privilegedGroups = input.privilegedGroups === true ? ['system:masters'] : [];
  const canI = (input.canI ?? []).map(({ groups, ...question }) => {
    const named = groups === undefined || groups.length === 0 ? {} : { groups };
    const { decision, message } = authorize(cluster, { ...question, ...named }, { privilegedGroups });
    return { allowed: decision === 'allow', reason: message };
  });
  const who = (input.whoCan ?? []).map((question) => whoCan(cluster, question));
  const errors = who.map(({ error }) => error);
  return {
    id: input.id,
    objectErrors: objectErrors(cluster),
    canI,
    whoCan: who.map(({ subjects }) => subjects.map(withoutEmpty)),
    whoCanErrors: errors.some((error) => error !== '') ? errors : [],
  };
}

/** The oracle leaves empty fields out. */
function withoutEmpty(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== ''));
}
