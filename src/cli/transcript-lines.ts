import type { JsonValue } from '@bufbuild/protobuf';
import { TranscriptItem } from '../gen/holdfast/v1/checkpoint';
import { usage } from './failure';
import { bytesOf } from './proto-json';
import { parseObject } from './task-flags';

/** Reads items of a transcript, one JSON object a line; `role` is that of items that name none. Throws a Failure that names the line. */
export function itemsOfLines(text: string, role: string): TranscriptItem[] {
  const items: TranscriptItem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const object = parseObject(`line ${index + 1}`, line);
    // Agents write content as text or as a list of blocks; the service keeps an object.
    const { content, ...rest } = object;
    const said =
      typeof content === 'string'
        ? { text: content }
        : Array.isArray(content)
          ? { content: { blocks: content } }
          : { content };
    try {
      const whole = content === undefined ? rest : { ...rest, ...said };
      const item = TranscriptItem.decode(bytesOf('holdfast.v1.TranscriptItem', whole as JsonValue));
      items.push({ ...item, role: item.role || role });
    } catch (error) {
      throw usage(`line ${index + 1} is no item of a transcript: ${(error as Error).message}`);
    }
  }
  return items;
}
