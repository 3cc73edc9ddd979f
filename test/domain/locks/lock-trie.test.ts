// Goal: the trie finds exactly the holds that a comparison of all pairs finds, and its cost does not grow with what is elsewhere.

import { overlap, parsePath } from '../../../src/domain/locks/lock-target';
import type { Cover } from '../../../src/domain/locks/lock-target';
import { LockTrie } from '../../../src/domain/locks/lock-trie';
import type { Hold } from '../../../src/domain/locks/lock-trie';
import { chosenSeed, randomFrom } from '../../support/seed';
import type { Random } from '../../support/seed';

interface Held extends Hold {
  readonly id: number;
}

function randomCover(random: Random): Cover {
  if (random.chance(0.2)) return { kind: 'key', key: random.pick(['k', 'l', 'm']) };
  const parts = Array.from({ length: random.below(4) }, () => random.pick(['a', 'b', 'c']));
  const end = random.pick(parts.length === 0 ? ['*', '**'] : ['', '', '*', '**']);
  return parsePath([...parts, end].filter(Boolean).join('/'));
}

function randomHold(random: Random, id: number): Held {
  return {
    id,
    session: random.pick(['s1', 's2', 's3']),
    exclusive: random.chance(0.5),
    covers: Array.from({ length: 1 + random.below(3) }, () => randomCover(random)),
  };
}

function inTheWay(hold: Hold, request: Hold): boolean {
  if (hold.session === request.session || !(hold.exclusive || request.exclusive)) return false;
  return hold.covers.some((a) => request.covers.some((b) => overlap(a, b)));
}

const ids = (found: Iterable<Held>): number[] => [...found].map(({ id }) => id).sort((a, b) => a - b);

describe('the trie of locks', () => {
  it('finds what comparing all pairs finds, whatever comes and goes', () => {
    const seed = chosenSeed();
    for (let run = 0; run < 200; run++) {
      const random = randomFrom(seed + run);
      const trie = new LockTrie<Held>();
      const held: Held[] = [];
      for (let step = 0; step < 60; step++) {
        if (held.length > 0 && random.chance(0.35)) {
          const [gone] = held.splice(random.below(held.length), 1);
          trie.remove(gone!);
        } else {
          const hold = randomHold(random, step);
          held.push(hold);
          trie.add(hold);
        }
        const request = randomHold(random, -1);
        expect(ids(trie.conflicting(request))).toEqual(ids(held.filter((hold) => inTheWay(hold, request))));
        expect(trie.size).toBe(held.length);
      }
    }
  });

  it('looks at nothing beside the paths that are asked for', () => {
    const trie = new LockTrie<Held>();
    let looks = 0;
    const watched = (id: number, path: string): Held => ({
      id,
      get session() {
        looks++;
        return 'other';
      },
      exclusive: true,
      covers: [parsePath(path)],
    });
    for (let i = 0; i < 10_000; i++) trie.add(watched(i, `src/part${i % 100}/file${i}`));
    const request = (path: string): Hold => ({ session: 'own', exclusive: true, covers: [parsePath(path)] });
    expect(ids(trie.conflicting(request('src/part7/file107')))).toEqual([107]);
    expect(ids(trie.conflicting(request('docs/**')))).toEqual([]);
    expect(looks).toBe(1);
    expect(trie.conflicting(request('src/part7/**')).size).toBe(100);
    expect(trie.conflicting({ ...request('**'), exclusive: false }).size).toBe(10_000);
  });

  it('holds that share are not looked at by requests that share', () => {
    const trie = new LockTrie<Held>();
    const shared = (id: number): Held => ({ id, session: `s${id}`, exclusive: false, covers: [parsePath('src/**')] });
    for (let i = 0; i < 1000; i++) trie.add(shared(i));
    expect(trie.conflicting({ ...shared(-1), session: 'own' }).size).toBe(0);
    expect(trie.conflicting({ ...shared(-1), session: 'own', exclusive: true }).size).toBe(1000);
  });
});
