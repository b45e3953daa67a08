import type { Command } from 'commander';
import { parseVersion } from '../ask/parse-version.ts';
import { UsageError } from '../ask/values/usage-error.ts';
import type { TreeRequest } from '../node/read-tree.ts';
import type { Io } from './io.ts';
import { progressFor, type Progress } from './progress.ts';

/** What every command that reads manifests takes. */
export interface InputOptions {
  /** A path; false for --no-config. */
  readonly config?: string | false;
  readonly stdinFilename?: string;
  readonly kubernetesVersion?: string;
  /** OCI layouts and archives of images. */
  readonly images?: readonly string[];
}

/** Declares them. */
export function addInputOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'configuration file to use instead of the nearest one')
    .option('--no-config', 'ignore configuration files')
    .option('--stdin-filename <path>', 'file name to show for standard input (`-`)')
    .option('--kubernetes-version <version>', 'target version of the API server, for example 1.24', parseVersion)
    .option(
      '--images <path>',
      'read image users from an OCI layout or a `docker save` archive; NAME=path names it; may be repeated',
      (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
    );
}

/** What to read, from the command line; steps that take long are told on the terminal. */
export function treeRequest(
  paths: readonly string[],
  { config, stdinFilename, kubernetesVersion, images }: InputOptions,
  io: Io,
): { readonly request: TreeRequest; readonly progress: Progress } {
  const progress = progressFor(io);
  const request: TreeRequest = {
    paths,
    cwd: io.cwd,
    stdin: io.stdin,
    progress: ({ phase, done, total }) => {
      progress.say(phase === 'read' ? `reading ${done} of ${total} files` : `linting, ${done} of ${total}`);
    },
    ...(config === undefined ? {} : { config }),
    ...(stdinFilename === undefined ? {} : { stdinName: stdinFilename }),
    ...(kubernetesVersion === undefined ? {} : { settings: { kubernetesVersion } }),
    ...(images === undefined ? {} : { images }),
  };
  return { request, progress };
}

/** Refuses a tree without objects: somebody meant to have something judged. */
export function demandObjects(objects: number, files: number): void {
  if (objects > 0) return;
  const read =
    files === 0 ? 'no manifests found' : `no Kubernetes objects in ${files === 1 ? '1 file' : `${files} files`}`;
  throw new UsageError(read, 'check the paths; render templates first (`helm template … | k8sec lint -`)');
}
