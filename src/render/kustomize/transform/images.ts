import { once } from '../../../lang/once.ts';
import { compileRegexp } from '../../../lang/re2/regexp.ts';
import type { Cause, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { addCause, replaceScalar, scalarNode } from '../node/edit.ts';
import { demandKind, getField, isEmptyNode, isNullOrMissing, pairs } from '../node/fields.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import type { Fields } from '../read/decode.ts';
import { kindOf } from '../resource/resource.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { visitFields, type FieldSpec } from './field-spec.ts';

/** Names, tags and digests of images anew (mirrors kustomize api v0.21.2, ImageTagTransformer, filters/imagetag and internal/image). */
export function setImages(list: ResourceList, image: Fields, specs: readonly FieldSpec[]): void {
  const matches = imageMatcher(image.text('name'));
  const cause: Cause = { by: 'images', ...image.span };
  const set = (node: YamlNode): void => {
    if (node.kind !== 'scalar') demandKind(node, 'scalar');
    if (isNullOrMissing(node) || !matches(node.value)) return;
    const value = scalarNode(changedImage(node.value, image), '', node);
    value.causes = node.causes;
    addCause(value, cause);
    replaceScalar(node, value);
  };
  for (const item of list.items) {
    if (kindOf(item) === 'CustomResourceDefinition') continue;
    demandMeta(item.root);
    visitContainers(item.root, set);
  }
  for (const item of list.items) {
    if (kindOf(item) === 'CustomResourceDefinition') continue;
    for (const spec of specs) visitFields(item.root, spec, set);
  }
}

function demandMeta(root: YamlNode): void {
  if (isEmptyNode(root)) throw new KustomizeFailure('missing Resource metadata', root);
}

/** Every list called `containers` or `initContainers`, wherever it stands. */
function visitContainers(node: YamlNode, set: (image: YamlNode) => void): void {
  if (node.kind === 'list') for (const item of node.content) visitContainers(item, set);
  if (node.kind !== 'map') return;
  for (const [key, value] of pairs(node)) {
    visitContainers(value, set);
    if ((key.value !== 'containers' && key.value !== 'initContainers') || value.kind !== 'list') continue;
    for (const container of value.content) {
      const image = getField(container, 'image');
      if (image !== undefined) set(image);
    }
  }
}

/** The name is a regular expression; one that is none matches nothing. */
function imageMatcher(name: string): (image: string) => boolean {
  const pattern = `^${name}(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$`;
  const compiled = once(() => compileRegexp(pattern));
  const start = literalStart(name);
  return (image) => {
    if (!image.startsWith(start)) return false;
    const expression = compiled();
    return 'error' in expression ? false : expression.matches(image);
  };
}

/** What every text that an expression matches begins with; told only of one in which no character but the dot is special. */
function literalStart(expression: string): string {
  return /^[\w./-]*$/.test(expression) ? (expression.split('.', 1)[0] ?? '') : '';
}

function changedImage(image: string, change: Fields): string {
  let { name, tag, digest } = splitImage(image);
  const [newName, newTag, newDigest, suffix] = ['newName', 'newTag', 'digest', 'tagSuffix'].map((each) =>
    change.text(each),
  );
  if (newName) name = newName;
  if (newTag) {
    tag = newTag;
    digest = newDigest ?? '';
  } else if (newDigest) {
    tag = '';
    digest = newDigest;
  } else if (suffix) {
    tag += suffix;
    digest = '';
  }
  return name + (tag === '' ? '' : `:${tag}`) + (digest === '' ? '' : `@${digest}`);
}

function splitImage(image: string): { name: string; tag: string; digest: string } {
  const slash = Math.max(image.indexOf('/'), 0);
  const at = image.indexOf('@', slash);
  const colon = image.indexOf(':', slash);
  if (at < 0 && colon < 0) return { name: image, tag: '', digest: '' };
  if (at >= 0 && (at < colon || colon < 0)) return { name: image.slice(0, at), tag: '', digest: image.slice(at + 1) };
  if (at < 0) return { name: image.slice(0, colon), tag: image.slice(colon + 1), digest: '' };
  return { name: image.slice(0, colon), tag: image.slice(colon + 1, at), digest: image.slice(at + 1) };
}
