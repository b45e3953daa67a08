import { compareBytes } from '../byte-order.ts';
import { lex } from './lex.ts';
import type { Token, TokenKind } from './lex.ts';
import type { LabelOperator, SelectorError, SelectorNode } from './selector-node.ts';

const comparisons: Partial<Record<TokenKind, LabelOperator>> = {
  TokEq: '==',
  TokNe: '!=',
  TokContains: 'contains',
  TokStartsWith: 'starts with',
  TokEndsWith: 'ends with',
};

/** An expression that is being read: the text, or the inside of one pair of parentheses. */
interface Frame {
  /** Whether a `!` stands before the parenthesis. */
  readonly negated: boolean;
  readonly alternatives: SelectorNode[];
  conjuncts: SelectorNode[];
}

/**
 * Parses a Calico selector; the empty one is `all()`. `!` binds closest, then `&&`, then `||`. Parentheses are read without
 * recursion, so that no input can exhaust the stack. Mirrors libcalico-go/lib/selector/parser, v3.32.
 */
export function parseSelector(text: string): SelectorNode | SelectorError {
  const tokens = lex(text);
  if ('message' in tokens) return tokens;
  return tokens.length === 1 ? { kind: 'all' } : new Parser(tokens).parse();
}

/** Tells a parsed selector from the reason why there is none. */
export function isSelectorError(parsed: SelectorNode | SelectorError): parsed is SelectorError {
  return 'message' in parsed;
}

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  parse(): SelectorNode | SelectorError {
    const outer: Frame[] = [];
    let frame: Frame = { negated: false, alternatives: [], conjuncts: [] };
    for (;;) {
      const negated = this.negation();
      if (this.accept('TokLParen')) {
        outer.push(frame);
        frame = { negated, alternatives: [], conjuncts: [] };
        continue;
      }
      const operand = this.operand();
      if (isSelectorError(operand)) return operand;
      frame.conjuncts.push(negated ? { kind: 'not', operand } : operand);
      while (!this.connective(frame)) {
        const parent = outer.pop();
        if (parent === undefined) {
          return this.peek().kind === 'TokEOF' ? close(frame) : this.trailing();
        }
        if (!this.accept('TokRParen')) return this.unexpected('expected )');
        const inside = close(frame);
        parent.conjuncts.push(frame.negated ? { kind: 'not', operand: inside } : inside);
        frame = parent;
      }
    }
  }

  /** Reads `&&` or `||`; false when the expression ends here. */
  private connective(frame: Frame): boolean {
    if (this.accept('TokAnd')) return true;
    if (!this.accept('TokOr')) return false;
    frame.alternatives.push(combine('and', frame.conjuncts));
    frame.conjuncts = [];
    return true;
  }

  private negation(): boolean {
    let negated = false;
    while (this.accept('TokNot')) negated = !negated;
    return negated;
  }

  private operand(): SelectorNode | SelectorError {
    const token = this.peek();
    switch (token.kind) {
      case 'TokHas':
        this.at++;
        return { kind: 'has', label: token.value };
      case 'TokAll':
        this.at++;
        return { kind: 'all' };
      case 'TokGlobal':
        this.at++;
        return { kind: 'global' };
      case 'TokLabel':
        this.at++;
        return this.comparison(token);
      default:
        return this.unexpected(`unexpected token: ${show(token)}`);
    }
  }

  private comparison(label: Token): SelectorNode | SelectorError {
    const operator = this.peek();
    if (operator.kind === 'TokEOF') return this.unexpected('unexpected end of string looking for op');
    this.at++;
    const comparison = comparisons[operator.kind];
    if (comparison !== undefined) {
      const literal = this.peek();
      if (!this.accept('TokStringLiteral')) return this.unexpected('expected string');
      return { kind: 'compare', operator: comparison, label: label.value, value: literal.value };
    }
    if (operator.kind !== 'TokIn' && operator.kind !== 'TokNotIn') {
      return failure(operator, `expected == or != not: ${show(operator)}`);
    }
    if (!this.accept('TokLBrace')) return this.unexpected('expected set literal');
    const values = this.setValues();
    if (!this.accept('TokRBrace')) return this.unexpected('expected }');
    return { kind: operator.kind === 'TokIn' ? 'in' : 'not in', label: label.value, values };
  }

  /** A comma may stand after the last value. */
  private setValues(): readonly string[] {
    const values = new Set<string>();
    for (let token = this.peek(); this.accept('TokStringLiteral'); token = this.peek()) {
      values.add(token.value);
      if (!this.accept('TokComma')) break;
    }
    return [...values].sort(compareBytes);
  }

  private accept(kind: TokenKind): boolean {
    if (this.peek().kind !== kind) return false;
    this.at++;
    return true;
  }

  private peek(): Token {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Error('read past the end of a selector');
    return token;
  }

  private unexpected(message: string): SelectorError {
    return failure(this.peek(), message);
  }

  private trailing(): SelectorError {
    const rest = this.tokens.slice(this.at).map(show).join(' ');
    return this.unexpected(`unexpected content at end of selector [${rest}]`);
  }
}

function close(frame: Frame): SelectorNode {
  const last = combine('and', frame.conjuncts);
  return frame.alternatives.length === 0 ? last : combine('or', [...frame.alternatives, last]);
}

function combine(kind: 'and' | 'or', operands: readonly SelectorNode[]): SelectorNode {
  const [only] = operands;
  return operands.length === 1 && only !== undefined ? only : { kind, operands };
}

function show(token: Token): string {
  return `${token.kind}(${token.value})`;
}

function failure(token: Token, message: string): SelectorError {
  return { message, start: token.start, end: token.end };
}
