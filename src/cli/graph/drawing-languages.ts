// The task graph in the languages of two drawing programs: Graphviz and Mermaid.

import type { Task } from '../../gen/holdfast/v1/task';
import type { GetTaskGraphResponse, GraphEdge } from '../../gen/holdfast/v1/task_service';
import { forwardWords } from '../dependency-words';
import { standingWord } from '../readiness-words';
import { shortId } from '../resource-name';
import { fitTo, oneLine } from '../text-width';
import { isChild } from './steps';

/** Wider labels make a picture that nobody can read. */
const labelColumns = 60;

const colours: Readonly<Record<string, string>> = {
  READY: '#d5f5d5',
  RUNNING: '#d5e5ff',
  SUCCEEDED: '#e5e5e5',
  FAILED: '#ffd5d5',
};
const otherColour = '#ffffff';

/** A digraph for Graphviz: `dot -Tsvg`. An edge leads from the task that waits to the one that it waits for. */
export function dotLines({ tasks, edges }: GetTaskGraphResponse): string[] {
  const quote = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return [
    'digraph holdfast {',
    '  rankdir=RL;',
    '  node [shape=box, style="rounded,filled"];',
    ...tasks.map((task) => {
      const fill = colours[standingWord(task)] ?? otherColour;
      return `  ${quote(shortId(task.name))} [label=${quote(labelOf(task))}, fillcolor="${fill}"];`;
    }),
    ...edges.map((edge) => {
      const style = edge.holdsBack ? 'solid' : 'dashed';
      return `  ${quote(shortId(edge.from))} -> ${quote(shortId(edge.to))} [label=${quote(wordsOf(edge))}, style=${style}];`;
    }),
    '}',
  ];
}

/** A flowchart for Mermaid, which Markdown on many sites draws. */
export function mermaidLines({ tasks, edges }: GetTaskGraphResponse): string[] {
  // A task's own id may be a word of the language, such as `end`.
  const ids = new Map(tasks.map(({ name }, index) => [name, `n${index + 1}`]));
  const escape = (text: string) => text.replace(/[^\p{L}\p{N} .,:;!?()/_-]/gu, (sign) => `#${sign.codePointAt(0)};`);
  const standings = [...new Set(tasks.map(standingWord))];
  return [
    'flowchart RL',
    ...tasks.map((task) => `  ${ids.get(task.name)}["${escape(labelOf(task))}"]:::${standingWord(task)}`),
    ...edges
      .filter(({ from, to }) => ids.has(from) && ids.has(to))
      .map((edge) => {
        const arrow = edge.holdsBack ? '-->' : '-.->';
        return `  ${ids.get(edge.from)} ${arrow}|${escape(wordsOf(edge))}| ${ids.get(edge.to)}`;
      }),
    ...standings.map((word) => `  classDef ${word} fill:${colours[word] ?? otherColour},stroke:#444,color:#111`),
  ];
}

function labelOf(task: Task): string {
  return fitTo(`${shortId(task.name)} ${oneLine(task.title)} (${standingWord(task)})`, labelColumns);
}

function wordsOf(edge: GraphEdge): string {
  return isChild(edge) ? 'is part of' : forwardWords(edge.kind);
}
