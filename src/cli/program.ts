// The command line as a whole. It is a client like any other: it knows the generated stubs, not the engine.

import { Command, CommanderError } from 'commander';
import { addAgent } from './commands/agent';
import { addArtifact } from './commands/artifact';
import { addAudit } from './commands/audit';
import { addBackup } from './commands/backup';
import { addBrief } from './commands/brief';
import { addCheckpoint } from './commands/checkpoint';
import { addClaim } from './commands/claim';
import { addCompletion } from './commands/completion';
import { addDoctor } from './commands/doctor';
import { addEvents } from './commands/events';
import { addExport } from './commands/export';
import { addGraph } from './commands/graph';
import { addHealth } from './commands/health';
import { addHistory } from './commands/history';
import { addImport } from './commands/import';
import { addJournal } from './commands/journal';
import { addLock } from './commands/lock';
import { addMemory } from './commands/memory';
import { addMessage } from './commands/message';
import { addNote } from './commands/note';
import { addOperation } from './commands/operation';
import { addPlan } from './commands/plan';
import { addProject } from './commands/project';
import { addQuestion } from './commands/question';
import { addQueue } from './commands/queue';
import { addReady } from './commands/ready';
import { addRecover } from './commands/recover';
import { addRestore } from './commands/restore';
import { addRun } from './commands/run';
import { addSession } from './commands/session';
import { addServe } from './commands/serve';
import { addStatus } from './commands/status';
import { addStep } from './commands/step';
import { addTask } from './commands/task';
import { addTaskEnding } from './commands/task-ending';
import { addTranscript } from './commands/transcript';
import { addVerify } from './commands/verify';
import type { CliContext } from './context';
import { exitCode } from './exit-code';
import { Failure } from './failure';
import { Output } from './output';
import { noteDashes } from './run/command-words';
import { addGlobalFlags } from './settings';

/**
 * The program. Its `parseAsync` never rejects for what a user can cause: it says what went wrong on stderr and sets the
 * exit code. It rejects for defects.
 */
export function createProgram(context: CliContext, version = ''): Command {
  const program = new Program(context)
    .name('holdfast')
    .description('Durable tasks for AI agents: the server, and a client for it.')
    .usage('<command> [flags]')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true, helpWidth: Math.min(Math.max(context.columns, 60), 100) })
    .configureOutput({
      writeOut: (text) => {
        // `holdfast task --help | head` closes the pipe: that ends the help, and is no defect.
        context.stdout.once('error', () => undefined);
        context.stdout.write(text);
      },
      writeErr: (text) => void context.stderr.write(text),
    })
    .exitOverride();
  if (version) program.version(version, '--version', 'show the version');
  addGlobalFlags(program).addHelpText(
    'after',
    '\nExamples:\n  holdfast serve --dir ./data\n  holdfast task create "Fix the login page" --priority P1\n' +
      '  holdfast task list --state pending --brief\n  holdfast events --follow\n' +
      '\nExit codes: 0 done, 1 refused, 2 usage, 3 not found, 4 conflict,\n' +
      '5 not legal now, 6 nothing there, 65 malformed file, 69 no server,\n70 defect or damage, 75 try later, 77 not allowed, 130 Ctrl-C.',
  );
  addServe(program, context);
  addHealth(program, context);
  addStatus(program, context);
  addDoctor(program, context, version);
  addVerify(program, context);
  addTask(program, context);
  addReady(program, context);
  addClaim(program, context);
  addTaskEnding(program, context, 'holdfast');
  addQuestion(program, context);
  addStep(program, context);
  addArtifact(program, context);
  addGraph(program, context);
  addHistory(program, context);
  addNote(program, context);
  addRun(program, context);
  addSession(program, context);
  addAgent(program, context);
  addBrief(program, context);
  addCheckpoint(program, context);
  addTranscript(program, context);
  addLock(program, context);
  addMemory(program, context);
  addMessage(program, context);
  addQueue(program, context);
  addPlan(program, context);
  addOperation(program, context);
  addProject(program, context);
  addEvents(program, context);
  addAudit(program, context);
  addBackup(program, context);
  addRestore(program, context);
  addRecover(program, context);
  addImport(program, context);
  addExport(program, context);
  addJournal(program, context);
  addCompletion(program, context);
  return program;
}

class Program extends Command {
  constructor(private readonly context: CliContext) {
    super();
  }

  override async parseAsync(...given: Parameters<Command['parseAsync']>): Promise<this> {
    noteDashes(this, given[0] ?? []);
    try {
      return await super.parseAsync(...given);
    } catch (error) {
      if (error instanceof CommanderError) {
        // Commander has said it already, help and version included; its own code for any mistake is 1.
        this.context.setExitCode(error.exitCode === 0 ? exitCode.ok : exitCode.usage);
      } else if (error instanceof Failure) {
        new Output(this.context).failure(error);
        this.context.setExitCode(error.exitCode);
      } else {
        throw error;
      }
      return this;
    }
  }
}
