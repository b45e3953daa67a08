import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'rules/**/*.test.ts', 'fixtures/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Most of the time of a test file went into loading the same modules again; they keep no state but memories of immutable values.
    isolate: false,
    // No test takes 5 s on a machine of its own; CI and its neighbours may slow one down.
    testTimeout: 20_000,
  },
});
