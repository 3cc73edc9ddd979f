// Notes as people read them.

import type { Note } from '../gen/holdfast/v1/note';
import { shortId } from './resource-name';
import { oneLine, plainText, wrapTo } from './text-width';
import { atOf, relativeTime } from './times';

const indent = '      ';

/** "  n1  5 min ago  agent-7 (added by local)". */
export function noteHead(note: Note, now: number): string {
  const when = note.createTime ? relativeTime(atOf(note.createTime), now) : '';
  const author = oneLine(note.author || note.creator);
  const addedBy = note.creator !== '' && note.creator !== author ? ` (added by ${oneLine(note.creator)})` : '';
  return `${shortId(note.name).padStart(4)}  ${when}  ${author}${addedBy}`;
}

/** The text, indented and wrapped to the terminal. */
export function noteText(note: Note, columns: number): string[] {
  return plainText(note.text)
    .split('\n')
    .flatMap((line) => wrapTo(line, columns - indent.length))
    .map((line) => `${indent}${line}`.trimEnd());
}
