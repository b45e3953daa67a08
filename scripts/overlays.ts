/*
 * npm run overlays: real directories of kustomizations, linted as they stand and as the plain file that the real `kustomize build` made of them. The verdicts must be
 * the same, and each finding must point into the sources. Reads ../shared, and says so where that is absent. Exit 1 unless all agree; the last line counts the directories.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { rules as builtIn } from '../rules/index.ts';
import { analyze } from '../src/ask/analyze.ts';
import type { Finding } from '../src/lint/finding/finding.ts';
import type { Rule } from '../src/lint/rule.ts';
import { lineColumn } from '../src/text/position.ts';
import type { SourceFile } from '../src/text/source.ts';
import { formatFieldPath } from '../src/text/tree.ts';

const TREES = join(import.meta.dirname, '../../shared/conformance/kustomize/real.jsonl.gz');
/** Findings about kustomizations, which their output cannot have. */
const ABOUT_KUSTOMIZATIONS = /^(?:kustomize\/|meta\/kustomization-)/;
/** Why findings are lowered for a kustomization and not for its output, which has the namespace that it has; a component's is applied by nobody. */
const DOUBTED = /who deploys it may/;
const DOUBTED_OF_COMPONENTS = /who deploys it may|a kustomization changes this manifest first/;
/** Rules in preview too: the more there is to compare, the better. */
const RULES = builtIn.map((rule): Rule => ({ ...rule, stage: 'stable' }));

interface Vector {
  readonly case: {
    readonly id: string;
    readonly files: Readonly<Record<string, string>>;
    readonly filesBase64?: Readonly<Record<string, string>>;
    readonly root: string;
    readonly options?: { readonly loadRestrictor?: string };
  };
  readonly verdict: { readonly yaml?: string };
}

if (!existsSync(TREES)) {
  console.log('not run: overlays are compared with the real output only where ../shared is there');
  console.log('0 passed, 0 failed');
} else {
  let passed = 0;
  let failed = 0;
  let findings = 0;
  for (const line of gunzipSync(readFileSync(TREES)).toString('utf8').split('\n')) {
    if (line === '') continue;
    const { case: tree, verdict } = JSON.parse(line) as Vector;
    // k8sec holds kustomizations to their own directories, as the command line does when nothing else is asked for.
    if (
      verdict.yaml === undefined ||
      tree.filesBase64 !== undefined ||
      tree.options?.loadRestrictor === 'LoadRestrictionsNone'
    )
      continue;
    const { differences, count } = compare(tree, verdict.yaml);
    findings += count;
    if (differences.length === 0) passed++;
    else {
      failed++;
      console.log([tree.id, ...differences].join('\n  '));
    }
  }
  console.log(`${findings} findings`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function compare({ files, root }: Vector['case'], yaml: string): { differences: string[]; count: number } {
  const all = new Map(
    Object.entries(files).map(([path, text]) => [path.slice(1), { path: path.slice(1), text } satisfies SourceFile]),
  );
  const directory = root === '/' ? '' : `${root.slice(1)}/`;
  const own = [...all.values()].filter(({ path }) => path.startsWith(directory));
  const surroundings = {
    file: (path: string) => all.get(path),
    isDirectory: (path: string) => path === '' || [...all.keys()].some((each) => each.startsWith(`${path}/`)),
  };
  const written = analyze({ files: own, surroundings, rules: RULES });
  const plain = analyze({ files: [{ path: `${directory}rendered.yaml`, text: yaml }], rules: RULES });
  const isComponent = own.some(
    ({ path, text }) => /^kustomization\.ya?ml$/.test(path.slice(directory.length)) && /^kind: Component$/m.test(text),
  );
  const doubted = isComponent ? DOUBTED_OF_COMPONENTS : DOUBTED;
  const expected = tally(plain.findings, doubted);
  const found = tally(
    written.findings.filter(({ rule }) => !ABOUT_KUSTOMIZATIONS.test(rule)),
    doubted,
  );
  const differences = [...new Set([...expected.keys(), ...found.keys()])].flatMap((key) => {
    const [wanted = 0, had = 0] = [expected.get(key), found.get(key)];
    return wanted === had ? [] : [`${key}: ${had} in the directory, ${wanted} in the output`];
  });
  for (const { rule, file, span, related } of written.findings) {
    for (const place of [{ file, span }, ...related]) {
      if (isThere(place, all)) continue;
      const { line } = lineColumn(place.file, place.span.start);
      differences.push(`${rule} points to ${place.file.path}:${line}, which is not there`);
    }
  }
  return { differences, count: plain.findings.length };
}

function isThere({ file, span }: Pick<Finding, 'file' | 'span'>, sources: ReadonlyMap<string, SourceFile>): boolean {
  const source = sources.get(file.path);
  return source?.text === file.text && span.start <= span.end && span.end <= source.text.length;
}

/** How often there is each verdict, wherever it is. */
function tally(findings: readonly Finding[], doubted: RegExp): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule, messageKey, severity, softened, object, path, message } of findings) {
    const named = object === undefined ? '' : `${object.kind} ${object.namespace}/${object.name}${object.generateName}`;
    const level = softened !== undefined && doubted.test(softened.because) ? softened.from : severity;
    const key = `${level} ${rule}/${messageKey} ${named} ${formatFieldPath(path)} ${message}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
