import { cellKey, type NetCell } from './cells.ts';
import { trafficWords } from '../traffic-words.ts';
import type { TrafficSet } from '../../../lang/traffic/traffic-set.ts';

/** Says what cells hold; equal cells are put into words once. */
export class CellWords {
  private readonly isCoarse: boolean;
  private readonly traffic = new Map<number, string>();
  private readonly known = new Map<string, string>();

  /** `isCoarse`: all that holds for some pairs only is called the same. */
  constructor({ isCoarse = false }: { readonly isCoarse?: boolean } = {}) {
    this.isCoarse = isCoarse;
  }

  /** `TCP 80; UDP 53`. */
  ofTraffic(traffic: TrafficSet): string {
    let words = this.traffic.get(traffic.id);
    if (words === undefined) this.traffic.set(traffic.id, (words = trafficWords(traffic)));
    return words;
  }

  /** `all`, `TCP 53`, `unknown: TCP 80`, `some pairs: TCP 80`, `within each: all, between them: nothing`; `nothing` where nothing is allowed. */
  of(cell: NetCell | undefined): string {
    if (cell === undefined) return 'nothing';
    const key = cellKey(cell);
    let words = this.known.get(key);
    if (words === undefined) this.known.set(key, (words = this.describe(cell)));
    return words;
  }

  private describe({ allowed, unknown, isPartial, own }: NetCell): string {
    if (isPartial && this.isCoarse) return 'some pairs';
    const [sure, maybe] = [this.ofTraffic(allowed), this.ofTraffic(unknown)];
    const parts = [...(sure === 'none' ? [] : [sure]), ...(maybe === 'none' ? [] : [`unknown: ${maybe}`])];
    const words = `${isPartial ? 'some pairs: ' : ''}${parts.join('; ') || 'nothing'}`;
    if (own === undefined) return words;
    return `within each: ${own === 'nothing' ? own : this.of(own)}, between them: ${words}`;
  }
}
