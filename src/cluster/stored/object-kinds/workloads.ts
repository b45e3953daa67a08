import { isObject, record } from '../../../model/json.ts';
import type { JsonObject } from '../../../model/object.ts';
import { completeTemplate } from '../../defaults/default-template.ts';
import { metadataOf } from '../object-metadata.ts';
import type { ObjectKind } from './object-kind.ts';
import { completeClaim } from './persistent-volume-claim.ts';
import { each, fill, inside, sameJson } from './strategy.ts';
import { GENERATION, template, IN_SPEC, templated, dropFrom } from './templates.ts';
import { jobKind, cronJobKind } from './jobs.ts';

/*
 * Workloads. Mirrors the defaults of pkg/apis/{apps,batch,core}/v1 and the strategies of pkg/registry/{apps,batch,core}, v1.24 and v1.37.
 */

/** Minors of gates that are open by default. */
const FIRST_CLAIM_RETENTION = 27;

const FIRST_MAX_UNAVAILABLE = 35;

const deploymentKind: ObjectKind = {
  group: 'apps',
  kind: 'Deployment',
  generation: GENERATION,
  complete: (object, { minor }) => {
    completeTemplate(template(object, ...IN_SPEC), minor);
    const spec = inside(object, 'spec');
    fill(spec, { replicas: 1, strategy: {}, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 });
    const strategy = inside(object, 'spec', 'strategy');
    fill(strategy, { type: 'RollingUpdate' });
    if (strategy?.type !== 'RollingUpdate') return;
    fill(strategy, { rollingUpdate: {} });
    fill(inside(strategy, 'rollingUpdate'), { maxUnavailable: '25%', maxSurge: '25%' });
  },
  ...templated(IN_SPEC, {}),
};

const replicaSetKind: ObjectKind = {
  group: 'apps',
  kind: 'ReplicaSet',
  generation: GENERATION,
  complete: (object, { minor }) => {
    completeTemplate(template(object, ...IN_SPEC), minor);
    fill(inside(object, 'spec'), { replicas: 1 });
  },
  ...templated(IN_SPEC, {}),
};

const daemonSetKind: ObjectKind = {
  group: 'apps',
  kind: 'DaemonSet',
  generation: GENERATION,
  complete: (object, { minor }) => {
    completeTemplate(template(object, ...IN_SPEC), minor);
    const spec = inside(object, 'spec');
    fill(spec, { updateStrategy: {}, revisionHistoryLimit: 10 });
    const strategy = inside(object, 'spec', 'updateStrategy');
    fill(strategy, { type: 'RollingUpdate' });
    if (strategy?.type !== 'RollingUpdate') return;
    fill(strategy, { rollingUpdate: {} });
    fill(inside(strategy, 'rollingUpdate'), { maxUnavailable: 1, maxSurge: 0 });
  },
  forCreate: (object, server) => counted(templated(IN_SPEC, {}).forCreate(object, server), '1'),
  forUpdate: (object, old, subresource, server) => {
    const updated = templated(IN_SPEC, {}).forUpdate(object, old, subresource, server);
    const before = Number(record(metadataOf(old).annotations)[TEMPLATE_GENERATION] ?? 1);
    const isSame = sameJson(template(updated, ...IN_SPEC), template(old, ...IN_SPEC));
    return counted(updated, String(isSame ? before : before + 1));
  },
};

/** Where the version of a daemon set's template is kept. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

function counted(object: JsonObject, generation: string): JsonObject {
  const metadata = metadataOf(object);
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...record(metadata.annotations), [TEMPLATE_GENERATION]: generation } },
  };
}

/** What becomes of the claims is a matter of a gate. */
function dropRetention(object: JsonObject, minor: number): JsonObject {
  if (minor < FIRST_CLAIM_RETENTION)
    Reflect.deleteProperty(inside(object, 'spec') ?? {}, 'persistentVolumeClaimRetentionPolicy');
  return object;
}

const statefulSetKind: ObjectKind = {
  group: 'apps',
  kind: 'StatefulSet',
  generation: GENERATION,
  complete: (object, { minor }) => {
    completeTemplate(template(object, ...IN_SPEC), minor);
    const spec = inside(object, 'spec');
    fill(spec, { podManagementPolicy: 'OrderedReady', updateStrategy: {}, replicas: 1, revisionHistoryLimit: 10 });
    const strategy = inside(object, 'spec', 'updateStrategy');
    if (strategy !== undefined && strategy.type === undefined) {
      strategy.type = 'RollingUpdate';
      if (minor < FIRST_CLAIM_RETENTION) strategy.rollingUpdate = { partition: 0, ...record(strategy.rollingUpdate) };
    }
    if (strategy?.type === 'RollingUpdate') {
      if (minor >= FIRST_CLAIM_RETENTION) fill(strategy, { rollingUpdate: {} });
      fill(inside(strategy, 'rollingUpdate'), {
        partition: 0,
        ...(minor >= FIRST_MAX_UNAVAILABLE && { maxUnavailable: 1 }),
      });
    }
    if (minor >= FIRST_CLAIM_RETENTION) {
      fill(spec, { persistentVolumeClaimRetentionPolicy: {} });
      fill(inside(object, 'spec', 'persistentVolumeClaimRetentionPolicy'), {
        whenDeleted: 'Retain',
        whenScaled: 'Retain',
      });
    }
    for (const claim of each(spec?.volumeClaimTemplates)) {
      completeClaim(claim);
      fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
    }
  },
  forCreate: (object, server) => dropRetention(templated(IN_SPEC, {}).forCreate(object, server), server.minor),
  forUpdate: (object, old, subresource, server) =>
    dropRetention(templated(IN_SPEC, {}).forUpdate(object, old, subresource, server), server.minor),
};

const replicationControllerKind: ObjectKind = {
  group: '',
  kind: 'ReplicationController',
  generation: GENERATION,
  complete: (object, { minor }) => {
    const spec = inside(object, 'spec');
    const written = inside(object, ...IN_SPEC);
    if (written !== undefined) completeTemplate(written, minor);
    const labels = written === undefined ? undefined : metadataOf(written).labels;
    if (isObject(labels)) {
      if (spec !== undefined && Object.keys(record(spec.selector)).length === 0) spec.selector = { ...labels };
      if (Object.keys(record(metadataOf(object).labels)).length === 0) metadataOf(object).labels = { ...labels };
    }
    fill(spec, { replicas: 1 });
  },
  ...templated(IN_SPEC, {}),
};

const podTemplateKind: ObjectKind = {
  group: '',
  kind: 'PodTemplate',
  generation: GENERATION,
  complete: (object, { minor }) => {
    completeTemplate(template(object, 'template'), minor);
  },
  forCreate: (object, server) => {
    dropFrom(template(object, 'template'), server);
    return object;
  },
  forUpdate: (object, _old, _subresource, server) => {
    dropFrom(template(object, 'template'), server);
    return object;
  },
};

export const WORKLOADS: readonly ObjectKind[] = [
  deploymentKind,
  replicaSetKind,
  daemonSetKind,
  statefulSetKind,
  replicationControllerKind,
  podTemplateKind,
  jobKind,
  cronJobKind,
];
