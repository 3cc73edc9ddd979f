import { boot } from '../../../test/support/boot';
import type { Booted, BootOptions } from '../../../test/support/boot';
import { connect } from '@holdfast/client';
import type { ConnectOptions, Holdfast } from '@holdfast/client';

const open: Holdfast[] = [];

afterEach(() => {
  for (const holdfast of open.splice(0)) holdfast.close();
});

/** A client that is closed after the test. */
export function connected(options: ConnectOptions): Holdfast {
  const holdfast = connect(options);
  open.push(holdfast);
  return holdfast;
}

/** A real server and a client of it. */
export async function served(
  options: BootOptions = {},
  client: ConnectOptions = {},
): Promise<{ readonly server: Booted; readonly holdfast: Holdfast }> {
  const server = await boot(options);
  return { server, holdfast: connected({ address: server.address, ...client }) };
}

/** What a promise is refused with. Fails if it is not. */
export async function refusal(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('was not refused');
}
