// What an action of a command works with, and how it is wired: settings read, connection opened, and closed again.

import type { Command } from 'commander';
import { Connection } from './connection';
import type { CliContext } from './context';
import { CallFailure, Failure } from './failure';
import { Output } from './output';
import type { Settings } from './settings';
import { dropToken } from './session/token-file';
import { readSettings } from './settings';

export interface Run {
  readonly settings: Settings;
  readonly connection: Connection;
  readonly output: Output;
  readonly context: CliContext;
}

/**
 * Makes a commander action: `act` gets the run, then the arguments as typed, then the command's own flags. `retryForMs` is
 * how long its calls are tried again where `--retry-for` does not say.
 */
export function action<Flags extends object>(
  context: CliContext,
  act: (run: Run, args: readonly string[], flags: Flags) => Promise<void>,
  retryForMs?: number,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const { command, args } = partsOf(given);
    const output = new Output(context);
    const settings = readSettings(command, context, retryForMs);
    const connection = new Connection(settings, (failure) => {
      output.remark(`holdfast: ${failure.said}; trying again for ${Math.round(settings.retryForMs / 1000)} s`);
    });
    try {
      await act({ settings, connection, output, context }, args, command.opts<Flags>());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      output.failure(error);
      forgetStranger(error, settings, context, output);
      context.setExitCode(error.exitCode);
    } finally {
      connection.close();
    }
  };
}

/**
 * Forgets the kept token of a session that the server does not know: it is of a store that is gone. The next command can
 * start the session then.
 */
function forgetStranger(error: Failure, settings: Settings, { env }: CliContext, output: Output): void {
  const { actor, server } = settings;
  if (!(error instanceof CallFailure) || error.reason !== 'NOT_FOUND') return;
  if (actor?.keptFor === undefined || actor.token === undefined || error.metadata['name'] !== actor.name) return;
  dropToken(env, server, actor.keptFor);
  output.remark('  Its token, kept here, was of another store and is forgotten. Repeat the command.');
}

/** The same for a command that calls no server: `act` gets where to write, and whether JSON is wanted. */
export function localAction<Flags extends object>(
  context: CliContext,
  act: (output: Output, json: boolean, args: readonly string[], flags: Flags) => Promise<void>,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const { command, args } = partsOf(given);
    const { form } = readSettings(command, context);
    await act(new Output(context), form === 'json', args, command.opts<Flags>());
  };
}

/** Commander calls an action with the arguments, then the flags, then the command. */
function partsOf(given: readonly unknown[]): { command: Command; args: string[] } {
  const command = given.at(-1) as Command;
  return { command, args: command.args };
}
