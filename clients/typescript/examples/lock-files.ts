import { connect, isHoldfastError } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });
  const ada = await holdfast.sessions.start({ agent: 'ada' });
  const bob = await holdfast.sessions.start({ agent: 'bob' });

  await ada.lock('src/api/**', { waitMs: 10_000, purpose: 'new errors' }, async ({ signal }) => {
    try {
      await bob.locks.acquire('src/api/server.ts');
    } catch (error) {
      if (!isHoldfastError(error, 'LOCK_HELD')) throw error;
      console.log(`bob is refused: ${error.reason} by ${error.metadata.holder === ada.name ? 'ada' : 'somebody'}`);
    }
    // Look at it before each effect that the lock is to guard.
    signal.throwIfAborted();
  });

  await bob.lock('src/api/server.ts', {}, () => Promise.resolve(console.log('bob has it')));
  await Promise.all([ada.end(), bob.end()]);
  holdfast.close();
}

void main();
