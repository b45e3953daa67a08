import type { Command } from 'commander';
import type { Cluster } from '../cluster/index/cluster.ts';
import { canIQuestion, type CanIQuestion } from '../engines/rbac/can-i.ts';
import { UsageError } from '../ask/usage-error.ts';
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
    .option('-n, --namespace <namespace>', 'the namespace of the action', 'default')
    .option('-A, --all-namespaces', 'the action in all namespaces')
    .option('--subresource <name>', 'log, exec, scale, status, ...')
    .option('--cluster <name>', 'the cluster that is asked, where the manifests make several');
  return addInputOptions(command);
}

/** The action that is asked about; kubectl's warnings go to standard error, its complaints are errors. */
export function questionOf(
  cluster: Cluster,
  [verb, target]: readonly [verb: string, target: string],
  { namespace, allNamespaces, subresource = '' }: QuestionOptions,
  io: Io,
): CanIQuestion['action'] {
  const asked = { verb, target, subresource, namespace: allNamespaces === true ? '' : namespace };
  const { action, warnings, error } = canIQuestion(cluster, asked);
  for (const warning of warnings) io.stderr.write(`Warning: ${warning}\n`);
  if (error !== undefined) throw new UsageError(error);
  return action;
}

/** Gathers the values of an option that may be repeated. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
