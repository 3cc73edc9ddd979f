import type { ClientLanguage } from './client-language';
import { go } from './go';
import { java } from './java';
import { python } from './python';
import { rust } from './rust';

/** Every language that `npm run generate` makes stubs for by its own toolchain. TypeScript needs none and is not here. */
export const languages: readonly ClientLanguage[] = [python, go, java, rust];
