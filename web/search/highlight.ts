/** Say which parts of a text answer a query. */
import type { Analyser } from "./analyse.ts";
import { answers, type Slot } from "./query.ts";

export interface Piece {
  text: string;
  hit: boolean;
}

/** Cut `text` to pieces; joined they are `text` again. */
export function pieces(text: string, slots: Slot[], analyser: Analyser): Piece[] {
  const cut: Piece[] = [];
  let at = 0;
  for (const [start, end] of ranges(text, slots, analyser)) {
    if (start > at) cut.push({ text: text.slice(at, start), hit: false });
    if (end > at) cut.push({ text: text.slice(Math.max(start, at), end), hit: true });
    at = Math.max(at, end);
  }
  if (at < text.length) cut.push({ text: text.slice(at), hit: false });
  return join(cut);
}

/** List where the answers stand, in order; they may overlap, as pairs of characters do. */
function ranges(text: string, slots: Slot[], analyser: Analyser): [number, number][] {
  const found: [number, number][] = [];
  for (const { term, cjk } of slots) {
    if (cjk)
      for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) found.push([at, at + term.length]);
  }
  for (const word of analyser.cut(text)) {
    if (!word.cjk && slots.some((slot) => !slot.cjk && answers(word, slot, analyser)))
      found.push([word.start, word.end]);
  }
  return found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function join(cut: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of cut) {
    const last = joined[joined.length - 1];
    if (last?.hit && piece.hit) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined;
}
