import picocolors from 'picocolors';
import { type Paint, PLAIN } from '../report/paint.ts';
import type { Io, Output } from './io.ts';

/** Colours where a person reads: NO_COLOR and FORCE_COLOR (https://no-color.org, https://force-color.org) go before what the stream is. */
export function paintFor(output: Output, { env }: Pick<Io, 'env'>): Paint {
  if (!hasColors(output, env)) return PLAIN;
  const { bold, dim, red, yellow, green, cyan } = picocolors.createColors(true);
  return { bold, dim, red, yellow, green, cyan };
}

function hasColors(output: Output, env: Io['env']): boolean {
  if (isSet(env.NO_COLOR)) return false;
  if (isSet(env.FORCE_COLOR)) return env.FORCE_COLOR !== '0';
  return output.isTTY && env.TERM !== 'dumb';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** Columns to fill: those of the terminal, within reason; 100 where there is none. */
export function widthOf(output: Output): number {
  return Math.min(Math.max(output.columns ?? 100, 60), 160);
}
