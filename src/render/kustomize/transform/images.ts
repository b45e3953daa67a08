import { once } from '../../../lang/once.ts';
import { compileRegexp } from '../../../lang/re2/regexp.ts';
import type { Cause, YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { addCause, replaceScalar, scalarNode } from '../node/edit.ts';
import { demandKind, getField, isEmptyNode, isNullOrMissing } from '../node/fields.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import type { Fields } from '../read/decode.ts';
import { kindOf } from '../resource/resource.ts';
import type { ResourceList } from '../resource/resource-list.ts';
import { visitFields, type FieldSpec } from './field-spec.ts';

/**
 * What changes the images of a list, one entry at a time (mirrors kustomize api v0.21.2, ImageTagTransformer, filters/imagetag and internal/image). The
 * entries of a kustomization come one right after another, so that where images stand is found out once for all of them.
 */
export function imageSetter(specs: readonly FieldSpec[]): (list: ResourceList, image: Fields) => void {
  let found: readonly YamlNode[] | undefined;
  return (list, image) => {
    found ??= imagesIn(list, specs);
    setImages(found, image);
  };
}

function setImages(nodes: readonly YamlNode[], image: Fields): void {
  const matches = imageMatcher(image.text('name'));
  const cause: Cause = { by: 'images', ...image.span };
  for (const node of nodes) {
    if (node.kind !== 'scalar') demandKind(node, 'scalar');
    if (isNullOrMissing(node) || !matches(node.value)) continue;
    const value = scalarNode(changedImage(node.value, image), '', node);
    value.causes = node.causes;
    addCause(value, cause);
    replaceScalar(node, value);
  }
}

/** In the order in which they are changed: an image that stands at a place of the table as well is changed twice. */
function imagesIn(list: ResourceList, specs: readonly FieldSpec[]): YamlNode[] {
  const found: YamlNode[] = [];
  const take = (image: YamlNode): void => {
    found.push(image);
  };
  const items = list.items.filter((item) => kindOf(item) !== 'CustomResourceDefinition');
  for (const { root } of items) {
    if (isEmptyNode(root)) throw new KustomizeFailure('missing Resource metadata', root);
    visitContainers(root, take);
  }
  for (const { root } of items) for (const spec of specs) visitFields(root, spec, take);
  return found;
}

/** Every list called `containers` or `initContainers`, wherever it stands. */
function visitContainers({ kind, content }: YamlNode, take: (image: YamlNode) => void): void {
  for (let index = kind === 'map' ? 1 : 0; index < content.length; index += kind === 'map' ? 2 : 1) {
    const value = content[index];
    if (value === undefined || value.kind === 'scalar') continue;
    visitContainers(value, take);
    if (kind !== 'map' || value.kind !== 'list') continue;
    const key = content[index - 1]?.value;
    if (key !== 'containers' && key !== 'initContainers') continue;
    for (const container of value.content) {
      const image = getField(container, 'image');
      if (image !== undefined) take(image);
    }
  }
}

/** The name is a regular expression; one that is none matches nothing. */
function imageMatcher(name: string): (image: string) => boolean {
  const pattern = `^${name}(:[a-zA-Z0-9_.{}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*)?$`;
  // An expression in which no character but the dot is special means the same to JavaScript, of ASCII at least, and takes less to compile.
  const quick = /^[\w./-]*$/.test(name) ? new RegExp(pattern) : undefined;
  const compiled = once(() => compileRegexp(pattern));
  return (image) => {
    if (quick !== undefined && /^[\w./:@{}+-]*$/.test(image)) return quick.test(image);
    const expression = compiled();
    return 'error' in expression ? false : expression.matches(image);
  };
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
