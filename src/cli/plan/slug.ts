import { createHash } from 'node:crypto';

/** Longer ones are cut: an external id has at most 256 characters, and a task is 4 levels deep at most times. */
const slugLengthMax = 48;
const hashLength = 8;

/** What an id in a plan may be made of. */
export const planIdShape = /^[\p{L}\p{N}]([\p{L}\p{N}._-]{0,62}[\p{L}\p{N}])?$/u;

/** An id made of a title: "Write the *manual*!" gives write-the-manual. Empty if the title has no letter and no digit. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const characters = [...slug];
  if (characters.length <= slugLengthMax) return slug;
  // Two long titles may begin alike.
  const cut = characters.slice(0, slugLengthMax - hashLength - 1).join('');
  return `${cut.replace(/-+$/, '')}-${shortHash(title)}`;
}

/** Eight hex digits that stand for a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text.normalize('NFC')).digest('hex').slice(0, hashLength);
}
