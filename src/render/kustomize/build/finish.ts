import { compareBytes } from '../../../lang/byte-order.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { addHashes } from '../generate/hash.ts';
import type { Span } from '../../../text/tree.ts';
import { addCause, setMetadataTexts } from '../node/edit.ts';
import { field, isEmptyNode, metadataOf, metadataTexts, pairs } from '../node/fields.ts';
import type { Fields } from '../read/decode.ts';
import { annotationOf, BUILD_ANNOTATIONS, currentId, ORIGIN, type Resource } from '../resource/resource.ts';
import { gvkSortText, kindOrder, ORDER_FIRST, ORDER_LAST } from '../resource/order.ts';
import { printId, type ResId } from '../resource/res-id.ts';
import { ResourceList } from '../resource/resource-list.ts';
import { grantsOfOldNames } from '../transform/grants-of-old-names.ts';
import { updateNameReferences } from '../transform/name-references.ts';
import { fieldSpec } from '../transform/field-spec.ts';
import { setTexts } from '../transform/simple.ts';
import { replaceVars } from '../transform/vars.ts';
import type { Accumulator } from './accumulator.ts';
import type { Build, Target } from './build.ts';
import { TRANSFORMATIONS } from './origins.ts';
import { valuesOf } from './var-set.ts';

/** How the objects of a build are ordered, if the kustomization does not say. */
export type Reorder = 'legacy' | 'none';

const MANAGED_BY = 'kustomize-(devel)';

/** What is done once, at the root, after everything else (mirrors kustomize api v0.21.2, krusty/kustomizer.go and `makeCustomizedResMap`). */
export function finish(
  build: Build,
  { fields }: Target,
  gathered: Accumulator,
  reorder: Reorder | undefined,
): Resource[] {
  const { list } = gathered;
  addHashes(list.items);
  build.attempt(['changes'], () => {
    updateNameReferences(list.items, gathered.config.nameReference, gathered.vars.size > 0);
  });
  for (const effect of grantsOfOldNames(list.items)) build.note(effect);
  build.attempt(['changes'], () => {
    resolveVars(build, gathered);
  });
  dropLocal(list);
  orderItems(build, list, fields.fields('sortOptions'), reorder);
  const metadata = fields.texts('buildMetadata').map(({ value }) => value);
  if (metadata.includes('managedByLabel')) {
    const span = fields.get('buildMetadata') ?? fields.span;
    const label = { key: 'app.kubernetes.io/managed-by', value: MANAGED_BY, span };
    setTexts(list, [label], [fieldSpec('metadata/labels', true)], 'buildMetadata');
  }
  const dropped = [
    ...BUILD_ANNOTATIONS,
    ...(metadata.includes('originAnnotations') ? [] : [ORIGIN]),
    ...(metadata.includes('transformerAnnotations') ? [] : [TRANSFORMATIONS]),
  ];
  for (const item of list.items) {
    removeNotes(item, dropped);
    placeOrigins(item, fields.get('buildMetadata'));
  }
  return list.items;
}

function resolveVars(build: Build, { list, vars, config }: Accumulator): void {
  const values = valuesOf(list.items, vars);
  if (values.size === 0) return;
  const { unused, warnings } = replaceVars(list.items, values, config.varReference);
  build.warnings.push(...warnings);
  if (unused.length > 0) {
    build.warnings.push(`well-defined vars that were never replaced: ${[...unused].sort(compareBytes).join(',')}`);
  }
}

const LOCAL_CONFIG = 'config.kubernetes.io/local-config';

/** Drops what is only for the build itself. */
function dropLocal(list: ResourceList): void {
  const remaining = list.items.filter((item) => {
    if (isEmptyNode(item.root)) return false;
    demandMetadata(item);
    const local = annotationOf(item, LOCAL_CONFIG);
    return local === undefined || local === 'false';
  });
  // Two objects that came to have one id end the real tool.
  within(undefined, 'panic: ', () => new ResourceList(remaining));
  list.items = remaining;
}

function demandMetadata(item: Resource): void {
  const { kind, name } = currentId(item);
  if (kind === '') throw new KustomizeFailure('missing kind in object', item.root);
  if (!kind.endsWith('List') && name === '') throw new KustomizeFailure('missing metadata.name in object', item.root);
}

const BOTH_ORDERS =
  "Warning: Sorting order is set both in 'kustomization.yaml' ('sortOptions') and in a CLI flag ('--reorder'). Using the kustomization file over the CLI flag.";

function orderItems(build: Build, list: ResourceList, options: Fields | undefined, reorder: Reorder | undefined): void {
  const order = options?.text('order') ?? reorder ?? 'legacy';
  const legacy = options?.fields('legacySortOptions');
  if (options !== undefined) {
    if (reorder !== undefined) build.warnings.push(BOTH_ORDERS);
    if (order !== 'fifo' && order !== 'legacy') {
      throw new KustomizeFailure("the field 'sortOptions.order' must be one of [fifo, legacy]", options.span);
    }
    if (order === 'fifo' && legacy !== undefined) {
      const message =
        "the field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'";
      throw new KustomizeFailure(message, options.span);
    }
  }
  if (order !== 'legacy') return;
  const first = legacy === undefined ? ORDER_FIRST : legacy.texts('orderFirst').map(({ value }) => value);
  const last = legacy === undefined ? ORDER_LAST : legacy.texts('orderLast').map(({ value }) => value);
  const sorted = list.items
    .map((item) => ({ item, id: currentId(item) }))
    .sort((left, right) => compareIds(left.id, right.id, first, last))
    .map(({ item }) => item);
  list.items = sorted;
}

function compareIds(left: ResId, right: ResId, first: readonly string[], last: readonly string[]): number {
  if (left.group === right.group && left.version === right.version && left.kind === right.kind) {
    return compareBytes(idSortText(left), idSortText(right));
  }
  const order = kindOrder(left.kind, first, last) - kindOrder(right.kind, first, last);
  if (order !== 0) return order;
  const byText = compareBytes(gvkSortText(left), gvkSortText(right));
  const areNamespaces =
    left.kind === 'Namespace' && right.kind === 'Namespace' && (left.group === '' || right.group === '');
  return areNamespaces ? -byText : byText;
}

/** `Kind.version.group|namespace|name`, where what is absent sorts behind what is there. */
function idSortText(id: ResId): string {
  return [printId(id).split('/')[0] ?? '', id.namespace || '~X', id.name || '~N'].join('|');
}

function removeNotes({ root }: Resource, dropped: readonly string[]): void {
  const annotations = metadataTexts(root, 'annotations');
  const prefix = annotations.size === 0 ? '' : 'panic: ';
  for (const name of dropped) annotations.delete(name);
  within(undefined, prefix, () => {
    setMetadataTexts(root, 'annotations', annotations);
  });
}

/** What the build itself writes stands at the field that asks for it. */
function placeOrigins({ root }: Resource, span: Span | undefined): void {
  if (span === undefined) return;
  for (const [, value] of pairs(field(metadataOf(root), 'annotations'))) {
    if (value.start >= 0) continue;
    value.start = span.start;
    value.end = span.end;
    addCause(value, { by: 'buildMetadata', ...span });
  }
}
