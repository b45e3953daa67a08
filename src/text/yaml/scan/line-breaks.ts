import { breakText } from './characters.ts';

/** A run of line breaks as text. Line feeds are counted, not joined one by one: a file may hold millions. */
export class LineBreaks {
  private done = '';
  private lineFeeds = 0;

  /** Adds the break that a code unit stands for. */
  add(code: number): void {
    const text = breakText(code);
    if (text === '\n') this.lineFeeds++;
    else {
      this.done = this.text + text;
      this.lineFeeds = 0;
    }
  }

  get text(): string {
    return this.lineFeeds === 0 ? this.done : this.done + '\n'.repeat(this.lineFeeds);
  }
}
