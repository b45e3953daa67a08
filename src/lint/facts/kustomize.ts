import { customScopes, scopeOf } from '../../cluster/index/scope.ts';
import { groupBy } from '../../lang/group-by.ts';
import type { ManifestObject } from '../../model/object.ts';
import type { SideEffect, SideEffectKind } from '../../render/kustomize/failure/side-effect.ts';
import { isPutTogether, sourceAt } from '../../text/position.ts';
import type { SourceFile } from '../../text/source.ts';
import { child, type Span } from '../../text/tree.ts';
import type { FactContext } from './fact-context.ts';
import { remembered } from './remembered.ts';

/** A place in a file that somebody wrote. */
export interface WrittenPlace {
  readonly file: SourceFile;
  readonly span: Span;
}

/** Something that a build does without a word, where it is written. */
export interface KustomizeEffect extends Pick<SideEffect, 'is' | 'names' | 'object'> {
  readonly at: WrittenPlace;
  readonly lost: readonly WrittenPlace[];
}

/** What the builds of the tree's kustomizations do without a word. */
export interface KustomizeFacts {
  /** The effects of some kinds, each once however many kustomizations share it; of a target, only those that select nothing in any. */
  effects(...kinds: readonly SideEffectKind[]): readonly KustomizeEffect[];
  /** Objects without a namespace of their own, onto which a kustomization writes one. */
  readonly clusterScoped: readonly ManifestObject[];
}

/** Gathers the effects of the entry points. */
export const kustomizeFacts = remembered((context: FactContext): KustomizeFacts => {
  let all: readonly KustomizeEffect[] | undefined;
  return {
    effects: (...kinds) => (all ??= effectsOf(context)).filter(({ is }) => kinds.includes(is)),
    get clusterScoped() {
      return clusterScoped(context);
    },
  };
});

function effectsOf({ entryPoints }: FactContext): KustomizeEffect[] {
  const placed = entryPoints.flatMap((entry) =>
    entry.effects.map(({ start, end, lost, is, names, object }) => {
      const place = (span: Span): WrittenPlace => sourceAt(entry.built, span);
      return { entry, effect: { is, names, object, at: place({ start, end }), lost: lost.map(place) } };
    }),
  );
  const keyOf = ({ is, at, lost, names }: KustomizeEffect): string =>
    JSON.stringify([is, at.file.path, at.span, lost.map(({ file, span }) => [file.path, span]), names]);
  return [...groupBy(placed, ({ effect }) => keyOf(effect)).values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { effect } = first;
    if (effect.is !== 'target-selects-nothing') return [effect];
    // A component may be for several overlays, and its target for one of them.
    const takers = entryPoints.filter(({ takes, extent }) => extent !== 'none' && takes.has(effect.at.file.path));
    const idle = new Set(same.map(({ entry }) => entry));
    return takers.every((entry) => idle.has(entry)) ? [effect] : [];
  });
}

/** The namespace of a rendered object stands in the file that set it. */
function clusterScoped({ cluster, entryPoints }: FactContext): ManifestObject[] {
  if (entryPoints.length === 0) return [];
  const scopes = customScopes(cluster.objects);
  return cluster.objects.filter((object) => {
    const { file } = object.document;
    if (!isPutTogether(file) || scopeOf(object, scopes) !== 'cluster') return false;
    const metadata = child(object.node, 'metadata');
    const namespace = metadata?.type === 'map' ? child(metadata, 'namespace') : undefined;
    return namespace !== undefined && sourceAt(file, namespace).file !== sourceAt(file, object.node).file;
  });
}
