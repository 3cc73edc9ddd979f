import { join } from 'node:path';

export const projectRoot = join(__dirname, '../..');

/** A language that has a client in `clients/<name>`, and what this machine can do for it. */
export interface ClientLanguage {
  /** The name of its folder. */
  readonly name: string;
  /** The folder under its folder that holds generated code and nothing else. */
  readonly generated: string;
  /** What this machine lacks, and how to get it; undefined if it has all. */
  lacks(): string | undefined;
  /** Downloads what generating needs, unless it is there. Throws a ProgramFailure. */
  fetch(): void;
  /**
   * Makes the stubs of a descriptor set (see descriptor-set.ts) somewhere inside the empty folder `work`, and gives the folder
   * that is to become `generated`. Wants `fetch` first. Throws a ProgramFailure.
   */
  generate(set: string, work: string): string;
}

/** The folder of a client. */
export function clientFolder(name: string): string {
  return join(projectRoot, 'clients', name);
}
