import { memo } from '../../../lang/memo.ts';
import type { YamlNode } from '../../../text/yaml/nodes/yaml-node.ts';
import { KustomizeFailure, within } from '../failure/kustomize-failure.ts';
import { addCause, replaceScalar, scalarNode, setField } from '../node/edit.ts';
import { field, getField, metadataOf, textOf } from '../node/fields.ts';
import {
  appendToAnnotations,
  currentId,
  kindOf,
  listOf,
  nameOf,
  namespaceOf,
  PREFIXES,
  previousIds,
  REFERRERS,
  SUFFIXES,
  type Resource,
} from '../resource/resource.ts';
import { effectiveNamespace, isSelectedGvk, printId, type Gvk, type ResId } from '../resource/res-id.ts';
import { visitPlace, type FieldSpec, type NameReference } from './field-spec.ts';

/** What the search for what a name means knows of an object. */
interface Candidate {
  readonly item: Resource;
  readonly current: ResId;
  readonly original: ResId;
  readonly previous: readonly ResId[];
}

/**
 * Writes the new names of objects wherever a table says that others refer to them by name (mirrors kustomize api v0.21.2,
 * internal/accumulator/namereferencetransformer.go and filters/nameref). Who refers to an object is noted on it if something can show that.
 */
export function updateNameReferences(
  items: readonly Resource[],
  references: readonly NameReference[],
  notesReferrers: boolean,
): void {
  const candidates = items.map((item): Candidate => {
    const [current, previous] = [currentId(item), previousIds(item)];
    return { item, current, original: previous[0] ?? current, previous };
  });
  const places = memo(references, placesByKind);
  // Only what was renamed or moved can change anything.
  const renamed = candidates.filter(({ previous }) => previous.length > 0);
  for (const referrer of candidates) {
    const reachable = reachableFrom(referrer, renamed);
    for (const { target, spec } of places.get(referrer.original.kind) ?? places.get('') ?? []) {
      if (!isSelectedGvk(referrer.original, spec)) continue;
      demandApiVersion(referrer.item);
      const filter = new ReferenceFilter(referrer, target, reachable, spec.path, notesReferrers);
      const prefix = (): string =>
        `updating name reference in '${spec.path}' field of '${printId(referrer.current)}': `;
      within(undefined, prefix, () => {
        visitPlace(referrer.item.root, spec, (node) => {
          filter.set(node);
        });
      });
    }
  }
}

/** A place in an object that refers to others, and their kind. */
interface ReferringPlace {
  readonly target: Gvk;
  readonly spec: FieldSpec;
}

/** The places in objects of each kind, in the order of the table; those of any kind are under '' as well. */
function placesByKind(references: readonly NameReference[]): ReadonlyMap<string, readonly ReferringPlace[]> {
  const ofAny: ReferringPlace[] = [];
  const byKind = new Map([['', ofAny]]);
  for (const target of references) {
    for (const spec of target.referrers) {
      const place = { target, spec };
      if (spec.kind === '') for (const places of byKind.values()) places.push(place);
      else {
        const places = byKind.get(spec.kind);
        if (places === undefined) byKind.set(spec.kind, [...ofAny, place]);
        else places.push(place);
      }
    }
  }
  return byKind;
}

/** An apiVersion that is null is none to one part of the real tool, and `null` to another. */
function demandApiVersion(item: Resource): void {
  const apiVersion = field(item.root, 'apiVersion');
  if (apiVersion?.tag !== '!!null' || apiVersion.value === '') return;
  throw new KustomizeFailure(`node-referrerOriginal 'APIVersion' mismatch '' != '${apiVersion.value}'`, apiVersion);
}

/** The objects whose names may be meant: those of its namespace, those without one, and what a RoleBinding's subjects name. */
function reachableFrom(referrer: Candidate, all: readonly Candidate[]): readonly Candidate[] {
  if (referrer.current.isClusterScoped) return all;
  const bound = subjectNamespaces(referrer.item);
  const namespace = effectiveNamespace(referrer.current);
  return all.filter(
    ({ current, item }) =>
      current.isClusterScoped || effectiveNamespace(current) === namespace || bound.has(namespaceOf(item)),
  );
}

function subjectNamespaces(item: Resource): Set<string> {
  const found = new Set<string>();
  const subjects = kindOf(item) === 'RoleBinding' ? field(item.root, 'subjects') : undefined;
  if (subjects?.kind !== 'list') return found;
  for (const subject of subjects.content) {
    const namespace = field(subject, 'namespace');
    if (namespace === undefined || field(subject, 'kind')?.value !== 'ServiceAccount') continue;
    if (namespace.kind !== 'scalar' || namespace.tag === '!!null') {
      throw new KustomizeFailure(
        `Invalid Input: namespace is blank for resource "${printId(currentId(item))}"`,
        namespace,
      );
    }
    found.add(namespace.value);
  }
  return found;
}

class ReferenceFilter {
  private readonly referrer: Candidate;
  private readonly target: Gvk;
  private readonly candidates: readonly Candidate[];
  private readonly path: string;
  private readonly notesReferrers: boolean;

  constructor(
    referrer: Candidate,
    target: Gvk,
    candidates: readonly Candidate[],
    path: string,
    notesReferrers: boolean,
  ) {
    this.notesReferrers = notesReferrers;
    this.referrer = referrer;
    this.target = target;
    this.candidates = candidates;
    this.path = path;
  }

