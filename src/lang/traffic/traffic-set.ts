import { mergePortRanges } from '../addresses/port-range.ts';
import type { PortRange } from '../addresses/port-range.ts';
import { combine } from './combine.ts';
import { destinationLevel, DiagramSpace, protocolLevel, sourceLevel } from './diagram.ts';
import type { Diagram } from './diagram.ts';

/** A set of packets between two given addresses; equal sets are the same object. */
export type TrafficSet = Diagram<boolean>;

/** Which end of a packet a port belongs to. */
export type PacketSide = 'source' | 'destination';

/**
 * Makes sets of packets: by protocol, ports, ICMP types, and by the operations of set algebra. One algebra serves one analysis;
 * sets of different ones must not be mixed.
 */
export class TrafficAlgebra {
  readonly space = new DiagramSpace<boolean>();
  readonly nothing: TrafficSet = this.space.leaf(false);
  readonly everything: TrafficSet = this.space.leaf(true);
  private readonly unions = new Map<string, TrafficSet>();
  private readonly intersections = new Map<string, TrafficSet>();
  private readonly differences = new Map<string, TrafficSet>();

  union(a: TrafficSet, b: TrafficSet): TrafficSet {
    return combine(this.space, a, b, (inA, inB) => inA || inB, this.unions);
  }

  intersection(a: TrafficSet, b: TrafficSet): TrafficSet {
    return combine(this.space, a, b, (inA, inB) => inA && inB, this.intersections);
  }

  difference(a: TrafficSet, b: TrafficSet): TrafficSet {
    return combine(this.space, a, b, (inA, inB) => inA && !inB, this.differences);
  }

  complement(set: TrafficSet): TrafficSet {
    return this.difference(this.everything, set);
  }

  /** All packets of some protocols, or those of them that are in `among`, which must not be about protocols itself. */
  ofProtocols(protocols: readonly number[], among: TrafficSet = this.everything): TrafficSet {
    const intervals = [...protocols]
      .sort((a, b) => a - b)
      .map((number) => ({ first: number, last: number, child: among }));
    return this.space.intervals(protocolLevel, intervals, this.nothing);
  }

  /** Packets with one of some ports on one side. */
  ofPorts(protocols: readonly number[], side: PacketSide, ranges: readonly PortRange[]): TrafficSet {
    const level = side === 'destination' ? destinationLevel : sourceLevel;
    return this.ofProtocols(protocols, this.ofRanges(level, ranges, this.everything));
  }

  /** ICMP packets of a type, of any code or of one. */
  ofIcmp(protocols: readonly number[], type: number, code?: number): TrafficSet {
    const codes =
      code === undefined ? this.everything : this.ofRanges(sourceLevel, [{ first: code, last: code }], this.everything);
    return this.ofProtocols(protocols, this.ofRanges(destinationLevel, [{ first: type, last: type }], codes));
  }

  private ofRanges(level: number, ranges: readonly PortRange[], child: TrafficSet): TrafficSet {
    const intervals = mergePortRanges(ranges).map(({ first, last }) => ({ first, last, child }));
    return this.space.intervals(level, intervals, this.nothing);
  }
}
