import { newNode, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { readNode } from '../../../text/yaml/nodes/read-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { scalarNode, setField } from './edit.ts';
import { demandKind, field, getField } from './fields.ts';
import { isIndexNumber, isListIndex } from './paths.ts';
import { itemWith, kindBefore, listIndexOf, type PathCreation } from './path-getter.ts';
import { compilePattern } from './pattern.ts';
import { printNode } from './print.ts';

/**
 * The nodes that a path with patterns leads to: `*` is every item, `[name=value]` those whose field matches (mirrors
 * sigs.k8s.io/kustomize/kyaml v0.21.2, yaml/match.go, `PathMatcher`). Undefined where a field on the way is missing.
 */
export function matchPath(node: YamlNode, path: readonly string[], creation?: PathCreation): YamlNode[] | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return [node];
  if (isIndexNumber(first)) return matchIndex(node, Number(first), rest, creation);
  if (isListIndex(first)) return matchItems(node, first, rest, creation);
  if (first === '*') {
    demandKind(node, 'list');
    return flatten(node.content.map((item) => matchPath(item, rest, creation)));
  }
  return matchField(node, first, rest, creation);
}

function flatten(found: readonly (YamlNode[] | undefined)[]): YamlNode[] | undefined {
  const present = found.filter((each) => each !== undefined);
  return present.length === 0 ? undefined : present.flat();
}

function matchField(
  node: YamlNode,
  name: string,
  rest: readonly string[],
  creation: PathCreation | undefined,
): YamlNode[] | undefined {
  let value = getField(node, name);
  if (value === undefined) {
    if (creation === undefined) return undefined;
    value = newNode(kindBefore(rest[0], creation.kind), creation.cause);
    setField(node, name, value, creation.cause);
  }
  if (value.kind === 'scalar' && rest.length > 0) {
    const inside = parseText(value);
    return inside === undefined ? undefined : matchPath(inside, rest, creation);
  }
  return matchPath(value, rest, creation);
}

/** The document that a text holds; what is found in it is changed in vain. */
export function parseText({ value }: YamlNode): YamlNode | undefined {
  const { node, error } = readNode(value, 0, value.length);
  if (error !== undefined) throw new KustomizeFailure(error.message);
  return node;
}

function matchIndex(
  node: YamlNode,
  index: number,
  rest: readonly string[],
  creation: PathCreation | undefined,
): YamlNode[] | undefined {
  demandKind(node, 'list');
  if (node.content.length === index && creation !== undefined) {
    node.content.push(newNode(kindBefore(rest[0], creation.kind), creation.cause));
  }
  const item = node.content[index];
  if (item === undefined) {
    throw new KustomizeFailure(`index ${index} specified but only ${node.content.length} elements found`);
  }
  return matchPath(item, rest, creation);
}

function matchItems(
  node: YamlNode,
  part: string,
  rest: readonly string[],
  creation: PathCreation | undefined,
): YamlNode[] | undefined {
  const [name, pattern] = listIndexOf(part);
  demandKind(node, 'list');
  const find = (): YamlNode[] | undefined => {
    if (node.tag === '!!null') return undefined;
    const found = flatten(
      node.content.map((item) => {
        const regexp = compilePattern(pattern);
        const value = name === '' ? item : field(item, name);
        if (value === undefined || !regexp.matches(printNode(value).trim())) return undefined;
        return name === '' ? [item] : matchPath(item, rest, creation);
      }),
    );
    return found?.length === 0 ? undefined : found;
  };
  const found = find();
  if (found !== undefined || creation === undefined) return found;
  node.content.push(name === '' ? scalarNode(pattern, '', creation.cause) : itemWith(name, pattern, creation.cause));
  const made = find();
  if (made === undefined) throw new KustomizeFailure(`failed to create element for "${part}"`);
  return made;
}
