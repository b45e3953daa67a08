import { isSelectorError, parseSelector } from '../../../lang/calico-selector/parse-selector.ts';
import type { SelectorNode } from '../../../lang/calico-selector/selector-node.ts';

/**
 * Parses selectors so that equal texts give the same node: what is remembered about a node (the endpoints it matches) is then
 * worked out once, however many rules repeat it.
 */
export class SelectorPool {
  private readonly nodes = new Map<string, SelectorNode | undefined>();

  /** The parsed selector; undefined when the text cannot be parsed. */
  parse(text: string): SelectorNode | undefined {
    if (this.nodes.has(text)) return this.nodes.get(text);
    const parsed = parseSelector(text);
    const node = isSelectorError(parsed) ? undefined : parsed;
    this.nodes.set(text, node);
    return node;
  }
}
