import { compareBytes } from '../../../lang/byte-order.ts';
import type { WalkStep } from './evaluate-endpoint.ts';
import { evaluateEndpoint } from './evaluate-endpoint.ts';
import { evaluateEgress } from './flow.ts';
import { evaluateHostStage, hasHostStage } from './host-stage.ts';
import type { HostStage } from './host-stage.ts';
import type { Network } from '../model/network.ts';
import type { Direction } from '../form/normal-form.ts';
import type { Endpoint } from '../form/owner.ts';
import type { Packet } from '../form/packet.ts';

/** The places in a node's kernel where Calico's policies act on a packet. */
export type Hook =
  | 'raw PREROUTING'
  | 'mangle PREROUTING'
  | 'filter INPUT'
  | 'filter FORWARD'
  | 'raw OUTPUT'
  | 'filter OUTPUT'
  | 'mangle POSTROUTING';

/** What happened at one hook; `continue` leaves the packet to what comes next, in the end to the host's own rules. */
export interface HookVerdict {
  readonly node: string;
  readonly hook: Hook;
  readonly decision: 'allow' | 'deny' | 'continue' | 'unknown';
  readonly steps: readonly WalkStep[];
  /** The endpoints that were asked, in order; the steps are theirs. */
  readonly parts: readonly HookPart[];
}

/** What one endpoint said at a hook: a pod on its own packets, or a host endpoint in one of its stages. */
export interface HookPart {
  readonly endpoint: Endpoint;
  readonly stage: HostStage | 'pod';
  readonly direction: Direction;
  readonly decision: HookVerdict['decision'];
  readonly steps: readonly WalkStep[];
}

/** Where a packet enters or leaves a node: a local pod's interface, or one of the node's own. */
export type NodeInterface =
  { readonly kind: 'pod'; readonly pod: Endpoint } | { readonly kind: 'host'; readonly name: string };

/** A packet's way through one node; without `from` the node itself sends it, without `to` it is for the node itself. */
export interface NodePassage {
  readonly node: string;
  readonly from?: NodeInterface;
  readonly to?: NodeInterface;
}

/**
 * Follows a packet through the hooks of one node until one of them denies it. Mirrors felix/rules/static.go and dispatch.go and
 * felix/dataplane/linux/endpoint_mgr.go, v3.32, with DefaultEndpointToHostAction `ACCEPT`.
 */
export function followPacket(network: Network, packet: Packet, passage: NodePassage): readonly HookVerdict[] {
  return new PacketWalk(network, packet, passage.node).through(passage.from, passage.to);
}

class PacketWalk {
  private readonly hooks: HookVerdict[] = [];
  private readonly network: Network;
  private readonly packet: Packet;
  private readonly node: string;
  /** The mark by which one hook tells the next ones that policy has accepted the packet. */
  private accepted = false;

  constructor(network: Network, packet: Packet, node: string) {
    this.network = network;
    this.packet = packet;
    this.node = node;
  }

  through(from: NodeInterface | undefined, to: NodeInterface | undefined): readonly HookVerdict[] {
    const isLetThrough =
      from === undefined
        ? to === undefined || this.leave(to)
        : this.arrive(from) && (to === undefined ? this.input(from) : this.forward(from, to));
    if (isLetThrough && to !== undefined) this.report('mangle POSTROUTING', 'continue', []);
    return this.hooks;
  }

  private arrive(from: NodeInterface): boolean {
    const raw = from.kind === 'host' ? this.stage('untracked', 'ingress', from) : nothing;
    this.accepted = raw.accepted;
    if (!this.report('raw PREROUTING', raw.decision, raw.parts)) return false;
    if (raw.accepted) return this.report('mangle PREROUTING', 'allow', []);
    const mangle = this.stage('preDNAT', 'ingress', from);
    this.accepted = mangle.accepted;
    return this.report('mangle PREROUTING', mangle.decision, mangle.parts);
  }

  /** What a pod sends to its own node is decided by the pod's egress policy alone. */
  private input(from: NodeInterface): boolean {
    if (from.kind === 'pod') {
      if (isNeighbourDiscovery(this.packet)) return this.report('filter INPUT', 'allow', []);
      const part = this.podPart('egress', from.pod);
      return this.report('filter INPUT', part.decision, [part]);
    }
    if (this.accepted) return this.report('filter INPUT', 'allow', []);
    const { decision, parts } = this.stage('normal', 'ingress', from);
    return this.report('filter INPUT', decision, parts);
  }

