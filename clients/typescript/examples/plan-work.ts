import { connect, DependencyKind } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });

  // One commit: all of it happens, or nothing.
  let deploy = '';
  const applied = await holdfast.tasks.apply((changes) => {
    const build = changes.create({ title: 'Build it' });
    const test = changes.create({ title: 'Test it', dependencies: [{ task: build, kind: DependencyKind.BLOCKS }] });
    deploy = changes.create({ title: 'Deploy it' });
    changes.addDependency(deploy, test);
    changes.addNote(deploy, 'not on a Friday', { author: 'ops' });
  });

  const { title, readiness } = await holdfast.tasks.get(applied.taskOf(deploy).name);
  console.log(`${title}: ready ${readiness?.ready}, waits for ${readiness?.blocking.join(', ')}`);

  for await (const note of holdfast.tasks.notes('t3')) console.log(`${note.author} says: ${note.text}`);

  holdfast.close();
}

void main();
