import { record, records, text } from '../../model/json.ts';
import { asWritten } from '../../model/as-written.ts';
import type { Json, ManifestObject } from '../../model/object.ts';
import { blocksWithout } from '../../lang/addresses/block-cover.ts';
import { parseCidr } from '../../lang/addresses/cidr.ts';
import type { Cidr } from '../../lang/addresses/cidr.ts';
import type { Cluster } from '../index/cluster.ts';
import { controlPlane } from '../components/control-plane.ts';

/** The blocks in which the addresses of a cluster's pods lie, and whether the manifests say so. */
export interface PodBlocks {
  readonly blocks: readonly Cidr[];
  readonly isWritten: boolean;
}

/**
 * Where a cluster's pods get their addresses: Calico's IPPools or Installation, kubeadm's podSubnet, --cluster-cidr. Without any of
 * these every address is possible that an interface of a pod can have.
 */
export function podBlocks(cluster: Cluster): PodBlocks {
  const written = [...cluster.objects.flatMap(blocksIn), ...clusterCidrs(cluster)];
  const blocks = written.flatMap((text) => parseCidr(text.trim())?.cidr ?? []);
  return blocks.length > 0 ? { blocks, isWritten: true } : { blocks: unicastBlocks, isWritten: false };
}

function blocksIn(object: ManifestObject): readonly string[] {
  const isPool = object.kind === 'IPPool' && /^(?:crd\.)?projectcalico\.org$/.test(object.group);
  const isInstallation = object.kind === 'Installation' && object.group === 'operator.tigera.io';
  const isKubeadm = object.kind === 'ClusterConfiguration' && object.group === 'kubeadm.k8s.io';
  if (!isPool && !isInstallation && !isKubeadm) return [];
  const value = asWritten(object);
  if (isKubeadm) return text(record(value.networking).podSubnet).split(',');
  const spec = record(value.spec);
  if (isPool) return spec.disabled === true || !servesPods(spec.allowedUses) ? [] : [text(spec.cidr)];
  return records(record(spec.calicoNetwork).ipPools).map(({ cidr }) => text(cidr));
}

function servesPods(uses: Json | undefined): boolean {
  return !Array.isArray(uses) || uses.length === 0 || uses.includes('Workload');
}

function clusterCidrs(cluster: Cluster): readonly string[] {
  return controlPlane(cluster).controllerManagers.flatMap(({ flags }) =>
    flags.filter(({ name }) => name === 'cluster-cidr').flatMap(({ value }) => value.split(',')),
  );
}

/** All addresses but those that no interface has as its own beyond the link: this network, loopback, link-local, multicast, reserved. */
export const unicastBlocks: readonly Cidr[] = [
  ...blocksWithout({ family: 4, base: 0, bits: 0 }, cidrs('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3')),
  ...cidrs('2000::/3', 'fc00::/7'),
];

function cidrs(...written: readonly string[]): readonly Cidr[] {
  return written.flatMap((text) => parseCidr(text)?.cidr ?? []);
}
