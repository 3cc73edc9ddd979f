import { connect, isHoldfastError } from '@holdfast/client';

async function main(): Promise<void> {
  const holdfast = connect({ address: process.env['HOLDFAST_ADDRESS'] });
  const { etag } = await holdfast.tasks.create({ title: 'Contended' });
  await holdfast.tasks.update('t1', { title: 'Changed by someone else' });

  try {
    await holdfast.tasks.update('t1', { title: 'Changed by me' }, { etag });
  } catch (error) {
    if (!isHoldfastError(error, 'ETAG_MISMATCH')) throw error;
    console.log(`${error.code} ${error.reason}: its etag is now ${error.metadata.etag}`);
  }

  try {
    await holdfast.tasks.create({ title: '', assignee: 'a'.repeat(200) });
  } catch (error) {
    if (!isHoldfastError(error, 'FIELD_INVALID')) throw error;
    for (const { field, description } of error.fieldViolations) console.log(`${field} ${description}`);
  }

  holdfast.close();
}

void main();
