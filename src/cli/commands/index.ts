import type { CommandEntry } from '../command.ts';

/** Every command, in the order of help. A new one is one file and one line here. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  lint: { summary: 'judge manifests: which pods would be refused, and what is wrong', load: () => import('./lint.ts') },
  psp: { summary: 'what PodSecurityPolicy admission decides: matrix, explain', load: () => import('./psp.ts') },
  'can-i': {
    summary: 'whether RBAC allows an action, as `kubectl auth can-i` answers',
    load: () => import('./can-i.ts'),
  },
  'who-can': { summary: 'who may do an action', load: () => import('./who-can.ts') },
  explain: { summary: 'the page of a rule', load: () => import('./explain.ts') },
  rules: { summary: 'the rules', load: () => import('./rules.ts') },
};
