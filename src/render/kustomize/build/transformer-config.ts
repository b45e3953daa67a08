import { compareBytes } from '../../../lang/byte-order.ts';
import { once } from '../../../lang/once.ts';
import { FIELD_SPECS } from '../data/field-specs.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { gvkSortText, kindOrder, ORDER_FIRST, ORDER_LAST } from '../resource/order.ts';
import { isSelectedGvk, type Gvk } from '../resource/res-id.ts';
import { fieldSpec, type FieldSpec, type NameReference } from '../transform/field-spec.ts';

/** Which fields of which kinds the transformers change (mirrors kustomize api v0.21.2, internal/plugins/builtinconfig). */
export interface TransformerConfig {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly volumeClaimTemplateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
  readonly nameReference: readonly NameReference[];
}

/** The lists of places that a configuration can name. */
export const SPEC_LISTS = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'volumeClaimTemplateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const;

export const EMPTY_CONFIG: TransformerConfig = {
  namePrefix: [],
  nameSuffix: [],
  namespace: [],
  commonLabels: [],
  labels: [],
  templateLabels: [],
  volumeClaimTemplateLabels: [],
  commonAnnotations: [],
  varReference: [],
  images: [],
  replicas: [],
  nameReference: [],
};

/** What is built in. */
export const defaultConfig = once(readDefaults);

function readDefaults(): TransformerConfig {
  const tables: Readonly<Record<string, string>> = FIELD_SPECS;
  const lists = Object.fromEntries(
    SPEC_LISTS.map((name) => [
      name,
      (tables[name] ?? '')
        .split('\n')
        .filter((line) => line !== '')
        .map(readSpec),
    ]),
  );
  const nameReference: (Gvk & { referrers: FieldSpec[] })[] = [];
  for (const line of FIELD_SPECS.nameReference.split('\n')) {
    if (line.startsWith('> ')) {
      const { group, version, kind } = readSpec(line);
      nameReference.push({ group, version, kind, referrers: [] });
    } else nameReference.at(-1)?.referrers.push(readSpec(line));
  }
  return sortConfig({ ...EMPTY_CONFIG, ...lists, nameReference });
}

function readSpec(line: string): FieldSpec {
  const [path = '', kind = '', group = '', version = '', create] = line
    .split(' ')
    .map((cell) => (cell === '-' ? '' : cell));
  return fieldSpec(path, create === 'create', { group, version, kind });
}

/** Two configurations in one, in the order of kinds; fails where one creates a field and the other does not. */
export function mergeConfigs(mine: TransformerConfig, theirs: TransformerConfig): TransformerConfig {
  const lists = Object.fromEntries(SPEC_LISTS.map((name) => [name, mergeSpecs(mine[name], theirs[name])]));
  let { nameReference } = mine;
  for (const reference of theirs.nameReference) nameReference = addNameReference(nameReference, reference);
  return sortConfig({ ...mine, ...lists, nameReference });
}

export function mergeSpecs(mine: readonly FieldSpec[], theirs: readonly FieldSpec[]): readonly FieldSpec[] {
  const merged = [...mine];
  for (const spec of theirs) {
    const known = merged.find((each) => each.path === spec.path && isSelectedGvk(each, spec));
    if (known === undefined) merged.push(spec);
    else if (known.create !== spec.create) throw new KustomizeFailure('conflicting fieldspecs');
  }
  return merged;
}

function addNameReference(references: readonly NameReference[], added: NameReference): readonly NameReference[] {
  const isSame = (each: Gvk): boolean =>
    each.group === added.group && each.version === added.version && each.kind === added.kind;
  if (!references.some(isSame)) return [...references, added];
  return references.map((each) =>
    isSame(each) ? { ...each, referrers: mergeSpecs(each.referrers, added.referrers) } : each,
  );
}

/** In the order of kinds in which objects are applied. */
export function sortConfig(config: TransformerConfig): TransformerConfig {
  const lists = Object.fromEntries(SPEC_LISTS.map((name) => [name, config[name].toSorted(compareGvks)]));
  return { ...config, ...lists, nameReference: config.nameReference.toSorted(compareGvks) };
}

function compareGvks(left: Gvk, right: Gvk): number {
  const order = kindOrder(left.kind, ORDER_FIRST, ORDER_LAST) - kindOrder(right.kind, ORDER_FIRST, ORDER_LAST);
  return order === 0 ? compareBytes(gvkSortText(left), gvkSortText(right)) : order;
}

/** The tables that are built in, taken in once: what is in already changes nothing. */
const baseConfig = once(() => mergeConfigs(EMPTY_CONFIG, defaultConfig()));

/** Two configurations in one, where one of them may be what is built in. */
export function joinConfigs(mine: TransformerConfig, theirs: TransformerConfig): TransformerConfig {
  if (theirs === EMPTY_CONFIG) return mine;
  if (theirs === defaultConfig() || theirs === baseConfig()) return mine === EMPTY_CONFIG ? baseConfig() : mine;
  // A place that is named for one kind hides one that is named for all, even where that was there first.
  return mergeConfigs(mine, theirs);
}
