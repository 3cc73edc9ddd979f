// The process that attacks, seen from a test.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { builtProgram } from './server-process';

export interface Campaign {
  readonly port: number;
  readonly seed: number;
  readonly count: number;
  readonly perSecond: number;
  /** False: as many good requests at the same pace, to compare with. */
  readonly hostile: boolean;
}

/** How often each kind of request got each outcome. */
export type Outcomes = Readonly<Record<string, Readonly<Record<string, number>>>>;

export class Attacker {
  private readonly child: ChildProcess;
  /** What it says, line by line. Two that come at once both wait here for whoever asks. */
  private readonly lines: AsyncIterator<string, undefined>;

  constructor() {
    const program = join(__dirname, 'fixtures/attacker.js');
    const generated = join(dirname(builtProgram()), 'gen');
    this.child = spawn(process.execPath, [program, generated], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  /** Starts a campaign. `sent` resolves when the last request is out, `outcomes` when the last answer is in. */
  begin(campaign: Campaign): { readonly sent: Promise<void>; readonly outcomes: Promise<Outcomes> } {
    this.child.stdin!.write(`${JSON.stringify(campaign)}\n`);
    const sent = this.answer().then(() => undefined);
    const outcomes = sent.then(() => this.answer()).then((answer) => answer.outcomes ?? {});
    return { sent, outcomes };
  }

  end(): void {
    this.child.kill('SIGKILL');
  }

  private async answer(): Promise<{ readonly outcomes?: Outcomes }> {
    const { done, value } = await this.lines.next();
    if (done) throw new Error('the attacker ended');
    return JSON.parse(value) as { outcomes?: Outcomes };
  }
}
