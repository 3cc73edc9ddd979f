// Exports of two projects, made comparable: without what docs/import.md says is not the same after an import.

type Line = Record<string, unknown>;

const originAnnotation = 'holdfast.imported-from';
/** Fields that the service sets anew. */
const anew = ['uid', 'etag', 'revision', 'updateTime', 'creator', 'originSession', 'successor'];

/** Lines in an order of their own, without these annotations; names and external ids are replaced by the key that a task has in any project. */
export function normalised(lines: readonly Line[], ...without: readonly string[]): Line[] {
  const keys = new Map(lines.map((line) => [line['name'] as string, keyOf(line)]));
  const named = (name: unknown) => keys.get(name as string) ?? String(name).replace(/^.*\/tasks\//, '');
  const edges = (value: unknown) =>
    (Array.isArray(value) ? (value as Line[]) : []).map(({ task, kind }) => `${String(kind)} ${named(task)}`).sort();
  return lines
    .map((line) => {
      const { name, externalId: _, parent, dependencies, unresolvedDependencies, annotations, ...rest } = line;
      for (const field of anew) delete rest[field];
      const kept = Object.entries((annotations ?? {}) as Line).filter(
        ([key]) => ![originAnnotation, ...without].includes(key),
      );
      return {
        ...rest,
        name: named(name),
        parent: parent === undefined ? undefined : named(parent),
        dependencies: edges(dependencies),
        unresolvedDependencies: edges(unresolvedDependencies),
        annotations: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `default:t3` and `default-t3` are what an import makes of the given id t3 of the project `default`. */
function keyOf({ name, externalId }: Line): string {
  const [, project, , id] = (name as string).split('/') as [string, string, string, string];
  const given = /^t[0-9]+$/.test(id);
  const key = !given ? id : typeof externalId === 'string' ? externalId : `${project}:${id}`;
  return key.replace(/^([a-z0-9-]+)[:-](t[0-9]+)$/, '$1:$2');
}
