import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AdmissionRequest } from '../../src/cluster/pods/admission-request.ts';
import { loadCluster } from '../../src/cluster/load/load-cluster.ts';
import { runAdmission } from '../../src/engines/admission/chain.ts';
import type { Attributes } from '../../src/engines/rbac/attributes.ts';
import { authenticatedGroups } from '../../src/engines/rbac/membership.ts';
import { authorize } from '../../src/engines/rbac/authorize.ts';
import { caseObjects } from '../replay/case-objects.ts';

export interface Rate {
  readonly what: string;
  readonly perSecond: number;
}

interface Vector {
  readonly case: {
    readonly objects: readonly unknown[];
    readonly bootstrapRBAC?: boolean;
    readonly request?: Omit<AdmissionRequest, 'user'> & {
      readonly user: { readonly name: string; readonly groups?: readonly string[] };
    };
    readonly canI?: readonly Attributes[];
  };
}

const CASES = 300;
const SECONDS = 2;

/** How many pods the admission chain judges, and how many questions RBAC answers, in a second, on clusters that are loaded already. */
export function measureDecisions(fixtures: string): Rate[] {
  return [
    {
      what: 'ServiceAccount and PodSecurityPolicy, a pod against all its policies',
      perSecond: rate(admissions(fixtures)),
    },
    { what: 'RBAC, one can-i', perSecond: rate(questions(fixtures)) },
  ];
}

function admissions(fixtures: string): (() => void)[] {
  return vectors(fixtures, 'psp').flatMap(({ case: { objects, bootstrapRBAC = false, request } }) => {
    if (request === undefined) return [];
    const settings = { kubernetesVersion: '1.24', bootstrapRBAC };
    const cluster = loadCluster(caseObjects(objects), { settings });
    const { name, groups = [] } = request.user;
    const user = { name, groups: groups.length === 0 ? authenticatedGroups(name) : groups };
    const asked = { ...request, user, resource: 'pods', subresource: '' };
    const plugins = ['ServiceAccount', 'PodSecurityPolicy'];
    return [() => void runAdmission(cluster, asked, { plugins })];
  });
}

function questions(fixtures: string): (() => void)[] {
  return vectors(fixtures, 'rbac').flatMap(({ case: { objects, bootstrapRBAC = false, canI = [] } }) => {
    const cluster = loadCluster(caseObjects(objects), { settings: { kubernetesVersion: '1.24', bootstrapRBAC } });
    return canI.map((question) => () => void authorize(cluster, question));
  });
}

function vectors(fixtures: string, suite: string): Vector[] {
  const text = gunzipSync(readFileSync(join(fixtures, `${suite}.jsonl.gz`))).toString('utf8');
  return text.split('\n', CASES).map((line) => JSON.parse(line) as Vector);
}

/** Answers a second, after one pass to warm up. */
function rate(answers: readonly (() => void)[]): number {
  for (const answer of answers) answer();
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < SECONDS * 1000) {
    for (const answer of answers) answer();
    count += answers.length;
  }
  return count / ((performance.now() - started) / 1000);
}
