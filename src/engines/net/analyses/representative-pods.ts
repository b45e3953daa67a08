import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';
import { sampleLabels } from '../../../lang/calico-selector/sample-labels.ts';
import { endCriteria } from '../criteria/criteria.ts';
import { accountLabel, accountPrefix, namespaceLabel, namespacePrefix } from '../objects/calico-selectors.ts';
import {
  accountProfile,
  accountProfileName,
  namespaceProfile,
  namespaceProfileName,
} from '../objects/kubernetes-profiles.ts';
import type { Network } from '../model/network.ts';
import type { ObjectName, PeerMatch, Profile } from '../form/normal-form.ts';
import { InheritedLabels } from '../form/owner.ts';
import type { Endpoint } from '../form/owner.ts';

type Labels = Readonly<Record<string, string>>;

/** Pods that nobody has written yet, as far as policies can tell them from others: one of them stands for all. */
export interface RepresentativePod {
  /** `any pod of a new namespace`, `pods labelled app=web of namespace shop`. */
  readonly name: string;
  /** Absent: a namespace that is not there yet. */
  readonly namespace?: string;
  /** Of a namespace that is not there yet, beside its name. */
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  /** Absent: the `default` one. */
  readonly account?: string;
  /** Of an account that is not there yet. */
  readonly accountLabels: Labels;
  readonly endpoint: Endpoint;
}

/** Labels that say in which namespace a pod is; since 1.21 also the one that the API server sets. */
const calicoNameLabels = [namespaceLabel, `${namespacePrefix}projectcalico.org/name`];
const serverNameLabel = `${namespacePrefix}kubernetes.io/metadata.name`;
const orchestratorLabel = 'projectcalico.org/orchestrator';

/** Makes the pods that stand for those not yet written; equal ones are the same object. */
export class RepresentativePods {
  /** A pod without labels, in a new namespace without labels: what everybody may write. */
  readonly anyPod: RepresentativePod;
  private readonly network: Network;
  private readonly newName: string;
  private readonly nameLabels: readonly string[];
  private readonly bySelector = new Map<SelectorNode, RepresentativePod | undefined>();
  private readonly byName = new Map<string, RepresentativePod>();

  constructor(network: Network) {
    this.network = network;
    this.newName = unusedName(network);
    this.nameLabels = network.labelsNamespaces ? [...calicoNameLabels, serverNameLabel] : calicoNameLabels;
    this.anyPod = this.pod(new Map());
  }

  /** All that were made. */
  all(): readonly RepresentativePod[] {
    return [...this.byName.values()];
  }

  /** The pods that one end of a rule tells from others. */
  distinguishedBy(match: PeerMatch): readonly RepresentativePod[] {
    return endCriteria(match).flatMap(({ selectors }) => selectors.flatMap((node) => this.matching(node) ?? []));
  }

  /** A pod that a selector matches; none where it asks for what is no pod, or contradicts what is written. */
  private matching(selector: SelectorNode): RepresentativePod | undefined {
    if (this.bySelector.has(selector)) return this.bySelector.get(selector);
    let found: RepresentativePod | undefined;
    for (const labels of sampleLabels(selector)) {
      const orchestrator = labels.get(orchestratorLabel);
      if (orchestrator !== undefined && orchestrator !== 'k8s') continue;
      const pod = this.pod(labels, selector);
      if (pod === undefined) continue;
      found = pod;
      break;
    }
    this.bySelector.set(selector, found);
    return found;
  }

