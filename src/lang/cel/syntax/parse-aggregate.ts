import type { Expr, MapEntry, StructField } from './expr.ts';
import { type ParseContext, STARTS } from './parse-context.ts';

/** Parses `[a, ?b]`. */
export function parseList(context: ParseContext): Expr {
  const { reader, make, expr } = context;
  const { at } = reader.take();
  const items: { readonly value: Expr; readonly optional: boolean }[] = [];
  reader.sync([...STARTS, '?', ',', ']']);
  if (!reader.is(',', ']')) {
    reader.enter('listInit', [',', ']'], false);
    do {
      const optional = optionalMark(context);
      items.push({ value: expr([','], true), optional });
    } while (goesOn(context, ']'));
    reader.leave('listInit');
  }
  reader.sync([',', ']']);
  reader.skip(',');
  reader.expect(']');
  return make.list(at, items);
}

/** Parses `{a: b, ?c: d}`. */
export function parseMap(context: ParseContext): Expr {
  const { reader, make, expr } = context;
  const { at } = reader.take();
  const entries: Omit<MapEntry, 'id'>[] = [];
  reader.sync([...STARTS, '?', ',', '}']);
  if (!reader.is(',', '}')) {
    reader.enter('mapInit', [',', '}'], false);
    do {
      const optional = optionalMark(context);
      const key = expr([':'], false);
      const colon = reader.expect(':', STARTS);
      entries.push({ at: colon.at, key, value: expr([','], true), optional });
    } while (goesOn(context, '}'));
    reader.leave('mapInit');
  }
  reader.sync([',', '}']);
  reader.skip(',');
  reader.expect('}');
  return make.map(at, entries);
}

/** Parses `{a: b, ?c: d}` after the name of a message. */
export function parseStruct(context: ParseContext, name: string): Expr {
  const { reader, make, expr } = context;
  const { at } = reader.take();
  const fields: Omit<StructField, 'id'>[] = [];
  while (!reader.is('}', ',')) {
    const optional = optionalMark(context);
    const field = reader.is('ESC_IDENTIFIER') ? reader.take() : reader.expect('IDENTIFIER', [':']);
    const colon = reader.expect(':', STARTS);
    fields.push({ at: colon.at, name: field.text.replaceAll('`', ''), value: expr([',', '}'], false), optional });
    if (!goesOn(context, '}')) break;
  }
  reader.skip(',');
  reader.expect('}');
  return make.struct(at, name, fields);
}

function optionalMark({ reader, make, syntax }: ParseContext): boolean {
  const { at } = reader.next;
  const isMarked = reader.skip('?');
  if (isMarked && !syntax.optionals) make.error(at, "unsupported syntax '?'");
  return isMarked;
}

/** Whether another part follows; a comma may also stand before the end. */
function goesOn({ reader }: ParseContext, end: string): boolean {
  return reader.ahead(1).kind !== end && reader.skip(',');
}
