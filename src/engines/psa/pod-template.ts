import { workloadKind } from '../../cluster/index/workload-kinds.ts';
import { record, text } from '../../model/json.ts';
import type { Json, JsonObject } from '../../model/object.ts';
import { parseApiVersion } from '../../model/type-meta.ts';
import type { CheckedPod } from './check.ts';

const RESOURCES = new Set([
  'pods',
  'replicationcontrollers',
  'podtemplates',
  'replicasets.apps',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
]);

/** Whether objects of a resource (`deployments.apps`) hold a pod that Pod Security Admission looks at. */
export function hasPodSpec(resource: string): boolean {
  return RESOURCES.has(resource);
}

/** The pod in an object: its own, its template's, none; or why that cannot be told. Mirrors ExtractPodSpec of admission/admission.go, v0.37. */
export type ExtractedPod = { readonly pod: CheckedPod | undefined } | { readonly error: string };

/** Looks for the pod in an object of any kind. */
export function extractPod(object: JsonObject): ExtractedPod {
  const { apiVersion, kind } = object;
  const { group, version } = parseApiVersion(text(apiVersion)) ?? { group: '', version: '' };
  const known = workloadKind({ group, kind: text(kind) });
  if (known === undefined) {
    return { error: `unexpected object type: ${group}/${version}, Kind=${text(kind)}` };
  }
  let holder: Json | undefined = object;
  for (const segment of known.templatePath) holder = record(holder)[segment];
  // Of all kinds only this one may do without a template; that of others is empty when it is not written.
  if (holder === undefined && text(kind) === 'ReplicationController') return { pod: undefined };
  const { metadata, spec } = record(holder);
  return { pod: { metadata: record(metadata), spec: record(spec) } };
}
