import { Metadata, status as Code } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { HoldfastError, isHoldfastError } from '@holdfast/client';
import type { ReasonName } from '@holdfast/client';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorOfCall, errorOfStatus } from '../src/error';
import { Any } from '../src/gen/google/protobuf/any';
import { QuotaFailure } from '../src/gen/google/rpc/error_details';
import { Status } from '../src/gen/google/rpc/status';
import { Reason } from '../src/gen/holdfast/v1/error';
import { reasonMetadataKeys } from '../src/reason';
import { noDetails } from '../src/status-details';
import { failure } from './fake-server';

function serviceError(code: Code, details: string, metadata = new Metadata()): ServiceError {
  return Object.assign(new Error(details), { code, details, metadata });
}

test('every reason of the contract has its metadata keys, and no other', () => {
  const proto = readFileSync(join(__dirname, '../../../proto/holdfast/v1/error.proto'), 'utf8');
  const documented = new Map<string, string[]>();
  for (const [, comment, name] of proto.matchAll(/((?:^ {2}\/\/ .*\n)+) {2}REASON_(\w+) = \d+;/gm)) {
    const keys = /Metadata: ([^.]*)\./.exec(comment!.replaceAll('\n  //', ''))?.[1] ?? '';
    documented.set(
      name!,
      [...keys.matchAll(/`(\w+)`/g)].map(([, key]) => key!),
    );
  }
  documented.delete('UNSPECIFIED');
  expect(new Map(Object.entries(reasonMetadataKeys).map(([name, keys]) => [name, [...keys]]))).toEqual(documented);
  const names = Object.keys(Reason).filter((name) => name !== 'UNSPECIFIED' && name !== 'UNRECOGNIZED');
  expect(Object.keys(reasonMetadataKeys)).toEqual(names);
});

test('a reason narrows the metadata', () => {
  const facts = { name: 'projects/default/tasks/t1', etag: '7' };
  const error: unknown = errorOfCall(failure(Code.ABORTED, 'ETAG_MISMATCH', facts) as ServiceError, 'x', '');
  if (!isHoldfastError(error, 'ETAG_MISMATCH', 'NOT_FOUND')) throw new Error('not narrowed');
  const name: string | undefined = error.metadata.name;
  expect(name).toBe(facts.name);
  if (!error.is('ETAG_MISMATCH')) throw new Error('not narrowed');
  const etag: string | undefined = error.metadata.etag;
  expect(etag).toBe('7');
  expect(isHoldfastError(error, 'NOT_FOUND')).toBe(false);
  expect([isHoldfastError(error), isHoldfastError(new Error('x')), isHoldfastError(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
});

test('a reason of a newer server stays what it is', () => {
  const error = errorOfCall(failure(Code.ABORTED, 'MOON_FULL', { phase: 'full' }) as ServiceError, 'x', '');
  expect(error).toMatchObject({
    code: 'ABORTED',
    reason: 'MOON_FULL',
    metadata: { phase: 'full' },
    isRetryable: false,
  });
});

test.each<[Code, ReasonName, boolean, boolean]>([
  [Code.UNAVAILABLE, 'DRAINING', true, true],
  [Code.UNAVAILABLE, 'OUTCOME_UNKNOWN', true, true],
  [Code.RESOURCE_EXHAUSTED, 'OVERLOADED', true, false],
  [Code.RESOURCE_EXHAUSTED, 'DISK_FULL', false, false],
  [Code.DEADLINE_EXCEEDED, 'DEADLINE_EXCEEDED', false, true],
  [Code.ABORTED, 'ETAG_MISMATCH', false, false],
  [Code.INTERNAL, 'INTERNAL', false, false],
])('%s %s: retryable %s, may have been applied %s', (code, reason, isRetryable, mayHaveApplied) => {
  const error = errorOfCall(failure(code, reason) as ServiceError, 'x', 'an-id');
  expect(error).toMatchObject({ reason, isRetryable, mayHaveApplied });
  expect(errorOfCall(failure(code, reason) as ServiceError, 'x', '').mayHaveApplied).toBe(false);
});

test.each([
  [Code.INTERNAL, 'Received RST_STREAM with code 2 (Internal server error)', 'UNAVAILABLE'],
  [Code.CANCELLED, 'Call cancelled', 'UNAVAILABLE'],
  [Code.INTERNAL, 'Response message parsing error: x', 'INTERNAL'],
  [Code.UNIMPLEMENTED, 'unknown service', 'UNIMPLEMENTED'],
])('what no Holdfast server said, %s "%s", is %s without a reason', (code, details, name) => {
  expect(errorOfCall(serviceError(code, details), 'host:1', '')).toMatchObject({ code: name, reason: undefined });
});

test('details that do not decode leave the code and the message', () => {
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from([0x0a, 0xff, 0xff]));
  const error = errorOfCall(serviceError(Code.NOT_FOUND, 'gone', metadata), 'x', '');
  expect(error).toMatchObject({ code: 'NOT_FOUND', message: 'NOT_FOUND: gone', reason: undefined });
  const broken = { typeUrl: 'type.googleapis.com/google.rpc.ErrorInfo', value: Buffer.from([0x0a, 0xff]) };
  const status = Status.fromPartial({ code: Code.ABORTED, message: 'half', details: [broken] });
  expect(errorOfStatus(status)).toMatchObject({ code: 'ABORTED', description: 'half', reason: undefined });
});

test('quotas and unknown details are read and passed over', () => {
  const violations = [{ subject: 'projects', description: '10,000 at most' }];
  const quota = QuotaFailure.encode(QuotaFailure.fromPartial({ violations })).finish();
  const details = [
    Any.fromPartial({ typeUrl: 'type.googleapis.com/google.rpc.QuotaFailure', value: Buffer.from(quota) }),
    Any.fromPartial({ typeUrl: 'type.googleapis.com/google.rpc.Help', value: Buffer.from('x') }),
  ];
  const error = errorOfStatus({ code: 99, message: 'full', details });
  expect(error).toMatchObject({ code: 'UNKNOWN', quotaFailures: [{ subject: 'projects' }] });
});

test('an error of another copy of the package is one too', () => {
  const other = Object.assign(Object.create(HoldfastError.prototype) as HoldfastError, { name: 'HoldfastError' });
  expect(isHoldfastError(other)).toBe(true);
  expect(new HoldfastError('ABORTED', { ...noDetails, message: 'x' })).toBeInstanceOf(Error);
});
