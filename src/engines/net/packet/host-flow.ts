import { followPacket } from './host-path.ts';
import type { HookVerdict, NodeInterface, NodePassage } from './host-path.ts';
import type { Network } from '../model/network.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet } from '../form/packet.ts';

/** Where an end of a flow is: in a pod, on a node itself (behind one of its interfaces), or outside of the cluster. */
export type Place =
  | { readonly kind: 'pod'; readonly pod: Endpoint }
  | { readonly kind: 'node'; readonly node: string; readonly interfaceName: string }
  | { readonly kind: 'outside' };

/** A flow in a cluster with host endpoints, hook by hook, up to the first that denies it. */
export interface HostFlowVerdict {
  readonly decision: 'allow' | 'deny' | 'unknown';
  readonly hooks: readonly HookVerdict[];
}

/** The interface by which traffic enters and leaves a node when nothing says otherwise. */
export const defaultInterface = 'eth0';

/** Decides the first packet of a flow at every hook of every node on its way. */
export function evaluateHostFlow(network: Network, packet: Packet, source: Place, destination: Place): HostFlowVerdict {
  const hooks: HookVerdict[] = [];
  for (const passage of passages(source, destination)) {
    const passed = followPacket(network, packet, passage);
    hooks.push(...passed);
    if (passed.some((hook) => hook.decision === 'deny')) return { decision: 'deny', hooks };
  }
  return { decision: hooks.some((hook) => hook.decision === 'unknown') ? 'unknown' : 'allow', hooks };
}

function passages(source: Place, destination: Place): readonly NodePassage[] {
  const start = nodeOf(source);
  const end = nodeOf(destination);
  if (start !== undefined && start === end) {
    return [{ node: start, ...ifPod('from', source), ...ifPod('to', destination) }];
  }
  return [
    ...(start === undefined ? [] : [{ node: start, ...ifPod('from', source), to: hostInterface(source) }]),
    ...(end === undefined ? [] : [{ node: end, from: hostInterface(destination), ...ifPod('to', destination) }]),
  ];
}

function nodeOf(place: Place): string | undefined {
  if (place.kind === 'outside') return undefined;
  return place.kind === 'pod' ? place.pod.node : place.node;
}

function hostInterface(place: Place): NodeInterface {
  return { kind: 'host', name: place.kind === 'node' ? place.interfaceName : defaultInterface };
}

function ifPod<Key extends 'from' | 'to'>(key: Key, place: Place): Partial<Record<Key, NodeInterface>> {
  if (place.kind !== 'pod') return {};
  return { [key]: { kind: 'pod', pod: place.pod } } as Partial<Record<Key, NodeInterface>>;
}
