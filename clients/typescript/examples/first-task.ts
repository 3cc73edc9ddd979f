import { connect, Priority, TaskState } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });

  const task = await holdfast.tasks.create({
    title: 'Write the release notes',
    priority: Priority.P1,
    labels: { area: 'docs' },
  });
  console.log(`created ${task.name}`);

  for await (const { name, title } of holdfast.tasks.list({ filter: 'ready = true AND labels.area = "docs"' })) {
    console.log(`ready: ${name.split('/').at(-1)} ${title}`);
  }

  const done = await holdfast.tasks.complete('t1', { reason: 'published', result: { words: 420 } });
  console.log(`done: ${done.state === TaskState.SUCCEEDED}, because ${done.stateReason}`);

  holdfast.close();
}

void main();
