import { connect, TaskState } from '@holdfast/client';
import type { ImportedTaskFields } from '@holdfast/client';

function* backlog(): Generator<ImportedTaskFields> {
  yield { key: 'SITE-1', task: { title: 'New site', createTime: new Date('2026-01-05T09:00:00Z') } };
  yield { key: 'SITE-2', parentKey: 'SITE-1', task: { title: 'Choose colours', state: TaskState.SUCCEEDED } };
  yield { key: 'SITE-3', parentKey: 'SITE-1', task: { title: 'Write texts' }, notes: [{ text: 'in two languages' }] };
}

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });

  // The same id again takes up an import that was interrupted.
  for await (const { report, finished } of holdfast.tasks.import(backlog(), { importId: 'site-backlog' })) {
    if (finished) console.log(`${report.created} created, ${report.alreadyThere} there already`);
  }

  const { name, parent } = await holdfast.tasks.get('external:SITE-3');
  console.log(`${name} is a part of ${parent}`);

  holdfast.close();
}

void main();
