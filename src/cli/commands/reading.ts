// The commands that read manifests, as one module: every file that a bundle is split into costs a millisecond at start-up, and these share
// nearly everything.
export * as admit from './admit.ts';
export * as canI from './can-i.ts';
export * as clusters from './clusters.ts';
export * as lint from './lint.ts';
export * as psp from './psp.ts';
export * as whoCan from './who-can.ts';
