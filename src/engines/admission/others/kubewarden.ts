import type { Cluster } from '../../../cluster/index/cluster.ts';
import { objectsOfKind } from '../../../cluster/index/object-index.ts';
import { specAsWritten } from '../../../model/as-written.ts';
import { list } from '../../../model/json.ts';
import { askedByRules, webhookMatch } from './asked-by-rules.ts';
import type { OtherDecider } from './other-decider.ts';
import { inOwnNamespace, wholePolicy } from './policy-entry.ts';

const GROUP = 'policies.kubewarden.io';
const KINDS = ['ClusterAdmissionPolicy', 'ClusterAdmissionPolicyGroup', 'AdmissionPolicy', 'AdmissionPolicyGroup'];

/**
 * The policies of Kubewarden, each of which registers a webhook with its own rules. Source: kubewarden-controller, api/policies/v1; in mode `monitor`
 * a policy only writes down what it finds.
 */
export function kubewardenPolicies(cluster: Cluster): readonly OtherDecider[] {
  return KINDS.flatMap((kind) =>
    objectsOfKind(cluster, GROUP, kind).flatMap((object): OtherDecider[] => {
      const spec = specAsWritten(object);
      if (spec.mode === 'monitor' || list(spec.rules).length === 0) return [];
      const takes = askedByRules(cluster, webhookMatch(spec));
      return [
        {
          ...wholePolicy(object),
          mayChange: spec.mutating === true,
          mayRefuse: true,
          takes: kind.startsWith('Cluster') ? takes : inOwnNamespace(cluster, object, takes),
        },
      ];
    }),
  );
}
