// Goal: a stop between the switch of a segment and its seal costs nothing, whoever knows a sequence inside of it. Method: the seal fails, the journal
// goes on in the next segment, and is opened with a witness at each of its sequences.

import { FaultyFiles } from '../../support/faulty-files';
import { appendTo, openJournal, readAndCompare } from '../../support/journal-world';

const RECORDS = 12;
const SETTINGS = { segmentBytesMax: 700 };

it('a witness inside a segment whose sealing was interrupted is heard', async () => {
  const files = new FaultyFiles();
  const { journal, warnings } = await openJournal(files, SETTINGS);
  const chains = new Map<number, Uint8Array>();
  // The segment's footer is written with an fsync of the segment; groups take fdatasync.
  files.fail({ call: 'sync', path: /\.seg$/, code: 'ENOSPC', sticky: true });
  for (let to = 1; to <= RECORDS; to++) {
    await appendTo(journal, to);
    chains.set(to, journal.head().chain);
  }
  await journal.close(false);
  expect(warnings.join()).toContain('could not be sealed');
  files.heal();
  for (const [sequence, chain] of chains) {
    const copy = files.clone();
    const opened = await openJournal(copy, { ...SETTINGS, witnesses: [{ sequence, chain, source: 'the test' }] });
    expect(await readAndCompare(opened.journal)).toBe(RECORDS);
    await opened.journal.close(true);
  }
});
