// From a filter's text to its tree, by the grammar of AIP-160:
//
//   expression  = sequence { AND sequence }       all of them
//   sequence    = factor { factor }               all of them
//   factor      = term { OR term }                one of them: OR binds tighter than AND
//   term        = [ NOT | - ] simple
//   simple      = ( expression ) | field comparator value | word

import { FILTER_DEPTH_MAX, FILTER_TERMS_MAX } from '../limits';
import { quote } from '../quote';
import { FilterProblem, Lexer } from './lexer';
import type { Token } from './lexer';
import { literal } from './syntax';
import type { Node, Value } from './syntax';

/** The tree of a filter; undefined for one of spaces alone. Throws FilterProblem. */
export function parse(text: string): Node | undefined {
  const parser = new Parser(new Lexer(text));
  return parser.whole();
}

class Parser {
  private token: Token;
  private terms = 0;

  constructor(private readonly lexer: Lexer) {
    this.token = lexer.next(0);
  }

  whole(): Node | undefined {
    if (this.at('end')) return undefined;
    const node = this.expression(0);
    if (!this.at('end')) throw this.expected('the end of the filter, AND, OR or another condition');
    return node;
  }

  private expression(depth: number): Node {
    const nodes = this.sequence(depth);
    while (this.isKeyword('AND')) {
      this.advance();
      nodes.push(...this.sequence(depth));
    }
    return nodes.length === 1 ? nodes[0]! : { kind: 'and', nodes };
  }

  private sequence(depth: number): Node[] {
    const nodes = [this.factor(depth)];
    while (!this.at('end') && !this.at(')') && !this.isKeyword('AND')) nodes.push(this.factor(depth));
    return nodes;
  }

  private factor(depth: number): Node {
    const nodes = [this.term(depth)];
    while (this.isKeyword('OR')) {
      this.advance();
      nodes.push(this.term(depth));
    }
    return nodes.length === 1 ? nodes[0]! : { kind: 'or', nodes };
  }

  private term(depth: number): Node {
    if (this.token.kind !== '-' && !this.isKeyword('NOT')) return this.simple(depth);
    this.checkDepth(depth);
    this.advance();
    return { kind: 'not', node: this.term(depth + 1) };
  }

  private simple(depth: number): Node {
    if (this.at('(')) {
      this.checkDepth(depth);
      this.advance();
      const node = this.expression(depth + 1);
      if (!this.at(')')) throw this.expected('")", AND, OR or another condition');
      this.advance();
      return node;
    }
    if (this.token.kind !== 'text' || this.isKeyword('AND') || this.isKeyword('OR')) {
      throw this.expected('a condition such as state = PENDING, or a word');
    }
    if (++this.terms > FILTER_TERMS_MAX) {
      throw new FilterProblem(this.token.at, `there are more than ${FILTER_TERMS_MAX} conditions and words`);
    }
    return this.restrictionOrWord(this.token.value);
  }

  private restrictionOrWord(first: Value): Node {
    const { end } = this.token;
    this.advance();
    let lastKey: string | undefined;
    // labels."a key"
    const dotted = !first.quoted && literal(first).endsWith('.');
    if (dotted && this.token.kind === 'text' && this.token.value.quoted && this.token.at === end) {
      lastKey = literal(this.token.value);
      this.advance();
    }
    if (this.token.kind === '(' && this.token.at === end && !first.quoted) {
      throw new FilterProblem(first.at, `there are no functions, ${quote(literal(first))} neither`);
    }
    if (this.token.kind !== 'comparator') {
      if (lastKey !== undefined) throw this.expected('a comparator: =, != or :');
      this.checkWord(first);
      return { kind: 'word', value: first };
    }
    const { comparator, at: comparatorAt } = this.token;
    if (first.quoted) throw new FilterProblem(first.at, 'a field is written without quotation marks');
    const value = this.value();
    const path = literal(first);
    const dot = path.indexOf('.');
    const key = dot < 0 ? undefined : path.slice(dot + 1) + (lastKey ?? '');
    const field = dot < 0 ? path : path.slice(0, dot);
    const restriction = { kind: 'restriction', field, key, at: first.at, comparator, comparatorAt, value } as const;
    return lastKey === undefined ? restriction : { ...restriction, lastKey };
  }

  private value(): Value {
    const after = this.token.end;
    const token = this.lexer.value(after);
    if (token.kind === '(') throw new FilterProblem(token.at, 'expected one value: write a = x OR a = y for several');
    if (token.kind !== 'text') throw new FilterProblem(token.at, `expected a value, found ${found(token)}`);
    this.token = this.lexer.next(token.end);
    return token.value;
  }

  /** Small letters are almost always meant as the operator, and would search for the word in silence. */
  private checkWord(value: Value): void {
    const word = literal(value);
    if (value.quoted || !/^(and|or|not)$/i.test(word)) return;
    const capitals = word.toUpperCase();
    throw new FilterProblem(value.at, `expected ${capitals} in capitals; in quotation marks it is a word: "${word}"`);
  }

  private checkDepth(depth: number): void {
    if (depth < FILTER_DEPTH_MAX) return;
    throw new FilterProblem(this.token.at, `it is nested more than ${FILTER_DEPTH_MAX} levels deep`);
  }

  private at(kind: Token['kind']): boolean {
    return this.token.kind === kind;
  }

  private isKeyword(word: 'AND' | 'OR' | 'NOT'): boolean {
    return this.token.kind === 'text' && !this.token.value.quoted && literal(this.token.value) === word;
  }

  private advance(): void {
    this.token = this.lexer.next(this.token.end);
  }

  private expected(what: string): FilterProblem {
    return new FilterProblem(this.token.at, `expected ${what}, found ${found(this.token)}`);
  }
}

function found(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'text') return quote(literal(token.value));
  return `"${token.kind === 'comparator' ? token.comparator : token.kind}"`;
}
