import { groupBy } from '../../lang/group-by.ts';
import { sourceAt } from '../../text/position.ts';
import type { Problem, SourceDocument, SourceFile } from '../../text/source.ts';
import type { RenderFailure } from '../kustomize/render-kustomization.ts';
import type { Built } from './build-root.ts';
import { withShownPaths } from './tree-paths.ts';

/** A build that fails for its own faults is a problem, and what it would take to build the others; both are said once for each file. */
export function buildProblems(document: SourceDocument, built: Built): readonly Problem[] {
  const { restriction } = built;
  const problems = failureProblems(document, built);
  if (restriction === undefined) return problems;
  return [{ ...problemOf(document, restriction.file, restriction), atMost: 'info' }, ...problems];
}

function failureProblems(document: SourceDocument, { rendering, failure }: Built): readonly Problem[] {
  if (failure === undefined) return [];
  const first = problemOf(document, failure.file, failure);
  // Where objects are missing, other parts may only wait for them.
  const isWaiting = rendering.gaps.some(({ lacks }) => lacks.includes('objects') || lacks.includes('secrets'));
  const gaps = rendering.gaps.filter(
    ({ lacks, needs }) => !isWaiting || needs !== undefined || lacks.includes('objects'),
  );
  return [first, ...gaps.map((gap) => problemOf(document, rendering.file, gap))];
}

function problemOf(document: SourceDocument, built: SourceFile, { message, span, needs }: RenderFailure): Problem {
  const place = sourceAt(built, span);
  const isKnown = place.file !== built;
  const file = isKnown ? place.file : document.file;
  const at = isKnown ? place.span : { start: document.span.start, end: document.span.start };
  if (needs === undefined)
    return { rule: 'kustomization-broken', file, span: at, message: withShownPaths(reasonIn(message)) };
  const { takes, hint } = NEEDS[needs];
  const named = file.text.slice(at.start, at.end);
  const what = named === '' || named.includes('\n') ? 'it' : `\`${named}\``;
  return { rule: 'kustomization-not-rendered', file, span: at, message: `${what} takes ${takes}`, hint };
}

/**
 * The part of Kustomize's message that tells what is wrong. It tries each resource as a file and then as a directory, and prints why both failed, with each step in
 * between; the place shows what it was about.
 */
export function reasonIn(message: string): string {
  const tried =
    /^(?:accumulating (?:resources|components): )?accumulation err='accumulating resources from '.*?': (.*?)': (.*)$/s.exec(
      message,
    );
  if (tried === null) return message.replace(/^accumulating (?:resources|components): (?=.)/, '');
  const [, asFile = '', asDirectory = ''] = tried;
  if (!/must resolve to a file$|cannot read content from non-file '[^']*'$/.test(asFile)) return asFile;
  return reasonIn(asDirectory.replace(/^recursed accumulation of path '[^']*': /, ''));
}

/** The first of each file: a fault of a base is one of each kustomization that includes it. */
export function firstOfFiles(problems: readonly Problem[]): readonly Problem[] {
  return [...groupBy(problems, ({ rule, file }) => `${rule} ${file.path}`).values()].flatMap((same) =>
    same.slice(0, 1),
  );
}

const NEEDS: Readonly<
  Record<Exclude<RenderFailure['needs'], undefined>, { readonly takes: string; readonly hint: string }>
> = {
  network: {
    takes: 'the network',
    hint: 'copy the remote source into the repository, or lint the output of `kustomize build`',
  },
  plugin: { takes: 'a plugin', hint: 'lint the output of `kustomize build`' },
  'earlier step': {
    takes: 'an earlier step that makes it',
    hint: 'run that step first: the repository does not keep what it makes',
  },
  helm: { takes: 'Helm', hint: 'lint the output of `kustomize build --enable-helm`' },
};
