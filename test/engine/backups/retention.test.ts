import { recordsBetween } from '../../../src/storage/journal/lineage';
import { outlived } from '../../../src/engine/backups/retention';
import { hasChanged, newestBase } from '../../../src/engine/backups/debt';
import { EntityKind } from '../../../src/gen/holdfast/journal/v1/journal';
import type { KeptBackup } from '../../../src/storage/backup/catalogue';
import type { BackupManifest } from '../../../src/storage/backup/manifest';
import type { Journal } from '../../../src/storage/journal/journal';

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;

interface Made {
  readonly id: string;
  readonly ageDays?: number;
  readonly kind?: 'NAMED' | 'AUTOMATIC';
  readonly base?: boolean;
  readonly damaged?: boolean;
  readonly history?: string;
  readonly sequence?: number;
}

function made({ id, ageDays = 0, kind = 'AUTOMATIC', base, damaged, history = 'h', sequence = 1 }: Made): KeptBackup {
  const manifest = { id, kind, createdAt: NOW - ageDays * DAY_MS, history, sequence } as BackupManifest;
  const problems = damaged ? ['it is damaged'] : [];
  return { id, dir: id, manifest, problems, verifiedAt: 0, base: base ? 'it is a base' : undefined };
}

/** Ids that go. `backups` are newest first. */
function gone(backups: readonly Made[], retentionCount: number, retentionDays: number): string[] {
  return outlived(backups.map(made), { retentionCount, retentionDays }, NOW).map(({ id }) => id);
}

describe('retention', () => {
  it('keeps so many automatic ones, and lets the oldest go first', () => {
    expect(gone([{ id: 'd' }, { id: 'c' }, { id: 'b' }, { id: 'a' }], 2, 30)).toEqual(['a', 'b']);
  });

  it('lets go what is older than the days', () => {
    expect(gone([{ id: 'c' }, { id: 'b', ageDays: 30 }, { id: 'a', ageDays: 31 }], 9, 30)).toEqual(['a']);
  });

  it('never lets the newest good one go, however old it is', () => {
    const backups = [
      { id: 'b', ageDays: 90 },
      { id: 'a', ageDays: 91 },
    ];
    expect(gone(backups, 1, 30)).toEqual(['a']);
    expect(gone([{ id: 'c', damaged: true }, ...backups], 1, 30)).toEqual(['a']);
  });

  it('leaves alone what somebody asked for, and what a trimmed journal stands on', () => {
    const backups: Made[] = [
      { id: 'd' },
      { id: 'c', kind: 'NAMED', ageDays: 99 },
      { id: 'b', base: true, ageDays: 99 },
    ];
    expect(gone([...backups, { id: 'a', ageDays: 99 }], 1, 30)).toEqual(['a']);
  });

  it('keeps damaged ones to be looked at until they are too old, and counts none of them', () => {
    const backups: Made[] = [
      { id: 'd' },
      { id: 'c', damaged: true },
      { id: 'b' },
      { id: 'a', damaged: true, ageDays: 31 },
    ];
    expect(gone(backups, 2, 30)).toEqual(['a']);
  });

  it('leaves a manifest that nobody can read to a person', () => {
    const unknown: KeptBackup = { ...made({ id: 'x' }), manifest: undefined, problems: ['the manifest is gone'] };
    expect(outlived([unknown], { retentionCount: 1, retentionDays: 1 }, NOW)).toEqual([]);
  });
});

describe('recovery debt', () => {
  const lineage = [
    { history: 'old', first: 1, last: 50 },
    { history: 'h', first: 1000, last: 1020 },
  ];

  it('counts the records after a backup, and not the numbers between two histories', () => {
    expect(recordsBetween(lineage, 0, 1020)).toBe(71);
    expect(recordsBetween(lineage, 40, 1020)).toBe(31);
    expect(recordsBetween(lineage, 1010, 1020)).toBe(10);
    expect(recordsBetween(lineage, 1020, 1020)).toBe(0);
  });

  it('rests on the newest good backup of these histories, not on one of a branch that was left', () => {
    const backups = [
      { id: 'd', sequence: 1015, damaged: true },
      { id: 'c', sequence: 60, history: 'old' },
      { id: 'b', sequence: 40, history: 'old' },
    ].map(made);
    expect(newestBase(backups, lineage)?.id).toBe('b');
    expect(newestBase([], lineage)).toBeUndefined();
  });

  it('is nothing new while the server tells of its own work alone', async () => {
    const journal = (kinds: readonly EntityKind[]): Journal =>
      ({
        read: async function* () {
          await Promise.resolve();
          const records = kinds.map((kind, index) => ({ sequence: index + 1, changes: [{ kind }] }));
          yield { firstSequence: 1, lastSequence: kinds.length, records, stateDigest: Buffer.alloc(8) };
        },
      }) as unknown as Journal;
    expect(await hasChanged(journal([EntityKind.OPERATION, EntityKind.HEALTH]), 0)).toBe(false);
    expect(await hasChanged(journal([EntityKind.OPERATION, EntityKind.TASK]), 0)).toBe(true);
    expect(await hasChanged(journal([EntityKind.TASK, EntityKind.OPERATION]), 1)).toBe(false);
    const many = Array.from({ length: 1001 }, () => EntityKind.OPERATION);
    expect(await hasChanged(journal(many), 0)).toBe(true);
  });
});
