import { delimiter, join } from 'node:path';
import { run } from '../../scripts/clients/program';
import { interpreter, python, wheels } from '../../scripts/clients/python';
import { agentLines, testClient } from './smoke';

// In a virtual environment, with the packages that are there already.
testClient(
  python,
  (folder) => {
    run(interpreter, ['-m', 'venv', folder]);
    return {
      PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: wheels(),
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
    };
  },
  agentLines,
);
