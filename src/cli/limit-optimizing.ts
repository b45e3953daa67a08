import { setFlagsFromString } from 'node:v8';

/**
 * Lets V8 wait longer before it optimizes a function, and take fewer of the functions that it calls into it. A run takes a second or two and
 * reaches most functions a few thousand times, so that the optimizing compiler, in threads of its own, took a third of all processor time
 * and gave less back. Only Node 20's V8 is told: later ones do not know the first flag, and say so on standard error.
 */
export function limitOptimizing(): void {
  if (process.versions.v8.startsWith('11.'))
    setFlagsFromString('--interrupt-budget=500000 --max-inlined-bytecode-size-cumulative=100');
}
