// Reading a plan from a file or from standard input.

import { readFileSync, statSync } from 'node:fs';
import { text as readAll } from 'node:stream/consumers';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { markdownPlan } from './markdown-plan';
import type { Plan } from './plan';

export const planForms = ['markdown', 'yaml'] as const;
export type PlanForm = (typeof planForms)[number];

/** 10,000 items with some text each. A larger file is no plan that a person has written. In bytes. */
const planBytesMax = 4 * 1024 * 1024;

/** Reads a plan; `-` is standard input. Throws a Failure that names each mistake with its line. */
export async function readPlan(
  file: string,
  form: PlanForm | undefined,
  stdin: CliContext['stdin'],
): Promise<{ plan: Plan; fileName: string }> {
  const fileName = file === '-' ? 'standard input' : file;
  const text = file === '-' ? await readAll(stdin) : readFile(file);
  if (Buffer.byteLength(text) > planBytesMax) throw tooLarge(fileName);
  const plan = (form ?? formOf(file, text)) === 'yaml' ? await fromYaml(text, fileName) : markdownPlan(text, fileName);
  return { plan, fileName };
}

/** Loads what only YAML needs when it is needed: every other command starts sooner without it. */
async function fromYaml(text: string, fileName: string): Promise<Plan> {
  const { yamlPlan } = await import('./yaml-plan.js');
  return yamlPlan(text, fileName);
}

function readFile(file: string): string {
  try {
    if (statSync(file).size > planBytesMax) throw tooLarge(file);
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw usage(`cannot read ${file}: ${(error as Error).message}`);
  }
}

function tooLarge(fileName: string) {
  return usage(`${fileName} has more than ${planBytesMax} bytes`, 'Part it into several plans.');
}

/** By the name of the file; without one YAML is known by a key at the margin. */
function formOf(file: string, text: string): PlanForm {
  if (/\.(ya?ml|json)$/i.test(file)) return 'yaml';
  if (/\.(md|markdown)$/i.test(file)) return 'markdown';
  return /^(plan|title|tasks):|^\s*\{/m.test(text) && !/^\s*([-*+]|\d+[.)])\s+\[[ xX]\]\s/m.test(text)
    ? 'yaml'
    : 'markdown';
}
