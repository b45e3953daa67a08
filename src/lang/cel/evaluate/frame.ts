import type { Value } from '../values/value.ts';

/** Thrown when an evaluation costs more than it may. */
export class CostExceeded extends Error {}

/** One evaluation: its variables, the values of its loops, and its cost so far. */
export class Frame {
  readonly variable: (name: string) => Value | undefined;
  /** The variables of loops, each at the place the plan gave it; an accumulator that nobody asked for yet is undefined. */
  readonly slots: (Value | undefined)[] = [];
  cost = 0;
  private readonly limit: number;

  constructor(variable: (name: string) => Value | undefined, limit: number) {
    this.variable = variable;
    this.limit = limit;
  }

  spend(cost: number): void {
    this.cost += cost;
    if (this.cost > this.limit) throw new CostExceeded();
  }
}

/** A part of a program. */
export type Step = (frame: Frame) => Value;
