import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import type { Span } from '../../../text/tree.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { addCause } from '../node/edit.ts';
import { isTextNode } from '../node/fields.ts';
import type { Resource } from '../resource/resource.ts';
import { visitFields, type FieldSpec } from './field-spec.ts';

/** The value of a var. */
export interface VarValue {
  /** As part of a longer text. */
  readonly text: string;
  /** As the whole of one. */
  readonly whole: string;
  readonly tag: '!!str' | '!!int' | '!!float' | '!!bool';
  /** What is said of a value that is no scalar: then the reference stays. */
  readonly bad?: string;
  /** Where the var is defined, and where its value stands. */
  readonly from: readonly Span[];
}

/** Replaces `$(NAME)` at the places that a table names; answers the vars that were never met (mirrors kustomize api v0.21.2, filters/refvar). */
export function replaceVars(
  items: readonly Resource[],
  vars: ReadonlyMap<string, VarValue>,
  specs: readonly FieldSpec[],
): { readonly unused: readonly string[]; readonly warnings: readonly string[] } {
  const used = new Set<string>();
  const warnings: string[] = [];
  const mapping: Mapping = (name) => {
    const value = vars.get(name);
    if (value?.bad !== undefined) {
      warnings.push(`MakePrimitiveReplacer: ${value.bad}`);
      return undefined;
    }
    if (value !== undefined) used.add(name);
    return value;
  };
  for (const { root } of items) {
    for (const spec of specs) {
      visitFields(root, spec, (node) => {
        setNode(node, mapping);
      });
    }
  }
  return { unused: [...vars.keys()].filter((name) => !used.has(name)), warnings };
}

type Mapping = (name: string) => VarValue | undefined;

function setNode(node: YamlNode, mapping: Mapping): void {
  if (node.tag === '!!null') return;
  if (node.kind === 'scalar') {
    if (isTextNode(node)) expand(node, mapping);
  } else if (node.kind === 'list') {
    for (const item of node.content) {
      if (!isTextNode(item)) throw new KustomizeFailure('invalid value type expect a string', item);
      expand(item, mapping);
    }
  } else {
    for (const [index, child] of node.content.entries()) {
      if (index % 2 === 1 && isTextNode(child)) expand(child, mapping);
      else if (index % 2 === 0 && !isTextNode(child)) {
        throw new KustomizeFailure(`invalid map key: value='${child.value}', tag='${child.tag}'`, child);
      }
    }
  }
}

/** Rewrites a text, references or not: it loses its style, and takes the type of a reference that it is as a whole. */
function expand(node: YamlNode, mapping: Mapping): void {
  const met: VarValue[] = [];
  const whole = /^\$\(([^)]*)\)$/.exec(node.value)?.[1];
  const types: VarValue['tag'][] = [];
  const text = node.value.replace(/\$(?:\$|\(([^)]*)\))/g, (written, name: string | undefined) => {
    if (written === '$$') return '$';
    const value = name === undefined ? undefined : mapping(name);
    if (value === undefined) return written;
    met.push(value);
    if (name !== whole) return value.text;
    types.push(value.tag);
    return value.whole;
  });
  const [tag = '!!str'] = types;
  node.value = text;
  node.tag = tag;
  node.tagged = false;
  node.style = tag === '!!str' && text.includes('\n') ? 'literal' : '';
  for (const { from } of met) for (const { start, end } of from) addCause(node, { by: 'vars', start, end });
}
