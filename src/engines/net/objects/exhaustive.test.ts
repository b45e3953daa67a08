import { describe, expect, it } from 'vitest';
import { defined } from '../../../lang/defined.ts';
import type { Fields } from '../../../lang/defined.ts';
import type { PeerMatch } from '../form/normal-form.ts';
import type { CalicoPeer, CalicoRule } from './calico-resource.ts';
import { peerChecks } from './validate/validate-calico-peer.ts';
import type { PeerChecks } from './validate/validate-calico-peer.ts';
import { ruleChecks } from './validate/validate-calico-rule.ts';
import type { RuleChecks } from './validate/validate-calico-rule.ts';
import { storedPeerChecks, storedRuleChecks } from './validate/validate-stored-policy.ts';

interface WiderPeer extends CalicoPeer {
  readonly interfaces?: readonly string[];
}
interface WiderRule extends CalicoRule {
  readonly dscp?: number;
}
interface WiderMatch extends PeerMatch {
  readonly interfaces?: readonly string[];
}

describe('a new field of a Calico rule', () => {
  it('does not compile until libcalico and felix are said to check it or not', () => {
    // @ts-expect-error -- interfaces are missing
    const peers: readonly PeerChecks<WiderPeer>[] = [peerChecks, storedPeerChecks];
    // @ts-expect-error -- dscp is missing
    const rules: readonly RuleChecks<WiderRule>[] = [ruleChecks, storedRuleChecks];
    expect([...peers, ...rules]).toHaveLength(4);
  });

  it('does not compile until it is read', () => {
    const all: Fields<PeerMatch> = {
      selector: undefined,
      notSelector: undefined,
      nets: [],
      notNets: undefined,
      ports: undefined,
      notPorts: undefined,
      service: undefined,
      unsettled: undefined,
    };
    // @ts-expect-error -- interfaces are missing
    const match: WiderMatch = defined<WiderMatch>(all);
    expect(match).toEqual({ nets: [] });
  });
});
