import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { allIds, currentId, isEmptyResource, nameOf, type Resource } from './resource.ts';
import { idKey, isSameId, printId, type ResId } from './res-id.ts';

/** The objects of a build in order, no two of which have one id when they are added (mirrors kustomize api v0.21.2, resmap/reswrangler.go). */
export class ResourceList {
  items: Resource[] = [];

  constructor(items: readonly Resource[] = []) {
    this.append(items);
  }

  /** Adds objects at the end; fails for one whose id is taken. */
  append(added: readonly Resource[]): void {
    const names = new Set(added.map(nameOf));
    // An id is more work than a name, and lists are added to one by one.
    const taken = new Set(this.items.filter((item) => names.has(nameOf(item))).map((item) => idKey(currentId(item))));
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

  /** The objects that have, or had, an id that fits. */
  withAnyId(fits: (id: ResId) => boolean): Resource[] {
    return this.items.filter((item) => !isEmptyResource(item) && allIds(item).some(fits));
  }

  /** The one object that has, or had, an id. */
  byAnyId(id: ResId): Resource {
    const found = this.withAnyId((each) => isSameId(each, id));
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
