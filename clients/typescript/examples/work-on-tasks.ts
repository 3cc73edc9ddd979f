import { connect, Worker } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });
  await holdfast.tasks.create({ title: 'Charge the customer', payload: { amount: 420 } });
  await holdfast.tasks.create({ title: 'Ring the customer', retryPolicy: { maxAttempts: 1 } });

  const session = await holdfast.sessions.start({ agent: 'ada' });
  let left = 2;
  const worker = new Worker(
    session,
    {
      onOutcome: ({ task, kind }) => {
        console.log(`${task.title}: ${kind}`);
        if (--left === 0) void worker.stop();
      },
    },
    async (task, { signal, progress, step }) => {
      if (task.title.startsWith('Ring')) throw new Error('nobody answers');
      // Once for all attempts at this task, whoever makes them.
      const { receipt } = await step('charge', (key) => charge(task.payload?.['amount'], key));
      await progress(90, 'charged');
      signal.throwIfAborted();
      return { receipt };
    },
  );
  await worker.run();

  console.log((await holdfast.tasks.get('t1')).result);
  await session.end({ summary: 'charged, but not told' });
  holdfast.close();
}

/** Stands for a service of somebody else, which knows a repetition by its key. */
function charge(amount: unknown, _key: string): Promise<{ receipt: string }> {
  return Promise.resolve({ receipt: `paid ${String(amount)}` });
}

void main();