  private leave(to: NodeInterface): boolean {
    const raw = to.kind === 'host' ? this.stage('untracked', 'egress', to) : nothing;
    if (!this.report('raw OUTPUT', raw.decision, raw.parts)) return false;
    if (raw.accepted) return this.report('filter OUTPUT', 'allow', []);
    // A node may always send to its own pods.
    const filter = to.kind === 'host' ? this.stage('normal', 'egress', to) : nothing;
    return this.report('filter OUTPUT', filter.decision, filter.parts);
  }

  /** The last of the chains that a packet meets says whether it is accepted; each of them may deny it. */
  private forward(from: NodeInterface, to: NodeInterface): boolean {
    const parts: HookPart[] = [];
    const chains = [
      () => (this.accepted ? undefined : this.forwardStage('ingress', from)),
      () => (from.kind === 'pod' ? this.podPart('egress', from.pod) : undefined),
      () => (to.kind === 'pod' ? this.podPart('ingress', to.pod) : undefined),
      () => this.forwardStage('egress', to),
    ];
    for (const chain of chains) {
      const part = chain();
      if (part === undefined) continue;
      parts.push(part);
      if (part.decision === 'deny') return this.report('filter FORWARD', 'deny', parts);
      this.accepted = part.decision === 'allow';
    }
    return this.report('filter FORWARD', this.accepted ? 'allow' : 'continue', parts);
  }

  private podPart(direction: Direction, endpoint: Endpoint): HookPart {
    const { network, packet } = this;
    const verdict =
      direction === 'egress'
        ? evaluateEgress(network, endpoint, packet)
        : evaluateEndpoint(network, endpoint, direction, packet);
    return { endpoint, stage: 'pod', direction, ...verdict };
  }

  private forwardStage(direction: Direction, at: NodeInterface): HookPart | undefined {
    const endpoint = this.endpointAt(at);
    return endpoint && this.hostPart(endpoint, 'forward', direction).part;
  }

  private hostPart(
    endpoint: Endpoint,
    stage: HostStage,
    direction: Direction,
  ): { readonly part: HookPart; readonly isAccepted: boolean } {
    const { decision, steps } = evaluateHostStage(this.network, endpoint, stage, direction, this.packet);
    const own = decision === 'failsafe' ? 'allow' : decision;
    return { part: { endpoint, stage, direction, decision: own, steps }, isAccepted: decision === 'allow' };
  }

  /** Runs one stage of the host endpoint that governs an interface. */
  private stage(stage: HostStage, direction: Direction, at: NodeInterface): StageResult {
    const endpoint = this.endpointAt(at);
    if (endpoint === undefined) return nothing;
    // felix ignores untracked policy on the endpoint of all interfaces.
    if (stage === 'untracked' && endpoint.interfaceName === '*') return nothing;
    if (stage !== 'normal' && !hasHostStage(this.network, endpoint, stage)) return nothing;
    const { part, isAccepted } = this.hostPart(endpoint, stage, direction);
    return { decision: part.decision, accepted: isAccepted, parts: [part] };
  }

  /**
   * The host endpoint that governs an interface: of those for it, by name or (without one) by address, the first by name; else the
   * first of those for all interfaces, which governs pods' interfaces too.
   */
  private endpointAt(at: NodeInterface): Endpoint | undefined {
    const own = this.network.hosts.filter((host) => host.node === this.node);
    const named =
      at.kind === 'host' ? own.filter((host) => host.interfaceName === at.name || host.interfaceName === '') : [];
    return firstByName(named) ?? firstByName(own.filter((host) => host.interfaceName === '*'));
  }

  /** Notes a hook's outcome; false when the packet ends there. */
  private report(hook: Hook, decision: HookVerdict['decision'], parts: readonly HookPart[]): boolean {
    this.hooks.push({ node: this.node, hook, decision, steps: parts.flatMap(({ steps }) => steps), parts });
    return decision !== 'deny';
  }
}

interface StageResult {
  readonly decision: HookVerdict['decision'];
  /** Whether policy accepted the packet for later hooks too; a failsafe port does not. */
  readonly accepted: boolean;
  readonly parts: readonly HookPart[];
}

const nothing: StageResult = { decision: 'continue', accepted: false, parts: [] };

/** Multicast listener and neighbour messages of IPv6, which pods may always send to their node. */
function isNeighbourDiscovery({ family, protocol, icmp }: Packet): boolean {
  return family === 6 && protocol === 58 && icmp !== undefined && [130, 131, 132, 133, 135, 136].includes(icmp.type);
}

function firstByName(endpoints: readonly Endpoint[]): Endpoint | undefined {
  return [...endpoints].sort((a, b) => compareBytes(a.object.name, b.object.name))[0];
}
