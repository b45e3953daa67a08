import { setFlagsFromString } from 'node:v8';

/** A run takes a second or two, and what V8 does beside it is paid for all the same. Measured on trees of thousands of objects. */
const FLAGS = [
  // V8 waits longer before it optimizes a function, and takes fewer of the functions that it calls into it: a run reaches most functions a few
  // thousand times, so that the optimizing compiler, in threads of its own, took a third of all processor time and gave less back.
  '--interrupt-budget=500000',
  '--max-inlined-bytecode-size-cumulative=100',
  // The young generation grows to its full size at once, not by doubling: trees live as long as the run, and are copied each time that it is full.
  '--semi-space-growth-factor=16',
  // One thread copies it: with several, waiting for one another costs more than they save.
  '--no-parallel-scavenge',
];

/** Makes V8 do less beside the program. Only Node 20's V8 is told: later ones do not know the first flag, and say so on standard error. */
export function tuneV8(): void {
  if (process.versions.v8.startsWith('11.')) setFlagsFromString(FLAGS.join(' '));
}
