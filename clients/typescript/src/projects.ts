// The projects of a server. Each method is one RPC of holdfast.v1.ProjectService, whose comments are its manual.

import type { EtagOptions, MutationOptions, ReadOptions } from './call-options';
import type { Connection } from './connection';
import { maskOf, projectOf } from './fields';
import type { ProjectFields } from './fields';
import type { Project } from './gen/holdfast/v1/project';
import { ProjectServiceService as Service } from './gen/holdfast/v1/project_service';
import type { ListProjectsResponse } from './gen/holdfast/v1/project_service';
import { projectName } from './names';
import { Pages } from './pages';

/** Wherever a method takes a project, its id is enough. */
export class Projects {
  constructor(private readonly connection: Connection) {}

  /** Creates a project. */
  async create(id: string, fields: ProjectFields = {}, options: MutationOptions = {}): Promise<Project> {
    const { requestId = '', validateOnly = false } = options;
    const request = { project: projectOf(fields), projectId: id, requestId, validateOnly };
    return (await this.connection.unary(Service.createProject, request, options)).project!;
  }

  /** A project; a deleted one is there until it is purged. */
  async get(project: string, options: ReadOptions = {}): Promise<Project> {
    const request = { name: projectName(project), atLeast: options.atLeast };
    return (await this.connection.unary(Service.getProject, request, options)).project!;
  }

  /** Changes the fields that are given; one that is given empty is cleared. */
  async update(
    project: string,
    fields: ProjectFields,
    options: EtagOptions & { readonly updateMask?: readonly string[] } = {},
  ): Promise<Project> {
    const { requestId = '', validateOnly = false, etag = '', updateMask = maskOf(fields) } = options;
    const changed = { ...projectOf(fields), name: projectName(project) };
    const request = { project: changed, updateMask: [...updateMask], etag, requestId, validateOnly };
    return (await this.connection.unary(Service.updateProject, request, options)).project!;
  }

  /** The projects, by id. */
  list(
    options: ReadOptions & { readonly pageSize?: number; readonly showDeleted?: boolean } = {},
  ): Pages<ListProjectsResponse, Project> {
    const { pageSize = 0, showDeleted = false, atLeast } = options;
    return new Pages(
      (pageToken) =>
        this.connection.unary(Service.listProjects, { pageSize, pageToken, showDeleted, atLeast }, options),
      (page) => page.projects,
    );
  }

  /** Deletes a project with its tasks; it can be undeleted until its purge time. */
  async delete(project: string, options: EtagOptions = {}): Promise<Project> {
    const { requestId = '', validateOnly = false, etag = '' } = options;
    const request = { name: projectName(project), etag, requestId, validateOnly };
    return (await this.connection.unary(Service.deleteProject, request, options)).project!;
  }

  /** Brings a deleted project back. */
  async undelete(project: string, options: EtagOptions = {}): Promise<Project> {
    const { requestId = '', validateOnly = false, etag = '' } = options;
    const request = { name: projectName(project), etag, requestId, validateOnly };
    return (await this.connection.unary(Service.undeleteProject, request, options)).project!;
  }
}
