// The tokens of a filter. A text that follows a comparator may hold colons, so that times and external ids need no quotes.

import { quote } from '../quote';
import type { Comparator, Value } from './syntax';

export type Token =
  | { readonly kind: 'text'; readonly value: Value; readonly at: number; readonly end: number }
  | { readonly kind: 'comparator'; readonly comparator: Comparator; readonly at: number; readonly end: number }
  | { readonly kind: '(' | ')' | '-' | 'end'; readonly at: number; readonly end: number };

/** What is wrong with a filter, and where: `at` in UTF-16 units from 0. */
export class FilterProblem extends Error {
  override readonly name = 'FilterProblem';

  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}

const SPACE = /[\s]/;
/** What ends a word. */
const WORD_END = /[\s()"'=<>!:]/;
/** What ends a value after a comparator. */
const VALUE_END = /[\s()"'=<>!]/;
const COMPARATORS: readonly Comparator[] = ['<=', '>=', '!=', '=', '<', '>', ':'];

export class Lexer {
  constructor(private readonly text: string) {}

  /** The token at or after `from`. */
  next(from: number): Token {
    const at = this.skipSpace(from);
    const char = this.text[at];
    if (char === undefined) return { kind: 'end', at, end: at };
    if (char === '(' || char === ')' || char === '-') return { kind: char, at, end: at + 1 };
    const comparator = COMPARATORS.find((each) => this.text.startsWith(each, at));
    if (comparator) return { kind: 'comparator', comparator, at, end: at + comparator.length };
    if (char === '!') throw new FilterProblem(at, '"!" stands for nothing: write NOT or -');
    return this.read(at, WORD_END);
  }

  /** The value after a comparator that ends at `from`. */
  value(from: number): Token {
    const at = this.skipSpace(from);
    const char = this.text[at];
    if (char === undefined || '()=<>!'.includes(char)) return this.next(from);
    return this.read(at, VALUE_END);
  }

  private read(at: number, ends: RegExp): Token {
    const char = this.text[at]!;
    if (char === '"' || char === "'") return this.string(at, char);
    let end = at;
    while (end < this.text.length && !ends.test(this.text[end]!)) end++;
    // A colon after a comparator: `a::b`.
    if (end === at) throw new FilterProblem(at, `${quote(char)} cannot stand here`);
    return { kind: 'text', value: { parts: this.text.slice(at, end).split('*'), quoted: false, at }, at, end };
  }

  private string(at: number, mark: string): Token {
    const parts: string[] = [''];
    for (let i = at + 1; i < this.text.length; i++) {
      const char = this.text[i]!;
      if (char === mark) return { kind: 'text', value: { parts, quoted: true, at }, at, end: i + 1 };
      if (char === '*') parts.push('');
      else if (char !== '\\') parts[parts.length - 1] += char;
      else {
        const next = this.text[++i];
        if (next === undefined) break;
        if (!'"\'\\*'.includes(next)) {
          throw new FilterProblem(i - 1, 'a backslash stands only before a quotation mark, a backslash or a star');
        }
        parts[parts.length - 1] += next;
      }
    }
    throw new FilterProblem(at, `the string that begins here does not end: expected ${mark}`);
  }

  private skipSpace(from: number): number {
    let at = from;
    while (at < this.text.length && SPACE.test(this.text[at]!)) at++;
    return at;
  }
}
