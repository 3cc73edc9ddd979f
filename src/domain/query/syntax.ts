// What a filter says, as a tree: the syntax of AIP-160, nothing about fields yet.

export type Comparator = '=' | '!=' | '<' | '<=' | '>' | '>=' | ':';

/** A value or a word. */
export interface Value {
  /** The text between unescaped stars; one part where there is no star. */
  readonly parts: readonly string[];
  readonly quoted: boolean;
  /** Where it stands in the filter, in UTF-16 units from 0. */
  readonly at: number;
}

/** `labels.area = "docs"`: the field, its key where it has one, the comparator and the value. */
export interface Restriction {
  readonly kind: 'restriction';
  readonly field: string;
  readonly key: string | undefined;
  /** The end of the key that stands in quotation marks, if one does: dots in it part nothing. */
  readonly lastKey?: string;
  readonly at: number;
  readonly comparator: Comparator;
  readonly comparatorAt: number;
  readonly value: Value;
}

/** A bare word, to be found in a task's texts. */
export interface Word {
  readonly kind: 'word';
  readonly value: Value;
}

export interface Junction {
  readonly kind: 'and' | 'or';
  readonly nodes: readonly Node[];
}

export interface Negation {
  readonly kind: 'not';
  readonly node: Node;
}

export type Node = Restriction | Word | Junction | Negation;

/** The text of a value, stars included. */
export function literal({ parts }: Value): string {
  return parts.join('*');
}

/** The node in the filter's language. It parses to the same node. */
export function print(node: Node): string {
  switch (node.kind) {
    case 'word':
      return printValue(node.value);
    case 'restriction': {
      const key = node.key === undefined ? '' : `.${printKey(node.key)}`;
      const comparator = node.comparator === ':' ? ':' : ` ${node.comparator} `;
      return `${node.field}${key}${comparator}${printValue(node.value)}`;
    }
    case 'not':
      return node.node.kind === 'restriction' || node.node.kind === 'word'
        ? `NOT ${print(node.node)}`
        : `NOT (${print(node.node)})`;
    case 'or':
      return node.nodes
        .map((each) => (each.kind === 'and' || each.kind === 'or' ? `(${print(each)})` : print(each)))
        .join(' OR ');
    case 'and':
      return node.nodes
        .map((each) => (each.kind === 'and' || each.kind === 'or' ? `(${print(each)})` : print(each)))
        .join(' AND ');
  }
}

const PLAIN = /^[A-Za-z0-9_/.][A-Za-z0-9_/.-]*$/;
const KEYWORD = /^(and|or|not)$/i;
const KEY = /^[A-Za-z0-9_/-]([A-Za-z0-9_/.-]*[A-Za-z0-9_/-])?$/;

function printValue({ parts }: Value): string {
  if (parts.length === 1 && PLAIN.test(parts[0]!) && !KEYWORD.test(parts[0]!)) return parts[0]!;
  if (parts.length === 2 && parts[0] === '' && parts[1] === '') return '*';
  return `"${parts.map(escaped).join('*')}"`;
}

function printKey(key: string): string {
  return KEY.test(key) ? key : `"${escaped(key)}"`;
}

function escaped(text: string): string {
  return text.replace(/["\\*]/g, '\\$&');
}
