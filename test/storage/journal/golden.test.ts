// Goal: what is on disk never changes its meaning. Method: bytes written once, by hand of an earlier release, compared with
// what this one writes and reads. If this test fails, the disk format changed: that needs a new version, not new bytes here.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Boot,
  Change,
  EntityKind,
  EventType,
  Group,
  Indexed,
  Lineage,
  Record as JournalRecord,
  TaskDependents,
  TaskGraph,
  Verb,
} from '../../../src/gen/holdfast/journal/v1/journal';
import { entityHash, rowCrc } from '../../../src/storage/entity-hash';
import { GroupEncoder, frameBytes, groupParts, visitEntities } from '../../../src/storage/journal/group-body';
import type { NewGroup } from '../../../src/storage/journal/journal';
import { openFileJournal } from '../../../src/storage/journal/open-journal';
import { FaultyFiles } from '../../support/faulty-files';
import { DIR, groupAfter } from '../../support/journal-world';

const change: Change = Change.fromPartial({
  kind: EntityKind.TASK,
  project: 'default',
  id: 't1',
  image: Buffer.from('0a0274311801', 'hex'),
  previousSequence: 6,
  previousCrc: 0xdeadbeef,
  event: EventType.TASK_UPDATED,
  changedPaths: ['title', 'labels.area'],
  previousIndexed: {
    state: 1,
    priority: 2,
    createTimeMs: 1_700_000_000_000,
    queue: 'q',
    parent: 't9',
    assignee: 'a',
    externalId: 'x',
    deleted: true,
    dueMs: 1_800_000_000_000,
  },
});

const record: JournalRecord = JournalRecord.fromPartial({
  sequence: 7,
  timeMs: 1_700_000_000_007,
  verb: Verb.UPDATE_TASK,
  principal: 'local',
  session: 'sessions/s1',
  requestId: Buffer.alloc(16, 0x11),
  requestHash: Buffer.alloc(16, 0x22),
  trace: Buffer.alloc(25, 0x33),
  traceState: 'k=v',
  changes: [change],
  reply: [0],
});

const group: Group = Group.fromPartial({
  previousChain: Buffer.alloc(32, 0x44),
  stateDigest: Buffer.alloc(8, 0x55),
  records: [record],
});

const golden: [
  string,
  { encode: (message: never) => { finish(): Uint8Array }; decode: (bytes: Uint8Array) => unknown },
  unknown,
  string,
][] = [
  ['Boot', Boot, Boot.fromPartial({ version: '0.1.0', found: 'unclean' }), '0a05302e312e301207756e636c65616e'],
  [
    'Lineage',
    Lineage,
    Lineage.fromPartial({ parent: '00ff00ff00ff00ff', fork: 4_294_967_297 }),
    '0a1030306666303066663030666630306666108180808010',
  ],
  ['TaskGraph', TaskGraph, TaskGraph.fromPartial({ liveChildren: 300 }), '08ac02'],
  [
    'TaskGraph, whole',
    TaskGraph,
    TaskGraph.fromPartial({
      ...{ liveChildren: 1, openBlockers: 2, dependentChunks: [128, 3], goneState: 6, goneSuccessor: 't9', notes: 7 },
    }),
    '080110021a0380010320062a0274393007',
  ],
  [
    'TaskDependents',
    TaskDependents,
    TaskDependents.fromPartial({ dependents: [{ task: 't7', kind: 1 }] }),
    '0a060a0274371001',
  ],
  [
    'Change of a graph row that holds its task back',
    Change,
    Change.fromPartial({
      ...{ kind: EntityKind.TASK_GRAPH, project: 'p', id: 't1', image: Buffer.from('1001', 'hex'), held: true },
      previousIndexed: { state: 1, notBeforeMs: 5, held: true },
    }),
    '08031201701a0274312202100152082801b00105e003015801',
  ],
  [
    'Indexed',
    Indexed,
    change.previousIndexed,
    '280140024880d095ffbc315a0171620274397201618a010178f80101800280a0f1c2b134',
  ],
  [
    'Change',
    Change,
    change,
    '0802120764656661756c741a02743122060a027431180130063defbeadde40024a057469746c654a0b6c6162656c732e617265615224280140024880d095ffbc315a0171620274397201618a010178f80101800280a0f1c2b134',
  ],
  [
    'Record',
    JournalRecord,
    record,
    '08071087d095ffbc31180c22056c6f63616c2a0b73657373696f6e732f73313210111111111111111111111111111111113a10222222222222222222222222222222224219333333333333333333333333333333333333333333333333334a036b3d76525a0802120764656661756c741a02743122060a027431180130063defbeadde40024a057469746c654a0b6c6162656c732e617265615224280140024880d095ffbc315a0171620274397201618a010178f80101800280a0f1c2b1345a0100',
  ],
  [
    'Group',
    Group,
    group,
    '0a2044444444444444444444444444444444444444444444444444444444444444441a08555555555555555522c20108071087d095ffbc31180c22056c6f63616c2a0b73657373696f6e732f73313210111111111111111111111111111111113a10222222222222222222222222222222224219333333333333333333333333333333333333333333333333334a036b3d76525a0802120764656661756c741a02743122060a027431180130063defbeadde40024a057469746c654a0b6c6162656c732e617265615224280140024880d095ffbc315a0171620274397201618a010178f80101800280a0f1c2b1345a0100',
  ],
];

