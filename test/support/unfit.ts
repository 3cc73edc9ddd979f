// What the rows of a small world say of each other and does not fit: by rights nothing (src/domain/integrity/facts).

import { factsOf } from '../../src/domain/integrity/facts';
import type { EntityKind } from '../../src/gen/holdfast/journal/v1/journal';
import type { MapView } from './map-view';

/** One line for each relation, owner and item whose sides do not add up to 0. */
export function unfit(view: MapView): string[] {
  const sums = new Map<string, number>();
  for (const [key, row] of view.rows) {
    const [, kind, project, id] = /^(\d+)\/([^/]*)\/(.*)$/s.exec(key)!;
    const asked = { kind: Number(kind) as EntityKind, project: project!, id: id!, image: row.image };
    for (const { relation, owner, item, count } of factsOf(asked, (of, at, name) => view.row(of, at, name)?.image)) {
      const what = `${relation} of ${owner}: ${item}`;
      sums.set(what, (sums.get(what) ?? 0) + count);
    }
  }
  return [...sums].filter(([, sum]) => sum !== 0).map(([what, sum]) => `${what} (${sum})`);
}
