import { bulkResultOf, connect } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });
  const titles = ['Draft', 'Review', 'Publish'];
  await holdfast.tasks.createBatch(titles.map((title) => ({ fields: { title, queue: 'blog' } })));

  const change = { cancel: { reason: 'the blog is closed' } };
  const { matched } = await holdfast.tasks.previewBulk('queue = blog', change);
  console.log(`would cancel ${matched} tasks`);

  const operation = await holdfast.tasks.bulk('queue = blog', change);
  const ended = await holdfast.operations.wait(operation.name);
  console.log(`canceled ${bulkResultOf(ended)?.changed}`);

  holdfast.close();
}

void main();
