import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PodsRequest } from '../ask/pods/pods-named.ts';
import { isGlob } from '../node/find.ts';
import type { Io } from './io.ts';

/**
 * The arguments of a command that takes a pod and paths, told apart: what exists as a path is one, so that the pod may be left out.
 */
export function podAndPaths(
  first: string | undefined,
  others: readonly string[],
  io: Io,
): { readonly request: PodsRequest; readonly paths: readonly string[] } {
  if (first === undefined) return { request: {}, paths: others };
  const isPath = first === '-' || isGlob(first) || existsSync(resolve(io.cwd, first));
  return isPath ? { request: {}, paths: [first, ...others] } : { request: { pod: first }, paths: others };
}
