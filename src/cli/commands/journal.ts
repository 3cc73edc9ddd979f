import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DumpEntry } from '../../storage/journal/dump';
import { dumpJournal } from '../../storage/journal/dump';
import type { JournalReport } from '../../storage/journal/verify';
import { verifyJournal } from '../../storage/journal/verify';
import { nodeFiles } from '../../storage/node-files';
import { localAction } from '../command-run';
import type { CliContext } from '../context';
import { exitCode } from '../exit-code';
import { usage } from '../failure';
import type { Output } from '../output';
import { Progress } from '../progress';
import { addJournalTrim } from './journal-trim';

const stoppedOnly = '\nFor a stopped server, or a copy of its data directory. Nothing is changed.\n';

/** Adds `journal`: a look at the files themselves, without a server; and the trim, with one. */
export function addJournal(program: Command, context: CliContext): void {
  const journal = program
    .command('journal')
    .description('Look into the journal of a stopped server, or of a copy; trim that of a running one.')
    .addHelpText('after', '\nExamples:\n  holdfast journal verify .holdfast\n  holdfast journal dump .holdfast --json');

  journal
    .command('verify')
    .description('Check every byte: checksums, sequences, chain. Exit code 0: sound. 70: damaged.')
    .argument('<dir>', 'the data directory')
    .addHelpText('after', `${stoppedOnly}\nExample:\n  holdfast journal verify .holdfast`)
    .action(
      localAction(context, async (output, json, [given]) => {
        const dir = journalDir(given!);
        let progress: Progress | undefined;
        let reported = 0;
        const report = await verifyJournal({
          files: nodeFiles,
          dir,
          progress: ({ bytes, bytesTotal }) => {
            progress ??= new Progress(context.stderr, 'Verifying', bytesTotal, output.columns);
            progress.advance(bytes - reported);
            reported = bytes;
          },
        }).finally(() => progress?.end());
        if (report.segments === 0 && report.problems.length === 0) throw usage(`${given} holds no journal`);
        if (json) await output.line(JSON.stringify(report));
        else await printReport(output, report);
        if (report.problems.length > 0) context.setExitCode(exitCode.internal);
      }),
    );

  journal
    .command('dump')
    .description('Print what the journal holds: segments, groups, records and their changes.')
    .argument('<dir>', 'the data directory')
    .option('--after <sequence>', 'only records after this one', '0')
    .addHelpText(
      'after',
      `${stoppedOnly}\nExamples:\n  holdfast journal dump .holdfast --after 1200\n  holdfast journal dump .holdfast --json`,
    )
    .action(
      localAction<{ after: string }>(context, async (output, json, [given], { after }) => {
        if (!/^\d{1,15}$/.test(after)) throw usage('--after must be a sequence');
        for await (const entry of dumpJournal({ files: nodeFiles, dir: journalDir(given!) })) {
          if (entry.type === 'problem') context.setExitCode(exitCode.internal);
          if (isBefore(entry, Number(after))) continue;
          await output.line(json ? JSON.stringify(entry) : entryLine(entry));
        }
      }),
    );

  addJournalTrim(journal, context);
}

function journalDir(given: string): string {
  const inside = join(given, 'journal');
  if (existsSync(inside)) return inside;
  if (!existsSync(given)) throw usage(`there is no ${given}`);
  return given;
}

function isBefore(entry: DumpEntry, after: number): boolean {
  if (entry.type === 'record') return entry.sequence <= after;
  return entry.type === 'group' && entry.lastSequence <= after;
}

async function printReport(output: Output, report: JournalReport): Promise<void> {
  const { history, segments, groups, records, bytes, oldest, newest, clean, tornTail, problems } = report;
  const megabytes = (bytes / 1_000_000).toFixed(1);
  await output.line(`History ${history || 'unknown'}, sequences ${oldest} to ${newest}`);
  await output.line(`${segments} segments, ${groups} groups, ${records} records, ${megabytes} MB`);
  await output.line(
    clean ? 'Stopped cleanly.' : 'Not stopped cleanly: the next start copies the last segment forward.',
  );
  if (tornTail) {
    const { segment, offset, bytes: tornBytes } = tornTail;
    await output.line(
      `A half-written group of ${tornBytes} bytes ends ${segment} at byte ${offset}. That is no damage.`,
    );
  }
  for (const { segment, offset, problem } of problems) {
    await output.line(`DAMAGED: ${segment} at byte ${offset}: ${problem}`);
  }
  await output.line(
    problems.length === 0 ? 'Sound.' : `${problems.length} problems. Keep a copy before anything else.`,
  );
}

function entryLine(entry: DumpEntry): string {
  switch (entry.type) {
    case 'segment':
      return `segment ${entry.segment}  ${entry.bytes} bytes, from sequence ${entry.firstSequence}, history ${entry.history}`;
    case 'group':
      return `  group at ${entry.offset}  ${entry.bytes} bytes, sequences ${entry.firstSequence} to ${entry.lastSequence}`;
    case 'record': {
      const who = [entry.principal, entry.session].filter(Boolean).join(' ');
      const changes = entry.changes.map((change) => {
        const name = change.id ? `${change.project}/${change.id}` : change.project;
        return `\n      ${change.kind} ${name} ${change.removed ? 'removed' : `${change.bytes} bytes`} ${change.event}`.trimEnd();
      });
      const time = new Date(entry.timeMs).toISOString();
      return `    ${entry.sequence} ${time} ${entry.verb} ${who} ${entry.requestId}`.trimEnd() + changes.join('');
    }
    case 'torn':
      return `  torn tail at ${entry.offset} of ${entry.segment}: ${entry.bytes} bytes of a group that was never acknowledged`;
    case 'problem':
      return `  DAMAGED: ${entry.segment} at byte ${entry.offset}: ${entry.problem}`;
    case 'end':
      return `end at sequence ${entry.sequence}, ${entry.clean ? 'stopped cleanly' : 'not stopped cleanly'}`;
  }
}
