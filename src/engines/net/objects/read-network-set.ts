import { parseCidrOrAddress } from '../../../lang/addresses/cidr.ts';
import { namespaceLabel } from './calico-selectors.ts';
import { JsonDecoder } from './decode-json.ts';
import { objectName } from './kubernetes-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { namespaceProfileName } from './kubernetes-profiles.ts';
import type { Profile } from '../form/normal-form.ts';
import { InheritedLabels } from '../form/owner.ts';
import type { Owner } from '../form/owner.ts';
import { problemAt } from './validate/field-problem.ts';
import { refusal, undecodable } from './reading.ts';
import type { Reading } from './reading.ts';
import { metadataProblem } from './validate/validate-calico-metadata.ts';

/**
 * Reads a NetworkSet (it has the labels of its namespace) or a GlobalNetworkSet (only its own). Mirrors
 * updateprocessors/networksetprocessor.go and globalnetworksetprocessor.go, v3.32.
 */
export function readNetworkSet(object: KubernetesObject, profiles: ReadonlyMap<string, Profile>): Reading<Owner> {
  const decoder = new JsonDecoder();
  const nets = decoder.texts(object.spec, 'nets') ?? [];
  if (decoder.problem !== undefined) return undecodable(decoder.problem);
  const unreadable = nets.find((net) => parseCidrOrAddress(net) === undefined);
  const problem =
    metadataProblem(object, 'subdomain') ??
    (unreadable === undefined
      ? undefined
      : problemAt(
          ['spec', 'nets', nets.indexOf(unreadable)],
          `${JSON.stringify(unreadable)} is neither a block nor an address`,
        )) ??
    (object.labels.has(namespaceLabel)
      ? problemAt(['metadata', 'labels', namespaceLabel], 'is not a valid label name')
      : undefined);
  if (problem !== undefined) return refusal('calico', problem);
  const isGlobal = object.kind === 'GlobalNetworkSet';
  const own = isGlobal ? object.labels : new Map([...object.labels, [namespaceLabel, object.namespace] as const]);
  const inherited = isGlobal ? undefined : profiles.get(namespaceProfileName(object.namespace));
  const value: Owner = {
    kind: 'set',
    object: objectName(object),
    labels: new InheritedLabels(
      own,
      inherited === undefined ? [] : [inherited.labels],
      inherited?.openPrefix === undefined ? [] : [inherited.openPrefix],
    ),
    nets: nets.flatMap((net) => parseCidrOrAddress(net)?.cidr ?? []),
    ports: [],
  };
  return { value, problems: [] };
}
