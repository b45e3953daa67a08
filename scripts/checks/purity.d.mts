import type { Linter } from 'eslint';
export const PURE: readonly string[];
export const purity: Linter.Config[];
