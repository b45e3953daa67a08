import { UsageError } from '../ask/values/usage-error.ts';
import type { LintValue } from '../ask/lint.ts';
import { renderJson } from '../report/json.ts';
import { renderOneline } from '../report/lint/oneline.ts';
import { type PrettyStyle, renderPretty } from '../report/lint/pretty.ts';

/** A report as text. What a format leaves out of the footer goes to standard error, where no reader of the report trips over it. */
export interface Renderer {
  readonly render: (report: LintValue, style: PrettyStyle) => string;
  readonly hasFooter: boolean;
}

export type Format = 'pretty' | 'json' | 'oneline';

/** Every format; a new one is one file in report/ and one line here. They are small: importing each by itself would cost more than all do. */
export const FORMATS: Readonly<Record<Format, Renderer>> = {
  pretty: { render: renderPretty, hasFooter: true },
  json: { render: renderJson, hasFooter: true },
  oneline: { render: renderOneline, hasFooter: false },
};

/** The format of this name. */
export function formatNamed(name: string): Format {
  if (Object.hasOwn(FORMATS, name)) return name as Format;
  throw new UsageError(`unknown format \`${name}\``, Object.keys(FORMATS).join(', '));
}
