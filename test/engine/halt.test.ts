// Goal: an engine that halts for whatever reason answers everybody and lets go. Method: the engine is halted from outside while commands wait in its
// inbox, are decided, and are being written.

import { setImmediate as nextTurn } from 'node:timers/promises';
import { Refusal } from '../../src/domain/refusal';
import { systemClock } from '../../src/engine/clock';
import { Engine } from '../../src/engine/engine';
import { silentObserver } from '../../src/engine/observer';
import { nodeFiles } from '../../src/storage/node-files';
import { commandOf } from '../sim/commands-of';
import { chosenSeed, randomFrom } from '../support/seed';
import { memoryDir } from '../support/temp-dir';

const COMMANDS = 20;

function started(dir: string): Promise<Engine> {
  return Engine.start({ dir, files: nodeFiles, clock: systemClock, observer: silentObserver, version: 'test' });
}

it.each([0, 1, 2, 3])(
  'everybody is answered when it halts %i turns after they asked',
  async (turns) => {
    const random = randomFrom(chosenSeed());
    const dir = memoryDir();
    let engine = await started(dir);
    const commands = Array.from({ length: COMMANDS }, (_, n) =>
      commandOf({ kind: 'create', id: `h${n}`, title: 'as the engine halts' }, '', random.bytes(16)),
    );
    const answers: Promise<unknown>[] = [];
    for (const command of commands) {
      answers.push(engine.execute(command).catch((error: unknown) => error));
      if (answers.length === COMMANDS / 2) for (let turn = 0; turn < turns; turn++) await nextTurn();
    }
    engine.parts.halt.now('the test says so');
    const came = await Promise.all(answers);
    await engine.stop();
    engine = await started(dir);
    for (const [n, answer] of came.entries()) {
      const again = await engine.execute(commands[n]!);
      if (answer instanceof Error) {
        // What was in flight may be there all the same; what was refused as halted is not.
        expect(answer).toBeInstanceOf(Refusal);
        expect(['HALTED', 'OUTCOME_UNKNOWN']).toContain((answer as Refusal).reason);
        if ((answer as Refusal).reason === 'HALTED') expect(again.replayed).toBe(false);
      } else expect(again).toMatchObject({ sequence: (answer as typeof again).sequence, replayed: true });
    }
    await engine.stop();
  },
  120_000,
);
