const RANGE_LOW = 400_000;
const RANGE_HIGH = 4_000_000;

/**
 * go-yaml's guard against documents that are mostly aliases: it counts the steps of its decoder, and those taken inside aliases
 * (mirrors go.yaml.in/yaml/v2, decode.go, `unmarshal` and `allowedAliasRatio`). Here the steps of an alias are counted, not taken.
 */
export class AliasBudget {
  /** Steps of the decoder so far; the document itself is the first. */
  steps = 1;
  exceeded = false;
  private aliased = 0;

  step(): void {
    this.steps++;
    if (this.aliased > 100) this.check();
  }

  /** Takes all steps of an anchored node again. Within an alias the ratio only grows, so its end tells. */
  expand(steps: number): void {
    this.steps += steps;
    this.aliased += steps;
    if (this.aliased > 100) this.check();
  }

  /** Takes back a step that the decoder does not take: it never decodes the list of a merge key as such. */
  forgetStep(): void {
    this.steps--;
  }

  private check(): void {
    if (this.steps > 1000 && this.aliased / this.steps > allowedRatio(this.steps)) this.exceeded = true;
  }
}

function allowedRatio(steps: number): number {
  if (steps <= RANGE_LOW) return 0.99;
  if (steps >= RANGE_HIGH) return 0.1;
  return 0.99 - 0.89 * ((steps - RANGE_LOW) / (RANGE_HIGH - RANGE_LOW));
}
