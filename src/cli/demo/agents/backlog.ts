// The backlog that the demo makes for itself: epics whose parts wait for one another, in the form of Beads.

import type { SourceTask } from '../../import/source-task';
import { readBeadsIssue } from '../../import/beads-form';

/** The task that is meant for this agent alone: nobody else can claim it, however late its holder is. */
export const ownTask = { key: 'demo-key', agent: 'agent-1' } as const;

const epics = ['Accounts', 'Catalogue', 'Basket', 'Payment', 'Delivery', 'Search', 'Reports', 'Help'];
const parts = [
  'Settle the data',
  'Write the service',
  'Write its tests',
  'Draw the pages',
  'Join them',
  'Look for gaps',
];

/** 57 tasks: an epic is done when its six parts are; each part waits for one or two before it, the first for an epic before. */
export function generatedBacklog(): SourceTask[] {
  const issues: object[] = [
    issue(ownTask.key, 'Sign the release key, which only agent-1 has', 0, { assignee: ownTask.agent }),
  ];
  epics.forEach((epic, e) => {
    const epicKey = `demo-${e + 1}`;
    issues.push(issue(epicKey, `Ship ${epic.toLowerCase()}`, 1, { issue_type: 'epic' }));
    parts.forEach((part, p) => {
      const key = `${epicKey}-${p + 1}`;
      const edges = [edge(key, epicKey, 'parent-child')];
      if (p > 0) edges.push(edge(key, `${epicKey}-${p === 3 ? 1 : p}`, 'blocks'));
      if (p === 4) edges.push(edge(key, `${epicKey}-3`, 'blocks'));
      // Two halves of the epics: the later ones build on what the earlier ones settled.
      if (p === 0 && e >= epics.length / 2) edges.push(edge(key, `demo-${e + 1 - epics.length / 2}-1`, 'blocks'));
      issues.push(issue(key, `${part} of ${epic.toLowerCase()}`, 2, { dependencies: edges }));
    });
  });
  return issues.map((each, i) => readBeadsIssue(each as Readonly<Record<string, unknown>>, `line ${i + 1}`)!);
}

function issue(id: string, title: string, priority: number, more: object): object {
  return { id, title, status: 'open', priority, issue_type: 'task', ...more };
}

function edge(from: string, to: string, type: string): object {
  return { issue_id: from, depends_on_id: to, type };
}
