import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PodSource } from '../cluster/pods/pod-source.ts';
import { UsageError } from '../ask/usage-error.ts';
import { isGlob } from '../node/find.ts';
import type { Io } from './io.ts';

/**
 * The arguments of a command that takes a pod and paths, told apart: what exists as a path is one, so that the pod may be left out.
 */
export function podAndPaths(
  first: string | undefined,
  others: readonly string[],
  io: Io,
): { readonly pod: string | undefined; readonly paths: readonly string[] } {
  if (first === undefined) return { pod: undefined, paths: others };
  const isPath = first === '-' || isGlob(first) || existsSync(resolve(io.cwd, first));
  return isPath ? { pod: undefined, paths: [first, ...others] } : { pod: first, paths: others };
}

/** `NAME`, `NAMESPACE/NAME` or `KIND/NAME`, of the pod or of the workload that makes it. */
export function isPodNamed(source: PodSource, wanted: string): boolean {
  const { owner, namespace } = source;
  const [name = '', ...before] = wanted.split('/').reverse();
  if (name !== owner.name && name !== source.name) return false;
  return before.every((part) => part === namespace || part.toLowerCase() === owner.kind.toLowerCase());
}

/** The error for a name that no pod has. */
export function noPod(name: string, sources: readonly PodSource[]): UsageError {
  const names = [...new Set(sources.map(({ namespace, owner }) => `${namespace}/${owner.name}`))];
  const listed = names.slice(0, 8).join(', ');
  return new UsageError(`no pod \`${name}\``, names.length === 0 ? 'the manifests make no pod' : `there are ${listed}`);
}
