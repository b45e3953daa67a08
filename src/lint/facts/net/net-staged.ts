import type { ChangedFlow } from '../../../engines/net/analyses/flow-change.ts';
import type { Network } from '../../../engines/net/model/network.ts';
import type { Policy } from '../../../engines/net/form/normal-form.ts';
import {
  type Proposal,
  type ProposedChange,
  ProposedChanges,
  proposalOf,
} from '../../../engines/net/analyses/proposed-changes.ts';
import { once } from '../once.ts';
import { packetWords } from '../packet-words.ts';

/** Questions about staged policies: what would be if they were in force. */
export interface StagedFacts {
  /** What a staged policy in force would change, in place of the one of its name; undefined for a policy that is in force. */
  changeOf(policy: Policy): (ProposedChange & Proposal) | undefined;
  /** What would change without a policy in force. */
  without(policy: Policy): ProposedChange;
  /** `TCP 80 from \`shop/web (Deployment)\` to \`192.0.2.1\``. */
  flowOf(flow: ChangedFlow): string;
}

/** Answers by evaluating flows with and without the policies in question. */
export function stagedFacts(network: Network): StagedFacts {
  const changes = once(() => new ProposedChanges(network));
  return {
    changeOf: (policy) => {
      const proposal = proposalOf(network, policy);
      return proposal && { ...proposal, ...changes().of(proposal) };
    },
    without: (policy) => changes().of({ remove: policy }),
    flowOf: ({ packet }) => packetWords(packet),
  };
}
