import type { ChangedFlow } from '../../../engines/net/analyses/flow-change.ts';
import type { Policy } from '../../../engines/net/form/normal-form.ts';
import {
  type Proposal,
  type ProposedChange,
  ProposedChanges,
  proposalOf,
} from '../../../engines/net/analyses/proposed-changes.ts';
import { once } from '../../../lang/once.ts';
import { packetWords } from '../../words/packet-words.ts';
import type { FactContext } from '../fact-context.ts';
import { policyNetworkOf } from '../../../engines/net/model/network-of.ts';

/** Questions about staged policies: what would be if they were in force. */
export interface StagedFacts {
  /** What a staged policy in force would change, in place of the one of its name; undefined for a policy that is in force. */
  changeOf(policy: Policy): (ProposedChange & Proposal) | undefined;
  /** What would change without a policy in force. */
  without(policy: Policy): ProposedChange;
  /** The limits at which the evaluation of the requested policies stopped. */
  gaveUp(): readonly string[];
  /** `TCP 80 from \`shop/web (Deployment)\` to \`192.0.2.1\``. */
  flowOf(flow: ChangedFlow): string;
}

/** Answers by evaluating flows with and without the policies in question. */
export function stagedFacts({ cluster }: FactContext): StagedFacts {
  const network = policyNetworkOf(cluster);
  const changes = once(() => new ProposedChanges(network));
  return {
    changeOf: (policy) => {
      const proposal = proposalOf(network, policy);
      return proposal && { ...proposal, ...changes().of(proposal) };
    },
    without: (policy) => changes().of({ remove: policy }),
    gaveUp: () => changes().gaveUp,
    flowOf: ({ packet }) => packetWords(packet),
  };
}
