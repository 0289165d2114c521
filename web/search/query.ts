/** Bring what a reader typed to the things each page is asked for. */
import { type Analyser, pairs, singles, type Word } from "./analyse.ts";

/** One thing asked for: a term, and when its word is still being typed, the beginnings it may have. */
export interface Slot {
  term: string;
  prefixes: string[];
  cjk: boolean;
}

const shortestPrefix = 2;
const mostSlots = 12;

/** Cut a query to slots. The last word may go on, unless something follows it. */
export function slotsOf(query: string, analyser: Analyser): Slot[] {
  const words = analyser.cut(query);
  const slots: Slot[] = [];
  words.forEach((word, at) => {
    const isOpen = at === words.length - 1 && word.end === query.length;
    for (const slot of word.cjk ? cjkSlots(word.folded) : wordSlots(word, isOpen, at === 0, analyser)) {
      if (!slots.some((other) => other.term === slot.term)) slots.push(slot);
    }
  });
  return slots.slice(0, mostSlots);
}

function cjkSlots(run: string): Slot[] {
  const two = pairs(run);
  return (two.length ? two : singles(run)).map((term) => ({ term, prefixes: [], cjk: true }));
}

function wordSlots(word: Word, isOpen: boolean, isOnly: boolean, analyser: Analyser): Slot[] {
  const { term, folded } = word;
  const prefixes = isOpen && (term || isOnly) ? [folded, analyser.bare(folded)] : [];
  const long = prefixes.filter((prefix, at) => prefix.length >= shortestPrefix && prefixes.indexOf(prefix) === at);
  return term || long.length ? [{ term, prefixes: long, cjk: false }] : [];
}

/** Tell whether a word of a text answers a slot. */
export function answers(word: Word, slot: Slot, analyser: Analyser): boolean {
  if (word.term && word.term === slot.term) return true;
  const bare = analyser.bare(word.folded);
  return slot.prefixes.some((prefix) => word.folded.startsWith(prefix) || bare.startsWith(prefix));
}
