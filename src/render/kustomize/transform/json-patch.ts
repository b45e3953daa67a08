import { copyNode, newNode, type Cause, type YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { addCause, scalarNode } from '../node/edit.ts';
import { keyIndex, pairs } from '../node/fields.ts';
import { goJson } from '../node/go-json.ts';

/** One operation of a JSON patch; what is missing fails only when the operation is applied. */
export interface JsonOperation {
  readonly op: string;
  readonly path: string | undefined;
  readonly from: string | undefined;
  readonly value: YamlNode | undefined;
  readonly cause: Cause;
}

/** Applies a JSON patch to a document that went through JSON, in place (mirrors gopkg.in/evanphx/json-patch.v4 v4.13.0, which is not RFC 6902 to the letter). */
export function applyJsonPatch(document: YamlNode, operations: readonly JsonOperation[]): YamlNode {
  let root = document;
  for (const operation of operations) root = apply(root, operation);
  return root;
}

function apply(root: YamlNode, operation: JsonOperation): YamlNode {
  const { op, cause } = operation;
  if (!OPERATIONS.includes(op)) throw new KustomizeFailure(`Unexpected kind: ${op}`, cause);
  if (op === 'move' || op === 'copy') {
    moveOrCopy(root, operation);
    return root;
  }
  const { path } = operation;
  if (path === undefined) throw new KustomizeFailure(`${op} operation failed to decode path: missing value`, cause);
  if (path === '' && op === 'replace') return wholeDocument(operation);
  if (path === '' && op === 'test') {
    if (operation.value === undefined || !isSameJson(root, operation.value)) throw failedTest(operation);
    return root;
  }
  const { container, key } = find(
    root,
    path,
    op === 'test' ? 'test operation does not apply: is' : `${op} operation does not apply: doc is`,
    cause,
  );
  if (op === 'add') add(container, key, valueOf(operation), path, cause);
  else if (op === 'remove') remove(container, key, path, cause);
  else if (op === 'replace') replace(container, key, valueOf(operation), path, cause);
  else test(container, key, operation);
  return root;
}

const OPERATIONS = ['add', 'remove', 'replace', 'move', 'test', 'copy'];

function wholeDocument(operation: JsonOperation): YamlNode {
  const { value, cause } = operation;
  if (value === undefined || value.kind === 'scalar') {
    throw new KustomizeFailure('replace operation value must be object or array', cause);
  }
  return valueOf(operation);
}

function valueOf({ value, cause }: JsonOperation): YamlNode {
  return value === undefined ? scalarNode('null', '!!null', cause) : copyNode(value);
}

interface Place {
  readonly container: YamlNode;
  readonly key: string;
}

/** The container of a path's last part. The text before the first slash counts for nothing. */
function find(root: YamlNode, path: string, problem: string, cause: Cause): Place {
  const parts = path.split('/').map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const missing = (): KustomizeFailure =>
    new KustomizeFailure(`${problem} missing path: "${path}": missing value`, cause);
  if (parts.length < 2) throw missing();
  let container = root;
  for (const part of parts.slice(1, -1)) {
    const next =
      container.kind === 'list' ? container.content[indexOf(container, part) ?? -1] : valueAt(container, part);
    if (next === undefined || next.kind === 'scalar') throw missing();
    container = next;
  }
  return { container, key: parts.at(-1) ?? '' };
}

function valueAt(map: YamlNode, key: string): YamlNode | undefined {
  const index = keyIndex(map, key);
  return index < 0 ? undefined : map.content[index + 1];
}

/** The index of an item that exists; negative ones count from the end. */
function indexOf(list: YamlNode, key: string): number | undefined {
  if (!/^[-+]?\d+$/.test(key)) return undefined;
  const index = Number(key) < 0 ? Number(key) + list.content.length : Number(key);
  return index < 0 || index >= list.content.length ? undefined : index;
}

function add(container: YamlNode, key: string, value: YamlNode, path: string, cause: Cause): void {
  if (container.kind === 'map') {
    setKey(container, key, value, cause);
    return;
  }
  if (key === '-') {
    container.content.push(value);
    return;
  }
  const length = container.content.length + 1;
  const index = Number(key) < 0 ? Number(key) + length : Number(key);
  if (!/^[-+]?\d+$/.test(key) || index < 0 || index >= length) {
    throw new KustomizeFailure(`error in add for path: '${path}': invalid index referenced`, cause);
  }
  container.content = container.content.toSpliced(index, 0, value);
}

function setKey(map: YamlNode, key: string, value: YamlNode, cause: Cause): void {
  const index = keyIndex(map, key);
  if (index >= 0) map.content[index + 1] = value;
  else map.content.push(scalarNode(key, '!!str', cause), value);
}

function remove(container: YamlNode, key: string, path: string, cause: Cause): void {
  const index = container.kind === 'list' ? indexOf(container, key) : keyIndex(container, key);
  if (index === undefined || index < 0) {
    throw new KustomizeFailure(
      `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`,
      cause,
    );
  }
  container.content = container.content.toSpliced(index, container.kind === 'list' ? 1 : 2);
}

function replace(container: YamlNode, key: string, value: YamlNode, path: string, cause: Cause): void {
  if (container.kind === 'map') {
    setKey(container, key, value, cause);
    return;
  }
  const index = indexOf(container, key);
  if (index === undefined) {
    throw new KustomizeFailure(`replace operation does not apply: doc is missing key: ${path}: missing value`, cause);
  }
  container.content = container.content.with(index, value);
}

function moveOrCopy(root: YamlNode, operation: JsonOperation): void {
  const { op, from, path, cause } = operation;
  if (from === undefined) throw new KustomizeFailure(`${op} operation failed to decode from: missing value`, cause);
  const source = find(root, from, `${op} operation does not apply: doc is missing from path:`, cause);
  const isList = source.container.kind === 'list';
  const index = isList ? indexOf(source.container, source.key) : keyIndex(source.container, source.key);
  const isMissing = index === undefined || index < 0;
  if (isMissing && (isList || op === 'move')) {
    throw new KustomizeFailure(`error in ${op} for path: '${source.key}': Unable to remove nonexistent key`, cause);
  }
  const value = isMissing ? scalarNode('null', '!!null', cause) : source.container.content[index + (isList ? 0 : 1)];
  if (op === 'move') remove(source.container, source.key, from, cause);
  if (path === undefined) throw new KustomizeFailure(`${op} operation failed to decode path: missing value`, cause);
  const target = find(root, path, `${op} operation does not apply: doc is missing destination path:`, cause);
  const moved = op === 'move' ? (value ?? newNode('map', cause)) : copyNode(value ?? newNode('map', cause));
  addCause(moved, cause);
  add(target.container, target.key, moved, path, cause);
}

function test(container: YamlNode, key: string, operation: JsonOperation): void {
  const { path, value, cause } = operation;
  const isList = container.kind === 'list';
  const index = isList ? indexOf(container, key) : keyIndex(container, key);
  if (isList && index === undefined)
    throw new KustomizeFailure(`error in test for path: '${path ?? ''}': invalid index`, cause);
  const actual = index === undefined || index < 0 ? undefined : container.content[isList ? index : index + 1];
  const isNull = (node: YamlNode | undefined): boolean => node === undefined || node.tag === '!!null';
  if (isNull(actual) ? isNull(value) : value !== undefined && actual !== undefined && isSameJson(actual, value)) return;
  throw failedTest(operation);
}

function failedTest({ path, cause }: JsonOperation): KustomizeFailure {
  return new KustomizeFailure(`testing value ${path ?? ''} failed: test failed`, cause);
}

function isSameJson(left: YamlNode, right: YamlNode): boolean {
  return goJson(left) === goJson(right);
}

/** The operations of a patch that is a list of maps; undefined for what is none. */
export function readOperations(patch: YamlNode, by: string): JsonOperation[] | undefined {
  if (patch.kind !== 'list' || patch.content.some((item) => item.kind !== 'map' && item.tag !== '!!null'))
    return undefined;
  return patch.content.map((item) => {
    const text = (name: string): string | undefined => {
      const node = pairs(item).find(([key]) => key.value === name)?.[1];
      return node?.kind === 'scalar' && node.tag === '!!str' ? node.value : undefined;
    };
    const value = pairs(item).find(([key]) => key.value === 'value')?.[1];
    return {
      op: text('op') ?? 'unknown',
      path: text('path'),
      from: text('from'),
      value,
      cause: { by, start: item.start, end: item.end },
    };
  });
}
