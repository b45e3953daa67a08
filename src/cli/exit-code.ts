/** 0 clean · 1 findings at or over the fail level, or `no` · 2 the call, the configuration or the input is to mend · 3 our bug. */
export type ExitCode = 0 | 1 | 2 | 3;