  private pod(asked: ReadonlyMap<string, string>): RepresentativePod;
  private pod(asked: ReadonlyMap<string, string>, selector: SelectorNode): RepresentativePod | undefined;
  private pod(asked: ReadonlyMap<string, string>, selector?: SelectorNode): RepresentativePod | undefined {
    const [namespace] = this.nameLabels.flatMap((label) => asked.get(label) ?? []);
    const account = asked.get(accountLabel) ?? asked.get(`${accountPrefix}projectcalico.org/name`);
    const isThere = namespace !== undefined && this.network.profiles.has(namespaceProfileName(namespace));
    const parts: Parts = {
      ...(namespace === undefined ? {} : { namespace }),
      namespaceLabels: isThere ? {} : withPrefix(asked, namespacePrefix, this.nameLabels),
      labels: withoutPrefixes(asked),
      ...(account === undefined ? {} : { account }),
      accountLabels: withPrefix(asked, accountPrefix, [`${accountPrefix}projectcalico.org/name`]),
    };
    const name = words(parts);
    const known = this.byName.get(name);
    const made = known ?? { ...parts, name, endpoint: this.endpoint(parts) };
    if (selector !== undefined && this.network.owners.matches(selector, made.endpoint) === false) return undefined;
    this.byName.set(name, made);
    return made;
  }

  private endpoint({ namespace = this.newName, namespaceLabels, labels, account, accountLabels }: Parts): Endpoint {
    const object: ObjectName = { apiVersion: 'v1', kind: 'Pod', namespace, name: 'not-yet-written' };
    const { profiles } = this.network;
    const ofNamespace =
      profiles.get(namespaceProfileName(namespace)) ??
      namespaceProfile(namespace, new Map(Object.entries(namespaceLabels)), object, this.network.labelsNamespaces);
    const accountName = account ?? (Object.keys(accountLabels).length === 0 ? 'default' : 'new-account');
    const ofAccount: Profile =
      profiles.get(accountProfileName(namespace, accountName)) ??
      accountProfile(namespace, accountName, new Map(Object.entries(accountLabels)));
    const own = new Map([
      ...Object.entries(labels),
      [namespaceLabel, namespace],
      [orchestratorLabel, 'k8s'],
      [accountLabel, accountName],
    ]);
    const parents = [ofNamespace, ofAccount];
    return {
      kind: 'pod',
      object,
      labels: new InheritedLabels(
        own,
        parents.map((profile) => profile.labels),
        parents.flatMap(({ openPrefix }) => openPrefix ?? []),
      ),
      nets: [],
      ports: [],
      node: '',
      // A new namespace gets a profile that allows everything, as this one does.
      profiles: [profiles.has(ofNamespace.name) ? ofNamespace.name : 'projectcalico-default-allow'],
      interfaceName: '',
    };
  }
}

type Parts = Omit<RepresentativePod, 'name' | 'endpoint'>;

function words({ namespace, namespaceLabels, labels, account, accountLabels }: Parts): string {
  const listed = (each: Labels): string =>
    Object.entries(each)
      .map(([key, value]) => `${key}=${value}`)
      .join(',');
  const isNone = (each: Labels): boolean => Object.keys(each).length === 0;
  const pods = isNone(labels) ? 'any pod' : `pods labelled ${listed(labels)}`;
  const ofAccount =
    account === undefined
      ? isNone(accountLabels)
        ? ''
        : ` of an account labelled ${listed(accountLabels)}`
      : ` of account ${account}`;
  const place = namespace === undefined ? 'a new namespace' : `namespace ${namespace}`;
  return `${pods}${ofAccount} of ${place}${isNone(namespaceLabels) ? '' : ` labelled ${listed(namespaceLabels)}`}`;
}

/** Labels with a prefix, without it; those that hold the name are not among them. */
function withPrefix(asked: ReadonlyMap<string, string>, prefix: string, nameLabels: readonly string[]): Labels {
  const found = [...asked].flatMap(([label, value]): [string, string][] =>
    label.startsWith(prefix) && !nameLabels.includes(label) ? [[label.slice(prefix.length), value]] : [],
  );
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function withoutPrefixes(asked: ReadonlyMap<string, string>): Labels {
  const special = [namespaceLabel, accountLabel, orchestratorLabel];
  const own = [...asked].filter(
    ([label]) => !label.startsWith(namespacePrefix) && !label.startsWith(accountPrefix) && !special.includes(label),
  );
  return Object.fromEntries(own.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unusedName({ profiles }: Network): string {
  let name = 'new-namespace';
  while (profiles.has(namespaceProfileName(name))) name += '-x';
  return name;
}
