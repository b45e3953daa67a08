import { memo } from '../../../lang/memo.ts';
import { KustomizeFailure } from '../failure/kustomize-failure.ts';
import { copyShifted, copyTangled, isTangled, shiftNode, type Shift } from '../node/shift.ts';
import { Loader } from '../read/loader.ts';
import type { Resource } from '../resource/resource.ts';
import { ResourceList } from '../resource/resource-list.ts';
import type { Accumulator } from './accumulator.ts';
import { Build } from './build.ts';

/** What a directory gathers, in a build of its own. */
interface Part {
  readonly build: Build;
  readonly gathered: Accumulator;
  /** The directories that it includes, through others as well. */
  readonly reached: readonly string[];
  /** The objects with a node that stands at several of their places. */
  readonly tangled: ReadonlySet<Resource>;
  /** How often it is still asked for, as far as that is known: who asks last may have it as it is. */
  uses: number;
}

/**
 * What a directory gathers, which is the same for all that include it, and is found out once for all builds of a tree: the caller may change it. Undefined
 * where this build has to find out for itself.
 */
export function gatherShared(
  build: Build,
  loader: Loader,
  gather: (build: Build, loader: Loader) => Accumulator,
): Accumulator | undefined {
  const uses = build.tree.usesOf?.(loader.root) ?? Infinity;
  if (build.schemas.isSet || uses < 2) return undefined;
  const parts = memo(build.tree, partsOfTree);
  const key = `${String(build.isPartial)} ${String(loader.isRestricted)} ${loader.root}`;
  if (!parts.has(key)) {
    // A directory that includes itself has no part while its part is made.
    parts.set(key, undefined);
    parts.set(key, makePart(build, loader, uses, gather));
  }
  const part = parts.get(key);
  // One that includes what includes it here fails only here.
  if (part?.reached.every((directory) => loader.isNew(directory)) !== true) return undefined;
  const shift = build.join(part.build);
  if (shift === undefined) return undefined;
  loader.reached.push(...part.reached);
  part.uses--;
  if (part.uses === 0) parts.set(key, undefined);
  return moved(part, shift);
}

function partsOfTree(): Map<string, Part | undefined> {
  return new Map();
}

function makePart(
  { tree, isPartial }: Build,
  { root, isRestricted }: Loader,
  uses: number,
  gather: (build: Build, loader: Loader) => Accumulator,
): Part | undefined {
  const build = new Build(tree, isPartial);
  const loader = new Loader(tree, root, isRestricted);
  try {
    const gathered = gather(build, loader);
    // A schema that it names counts for all that comes later.
    if (build.schemas.isSet) return undefined;
    const tangled = new Set(gathered.list.items.filter(({ root: document }) => isTangled(document)));
    return { build, gathered, reached: loader.reached, tangled, uses };
  } catch (error) {
    if (error instanceof KustomizeFailure) return undefined;
    throw error;
  }
}

/** What was gathered, at its places in another text space. */
function moved({ gathered, tangled, uses }: Part, shift: Shift): Accumulator {
  const list = new ResourceList();
  // Their ids were told apart when they were gathered.
  list.items = gathered.list.items.map((item): Resource => {
    const vars = [...item.vars];
    if (tangled.has(item)) return { ...item, root: copyTangled(item.root, shift), vars };
    if (uses > 0) return { ...item, root: copyShifted(item.root, shift), vars };
    shiftNode(item.root, shift);
    return item;
  });
  const vars = [...gathered.vars].map(([name, each]) => [name, { ...each, span: shift.span(each.span) }] as const);
  return { list, config: gathered.config, vars: new Map(vars) };
}
