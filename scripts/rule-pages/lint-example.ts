import { analyze } from '../../src/ask/analyze.ts';
import { plainJson } from '../../src/model/object-value.ts';
import { readDocuments } from '../../src/text/read.ts';
import { checkConfig } from '../../src/lint/config/check-config.ts';
import type { Finding } from '../../src/lint/finding/finding.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Example } from './page.ts';

/** Lints an example without a file system. A fault of its configuration, or a rule that crashes, throws. */
export function lintExample(example: Example, rules: readonly Rule[]): readonly Finding[] {
  const { config, faults } = checkConfig(configValue(example.config ?? ''), rules);
  if (config === undefined) throw new Error(faults.map(({ message }) => message).join('\n'));
  // A page shows its rule at work, be it in preview, save where it shows that it is off.
  const stable = example.asShipped ? rules : rules.map((rule): Rule => ({ ...rule, stage: 'stable' }));
  const { findings, crashes } = analyze({ files: example.files, config, rules: stable, matcher: matchPaths });
  for (const { error } of crashes) throw error;
  return findings;
}

/** The value of a `yaml config` block. */
export function configValue(text: string): unknown {
  const root = readDocuments({ path: 'config.yaml', text }).documents[0]?.root;
  return root === undefined ? {} : plainJson(root);
}

/** Pages name whole paths, or everything below a folder; they need no glob library. */
function matchPaths(patterns: readonly string[]): (path: string) => boolean {
  return (path) =>
    patterns.some((pattern) => path === pattern || (pattern.endsWith('/**') && path.startsWith(pattern.slice(0, -2))));
}
