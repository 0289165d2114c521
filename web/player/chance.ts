/** Chance that can be replayed: the same seed gives the same order here and in Python. */
import type { Draw } from "../types.ts";

/** Give FNV-1a over UTF-8, 32 bits. */
export function hash32(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

/** Give the states of xorshift32 (13, 17, 5) that follow the hash of the seed, one a call. */
export function numbers(seed: string): () => number {
  let state = hash32(seed) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}

/** Give the values in another order: Fisher–Yates from the end. */
export function shuffle<T>(values: readonly T[], seed: string): T[] {
  const shuffled = [...values];
  const next = numbers(seed);
  for (let last = shuffled.length - 1; last > 0; last -= 1) {
    const other = next() % (last + 1);
    const value = shuffled[last] as T;
    shuffled[last] = shuffled[other] as T;
    shuffled[other] = value;
  }
  return shuffled;
}

/**
 * Give the parts of an item as they are shown. `parts` comes in the right order, as far as that is known;
 * an order that comes out right is turned by one.
 */
export function partOrder<T>(parts: readonly T[], seed: string, item: string): T[] {
  const order = shuffle([...parts.keys()], `${seed}/${item}`);
  const right = order.every((place, index) => place === index);
  return (right ? [...order.slice(1), ...order.slice(0, 1)] : order).map((place) => parts[place] as T);
}

function fits(item: { tags?: readonly string[] }, tags: readonly string[]): boolean {
  return tags.length === 0 || (item.tags ?? []).some((tag) => tags.includes(tag));
}

/** Give the items to ask: `n` of those with one of the tags `from` for each line, or all without lines. `mixed` shuffles them. */
export function draw<T extends { tags?: readonly string[] }>(
  items: readonly T[],
  lines: readonly Draw[],
  seed: string,
  mixed = false,
): T[] {
  const taken = new Set<T>(lines.length ? [] : items);
  lines.forEach(({ n, from }, number) => {
    const candidates = items.filter((item) => !taken.has(item) && fits(item, from));
    for (const item of shuffle(candidates, `${seed}/draw/${number}`).slice(0, n)) taken.add(item);
  });
  const drawn = items.filter((item) => taken.has(item));
  return mixed ? shuffle(drawn, `${seed}/items`) : drawn;
}
