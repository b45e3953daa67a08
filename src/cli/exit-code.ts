/** 0 clean · 1 findings at or over the fail level, or `no` · 2 usage, configuration or input error · 3 our bug. */
export type ExitCode = 0 | 1 | 2 | 3;
