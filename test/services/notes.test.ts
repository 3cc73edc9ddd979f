import type { ServiceError } from '@grpc/grpc-js';
import { status as Code } from '@grpc/grpc-js';
import type { Note } from '../../src/gen/holdfast/v1/note';
import {
  AddNoteRequest,
  CreateTaskRequest,
  DeleteTaskRequest,
  ListNotesRequest,
} from '../../src/gen/holdfast/v1/task_service';
import { boot, call } from '../support/boot';
import type { Booted } from '../support/boot';
import { EventStream } from '../support/event-stream';

const parent = 'projects/default';

async function create({ tasks }: Booted, taskId = ''): Promise<string> {
  const request = CreateTaskRequest.fromPartial({ parent, taskId, task: { title: 'x' } });
  return (await call(tasks, 'createTask', request)).task!.name;
}

async function add({ tasks }: Booted, task: string, text: string, fields: object = {}): Promise<Note> {
  const request = AddNoteRequest.fromPartial({ parent: task, note: { text, author: 'ann' }, ...fields });
  return (await call(tasks, 'addNote', request)).note!;
}

/** The texts of all pages. */
async function texts({ tasks }: Booted, of: string, pageSize = 0): Promise<string[]> {
  const found: string[] = [];
  let pageToken = '';
  do {
    const page = await call(tasks, 'listNotes', ListNotesRequest.fromPartial({ parent: of, pageSize, pageToken }));
    if (pageSize > 0) expect(page.notes.length).toBeLessThanOrEqual(pageSize);
    found.push(...page.notes.map(({ text }) => text));
    pageToken = page.nextPageToken;
  } while (pageToken);
  return found;
}

it('notes are listed oldest first, page by page, for one task or for all of a project', async () => {
  const booted = await boot();
  const [first, second] = [await create(booted), await create(booted, 'chosen')];
  for (let i = 1; i <= 12; i++) await add(booted, first, `first ${i}`);
  await add(booted, second, 'second');
  const numbered = Array.from({ length: 12 }, (_, i) => `first ${i + 1}`);
  expect(await texts(booted, first)).toEqual(numbered);
  expect(await texts(booted, first, 5)).toEqual(numbered);
  expect(await texts(booted, second)).toEqual(['second']);
  for (const size of [1, 6, 12, 13])
    expect(await texts(booted, `${parent}/tasks/-`, size)).toEqual([...numbered, 'second']);
});

it('a page token belongs to its task, and goes on after notes that came meanwhile', async () => {
  const booted = await boot();
  const [one, other] = [await create(booted), await create(booted)];
  for (let i = 1; i <= 3; i++) await add(booted, one, String(i));
  const page = (of: string, pageToken: string) =>
    call(booted.tasks, 'listNotes', ListNotesRequest.fromPartial({ parent: of, pageSize: 2, pageToken }));
  const { nextPageToken } = await page(one, '');
  await add(booted, one, '4');
  expect((await page(one, nextPageToken)).notes.map(({ text }) => text)).toEqual(['3', '4']);
  await expect(page(other, nextPageToken)).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
});

it('notes of a deleted task are there until it is purged; an unknown task has none to list', async () => {
  const booted = await boot();
  const name = await create(booted);
  await add(booted, name, 'kept');
  await call(booted.tasks, 'deleteTask', DeleteTaskRequest.fromPartial({ name }));
  expect(await texts(booted, name)).toEqual(['kept']);
  for (const unknown of [`${parent}/tasks/none`, 'projects/none/tasks/-']) {
    await expect(texts(booted, unknown)).rejects.toMatchObject({ code: Code.NOT_FOUND });
  }
  await expect(texts(booted, 'tasks/-')).rejects.toMatchObject({ code: Code.INVALID_ARGUMENT });
});

it('a note that is asked for twice with one request id is added once', async () => {
  const booted = await boot();
  const name = await create(booted);
  const requestId = '018f0000-0000-7000-8000-000000000001';
  const [one, again] = [await add(booted, name, 'x', { requestId }), await add(booted, name, 'x', { requestId })];
  expect(again).toEqual(one);
  expect(await texts(booted, name)).toEqual(['x']);
  expect((await add(booted, name, 'y', { validateOnly: true })).name).toBe(`${name}/notes/n2`);
  expect(await texts(booted, name)).toEqual(['x']);
});

it('watchers are told of a note, with its text', async () => {
  const booted = await boot();
  const name = await create(booted);
  const stream = new EventStream(booted.events, { parent, types: ['note.*'], includePrevious: true });
  await stream.until((each) => each.of('caughtUp').length === 1);
  await add(booted, name, 'look');
  await stream.until(({ events }) => events.length === 1);
  const [event] = stream.events;
  expect(event).toMatchObject({ type: 'note.added', name: `${name}/notes/n1`, index: 0, changedPaths: [] });
  expect(event!.after!.resource).toMatchObject({ $case: 'note', value: { text: 'look', author: 'ann' } });
  expect(event!.previous).toBeUndefined();
});

it('notes survive a restart', async () => {
  const first = await boot();
  const name = await create(first);
  for (let i = 1; i <= 11; i++) await add(first, name, String(i));
  await first.stop();
  const second = await boot({ dir: first.dir });
  expect(await texts(second, name)).toEqual(Array.from({ length: 11 }, (_, i) => String(i + 1)));
  expect((await add(second, name, '12')).name).toBe(`${name}/notes/n12`);
});

it('a malformed note is refused with the field', async () => {
  const booted = await boot();
  const name = await create(booted);
  const fault = await add(booted, name, ' ').then(
    () => undefined,
    (error: ServiceError) => error,
  );
  expect(fault).toMatchObject({ code: Code.INVALID_ARGUMENT });
  expect(fault!.details).toBe('note.text: is required');
});
