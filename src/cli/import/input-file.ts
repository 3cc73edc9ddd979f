// What an import reads: a file, standard input, or the files of a directory.

import { createReadStream } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { CliContext } from '../context';
import { usage } from '../failure';

export interface InputFile {
  /** As a person knows it. */
  readonly name: string;
  /** What it is a part of: the directory of a task's file, else the file itself, without its extension. */
  readonly list: string;
  readonly open: () => NodeJS.ReadableStream;
}

/** The files at a path, in the order of their names, numbers by value. Throws a usage Failure if there is nothing to read. */
export async function inputFiles(path: string, context: CliContext): Promise<InputFile[]> {
  if (path === '-') return [{ name: 'standard input', list: 'stdin', open: () => context.stdin }];
  try {
    await access(path);
    if (!(await stat(path)).isDirectory()) return [fileAt(path, path, basename(path, extname(path)))];
  } catch (error) {
    throw usage(`cannot read ${path}: ${(error as Error).message}`);
  }
  const files = await filesIn(path, true);
  if (files.length === 0) throw usage(`there are no JSON files in ${path}`);
  return files;
}

/** The JSON files of a directory; of its directories too, if `deep`. */
async function filesIn(directory: string, deep: boolean): Promise<InputFile[]> {
  const entries = (await readdir(directory, { withFileTypes: true })).sort((a, b) => byNumber.compare(a.name, b.name));
  const list = basename(resolve(directory));
  const files: InputFile[] = [];
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isFile() && entry.name.endsWith('.json')) files.push(fileAt(path, path, list));
    else if (deep && entry.isDirectory()) files.push(...(await filesIn(path, false)));
  }
  return files;
}

const byNumber = new Intl.Collator('en', { numeric: true });

function fileAt(path: string, name: string, list: string): InputFile {
  return { name, list, open: () => createReadStream(path, 'utf8') };
}
