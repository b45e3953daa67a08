import { CORE_TAG } from '../resolve/resolve-scalar.ts';
import { resolvePlainV3 } from '../resolve/resolve-v3.ts';
import { YamlFailure } from '../scan/failure.ts';
import type { TreeSink } from '../tree-sink.ts';
import { newNode, type NodeStyle, type YamlNode } from './yaml-node.ts';

const STYLES: Readonly<Record<string, NodeStyle>> = { '"': 'double', "'": 'single', '|': 'literal', '>': 'folded' };

/** Builds the nodes of one document (mirrors go.yaml.in/yaml/v3, decode.go, `parser`). */
export class NodeBuilder implements TreeSink {
  root: YamlNode | undefined;
  lastEnd: number;
  /** How deep collections nest, aliases not followed. */
  height = 0;
  readonly tags = { note: (): void => undefined };
  private readonly text: string;
  private readonly open_: YamlNode[] = [];
  private readonly anchors = new Map<string, YamlNode>();
  private line = 1;
  private lineStart: number;

  constructor(text: string, begin: number) {
    this.text = text;
    this.lastEnd = begin;
    this.lineStart = begin;
  }

  empty(at: number): void {
    this.scalar('', true, at, at, at, '', undefined);
  }

  scalar(
    value: string,
    plain: boolean,
    start: number,
    end: number,
    at: number,
    anchor: string,
    tag: string | undefined,
  ): void {
    if (end > this.lastEnd) this.lastEnd = end;
    const node = newNode('scalar', { start, end });
    this.locate(node, at);
    node.value = value;
    node.style = plain ? '' : (STYLES[this.text.charAt(start)] ?? 'double');
    this.setTag(node, tag, plain ? resolvePlainV3(value).tag : '!!str');
    this.setAnchor(node, anchor);
    this.put(node);
  }

  alias(name: string, start: number, end: number): void {
    this.lastEnd = end;
    const target = this.anchors.get(name);
    if (target === undefined) {
      throw new YamlFailure('decode', `yaml: unknown anchor '${name}' referenced`, start, undefined, { start, end });
    }
    const node = newNode('alias', { start, end });
    node.value = name;
    node.target = target;
    this.put(node);
  }

  open(isMap: boolean, start: number, at: number, anchor: string, tag: string | undefined): void {
    const node = newNode(isMap ? 'map' : 'list', { start, end: start });
    this.locate(node, at);
    const first = this.text.charAt(start);
    node.style = first === '{' || first === '[' ? 'flow' : '';
    this.setTag(node, tag, isMap ? '!!map' : '!!seq');
    this.setAnchor(node, anchor);
    this.open_.push(node);
    if (this.open_.length > this.height) this.height = this.open_.length;
  }

  close(end: number): void {
    const node = this.open_.pop();
    if (node === undefined) return;
    if (end > this.lastEnd) this.lastEnd = end;
    node.end = end;
    this.put(node);
  }

  /** Nodes begin in the order of the text. */
  private locate(node: YamlNode, at: number): void {
    for (let found = this.text.indexOf('\n', this.lineStart); found >= 0 && found < at;) {
      this.lineStart = found + 1;
      this.line++;
      found = this.text.indexOf('\n', this.lineStart);
    }
    node.line = this.line;
    node.column = at - this.lineStart + 1;
  }

  private put(node: YamlNode): void {
    const parent = this.open_.at(-1);
    if (parent === undefined) this.root = node;
    else parent.content.push(node);
  }

  private setTag(node: YamlNode, tag: string | undefined, implied: string): void {
    node.tagged = tag !== undefined && tag !== '' && tag !== '!';
    node.tag = node.tagged ? shortTag(tag ?? '') : implied;
  }

  private setAnchor(node: YamlNode, anchor: string): void {
    if (anchor === '') return;
    node.anchor = anchor;
    this.anchors.set(anchor, node);
  }
}

function shortTag(tag: string): string {
  return tag.startsWith(CORE_TAG) ? `!!${tag.slice(CORE_TAG.length)}` : tag;
}
