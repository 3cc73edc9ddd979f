import { makeDataDirectory } from '../../src/engine/data-directory';
import type { Files } from '../../src/storage/files';

/** Files that know which directories there are, and note what is asked of them. */
function noting(existing: string[]): { files: Files; calls: string[] } {
  const calls: string[] = [];
  const files: Partial<Files> = {
    list: (path) =>
      existing.includes(path)
        ? Promise.resolve([])
        : Promise.reject(Object.assign(new Error('none'), { code: 'ENOENT' })),
    makeDirectory: (path) => Promise.resolve(void calls.push(`make ${path}`)),
    syncDirectory: (path) => Promise.resolve(void calls.push(`sync ${path}`)),
  };
  return { files: files as Files, calls };
}

describe('the data directory', () => {
  it('survives power loss with every parent that was made for it', async () => {
    const { files, calls } = noting(['/', '/srv']);
    await makeDataDirectory(files, '/srv/agents/holdfast');
    expect(calls).toEqual(['make /srv/agents/holdfast', 'sync /srv/agents', 'sync /srv']);
  });

  it('costs no sync when it is there', async () => {
    const { files, calls } = noting(['/', '/srv']);
    await makeDataDirectory(files, '/srv');
    expect(calls).toEqual(['make /srv']);
  });

  it('passes on what the disk says', async () => {
    const { files } = noting([]);
    files.list = () => Promise.reject(Object.assign(new Error('no permission'), { code: 'EACCES' }));
    await expect(makeDataDirectory(files, '/srv')).rejects.toThrow('no permission');
  });
});
