import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, filled } from './cache';
import type { ClientLanguage } from './client-language';
import { clientFolder } from './client-language';
import { publicProtos, serviceProtos } from './descriptor-set';
import { missing, run } from './program';

const folder = clientFolder('python');

/** The Python that runs everything. */
export const interpreter = process.platform === 'win32' ? 'python' : 'python3';

const options = ['--no-input', '--disable-pip-version-check'];
const requirements = join(folder, 'requirements.txt');

function cache(): string {
  return cacheFolder('python', [requirements], run(interpreter, ['--version']).trim());
}

/** Where the pinned packages of requirements.txt are, for PYTHONPATH. They are not installed into anyone's environment. */
export function packages(): string {
  return join(cache(), 'packages');
}

/** Where the same packages are as wheels, for pip's --find-links. */
export function wheels(): string {
  return join(cache(), 'wheels');
}

/** protoc and the generators of Python code, all from grpcio-tools. */
export const python: ClientLanguage = {
  name: 'python',
  generated: 'src/holdfast/v1',

  lacks: () =>
    missing(interpreter, ['--version'], [3, 9], 'Python 3.9 or newer, from its site or the system') ??
    missing(interpreter, ['-m', 'pip', '--version'], [21, 0], 'pip 21 or newer, from python3-pip') ??
    missing(interpreter, ['-c', 'import ensurepip; print(ensurepip.version())'], [21, 0], 'venv, from python3-venv'),

  fetch() {
    filled(cache(), (aside) => {
      const pip = (...args: string[]): string => run(interpreter, ['-m', 'pip', ...args, ...options]);
      const source = join(aside, 'wheels');
      pip('download', '--only-binary=:all:', '--dest', source, '-r', requirements);
      pip('install', '--no-index', '--find-links', source, '--target', join(aside, 'packages'), '-r', requirements);
    });
  },

  generate(set, work) {
    const env = { PYTHONPATH: packages(), PYTHONDONTWRITEBYTECODE: '1' };
    const out = join(work, 'out');
    mkdirSync(out);
    const protoc = ['-m', 'grpc_tools.protoc', `--descriptor_set_in=${set}`];
    run(interpreter, [...protoc, `--python_out=${out}`, `--pyi_out=${out}`, ...publicProtos], { env });
    run(interpreter, [...protoc, `--grpc_python_out=${out}`, ...serviceProtos], { env });
    return join(out, 'holdfast/v1');
  },
};
