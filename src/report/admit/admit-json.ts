import { pluginsInForce } from '../../cluster/components/plugins-in-force.ts';
import { formatKubernetesVersion } from '../../cluster/components/target-version.ts';
import type { PodAdmission } from '../../engines/admission/admit-pods.ts';
import { lineColumn } from '../../text/position.ts';
import { locate } from '../../text/tree.ts';
import type { AdmittedCluster } from './admit-table.ts';
import { admissionWords } from './admit-words.ts';
import { jsonDiff } from '../json-diff.ts';
import { reasonValue } from '../../ask/reason-value.ts';

/** What `admit --format json` prints; with `explain` every gate's verdict and change too. */
export function renderAdmissionJson(clusters: readonly AdmittedCluster[], explain: boolean): string {
  const value = {
    version: 1,
    clusters: clusters.map(({ cluster, pods }) => ({
      name: cluster.name,
      kubernetesVersion: formatKubernetesVersion(cluster.version.value),
      plugins: pluginsInForce(cluster)
        .filter((plugin) => plugin.value !== 'off')
        .map(({ name, value: state, origin }) => ({ name, state, origin })),
      pods: pods.map((pod) => podValue(pod, explain)),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function podValue(pod: PodAdmission, explain: boolean) {
  const { source, decision, message, verdict, refusals, quota, start, assumptions } = pod;
  const { owner, templatePath, namespace, name } = source;
  const { file } = owner.document;
  return {
    namespace,
    name,
    owner: { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name },
    file: file.path,
    start: lineColumn(file, locate(owner.node, templatePath).start),
    decision,
    outcome: admissionWords(pod).text,
    message,
    refusedBy: refusals.map(({ plugin, rejection }) => ({ plugin, message: rejection?.message ?? '' })),
    validationErrors: verdict.validationErrors.map((error) => error.message),
    policy: verdict.psp?.chosen?.name ?? '',
    auditAnnotations: verdict.auditAnnotations,
    warnings: verdict.warnings,
    ...(quota === undefined ? {} : { quota: { admitted: quota.admitted, wanted: quota.wanted } }),
    ...(start === undefined
      ? {}
      : {
          kubelet: {
            decision: start.decision,
            message: start.message,
            containers: start.containers.map(({ container, image, user, decision: own, message: said }) => ({
              container,
              image,
              user,
              decision: own,
              message: said,
            })),
          },
        }),
    assumptions: assumptions.map(({ sentence, decide }) => ({ sentence, decide })),
    because: verdict.because.map(reasonValue),
    ...(explain
      ? {
          gates: verdict.gates.map(({ plugin, phase, rejection, change }) => ({
            plugin,
            phase,
            ...(rejection === undefined ? {} : { message: rejection.message }),
            changes: change === undefined ? [] : jsonDiff(change.before, change.after),
          })),
          notAsked: verdict.notJudged,
        }
      : {}),
  };
}
