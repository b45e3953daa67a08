import type { Cluster } from '../../cluster/index/cluster.ts';
import { pspInForce } from '../../cluster/components/psp-in-force.ts';
import { formatKubernetesVersion } from '../../cluster/components/target-version.ts';
import type { PodJudgement } from '../../engines/admission/psp-judgement.ts';
import { lineColumn } from '../../text/position.ts';
import { locate } from '../../text/tree.ts';
import { pspChanges } from './psp-changes.ts';
import type { JudgedCluster } from './psp-matrix.ts';

/** The judgements of pods as JSON: `psp matrix --format json`, and with `explain` what is changed in each pod too. */
export function renderPspJson(clusters: readonly JudgedCluster[], explain: boolean): string {
  const value = {
    version: 1,
    clusters: clusters.map(({ cluster, judgements }) => ({
      name: cluster.name,
      kubernetesVersion: formatKubernetesVersion(cluster.version.value),
      podSecurityPolicy: { state: pspInForce(cluster).value, origin: pspInForce(cluster).origin },
      pods: judgements.map((judgement) => podValue(cluster, judgement, explain)),
    })),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function podValue(cluster: Cluster, judgement: PodJudgement, explain: boolean) {
  const { source, decision, message, trials, chosen, users } = judgement;
  const { owner, templatePath } = source;
  const { file } = owner.document;
  return {
    namespace: source.namespace,
    name: source.name,
    owner: { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name },
    file: file.path,
    start: lineColumn(file, locate(owner.node, templatePath).start),
    account: source.accountName,
    creator: source.creator.user.value.name,
    decision,
    policy: chosen?.name ?? '',
    message,
    ...(explain ? { askedUsers: [users?.account?.name, users?.user.name].filter((name) => name !== undefined) } : {}),
    policies: trials.map(({ name, authorizedBy, mutates, errors, providerError }) => ({
      name,
      mayUse: authorizedBy,
      admits: providerError === '' && errors.length === 0,
      mutates,
      errors: providerError === '' ? errors.map(({ message }) => message) : [providerError],
    })),
    ...(explain ? { changes: pspChanges(cluster, judgement) } : {}),
  };
}
