import type { CommandEntry } from '../command.ts';

/** Every command, in the order of help. A new one is one file and one line here (and one in reading.ts, if it reads manifests). */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  lint: {
    summary: 'check manifests: which pods would be rejected, and what is wrong',
    load: async () => (await import('./reading.ts')).lint,
  },
  admit: {
    summary: 'run every pod through admission, quotas and the start checks of the kubelet',
    load: async () => (await import('./reading.ts')).admit,
  },
  clusters: {
    summary: 'show how a tree is divided into clusters, and what each entry point takes in',
    load: async () => (await import('./reading.ts')).clusters,
  },
  psp: {
    summary: 'show what PodSecurityPolicy admission decides: matrix, explain, migrate',
    load: async () => (await import('./reading.ts')).psp,
  },
  net: {
    summary: 'show the traffic that network policies allow: flow, explain, list, matrix, exposure, diff',
    load: () => import('./net/index.ts'),
  },
  'can-i': {
    summary: 'check whether RBAC allows an action, like `kubectl auth can-i`',
    load: async () => (await import('./reading.ts')).canI,
  },
  'who-can': {
    summary: 'list who is allowed to perform an action',
    load: async () => (await import('./reading.ts')).whoCan,
  },
  explain: { summary: 'print the documentation of a rule', load: () => import('./explain.ts') },
  rules: { summary: 'list the rules', load: () => import('./rules.ts') },
};
