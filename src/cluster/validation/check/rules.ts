import { list, record } from '../../../model/json.ts';
import type { Json } from '../../../model/object.ts';
import { type Check, invalid, required, unsupported } from './check.ts';
import { field, item, type Place } from './place.ts';

/** What is checked of one value. An absent value is one too. */
export type Rule = (check: Check, value: Json | undefined, at: Place) => void;

/** A line of a table: a field ('' for the value itself), what is checked of it, and the minors in which it is (both inside). */
export type Line = readonly [field: string, rule: Rule, since?: number, until?: number];

/** The messages for a text that breaks a format; none when it fits. */
export type Format = (value: string, minor: number) => readonly string[];

/** The lines of a table, one after the other: their order is that of the complaints. */
export function table(...lines: readonly Line[]): Rule {
  return (check, value, at) => {
    const object = record(value);
    for (const [name, rule, since = 0, until = Infinity] of lines) {
      if (check.minor < since || check.minor > until) continue;
      if (name === '') rule(check, object, at);
      else rule(check, object[name], field(at, name));
    }
  };
}

/** Every item of a list. */
export function each(rule: Rule): Rule {
  return (check, value, at) => {
    for (const [index, one] of list(value).entries()) rule(check, one, item(at, index));
  };
}

/** Only where the value is set. */
export function present(rule: Rule): Rule {
  return (check, value, at) => {
    if (value !== undefined && value !== null) rule(check, value, at);
  };
}

/** Only where the value is set and not ''. */
export function filled(rule: Rule): Rule {
  return (check, value, at) => {
    if (value !== undefined && value !== null && value !== '') rule(check, value, at);
  };
}

/** Must not be empty; what is checked of it when it is not. */
export function needed(detail = '', then?: Rule): Rule {
  return (check, value, at) => {
    if (isEmpty(value)) required(check, at, detail);
    else then?.(check, value, at);
  };
}

/** A text of a format; an absent one is ''. */
export function format(errorsOf: Format): Rule {
  return (check, value, at) => {
    const text = typeof value === 'string' ? value : '';
    for (const message of errorsOf(text, check.minor)) invalid(check, at, text, message);
  };
}

/** One of these values, in the order in which messages list them. */
export function oneOf(...values: readonly string[]): Rule {
  return (check, value = '', at) => {
    if (typeof value !== 'string' || !values.includes(value)) unsupported(check, at, value, values);
  };
}

/** A whole number of at least so much; an absent one is 0. */
export function atLeast(least: number): Rule {
  return (check, value, at) => {
    const number = typeof value === 'number' ? value : 0;
    if (number < least) invalid(check, at, number, `must be greater than or equal to ${least}`);
  };
}

/** A whole number between two others, both inside; an absent one is 0. */
export function between(least: number, most: number): Rule {
  return (check, value, at) => {
    const number = typeof value === 'number' ? value : 0;
    if (number < least || number > most) invalid(check, at, number, `must be between ${least} and ${most}, inclusive`);
  };
}

/** Whether Go would call it the zero value, or an empty list or map. */
export function isEmpty(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
