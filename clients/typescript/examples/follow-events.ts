import { connect } from '@holdfast/client';
import type { Position } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });
  await holdfast.tasks.create({ title: 'Before the watch' });

  let stored: Position | undefined;
  const watch = holdfast.events.watch({ start: stored ?? 'earliest', types: ['task.*'] });
  await holdfast.tasks.complete('t1');

  for await (const entry of watch) {
    if (entry.kind !== 'events') continue;
    for (const { type, name } of entry.events) console.log(`${type} ${name}`);
    // Store it in one transaction with what the events made you do: then each event counts once, whatever crashes.
    stored = entry.position;
    if (entry.events.some(({ type }) => type === 'task.completed')) break;
  }

  holdfast.close();
}

void main();
