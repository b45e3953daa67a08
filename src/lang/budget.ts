/** The result of an analysis that may stop early. */
export interface Bounded<T> {
  readonly value: T;
  /** The limits that were hit, as text: `more than 300 rules of one policy`. Empty for a complete result. */
  readonly gaveUp: readonly string[];
}

/** An allowance of work for one analysis, and the limits that it hit. The same work gives the same answer, whatever the clock says. */
export class Budget {
  private readonly units: number;
  private readonly hit = new Set<string>();
  private spent = 0;

  /** `units`: how much may be spent, in what its user counts; without it only other limits apply. */
  constructor(units = Infinity) {
    this.units = units;
  }

  /** The limits that were hit so far. */
  get gaveUp(): readonly string[] {
    return [...this.hit];
  }

  spend(units: number): void {
    this.spent += units;
  }

  /** Whether more than the allowance is spent; then `limit` counts as hit. */
  isSpent(limit: string): boolean {
    if (this.spent > this.units) this.hit.add(limit);
    return this.spent > this.units;
  }

  /** Records that some other limit was hit. */
  giveUp(limit: string): void {
    this.hit.add(limit);
  }

  bound<T>(value: T): Bounded<T> {
    return { value, gaveUp: this.gaveUp };
  }
}
