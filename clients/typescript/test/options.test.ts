import { ServerCredentials } from '@grpc/grpc-js';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '@holdfast/client';
import type { ConnectOptions } from '@holdfast/client';
import { resolveOptions } from '../src/options';
import { boot } from '../../../test/support/boot';
import { itIf } from '../../../test/support/skips';
import { tempDir } from '../../../test/support/temp-dir';
import { connected, refusal } from './connected';
import { created, fakeServer } from './fake-server';

test('the defaults are those of a server on this machine', () => {
  expect(resolveOptions({})).toMatchObject({
    address: '127.0.0.1:7420',
    local: true,
    project: 'default',
    timeoutMs: 30_000,
    retryForMs: 10_000,
    tls: undefined,
  });
});

test.each<[string, ConnectOptions, string]>([
  ['another machine in the clear', { address: 'tasks.example.com:7420' }, 'another machine'],
  ['a machine that begins like this one', { address: '127.0.0.1.example.com:1' }, 'another machine'],
  ['an address that is empty', { address: '' }, 'options.address'],
  ['a project by its name', { project: 'projects/site' }, 'options.project'],
  ['a time below one millisecond', { timeoutMs: 0 }, 'timeoutMs is 0'],
  ['a time beyond what a timer can wait', { timeoutMs: 25 * 24 * 3600 * 1000 }, 'timeoutMs is'],
  ['a time that is no number', { retryForMs: NaN }, 'retryForMs is NaN'],
  ['a session with a semicolon', { session: { name: 'a;b', token: 'c' } }, 'options.session'],
  ['a session token with a line break', { session: { name: 'a', token: 'c\nd' } }, 'options.session'],
])('%s is refused', (_what, options, words) => {
  expect(() => connect(options)).toThrow(words);
});

test.each([
  'localhost:7420',
  '127.0.0.1:7420',
  '127.8.8.8:1',
  '[::1]:7420',
  'unix:/run/holdfast.sock',
  'unix:holdfast.sock',
  'dns:127.0.0.1:7420',
])('%s is this machine', (address) => {
  expect(resolveOptions({ address }).local).toBe(true);
});

test('another machine is dialled in the clear when told so', () => {
  expect(resolveOptions({ address: 'tasks.example.com:7420', insecure: true }).local).toBe(false);
});

test('a client speaks over a unix socket', async () => {
  const path = join(tempDir(), 'holdfast.sock');
  const server = await boot({ server: { endpoints: [{ path }] } });
  const holdfast = connected({ address: `unix:${path}` });
  expect((await holdfast.tasks.create({ title: 'Local' })).name).toBe('projects/default/tasks/t1');
  holdfast.close();
  await server.stop();
});

const openssl = spawnSync('openssl', ['version']).status === 0;

itIf(
  openssl,
  'needs openssl to make a certificate',
  'a client speaks TLS, and trusts only what it is told to',
  async () => {
    const dir = tempDir();
    const [key, certificate] = [join(dir, 'key.pem'), join(dir, 'certificate.pem')];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const made = spawnSync('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...[...subject, '-keyout', key, '-out', certificate],
    ]);
    expect(made.status).toBe(0);
    const pair = { private_key: readFileSync(key), cert_chain: readFileSync(certificate) };
    const bound = await fakeServer({ createTask: () => created('Secret') }, ServerCredentials.createSsl(null, [pair]));
    const address = bound.replace('127.0.0.1', 'localhost');
    const trusting = connected({ address, tls: { rootCertificates: pair.cert_chain } });
    expect((await trusting.tasks.create({ title: 'Secret' })).title).toBe('Secret');
    for (const tls of [true, undefined] as const) {
      const stranger = connected({ address, retryForMs: 0, ...(tls ? { tls } : {}) });
      expect(await refusal(stranger.tasks.create({ title: 'Secret' }))).toMatchObject({ code: 'UNAVAILABLE' });
    }
  },
);
