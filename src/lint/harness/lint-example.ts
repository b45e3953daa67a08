import { parse } from 'yaml';
import { analyze } from '../../analyze.ts';
import { checkConfig } from '../config/check-config.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';
import type { Example } from './page.ts';

/** Lints an example without a file system. A fault of its configuration, or a rule that crashes, throws. */
export function lintExample(example: Example, rules: readonly Rule[]): readonly Finding[] {
  const { config, faults } = checkConfig(example.config === undefined ? {} : parse(example.config), rules);
  if (config === undefined) throw new Error(faults.map(({ message }) => message).join('\n'));
  const { findings, crashes } = analyze({ files: example.files, config, rules, matcher: matchPaths });
  for (const { error } of crashes) throw error;
  return findings;
}

/** Pages name whole paths, or everything below a folder; they need no glob library. */
function matchPaths(patterns: readonly string[]): (path: string) => boolean {
  return (path) =>
    patterns.some((pattern) => path === pattern || (pattern.endsWith('/**') && path.startsWith(pattern.slice(0, -2))));
}