it.each(golden)('%s is written and read as it always was', (_, codec, message, hex) => {
  expect(Buffer.from(codec.encode(message as never).finish()).toString('hex')).toBe(hex);
  expect(codec.decode(Buffer.from(hex, 'hex'))).toEqual(message);
});

it('the numbers of kinds, verbs and events stand', () => {
  expect([EntityKind.PROJECT, EntityKind.TASK, EntityKind.TASK_GRAPH]).toEqual([1, 2, 3]);
  const { TASK_DEPENDENTS, TASK_AWAITED, NOTE, OPERATION } = EntityKind;
  expect([TASK_DEPENDENTS, TASK_AWAITED, NOTE, OPERATION]).toEqual([4, 5, 6, 7]);
  expect([Verb.BOOT, Verb.CREATE_PROJECT, Verb.CREATE_TASK, Verb.REOPEN_TASK]).toEqual([1, 2, 10, 22]);
  expect([EventType.TASK_CREATED, EventType.TASK_REOPENED, EventType.PROJECT_PURGED]).toEqual([1, 12, 44]);
  expect([EventType.TASK_READY, EventType.NOTE_ADDED, EventType.OPERATION_ENDED]).toEqual([13, 30, 33]);
  expect([Verb.ADD_DEPENDENCY, Verb.IMPORT_TASKS, Verb.PURGE_OPERATION]).toEqual([23, 27, 32]);
  expect(entityHash(EntityKind.TASK, 'default', 't1')).toBe(0xa9f21789);
  expect(rowCrc(1, 7, Buffer.from('row'))).toBe(0x7677f6a4);
  // The upper half of a sequence counts: no journal from before that has one above 2^32.
  expect(rowCrc(1, 2 ** 40 + 7, Buffer.from('row'))).toBe(0x8bcf6f8d);
});

it('a body put together by hand is what the generated encoder writes', () => {
  const previousChain = Buffer.alloc(32, 0x44);
  for (const [count, imageBytes] of [
    [1, 1],
    [3, 40],
    [2, 20_000],
    [2, 300_000],
  ] as const) {
    const made: NewGroup = groupAfter(9, count, imageBytes);
    const { frame } = new GroupEncoder().encode(made, frameBytes(made), previousChain, Buffer.alloc(32, 1));
    const records = made.records.map((encoded) => JournalRecord.decode(Buffer.from(encoded)));
    const generated = Group.encode(
      Group.fromPartial({ previousChain, stateDigest: Buffer.from(made.stateDigest), records }),
    ).finish();
    expect(frame.subarray(32).equals(generated)).toBe(true);
    expect(Buffer.concat(groupParts(generated).records).equals(Buffer.concat(made.records))).toBe(true);
    const hashes: number[] = [];
    for (const encoded of made.records) visitEntities(encoded, (hash) => hashes.push(hash));
    expect(hashes).toEqual(made.entities.filter((_, index) => index % 2 === 0));
  }
});

/** The example of docs/journal-format.md: a hex dump between its fences. */
function documentedSegment(): Buffer {
  const text = readFileSync(join(__dirname, '../../../docs/journal-format.md'), 'utf8');
  const dump = /```hex\n([^`]*)```/.exec(text)![1]!;
  return Buffer.from(dump.replace(/^[0-9a-f]{4}: |\s/gm, ''), 'hex');
}

/** Bytes that count up: salts and ids that a reader can see in a dump. */
function counting(): (bytes: number) => Buffer {
  let next = 0xa0;
  return (bytes) => Buffer.from(Array.from({ length: bytes }, () => next++ % 256));
}

async function exampleJournal(files: FaultyFiles): ReturnType<typeof openFileJournal> {
  return openFileJournal({ files, dir: DIR, witnesses: [], random: counting() });
}

it('the documented segment is what this release writes', async () => {
  const files = new FaultyFiles();
  const { journal } = await exampleJournal(files);
  await journal.append(groupAfter(0, 1, 4), 0);
  await journal.append(groupAfter(1, 2, 4), 1);
  await journal.close(true);
  expect(files.bytesOf(`${DIR}/0000000000000001.seg`).toString('hex')).toBe(documentedSegment().toString('hex'));
});

it('the documented segment is read by this release', async () => {
  const files = new FaultyFiles();
  await files.makeDirectory(DIR);
  files.setBytes(`${DIR}/0000000000000001.seg`, documentedSegment());
  const { journal, found } = await exampleJournal(files);
  expect(found).toEqual({ how: 'unclean' });
  expect(journal.history).toBe('a0a1a2a3a4a5a6a7');
  expect(journal.head()).toMatchObject({ sequence: 3, timeMs: 1_700_000_000_003 });
  expect((await journal.record(3)).changes[0]).toMatchObject({
    project: 'default',
    id: 't3',
    image: Buffer.alloc(4, 3),
  });
});
