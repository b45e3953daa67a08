import type { CommandEntry } from '../command.ts';

/** Every command, in the order of help. A new one is one file and one line here (and one in reading.ts, if it reads manifests). */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  lint: {
    summary: 'judge manifests: which pods would be refused, and what is wrong',
    load: async () => (await import('./reading.ts')).lint,
  },
  admit: {
    summary: 'what becomes of every pod: each gate of admission, quotas, and whether it starts',
    load: async () => (await import('./reading.ts')).admit,
  },
  psp: {
    summary: 'what PodSecurityPolicy admission decides: matrix, explain',
    load: async () => (await import('./reading.ts')).psp,
  },
  net: {
    summary: 'what traffic network policies allow: flow, explain, list, matrix, exposure, diff',
    load: () => import('./net/index.ts'),
  },
  'can-i': {
    summary: 'whether RBAC allows an action, as `kubectl auth can-i` answers',
    load: async () => (await import('./reading.ts')).canI,
  },
  'who-can': { summary: 'who may do an action', load: async () => (await import('./reading.ts')).whoCan },
  explain: { summary: 'the page of a rule', load: () => import('./explain.ts') },
  rules: { summary: 'the rules', load: () => import('./rules.ts') },
};
