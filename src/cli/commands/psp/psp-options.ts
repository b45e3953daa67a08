import type { InputOptions } from '../../input-options.ts';
import type { TableFormat } from '../../format-option.ts';

/** What the psp commands take. */
export interface PspOptions extends InputOptions {
  readonly format: TableFormat;
}
