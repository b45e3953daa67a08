import {
  type NetworkProblem,
  networkOf,
  policyNetworkOf,
  restrictsTraffic,
} from '../../../engines/net/model/network-of.ts';
import { objectTitle, policyPlace } from '../../../engines/net/words/policy-words.ts';
import { type Policies, policiesOf } from '../../../engines/net/model/policies.ts';
import { type WrittenPolicy, writtenPolicies } from '../../../engines/net/model/written-policies.ts';
import type { Policy } from '../../../engines/net/form/normal-form.ts';
import { groupBy } from '../../../lang/group-by.ts';
import type { ManifestObject } from '../../../model/object.ts';
import type { FactContext } from '../fact-context.ts';
import { once } from '../../../lang/once.ts';
import { remembered } from '../remembered.ts';

/** Questions about network policies: as they are written, and as they are in force. */
export interface PolicyFacts extends Policies {
  /** The NetworkPolicies, and the policies of Calico, of linted manifests; staged ones left out. */
  readonly written: readonly WrittenPolicy[];
  /** Why an object about traffic is refused, or has only a part of its effect, and by whom. */
  problemsOf(object: ManifestObject): readonly NetworkProblem[];
  /** `NetworkPolicy wordpress/allow-egress`. */
  title(policy: Policy): string;
  /** `tier default, order 200`. */
  place(policy: Policy): string;
}

/** Reads the policies of a cluster. */
export const policyFacts = remembered(({ cluster }: FactContext): PolicyFacts => {
  const written = once(() => writtenPolicies(cluster));
  const byObject = once(() =>
    groupBy(restrictsTraffic(cluster) ? networkOf(cluster).problems : [], ({ object }) => object),
  );
  return {
    ...policiesOf(policyNetworkOf(cluster)),
    problemsOf: (object) => byObject().get(object) ?? [],
    get written() {
      return written();
    },
    title: ({ origin }) => objectTitle(origin.object),
    place: policyPlace,
  };
});
