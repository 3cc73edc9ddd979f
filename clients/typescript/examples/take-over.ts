import { connect } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });
  await holdfast.tasks.create({ title: 'Translate the manual' });

  const first = await holdfast.sessions.start({ agent: 'ada' });
  const task = await first.tasks.claim('t1');
  await first.tasks.heartbeat(task, { progress: { percent: 40, message: 'chapter 4 of 10' } });
  await first.checkpoints.save({ chapter: 4 }, { tasks: [task] });
  // Here the process dies, or loses its memory. Another one takes its place.

  const second = await holdfast.sessions.resume({ agent: 'ada' }, { takeOver: true });
  for (const { task, checkpoint } of second.resumption!.briefing.tasks) {
    const saved = await second.checkpoints.get(checkpoint!.name);
    console.log(`${task!.title}: ${task!.progress!.message}, saved ${saved.data.toString()}`);
    await second.tasks.completeHeld(task!, { result: { chapters: 10 } });
  }

  await first.tasks.completeHeld(task).catch((error: Error) => console.log(error.name, first.lost.aborted));
  await second.end();
  holdfast.close();
}

void main();
