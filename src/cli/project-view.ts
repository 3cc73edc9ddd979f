// Projects as people read them.

import type { Project } from '../gen/holdfast/v1/project';
import type { Output } from './output';
import { shortId } from './resource-name';
import { tableLines } from './table';
import { fitTo, oneLine, plainText } from './text-width';
import { atOf, relativeTime } from './times';

export function projectTable(projects: readonly Project[], output: Output, now: number): string[] {
  const layout = [{ title: 'ID' }, { title: 'STATE' }, { title: 'CHANGED' }, { title: 'NAME', flexible: true }];
  const rows = projects.map((project) => [
    shortId(project.name),
    project.deleteTime ? 'deleted' : 'live',
    project.updateTime ? relativeTime(atOf(project.updateTime), now) : '',
    oneLine(project.displayName),
  ]);
  const lines = tableLines(layout, rows, output.columns);
  return lines.map((line, index) => (index === 0 ? output.dim(line) : line));
}

export function projectLines(project: Project, output: Output, now: number): string[] {
  const when = (at: Project['createTime']) =>
    at && `${relativeTime(atOf(at), now)} (${new Date(atOf(at)).toISOString()})`;
  const facts: [string, string | undefined][] = [
    ['labels', [...project.labels].map(([key, value]) => `${key}=${value}`).join(', ')],
    ['created', when(project.createTime)],
    ['created by', project.creator],
    ['changed', when(project.updateTime)],
    ['deleted', when(project.deleteTime)],
    ['goes for good', when(project.purgeTime)],
    ['revision', `${project.revision}, etag ${project.etag}`],
  ];
  const lines = [output.bold(fitTo(`${shortId(project.name)}  ${oneLine(project.displayName)}`, output.columns)), ''];
  for (const [name, value] of facts) {
    if (value) lines.push(`${output.dim(name.padEnd(13))}  ${fitTo(oneLine(value), output.columns - 15)}`);
  }
  if (project.description) lines.push('', plainText(project.description));
  return lines;
}
