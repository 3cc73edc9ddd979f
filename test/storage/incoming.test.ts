// Goal: a journal and a state that were prepared aside take the place of the present ones whole or not at all, wherever the
// power goes. Method: the disk in memory, cut at each change in turn, and again while the next start makes it good.

import { IncomingDamaged, clearIncoming, declareReady, settleIncoming } from '../../src/storage/incoming';
import type { IncomingMark, IncomingPart } from '../../src/storage/incoming';
import { FaultyFiles } from '../support/faulty-files';

const DIR = '/store';

async function put(files: FaultyFiles, path: string, text: string): Promise<void> {
  const parent = path.slice(0, path.lastIndexOf('/'));
  await files.makeDirectory(parent);
  const file = await files.open(path, 'wx+');
  await file.write(Buffer.from(text), 0);
  await file.sync();
  await file.close();
  await files.syncDirectory(parent);
  await files.syncDirectory(parent.slice(0, parent.lastIndexOf('/')));
}

/** A store with an old journal and state. */
async function oldStore(seed: number): Promise<FaultyFiles> {
  const files = new FaultyFiles(seed);
  await files.makeDirectory(DIR);
  await files.syncDirectory('/');
  await put(files, `${DIR}/journal/segment`, 'old journal');
  await put(files, `${DIR}/state/checkpoint`, 'old state');
  return files;
}

async function swap(files: FaultyFiles, parts: readonly IncomingPart[], mark: IncomingMark): Promise<void> {
  await clearIncoming(files, DIR);
  if (parts.includes('journal')) await put(files, `${DIR}/incoming/journal/segment`, 'new journal');
  if (parts.includes('state')) await put(files, `${DIR}/incoming/state/checkpoint`, 'new state');
  await declareReady(files, DIR, mark);
  await settleIncoming(files, DIR);
}

function contents(files: FaultyFiles): { journal: string; state: string } {
  return {
    journal: files.bytesOf(`${DIR}/journal/segment`).toString(),
    state: files.bytesOf(`${DIR}/state/checkpoint`).toString(),
  };
}

const OLD = { journal: 'old journal', state: 'old state' };
const MARK: IncomingMark = { archive: 'abc-1', kept: ['journal'] };

describe('what is prepared in incoming', () => {
  for (const parts of [['journal', 'state'], ['state'], ['journal']] as IncomingPart[][]) {
    it(`takes the place of ${parts.join(' and ')} whole or not at all, wherever the power goes`, async () => {
      const whole = await oldStore(1);
      const before = whole.changes;
      await swap(whole, parts, MARK);
      const after = { ...OLD, ...Object.fromEntries(parts.map((part) => [part, `new ${part}`])) };
      expect(contents(whole)).toEqual(after);
      const steps = whole.changes - before;
      const seen = { old: 0, new: 0 };
      for (let step = 1; step <= steps; step += 1) {
        for (let seed = 1; seed <= 6; seed += 1) {
          const files = await oldStore(seed);
          files.crashAtChange(files.changes + step);
          await swap(files, parts, MARK).catch(() => undefined);
          files.powerCut(seed * 7919);
          // The next start is cut off too, at a step that moves through it.
          files.crashAtChange(files.changes + 1 + ((step + seed) % 12));
          const found = await settleIncoming(files, DIR).catch(() => undefined);
          if (files.isDown) files.powerCut(seed * 104729);
          else files.kill();
          const again = (await settleIncoming(files, DIR)) ?? found;
          const now = contents(files);
          if (JSON.stringify(now) === JSON.stringify(OLD)) seen.old += 1;
          else {
            expect(now).toEqual(after);
            seen.new += 1;
            if (parts.includes('journal')) {
              expect(files.bytesOf(`${DIR}/archive/abc-1/journal/segment`).toString()).toBe('old journal');
            }
          }
          expect(files.namesIn(DIR)).not.toContain('incoming');
          expect(again?.placed.length ?? 0).toBeLessThanOrEqual(parts.length);
        }
      }
      expect(seen.old).toBeGreaterThan(20);
      expect(seen.new).toBeGreaterThan(20);
    });
  }

  it('is removed when it was never declared ready', async () => {
    const files = await oldStore(1);
    await clearIncoming(files, DIR);
    await put(files, `${DIR}/incoming/journal/segment`, 'half a journal');
    expect(await settleIncoming(files, DIR)).toEqual({ placed: [], archive: undefined });
    expect(contents(files)).toEqual(OLD);
    expect(files.namesIn(DIR)).toEqual(['journal', 'state']);
  });

  it('keeps a replaced state only when it is asked to', async () => {
    for (const kept of [[], ['state']] as IncomingPart[][]) {
      const files = await oldStore(1);
      await swap(files, ['state'], { archive: 'abc-2', kept });
      expect(files.namesIn(DIR).includes('archive')).toBe(kept.length > 0);
    }
  });

  it('stays untouched when its mark is damaged: nobody knows what was replaced', async () => {
    const files = await oldStore(1);
    await clearIncoming(files, DIR);
    await put(files, `${DIR}/incoming/state/checkpoint`, 'new state');
    await declareReady(files, DIR, MARK);
    const bytes = Buffer.from(files.bytesOf(`${DIR}/incoming/ready`));
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Buffer.from(bytes);
      damaged[at]! ^= 0x40;
      files.setBytes(`${DIR}/incoming/ready`, damaged);
      await expect(settleIncoming(files, DIR)).rejects.toThrow(IncomingDamaged);
    }
    expect(contents(files)).toEqual(OLD);
    expect(files.namesIn(`${DIR}/incoming`)).toEqual(['ready', 'state']);
  });

  it('does not take a name for an archive that leads elsewhere', async () => {
    const files = await oldStore(1);
    await clearIncoming(files, DIR);
    for (const archive of ['../x', '', '.', '..', 'a/b']) {
      await expect(declareReady(files, DIR, { archive, kept: [] })).rejects.toThrow(RangeError);
    }
  });
});
