// Enums of tasks as words on the command line.

import { Priority, TaskState } from '../gen/holdfast/v1/task';
import { usage } from './failure';

const stateNames = namesOf(TaskState);
const priorityNames = namesOf(Priority);

export function stateWord(state: TaskState): string {
  return stateNames.get(state) ?? `STATE_${state}`;
}

export function priorityWord(priority: Priority): string {
  return priorityNames.get(priority) ?? `PRIORITY_${priority}`;
}

/** Reads P0 to P4, or 0 to 4. */
export function parsePriority(text: string): Priority {
  const match = /^[Pp]?([0-4])$/.exec(text);
  if (!match) throw usage('--priority must be one of P0, P1, P2, P3, P4');
  return (Number(match[1]) + Priority.P0) as Priority;
}

/** Reads states separated by commas, in any case. */
export function parseStates(text: string): TaskState[] {
  return text.split(',').map((word) => {
    const wanted = word.trim().toUpperCase().replaceAll('-', '_');
    for (const [state, name] of stateNames) if (name === wanted) return state as TaskState;
    throw usage(`"${word.slice(0, 40)}" is no state`, `The states are ${[...stateNames.values()].join(', ')}.`);
  });
}

function namesOf(values: Readonly<Record<string, number>>): Map<number, string> {
  return new Map(Object.entries(values).flatMap(([name, value]) => (value > 0 ? [[value, name] as const] : [])));
}
