import { defineConfig } from 'vitest/config';

/** Tests that watch a module from outside, which works only before another test has loaded it. */
const ISOLATED = '**/*.isolated.test.ts';
/** A watchdog for a test that never ends, not a limit on speed: CI and its neighbours may slow a machine down a lot. */
const testTimeout = 600_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'together',
          include: ['src/**/*.test.ts', 'rules/**/*.test.ts', 'fixtures/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: [ISOLATED, '**/node_modules/**'],
          // Most of the time of a test file went into loading the same modules again; they keep no state but memories of immutable values.
          isolate: false,
          testTimeout,
          hookTimeout: testTimeout,
        },
      },
      { test: { name: 'isolated', include: [`src/${ISOLATED}`], testTimeout } },
    ],
  },
});
