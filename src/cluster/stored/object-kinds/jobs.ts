import { isObject, record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { completeTemplate } from '../../defaults/default-template.ts';
import type { PodServer } from '../../index/feature-gates.ts';
import { metadataOf } from '../object-metadata.ts';
import type { ObjectKind } from './object-kind.ts';
import { each, fill, inside, keepStatus } from './strategy.ts';
import { GENERATION, template, IN_SPEC, dropFrom, templated } from './templates.ts';

/*
 * Workloads. Mirrors the defaults of pkg/apis/{apps,batch,core}/v1 and the strategies of pkg/registry/{apps,batch,core}, v1.24 and v1.37.
 */

const FIRST_REPLACEMENT_POLICY = 29;

const FIRST_PREFIXED_LABELS = 27;

export const jobKind: ObjectKind = {
  group: 'batch',
  kind: 'Job',
  generation: GENERATION,
  complete: (object, { minor }) => {
    const spec = inside(object, 'spec') ?? {};
    completeTemplate(template(object, ...IN_SPEC), minor);
    if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = spec.parallelism = 1;
    fill(spec, { parallelism: 1, completionMode: 'NonIndexed', suspend: false });
    if (minor < FIRST_REPLACEMENT_POLICY || spec.backoffLimitPerIndex === undefined) fill(spec, { backoffLimit: 6 });
    else fill(spec, { backoffLimit: 2147483647 });
    const labels = metadataOf(template(object, ...IN_SPEC)).labels;
    if (Object.keys(record(metadataOf(object).labels)).length === 0 && isObject(labels))
      metadataOf(object).labels = labels;
    if (minor < FIRST_REPLACEMENT_POLICY) return;
    fill(spec, {
      podReplacementPolicy: spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed',
      manualSelector: false,
    });
    for (const rule of each(inside(spec, 'podFailurePolicy')?.rules))
      for (const pattern of each(rule.onPodConditions)) fill(pattern, { status: 'True' });
  },
  forCreate: (object, server) => {
    const spec = inside(object, 'spec') ?? {};
    dropFrom(template(object, ...IN_SPEC), server);
    if (server.minor < FIRST_REPLACEMENT_POLICY)
      for (const name of LATER_JOB_FIELDS) Reflect.deleteProperty(spec, name);
    if (spec.manualSelector !== true) generateSelector(object, server.minor);
    return { ...object, status: {} };
  },
  forUpdate: templated(IN_SPEC, {}).forUpdate,
};

const LATER_JOB_FIELDS = ['podFailurePolicy', 'backoffLimitPerIndex', 'maxFailedIndexes', 'managedBy', 'successPolicy'];

/** Mirrors generateSelector of pkg/registry/batch/job. */
function generateSelector(object: JsonObject, minor: number): void {
  const written = template(object, ...IN_SPEC);
  fill(written, { metadata: {} });
  const metadata = metadataOf(written);
  const name = metadataOf(object).name ?? '';
  // The object's own labels may be these very ones.
  const labels: JsonObject = isObject(metadata.labels) ? metadata.labels : {};
  labels['job-name'] ??= name;
  labels['controller-uid'] ??= 'UID';
  if (minor >= FIRST_PREFIXED_LABELS) {
    labels['batch.kubernetes.io/job-name'] ??= name;
    labels['batch.kubernetes.io/controller-uid'] ??= 'UID';
  }
  metadata.labels = labels;
  const spec = inside(object, 'spec') ?? {};
  const selector = { ...record(spec.selector) };
  const key = minor >= FIRST_PREFIXED_LABELS ? 'batch.kubernetes.io/controller-uid' : 'controller-uid';
  selector.matchLabels = { [key]: 'UID', ...record(selector.matchLabels) };
  spec.selector = selector;
}

const IN_JOB = ['spec', 'jobTemplate', 'spec', 'template'];

const FIRST_TIME_ZONES = 25;

export const cronJobKind: ObjectKind = {
  group: 'batch',
  kind: 'CronJob',
  generation: GENERATION,
  complete: (object, { minor }) => {
    completeTemplate(template(object, ...IN_JOB), minor);
    fill(inside(object, 'spec'), {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
  },
  forCreate: (object, server) => {
    dropFrom(template(object, ...IN_JOB), server);
    dropZone(object, server);
    return { ...object, status: {} };
  },
  forUpdate: (object, old, subresource, server) => {
    dropFrom(template(object, ...IN_JOB), server);
    dropZone(object, server);
    return keepStatus(object, old, subresource);
  },
};

function dropZone(object: JsonObject, { minor }: PodServer): void {
  if (minor < FIRST_TIME_ZONES) Reflect.deleteProperty(inside(object, 'spec') ?? {}, 'timeZone');
}
