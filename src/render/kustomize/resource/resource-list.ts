import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { currentId, hasOrHadId, isEmptyResource, type Resource } from './resource.ts';
import { idKey, isSameId, printId, type ResId } from './res-id.ts';

/** The objects of a build in order, no two of which have one id when they are added (mirrors kustomize api v0.21.2, resmap/reswrangler.go). */
export class ResourceList {
  items: Resource[] = [];

  constructor(items: readonly Resource[] = []) {
    this.append(items, new Set());
  }

  /** Adds objects at the end; fails for one whose id is taken. `taken`: for several calls in a row, between which no object changes. */
  append(added: readonly Resource[], taken = this.takenIds()): void {
    for (const item of added) {
      const id = currentId(item);
      const key = idKey(id);
      if (taken.has(key)) {
        throw new KustomizeFailure(`may not add resource with an already registered id: ${printId(id)}`, item.root);
      }
      taken.add(key);
      this.items.push(item);
    }
  }

  /** The ids of the objects as they are now, which `append` keeps up to date. */
  takenIds(): Set<string> {
    return new Set(this.items.map((item) => idKey(currentId(item))));
  }

  /** The objects that have, or had, an id of this name that fits. */
  withAnyId(name: string, fits: (id: ResId) => boolean): Resource[] {
    return this.items.filter((item) => !isEmptyResource(item) && hasOrHadId(item, name, fits));
  }

  /** The one object that has, or had, an id. */
  byAnyId(id: ResId): Resource {
    const found = this.withAnyId(id.name, (each) => isSameId(each, id));
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    const why = `${found.length === 0 ? 'no' : 'multiple'} matches for Id ${printId(id)}`;
    throw new KustomizeFailure(`${why}; failed to find unique target for patch ${printId(id)}`);
  }

  /** Takes out what a transformer emptied. */
  dropEmpty(): void {
    this.items = this.items.filter((item) => !isEmptyResource(item));
  }
}
