// The fields of entities as callers write them: partial, with plain objects for labels.

import { Project } from './gen/holdfast/v1/project';
import { Task } from './gen/holdfast/v1/task';
import type { DeepPartial } from './gen/holdfast/v1/task';

/** An object of JSON, as Struct fields hold it. */
export type JsonObject = { readonly [key: string]: unknown };

/** A map as callers write it. */
export type StringMap = Readonly<Record<string, string>> | ReadonlyMap<string, string>;

type WithMaps<T> = Omit<DeepPartial<T>, 'labels' | 'annotations' | '_unknownFields'> & {
  readonly labels?: StringMap;
  readonly annotations?: StringMap;
};

/** The fields of a task that a caller sets. Times are Dates, `payload` is a plain object. */
export type TaskFields = WithMaps<Task>;
/** The fields of a project that a caller sets. */
export type ProjectFields = WithMaps<Project>;

/** The message of a task's fields. */
export function taskOf(fields: TaskFields): Task {
  return Task.fromPartial(withMaps(fields));
}

/** The message of a project's fields. */
export function projectOf(fields: ProjectFields): Project {
  return Project.fromPartial(withMaps(fields));
}

/** A map in the form that messages have. */
export function mapOf(given: StringMap | undefined): Map<string, string> {
  if (given === undefined) return new Map();
  return new Map(isMap(given) ? given : Object.entries(given));
}

/** A mask of the fields that are given, in the words of the protos: what is given empty is cleared. */
export function maskOf(fields: object): string[] {
  return Object.entries(fields)
    .filter(([key, value]) => value !== undefined && key !== 'name' && key !== '_unknownFields')
    .map(([key]) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
}

function withMaps<T extends { labels?: StringMap; annotations?: StringMap }>(fields: T): object {
  const { labels, annotations, ...rest } = fields;
  return {
    ...rest,
    ...(labels === undefined ? {} : { labels: mapOf(labels) }),
    ...(annotations === undefined ? {} : { annotations: mapOf(annotations) }),
  };
}

function isMap(given: StringMap): given is ReadonlyMap<string, string> {
  return given instanceof Map;
}
