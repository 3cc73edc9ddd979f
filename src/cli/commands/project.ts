import type { Command } from 'commander';
import { Project } from '../../gen/holdfast/v1/project';
import { ProjectServiceService } from '../../gen/holdfast/v1/project_service';
import type { Answer } from '../connection';
import type { Run } from '../command-run';
import { action } from '../command-run';
import { collect } from '../collect';
import type { CliContext } from '../context';
import { usage } from '../failure';
import { pages } from '../pages';
import { projectLines, projectTable } from '../project-view';
import { jsonOf } from '../proto-json';
import { projectName, shortId } from '../resource-name';
import { splitPair } from '../task-flags';
import { fitTo, oneLine } from '../text-width';
import { parseCount } from '../whole-number';

interface ProjectFlags {
  displayName?: string;
  description?: string;
  label?: string[];
  unlabel?: string[];
  etag?: string;
}

/** Adds `project` with its subcommands. */
export function addProject(program: Command, context: CliContext): void {
  const project = program
    .command('project')
    .description('Create and keep projects: the spaces that tasks live in.')
    .addHelpText('after', '\nExamples:\n  holdfast project create website\n  holdfast task list --project website');

  addContentFlags(
    project
      .command('create')
      .description('Create a project.')
      .argument('<id>', 'lower case: a letter, then letters, digits and -'),
  )
    .addHelpText('after', '\nExample:\n  holdfast project create website --display-name "The web site"')
    .action(
      action<ProjectFlags>(context, async (run, [id], flags) => {
        const { requestId, validateOnly } = run.settings;
        const request = { project: contentOf(flags).project, projectId: id!, requestId, validateOnly };
        const answer = await run.connection.call(ProjectServiceService.createProject, request);
        await showChange(run, 'holdfast.v1.CreateProjectResponse', answer, 'created');
      }),
    );

  project
    .command('get')
    .description('Show a project, deleted ones too until they are purged.')
    .argument('<project>', 'its id')
    .addHelpText('after', '\nExample:\n  holdfast project get website')
    .action(
      action(context, async (run, [id]) => {
        const request = { name: projectName(id!), atLeast: undefined };
        const answer = await run.connection.call(ProjectServiceService.getProject, request);
        const { project: found } = answer.message;
        if (run.settings.form === 'json' || !found) return printJson(run, 'holdfast.v1.GetProjectResponse', answer);
        if (run.settings.form === 'brief') return run.output.line(briefLine(found));
        await run.output.lines(projectLines(found, run.output, Date.now()));
      }),
    );

  project
    .command('list')
    .description('List projects by id.')
    .option('--deleted', 'deleted ones too')
    .option('--limit <n>', 'at most this many; 0 for all', '0')
    .addHelpText('after', '\nExample:\n  holdfast project list --deleted')
    .action(
      action<{ deleted?: boolean; limit: string }>(context, async (run, _args, { deleted = false, limit }) => {
        const request = { pageSize: 0, pageToken: '', showDeleted: deleted, atLeast: undefined };
        const method = ProjectServiceService.listProjects;
        const found: Project[] = [];
        for await (const page of pages(
          run.connection,
          method,
          request,
          parseCount('--limit', limit),
          (p) => p.projects,
        )) {
          if (run.settings.form === 'json') await printJson(run, 'holdfast.v1.ListProjectsResponse', page);
          found.push(...page.message.projects);
        }
        if (run.settings.form === 'brief') await run.output.lines(found.map(briefLine));
        else if (run.settings.form === 'table') await run.output.lines(projectTable(found, run.output, Date.now()));
      }),
    );

  addContentFlags(
    project
      .command('update')
      .description('Change fields of a project. An empty value clears a field.')
      .argument('<project>', 'its id')
      .option('--unlabel <key>', 'take a label away; may be repeated', collect)
      .option('--etag <etag>', 'only if the project still has this etag'),
  )
    .addHelpText('after', '\nExample:\n  holdfast project update website --description "The public site"')
    .action(
      action<ProjectFlags>(context, async (run, [id], flags) => {
        const { requestId, validateOnly } = run.settings;
        const { project: content, paths } = contentOf(flags);
        if (paths.length === 0) throw usage('nothing to change', 'See: holdfast project update --help');
        content.name = projectName(id!);
        const request = { project: content, updateMask: paths, etag: flags.etag ?? '', requestId, validateOnly };
        const answer = await run.connection.call(ProjectServiceService.updateProject, request);
        await showChange(run, 'holdfast.v1.UpdateProjectResponse', answer, 'updated');
      }),
    );

  project
    .command('delete')
    .description('Delete a project without live tasks. It can be undeleted for 30 days.')
    .argument('<project>', 'its id')
    .option('--etag <etag>', 'only if the project still has this etag')
    .addHelpText('after', '\nExample:\n  holdfast project delete website')
    .action(
      action<ProjectFlags>(context, async (run, [id], { etag = '' }) => {
        const { requestId, validateOnly } = run.settings;
        const request = { name: projectName(id!), etag, requestId, validateOnly };
        const answer = await run.connection.call(ProjectServiceService.deleteProject, request);
        await showChange(run, 'holdfast.v1.DeleteProjectResponse', answer, 'deleted');
      }),
    );

  project
    .command('undelete')
    .description('Bring a deleted project back.')
    .argument('<project>', 'its id')
    .option('--etag <etag>', 'only if the project still has this etag')
    .addHelpText('after', '\nExample:\n  holdfast project undelete website')
    .action(
      action<ProjectFlags>(context, async (run, [id], { etag = '' }) => {
        const { requestId, validateOnly } = run.settings;
        const request = { name: projectName(id!), etag, requestId, validateOnly };
        const answer = await run.connection.call(ProjectServiceService.undeleteProject, request);
        await showChange(run, 'holdfast.v1.UndeleteProjectResponse', answer, 'is back');
      }),
    );
}

function addContentFlags(command: Command): Command {
  return command
    .option('--display-name <text>', 'a title for people')
    .option('--description <text>', 'what it is for')
    .option('--label <key=value>', 'a label; may be repeated', collect);
}

function contentOf(flags: ProjectFlags): { project: Project; paths: string[] } {
  const project = Project.create();
  const paths: string[] = [];
  if (flags.displayName !== undefined) {
    project.displayName = flags.displayName;
    paths.push('display_name');
  }
  if (flags.description !== undefined) {
    project.description = flags.description;
    paths.push('description');
  }
  for (const pair of flags.label ?? []) {
    const [key, value] = splitPair(pair);
    project.labels.set(key, value);
    paths.push(`labels.${key}`);
  }
  for (const key of flags.unlabel ?? []) paths.push(`labels.${key}`);
  return { project, paths };
}

type ProjectAnswer = Answer<{ project?: Project | undefined }>;

async function showChange(run: Run, typeName: string, answer: ProjectAnswer, did: string): Promise<void> {
  const { project } = answer.message;
  if (run.settings.form === 'json' || !project) return printJson(run, typeName, answer);
  if (run.settings.form === 'brief') return run.output.line(briefLine(project));
  const would = run.settings.validateOnly ? 'Would be accepted: ' : '';
  await run.output.line(`${would}${shortId(project.name)} ${did}`);
}

async function printJson(run: Run, typeName: string, { bytes }: Answer<unknown>): Promise<void> {
  await run.output.line(JSON.stringify(jsonOf(typeName, bytes)));
}

function briefLine(project: Project): string {
  const deleted = project.deleteTime ? ' deleted' : '';
  return fitTo(`${shortId(project.name)}${deleted} ${oneLine(project.displayName)}`.trimEnd(), 100);
}
