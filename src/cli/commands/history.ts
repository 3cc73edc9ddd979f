import type { Command } from 'commander';
import { Event } from '../../gen/holdfast/v1/event';
import { Note } from '../../gen/holdfast/v1/note';
import type { Run } from '../command-run';
import { action } from '../command-run';
import type { CliContext } from '../context';
import { changeLine } from '../history/field-changes';
import type { HistoryStep } from '../history/read-history';
import { readHistory } from '../history/read-history';
import { noteHead, noteText } from '../note-view';
import { jsonOf } from '../proto-json';
import { shortId, taskName } from '../resource-name';
import { fitTo, oneLine } from '../text-width';
import { relativeTime } from '../times';
import { parseCount } from '../whole-number';

/** Adds `history`. */
export function addHistory(program: Command, context: CliContext): void {
  program
    .command('history')
    .description('Show what became of a task: who changed what and when, and its notes. The newest comes last.')
    .argument('<task>', 'a short id, a full name, or an external id')
    .option('--limit <n>', 'the newest so many changes; 0 for all', '50')
    .addHelpText(
      'after',
      '\nWith --json each line is a change {"event":…,"changes":[{"field","before",\n"after"}]} or a note {"note":…}.\n' +
        '\nExamples:\n  holdfast history t1\n  holdfast history t1 --limit 5 --brief',
    )
    .action(
      action<{ limit: string }>(context, async (run, [typed], { limit }) => {
        const name = taskName(run.settings.project, typed!);
        const { steps, more } = await readHistory(run.connection, name, parseCount('--limit', limit));
        if (more) run.output.remark('There are older changes: --limit 0 for all.');
        for (const step of steps) await run.output.lines(linesOf(run, step));
      }),
    );
}

function linesOf({ settings, output }: Run, step: HistoryStep): string[] {
  const now = Date.now();
  if ('note' in step) {
    if (settings.form === 'json') {
      return [JSON.stringify({ note: jsonOf('holdfast.v1.Note', Note.encode(step.note).finish()) })];
    }
    if (settings.form === 'brief') return [briefNote(step.note)];
    return [output.dim(fitTo(noteHead(step.note, now), output.columns)), ...noteText(step.note, output.columns)];
  }
  const { revision, changes, event } = step;
  if (settings.form === 'json') {
    const made =
      event ?? Event.fromPartial({ name: revision.name, after: { resource: { $case: 'task', value: revision } } });
    return [JSON.stringify({ event: jsonOf('holdfast.v1.Event', Event.encode(made).finish()), changes })];
  }
  const what = event ? event.type.replace(/^task\./, '') : 'changed';
  const who = event ? [event.principal, event.session && shortId(event.session)].filter(Boolean).join(', ') : 'unknown';
  if (settings.form === 'brief') {
    const fields = changes.map((change) => changeLine(change, 60)).join('; ');
    return [fitTo(`${revision.etag} ${what} ${who} ${fields || oneLine(revision.title)}`, 100)];
  }
  const head = `${pad2(revision.revision)}  ${relativeTime(step.at, now)}  ${what} by ${who}  (etag ${revision.etag})`;
  const facts = changes.map((change) => `      ${changeLine(change, output.columns - 6)}`);
  const first = changes.length === 0 ? [`      ${fitTo(oneLine(revision.title), output.columns - 6)}`] : facts;
  return [output.bold(fitTo(head, output.columns)), ...first];
}

function pad2(revision: number): string {
  return String(revision).padStart(4);
}

function briefNote(note: Note): string {
  return fitTo(`note ${oneLine(note.author || note.creator)} ${oneLine(note.text)}`, 100);
}
