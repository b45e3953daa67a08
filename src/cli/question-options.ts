import type { Command } from 'commander';
import type { CanIArguments } from '../ask/rbac.ts';
import { addInputOptions, type InputOptions } from './input-options.ts';
import type { Io } from './io.ts';

/** What the commands that ask about an action take, named as kubectl names them. */
export interface QuestionOptions extends InputOptions {
  readonly filename?: readonly string[];
  readonly namespace: string;
  readonly allNamespaces?: boolean;
  readonly subresource?: string;
  readonly cluster?: string;
}

/** Declares them. */
export function addQuestionOptions(command: Command): Command {
  command
    .option('-f, --filename <path>', 'manifests: a file, directory, glob or -; may be repeated (default: .)', collect)
    .option('-n, --namespace <namespace>', 'namespace of the action', 'default')
    .option('-A, --all-namespaces', 'check the action in all namespaces')
    .option('--subresource <name>', 'log, exec, scale, status, ...')
    .option('--cluster <name>', 'cluster to query, if the manifests define several');
  return addInputOptions(command);
}

/** The action to check. */
export function questionOf(
  [verb, target]: readonly [verb: string, target: string],
  { namespace, allNamespaces, subresource = '' }: QuestionOptions,
): CanIArguments {
  return { verb, target, subresource, namespace: allNamespaces === true ? '' : namespace };
}

/** kubectl's warnings go to standard error. */
export function writeWarnings(warnings: readonly string[], io: Io): void {
  for (const warning of warnings) io.stderr.write(`Warning: ${warning}\n`);
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
