/**
 * Put pages in order. Pages that answer more of the query come first; among equals the sum over what was asked of
 * rarity × weight, the weight saturated and set against the page's length: Okapi BM25 (S. Robertson & H. Zaragoza, "The
 * Probabilistic Relevance Framework: BM25 and Beyond", 2009), with the boosts for title and headings already in the weight.
 */
import { eachPosting } from "./postings.ts";
import type { Slot } from "./query.ts";

const saturation = 2.5;
const lengthShare = 0.4;
/** What a word that only begins as asked is worth beside the word itself. */
const prefixShare = 0.5;
const enough = 10;
const shortestStem = 4;
const longestRest = 3;

/** Terms and their postings, of the shards at hand. */
export type Terms = Map<string, string>;

/** Rank the pages that answer `slots`: their numbers, best first. */
export function rank(slots: Slot[], terms: Terms, lengths: number[]): number[] {
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1);
  const slow = lengths.map((length) => saturation * (1 - lengthShare + (lengthShare * length) / mean));
  const score = lengths.map(() => 0);
  const answered = lengths.map(() => 0);
  for (const slot of slots) {
    for (const [page, gain] of gains(slot, terms, slow)) {
      score[page] = (score[page] || 0) + gain;
      answered[page] = (answered[page] || 0) + 1;
    }
  }
  return order(score, answered);
}

/** Score one slot: page → gain. */
function gains(slot: Slot, terms: Terms, slow: number[]): Map<number, number> {
  const best = new Map<number, number>();
  const exact = terms.get(slot.term);
  addGains(best, slow, exact === undefined ? [] : [exact], 1);
  addGains(best, slow, longer(slot, terms), prefixShare);
  if (!best.size && slot.prefixes.length) addGains(best, slow, shorter(slot, terms), prefixShare);
  return best;
}

function addGains(best: Map<number, number>, slow: number[], postings: string[], share: number): void {
  const weights = new Map<number, number>();
  for (const text of postings) {
    eachPosting(text, (page, weight) => weights.set(page, Math.max(weight, weights.get(page) || 0)));
  }
  const rarity = Math.log(1 + (slow.length - weights.size + 0.5) / (weights.size + 0.5));
  weights.forEach((weight, page) => {
    const gain = (share * rarity * weight) / (weight + (slow[page] || saturation));
    best.set(page, Math.max(gain, best.get(page) || 0));
  });
}

/** Find the terms a word that is still being typed may become. */
function longer(slot: Slot, terms: Terms): string[] {
  return [...terms].filter(([term]) => slot.prefixes.some((prefix) => term.startsWith(prefix))).map(([, text]) => text);
}

/** Find the stems a half-typed ending hides: "corruptio" is on its way to "corruption", which is filed under "corrupt". */
function shorter(slot: Slot, terms: Terms): string[] {
  const isStem = (term: string) => (prefix: string) =>
    term.length >= shortestStem && prefix.startsWith(term) && prefix.length - term.length <= longestRest;
  return [...terms].filter(([term]) => slot.prefixes.some(isStem(term))).map(([, text]) => text);
}

/** Sort pages; leave out those that answer less than the best do, unless that leaves few. */
function order(score: number[], answered: number[]): number[] {
  const most = answered.reduce((top, count) => Math.max(top, count), 0);
  const pages = score.map((_, page) => page).filter((page) => (answered[page] || 0) > 0);
  const full = pages.filter((page) => answered[page] === most);
  const kept = full.length >= enough ? full : pages.filter((page) => (answered[page] || 0) * 2 >= most);
  return kept.sort((a, b) => (answered[b] || 0) - (answered[a] || 0) || (score[b] || 0) - (score[a] || 0) || a - b);
}
