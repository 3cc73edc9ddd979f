import { status as Code } from '@grpc/grpc-js';
import { fieldInvalid, Refusal } from '../../src/domain/refusal';
import type { ReasonName } from '../../src/domain/refusal';
import { BadRequest, ErrorInfo } from '../../src/gen/google/rpc/error_details';
import { Status } from '../../src/gen/google/rpc/status';
import { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import { Reason } from '../../src/gen/holdfast/v1/error';
import { silentLog } from '../../src/services/log';
import { codeOf, DETAILS_KEY, refusalStatus, statusOf } from '../../src/services/status';
import type { WireStatus } from '../../src/services/status';
import { JournalCorruption, PositionTooOld } from '../../src/storage/journal/journal';
import { DamagedRow } from '../../src/storage/state/state';

const reasons = Object.keys(Reason).filter((name) => name !== 'UNSPECIFIED' && name !== 'UNRECOGNIZED') as ReasonName[];

function detailsOf(status: WireStatus): Status {
  return Status.decode(status.metadata.get(DETAILS_KEY)[0] as Buffer);
}

function infoOf(status: WireStatus): ErrorInfo {
  const { typeUrl, value } = detailsOf(status).details[0]!;
  expect(typeUrl).toBe('type.googleapis.com/google.rpc.ErrorInfo');
  return ErrorInfo.decode(value);
}

it('has one code for each reason', () => {
  expect(Object.keys(codeOf).sort()).toEqual([...reasons].sort());
  expect(Object.values(codeOf)).not.toContain(Code.OK);
});

it.each(reasons)('says %s by name, with its code inside and outside', (reason) => {
  const status = refusalStatus(new Refusal(reason, 'why', { metadata: { name: 'projects/p' } }));
  expect(status.code).toBe(codeOf[reason]);
  expect(detailsOf(status)).toMatchObject({ code: codeOf[reason], message: 'why' });
  expect(infoOf(status)).toMatchObject({ reason, domain: 'holdfast' });
  expect(infoOf(status).metadata.get('name')).toBe('projects/p');
});

it('lists the malformed fields', () => {
  const status = refusalStatus(fieldInvalid('task.title', 'must not be empty'));
  const bad = detailsOf(status).details.find(({ typeUrl }) => typeUrl.endsWith('BadRequest'));
  expect(BadRequest.decode(bad!.value).fieldViolations).toMatchObject([
    { field: 'task.title', description: 'must not be empty' },
  ]);
});

it('stays within 4 KiB and keeps the reason, whatever it is given', () => {
  const long = 'ü'.repeat(100_000);
  const fields = Array.from({ length: 1000 }, () => ({ field: long, description: long }));
  const metadata = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`key${i}`, long]));
  const resource = { type: 'task', name: long } as const;
  const status = refusalStatus(new Refusal('FIELD_INVALID', long, { fields, metadata, resource, retryAfterMs: 1500 }));
  expect((status.metadata.get(DETAILS_KEY)[0] as Buffer).length).toBeLessThanOrEqual(4096);
  expect(status.details.length).toBeLessThanOrEqual(1001);
  expect(infoOf(status).reason).toBe('FIELD_INVALID');
});

it('lets no lone surrogate out', () => {
  const lone = 'a\ud800b';
  const status = refusalStatus(new Refusal('NOT_FOUND', lone, { metadata: { name: lone } }));
  expect(status.details.isWellFormed()).toBe(true);
  expect(() => encodeURI(status.details)).not.toThrow();
  expect(infoOf(status).metadata.get('name')).toBe('a\ufffdb');
});

it('leaves well-formed text where it cuts', () => {
  const { details } = refusalStatus(new Refusal('NOT_FOUND', `a${'😀'.repeat(1000)}`));
  expect(details.isWellFormed()).toBe(true);
});

it('hides an unknown fault behind a trace id, and logs it under that id', () => {
  const lines: unknown[] = [];
  const log = { ...silentLog, error: (fields: object) => void lines.push(fields) };
  const fault = new Error('a secret of the server');
  const status = statusOf(fault, log, Buffer.alloc(16, 7));
  const trace = '07'.repeat(16);
  expect(status.code).toBe(Code.INTERNAL);
  expect(JSON.stringify([status.details, [...infoOf(status).metadata]])).not.toContain('secret');
  expect(infoOf(status).metadata.get('trace_id')).toBe(trace);
  expect(lines).toEqual([{ err: fault, trace_id: trace }]);
});

it('makes up a trace id where there is none', () => {
  expect(infoOf(statusOf(undefined, silentLog)).metadata.get('trace_id')).toMatch(/^[0-9a-f]{32}$/);
});

it('knows the faults of the storage', () => {
  const tooOld = statusOf(new PositionTooOld(3, 17), silentLog);
  expect(infoOf(tooOld)).toMatchObject({ reason: 'POSITION_TOO_OLD' });
  expect(infoOf(tooOld).metadata.get('oldest')).toBe('17');
  const damaged = statusOf(new DamagedRow(EntityKind.TASK, 'p', 't1'), silentLog);
  expect(infoOf(damaged).metadata.get('name')).toBe('projects/p/tasks/t1');
  expect(damaged.code).toBe(Code.DATA_LOSS);
  expect(statusOf(new JournalCorruption('segment', 1, 'crc'), silentLog).code).toBe(Code.DATA_LOSS);
});
