import { Halt } from '../../src/engine/halt';
import { StateGuard } from '../../src/engine/state-guard';
import { backupWorld } from '../support/backup-world';
import { tempDir } from '../support/temp-dir';

const guardOf = (halt: Halt, distrust: () => Promise<void>): StateGuard =>
  new StateGuard({ distrust } as never, halt, () => undefined);

it('halts within a second or so, though nobody can say what the next start will do', async () => {
  const halt = new Halt();
  const guard = guardOf(halt, () => Promise.resolve());
  guard.outlook = () => new Promise(() => undefined);
  await guard.giveUp('rows are wrong');
  expect(halt.halted).toBe('rows are wrong; the next start rebuilds the state from the journal');
});

it('halts although the disk does not take the mark of a state that is wrong', async () => {
  const halt = new Halt();
  await expect(guardOf(halt, () => Promise.reject(new Error('ENOSPC'))).giveUp('rows are wrong')).rejects.toThrow(
    'ENOSPC',
  );
  expect(halt.halted).toContain('rows are wrong');
});

it('a state that is not trusted is not served by the next start, whatever checkpoints and stops follow (P4)', async () => {
  const dir = tempDir();
  const world = await backupWorld({ dir });
  const { state, journal, marks } = world.engine.parts;
  const checkpoint = async (): Promise<void> => {
    await world.createTasks(5);
    await marks.whenApplied(marks.durable);
    await state.checkpoint(journal.head().chain);
  };
  await checkpoint();
  await state.distrust('rows are wrong');
  await checkpoint();
  await world.stop();
  const next = await backupWorld({ dir });
  expect(next.engine.status.found.state.how).toBe('rebuilt');
});
