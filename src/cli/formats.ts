import { UsageError } from '../node/errors.ts';
import type { LintReport } from '../report/lint-report.ts';
import type { PrettyStyle } from '../report/pretty.ts';

/** A report as text. What a format leaves out of the footer goes to standard error, where no reader of the report trips over it. */
export interface Renderer {
  readonly render: (report: LintReport, style: PrettyStyle) => string;
  readonly hasFooter: boolean;
}

export type Format = 'pretty' | 'json' | 'oneline';

/** Every format; a new one is one file in report/ and one line here. */
export const FORMATS: Readonly<Record<Format, () => Promise<Renderer>>> = {
  pretty: async () => ({ render: (await import('../report/pretty.ts')).renderPretty, hasFooter: true }),
  json: async () => ({ render: (await import('../report/json.ts')).renderJson, hasFooter: true }),
  oneline: async () => ({ render: (await import('../report/oneline.ts')).renderOneline, hasFooter: false }),
};

/** The format of this name. */
export function formatNamed(name: string): Format {
  if (Object.hasOwn(FORMATS, name)) return name as Format;
  throw new UsageError(`there is no format \`${name}\``, Object.keys(FORMATS).join(', '));
}
