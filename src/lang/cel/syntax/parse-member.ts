import type { Expr } from './expr.ts';
import type { Token } from './lex.ts';
import { bytesLiteral, doubleLiteral, intLiteral, type Literal, stringLiteral, uintLiteral } from './literals.ts';
import { parseList, parseMap, parseStruct } from './parse-aggregate.ts';
import { type ParseContext, STARTS } from './parse-context.ts';
import { RESERVED_IDENTIFIERS } from './reserved-words.ts';
import type { Value } from '../values/value.ts';

/** Parses an operand with the fields, calls and indexes after it. */
export function parseMember(context: ParseContext): Expr {
  const { reader, make } = context;
  const { at } = reader.next;
  let expr: Expr | undefined;
  reader.enter('member', [], true);
  try {
    expr = parsePrimary(context);
    while (reader.is('.', '[')) expr = reader.is('[') ? parseIndex(context, expr) : parseSelection(context, expr);
    return expr;
  } catch (error) {
    reader.mend(error);
    return expr ?? make.error(at);
  } finally {
    reader.leave('member');
  }
}

function parseSelection(context: ParseContext, operand: Expr): Expr {
  const { reader, make, text } = context;
  if (reader.ahead(1).kind === '?') return parseOptionalSelection(context, operand);
  const name = reader.ahead(1);
  if (name.kind !== 'IDENTIFIER' && name.kind !== 'ESC_IDENTIFIER') reader.noAlternative(1, text);
  const { at } = reader.take();
  reader.take();
  if (name.kind === 'ESC_IDENTIFIER') return make.select(at, operand, name.text.slice(1, -1));
  if (!reader.is('(')) return make.select(at, operand, name.text);
  const open = reader.take();
  const args = parseArguments(context);
  return make.call(open.at, name.text, args, operand, 1);
}

function parseOptionalSelection({ reader, make, syntax }: ParseContext, operand: Expr): Expr {
  const { at } = reader.take();
  reader.take();
  reader.sync(['IDENTIFIER', 'ESC_IDENTIFIER']);
  const name = reader.take();
  if (!syntax.optionals) return make.error(at, "unsupported syntax '.?'");
  const field = name.kind === 'ESC_IDENTIFIER' ? name.text.slice(1, -1) : name.text;
  return make.call(at, '_?._', [operand, make.literal(name.at, field)], undefined, 1);
}

function parseIndex({ reader, make, syntax, expr }: ParseContext, operand: Expr): Expr {
  const { at } = reader.take();
  reader.sync([...STARTS, '?']);
  const optional = reader.skip('?');
  const index = expr([']'], false);
  reader.expect(']');
  if (optional && !syntax.optionals) return make.error(at, "unsupported syntax '[?'");
  return make.call(at, optional ? '_[?_]' : '_[_]', [operand, index], undefined, 1);
}

/** The arguments of a call, and the parenthesis after them. */
function parseArguments({ reader, expr }: ParseContext): Expr[] {
  reader.sync([...STARTS, ')']);
  const args: Expr[] = [];
  if (!reader.is(')')) {
    reader.enter('exprList', [')'], false);
    do args.push(expr([','], true));
    while (reader.skip(','));
    reader.leave('exprList');
  }
  reader.expect(')');
  return args;
}

function parsePrimary(context: ParseContext): Expr {
  const { reader, make } = context;
  const { at } = reader.next;
  reader.enter('primary', ['.', '['], true);
  try {
    switch (reader.next.kind) {
      case '(': {
        reader.take();
        const expr = context.expr([')'], false);
        reader.expect(')');
        return expr;
      }
      case '[':
        return parseList(context);
      case '{':
        return parseMap(context);
      case '.':
      case 'IDENTIFIER':
        return parseName(context);
      default:
        return parseLiteral(context);
    }
  } catch (error) {
    reader.mend(error);
    return make.error(at);
  } finally {
    reader.leave('primary');
  }
}

function parseName(context: ParseContext): Expr {
  const { reader, make, text } = context;
  const { at } = reader.next;
  if (reader.is('.') && reader.ahead(1).kind !== 'IDENTIFIER') reader.noAlternative(1, text);
  const dot = reader.skip('.') ? '.' : '';
  let length = 1;
  while (reader.ahead(length).kind === '.' && reader.ahead(length + 1).kind === 'IDENTIFIER') length += 2;
  if (reader.ahead(length).kind === '{') {
    const message = Array.from({ length }, () => reader.take().text).join('');
    return parseStruct(context, `${dot}${message}`);
  }
  const name = reader.take();
  const open = reader.is('(') ? reader.take() : undefined;
  const args = open === undefined ? [] : parseArguments(context);
  if (RESERVED_IDENTIFIERS.has(name.text)) return make.error(at, `reserved identifier: ${name.text}`);
  if (open !== undefined) return make.call(open.at, `${dot}${name.text}`, args);
  return make.ident(name.at, `${dot}${name.text}`);
}

function parseLiteral({ reader, make }: ParseContext): Expr {
  const { at } = reader.next;
  const sign = reader.is('-') ? reader.take().text : '';
  const literal = valueOf(sign, reader.take());
  return 'error' in literal ? make.error(at, literal.error) : make.literal(at, literal.value);
}

function valueOf(sign: string, { kind, text }: Token): Literal<Value> {
  switch (kind) {
    case 'NUM_INT':
      return intLiteral(sign, text);
    case 'NUM_UINT':
      return uintLiteral(text);
    case 'NUM_FLOAT':
      return doubleLiteral(`${sign}${text}`);
    case 'STRING':
      return stringLiteral(text);
    case 'BYTES':
      return bytesLiteral(text);
    case 'true':
    case 'false':
      return { value: kind === 'true' };
    default:
      return { value: null };
  }
}
