import { listed } from '../../../lang/listed.ts';
import type { Cluster } from '../../../cluster/index/cluster.ts';
import { namespacesOf } from '../../../cluster/stored/existing.ts';
import type { Reason } from '../../verdict.ts';
import { isNormal, selectTiers } from '../packet/evaluate-endpoint.ts';
import type { EndpointVerdict } from '../packet/evaluate-endpoint.ts';
import { namespaceProfileName } from '../objects/kubernetes-profiles.ts';
import type { Network } from '../model/network.ts';
import type { Direction } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import { objectTitle, policyPlace, ruleTitle, writtenOrImplicit } from './policy-words.ts';
import type { WalkStep } from '../packet/policy-walk.ts';

/** Who decided at one end, with the place in the manifest; for an unknown decision, each that may be the one. */
export function sideReason(
  cluster: Cluster,
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  { decision, steps }: EndpointVerdict,
): readonly Reason[] {
  const deciding = steps.filter(({ action }) => action === 'allow' || action === 'deny');
  const wanted = decision === 'unknown' ? deciding : deciding.slice(-1);
  if (deciding.length === 0) return [encapsulationReason(endpoint, direction)];
  return wanted.map((step) => stepReason(cluster, network, endpoint, direction, step));
}

/** Who took a step of the walk at one end, with the place in the manifest. */
export function stepReason(
  cluster: Cluster,
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  step: WalkStep,
): Reason {
  const at = `${direction}: `;
  const may = step.uncertain === true ? 'may ' : '';
  const verb = step.action === 'allow' ? (may === '' ? 'allows' : 'allow') : may === '' ? 'denies' : 'deny';
  switch (step.kind) {
    case 'rule': {
      const rule = step.policy.rules[direction][step.index];
      const { object, path } = rule?.origin ?? step.policy.origin;
      const title = rule === undefined ? objectTitle(object) : ruleTitle(rule);
      const sentence = `${at}${title} ${may}${verb} it (${policyPlace(step.policy)})`;
      return { object: writtenOrImplicit(object, 'not written'), path, sentence };
    }
    case 'end-of-tier':
      return endOfTier(network, endpoint, direction, step);
    case 'profile':
      return profileReason(cluster, network, endpoint, direction, step.profile, `${may}${verb}`);
    case 'no-profile-match':
      return {
        object: writtenOrImplicit(endpoint.object, 'not written'),
        path: [],
        sentence: `${at}no policy and no profile allows it`,
      };
    case 'failsafe':
      return {
        object: writtenOrImplicit(endpoint.object, 'not written'),
        path: [],
        sentence: `${at}a failsafe port is always allowed`,
      };
  }
}

/** A tier that denies what none of its rules matched: because of the policies that select the pod. */
function endOfTier(
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  step: WalkStep & { readonly kind: 'end-of-tier' },
): Reason {
  const tier = selectTiers(network, endpoint, direction, isNormal).find((each) => each.tier.name === step.tier);
  const inForce = (tier?.policies ?? []).filter(({ staged }) => !staged);
  const certain = inForce.filter((policy) => tier?.uncertain.has(policy) !== true);
  const named = (certain.length > 0 ? certain : inForce).map(({ origin }) => objectTitle(origin.object));
  const [first] = certain.length > 0 ? certain : inForce;
  const isMaybe = step.uncertain === true;
  const selects = isMaybe ? 'may select' : named.length > 1 ? 'select' : 'selects';
  const subject = endpoint.kind === 'host' ? 'host endpoint' : 'pod';
  const sentence = `${direction}: no rule matches, so tier ${step.tier} ${isMaybe ? 'may deny' : 'denies'} it: ${listed(named, 3)} ${selects} the ${subject}`;
  const object = first?.origin.object ?? endpoint.object;
  return { object: writtenOrImplicit(object, 'not written'), path: ['spec'], sentence };
}

function profileReason(
  cluster: Cluster,
  network: Network,
  endpoint: Endpoint,
  direction: Direction,
  profile: string,
  verb: string,
): Reason {
  const governed = selectTiers(network, endpoint, direction, isNormal).some(({ policies }) =>
    policies.some(({ staged }) => !staged),
  );
  const why = governed ? 'the policies that select the pod pass it on' : 'no policy selects the pod';
  const { namespace } = endpoint.object;
  const found = namespacesOf(cluster).get(namespace);
  if (profile === namespaceProfileName(namespace) && found !== undefined) {
    return { object: found.object, path: [], sentence: `${direction}: ${why}, and then everything is allowed` };
  }
  return {
    object: writtenOrImplicit(endpoint.object, 'not written'),
    path: [],
    sentence: `${direction}: ${why}, and profile ${profile} ${verb} it`,
  };
}

/** Why a pod cannot send encapsulated packets. */
export function encapsulationReason(endpoint: Endpoint, direction: Direction): Reason {
  const object = writtenOrImplicit(endpoint.object, 'not written');
  return { object, path: [], sentence: `${direction}: Calico drops encapsulated packets that a pod sends` };
}
