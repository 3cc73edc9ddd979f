import type { Action, Caller } from './command';
import { PRINCIPAL_LOCAL, PRINCIPAL_SYSTEM } from './command';
import { formatProject } from './names';
import { quote } from './quote';
import { Refusal } from './refusal';
import { rpcName } from './verb';

/** Refuses with PERMISSION_DENIED unless the caller may do this in the project. Every decision asks first, inside the
 *  commit. There are two principals, and both may do all. */
export function authorize(caller: Caller, kind: Action['kind'], project: string): void {
  if (caller.principal === PRINCIPAL_LOCAL || caller.principal === PRINCIPAL_SYSTEM) return;
  const verb = rpcName(kind);
  const name = formatProject(project);
  throw new Refusal('PERMISSION_DENIED', `${quote(caller.principal)} may not ${verb} in ${name}`, {
    metadata: { principal: caller.principal, verb, name },
  });
}
