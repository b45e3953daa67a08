import type { Io } from './io.ts';

/** Says what is going on, on one line of a terminal, once it takes long enough for somebody to wonder. */
export interface Progress {
  /** The step that begins now: `reading 7,200 files`. */
  readonly say: (step: string) => void;
  /** Clears the line; to be called before anything else is written. */
  readonly done: () => void;
}

/** Milliseconds without a word. */
const PATIENCE = 1000;
/** Milliseconds between two words. */
const INTERVAL = 200;

const SILENT: Progress = { say: () => undefined, done: () => undefined };

/** Progress on standard error; silent where that is no terminal. The work is not interrupted by timers: a step that begins late is told. */
export function progressFor({ stderr, env, now }: Io): Progress {
  if (!stderr.isTTY || env.TERM === 'dumb' || (env.CI ?? '') !== '') return SILENT;
  const started = now();
  const width = (stderr.columns ?? 80) - 1;
  let last = started + PATIENCE - INTERVAL;
  let shown = false;
  return {
    say: (step) => {
      const time = now();
      if (time - last < INTERVAL) return;
      last = time;
      shown = true;
      stderr.write(`\r\u001b[K${`${step} …`.slice(0, width)}`);
    },
    done: () => {
      if (shown) stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}