  set(node: YamlNode): void {
    if (node.tag === '!!null') return;
    if (node.kind === 'scalar') this.setScalar(node);
    else if (node.kind === 'map') this.setMap(node);
    else for (const item of node.content) this.setItem(item);
  }

  private setItem(item: YamlNode): void {
    if (item.tag === '!!null') return;
    if (item.kind === 'scalar') this.setScalar(item);
    else if (item.kind === 'map') this.setMap(item);
    else throw new KustomizeFailure('item is expected to be either a string or a map of string', item);
  }

  private setScalar(node: YamlNode): void {
    const referral = this.select(node.value, this.candidates, (a, b) => nameOf(a) === nameOf(b));
    if (referral === undefined) return;
    this.note(referral);
    if (nameOf(referral) === node.value) return;
    replaceScalar(node, this.written(nameOf(referral), node, referral, 'name'));
  }

  private setMap(map: YamlNode): void {
    const nameNode = getField(map, 'name');
    if (nameNode === undefined) throw new KustomizeFailure("path config error; no 'name' field in node", map);
    const isSame = (a: Resource, b: Resource): boolean => nameOf(a) === nameOf(b) && namespaceOf(a) === namespaceOf(b);
    const referral = this.select(nameNode.value, this.inNamespaceOf(map), isSame);
    if (referral === undefined) return;
    this.note(referral);
    const namespace = namespaceOf(referral);
    if (nameOf(referral) === nameNode.value && namespace === '') return;
    if (nameOf(referral) !== nameNode.value)
      setField(map, 'name', this.written(nameOf(referral), nameNode, referral, 'name'));
    if (namespace === '') return;
    const old = getField(map, 'namespace');
    if (textOf(old) === namespace) return;
    setField(map, 'namespace', this.written(namespace, old ?? nameNode, referral, 'namespace'));
  }

  private note(referral: Resource): void {
    if (this.notesReferrers) appendToAnnotations(referral, [[REFERRERS, printId(currentId(this.referrer.item))]]);
  }

  private written(value: string, old: YamlNode, referral: Resource, what: string): YamlNode {
    const node = scalarNode(value, '', old);
    node.causes = old.causes;
    const from = field(metadataOf(referral.root), what) ?? referral.root;
    for (const cause of from.causes) addCause(node, cause);
    addCause(node, { by: 'nameReference', start: from.start, end: from.end });
    return node;
  }

  /** Those that had, or else have, the namespace that is written beside the name. */
  private inNamespaceOf(map: YamlNode): readonly Candidate[] {
    const node = getField(map, 'namespace');
    if (node === undefined) return this.candidates;
    const among = (idOf: (candidate: Candidate) => ResId): Candidate[] =>
      this.candidates.filter((each) => {
        const namespace = effectiveNamespace(idOf(each));
        return namespace === node.value && namespace !== '_non_namespaceable_';
      });
    const original = among(({ original: id }) => id);
    return original.length > 0 ? original : among(({ current }) => current);
  }

  /** The object that a name means: the one that is left when all others are sieved out; undefined if none is. */
  private select(
    name: string,
    candidates: readonly Candidate[],
    isSame: (left: Resource, right: Resource) => boolean,
  ): Resource | undefined {
    let left = candidates.filter(
      (each) =>
        each.previous.some((id) => id.name === name) &&
        each.previous.some((id) => isSelectedGvk(id, this.target)) &&
        this.fitsRoleRef(each) &&
        this.isNear(each),
    );
    if (left.length === 1) return left[0]?.item;
    left = left.filter((each) => this.hasAffixesOf(each, true));
    if (left.length > 1) left = left.filter((each) => this.hasAffixesOf(each, false));
    const [first] = left;
    if (first === undefined) return undefined;
    if (left.every(({ item }) => isSame(first.item, item))) return first.item;
    const ids = left.map(({ current }) => printId(current)).join(', ');
    throw new KustomizeFailure(`found multiple possible referrals: ${ids}`, first.item.root);
  }

  private fitsRoleRef({ previous }: Candidate): boolean {
    if (!this.path.endsWith('roleRef/name')) return true;
    const roleRef = field(this.referrer.item.root, 'roleRef');
    const [group, kind] = [field(roleRef, 'apiGroup'), field(roleRef, 'kind')];
    if (group === undefined || kind === undefined) return true;
    return previous.some((id) => isSelectedGvk(id, { group: group.value, version: '', kind: kind.value }));
  }

  private isNear({ current, item }: Candidate): boolean {
    const { current: own } = this.referrer;
    if (own.isClusterScoped || current.isClusterScoped || kindOf(item) === 'ServiceAccount') return true;
    return effectiveNamespace(own) === effectiveNamespace(current);
  }

  private hasAffixesOf({ item }: Candidate, allowEmpty: boolean): boolean {
    return [PREFIXES, SUFFIXES].every((name) => {
      const [mine, theirs] = [listOf(this.referrer.item, name), listOf(item, name)];
      return (allowEmpty && (mine.length === 0 || theirs.length === 0)) || endAlike(mine, theirs);
    });
  }
}

/** Whether the shorter list is the end of the longer one; an empty one is only that of an empty one. */
function endAlike(left: readonly string[], right: readonly string[]): boolean {
  const [short, long] = left.length > right.length ? [right, left] : [left, right];
  if (short.length === 0) return long.length === 0;
  return short.every((each, index) => long[index + long.length - short.length] === each);
}
