/**
 * Bring a text to index terms: folded, cut, stemmed. The twin of `src/e4j/publish/search/analyse.py`, which says how and
 * after whom; both pass `tests/search/examples.json`. Knows no DOM.
 */
import { fold, letters, pickStemmer, type Stemmer, type Step } from "./tables.ts";

const LONGEST_TERM = 32;
const [latin = "", greek = "", cyrillic = "", arabic = "", cjk = ""] = letters.words;
const hasDigit = /[0-9]/;

/** A word of a text: as it was folded, and the term it is found by ("" for stop words). CJK words are runs, not yet cut. */
export interface Word {
  folded: string;
  term: string;
  cjk: boolean;
  /** The run of letters in the text this word came from. */
  start: number;
  end: number;
}

/** Analyses texts of one language. */
export class Analyser {
  private readonly runs = new RegExp(`([${letters.raw}]+)|[${letters.rawCjk}]+`, "gu");
  private readonly accented = new RegExp(`[${letters.accented}]+`, "gu");
  private readonly drop = new RegExp(`[${letters.drop}]+`, "gu");
  private readonly words = new RegExp([latin, greek, cyrillic, arabic].map((set) => `[${set}]+`).join("|"), "gu");
  private readonly cjk = new RegExp(`[${cjk}]+`, "gu");
  private readonly stemmers: (Stemmer | null)[];

  constructor(lang: string) {
    this.stemmers = ["latin", "greek", "cyrillic", "arabic"].map((script) => pickStemmer(lang, script));
  }

  /** Give the terms of `text` in order, each as often as it occurs. */
  terms(text: string): string[] {
    const terms: string[] = [];
    for (const word of this.cut(text)) {
      if (word.cjk) terms.push(...singles(word.folded), ...pairs(word.folded));
      else if (word.term) terms.push(word.term);
    }
    return terms;
  }

  /** Cut `text` to words, with the place in `text` each came from. */
  cut(text: string): Word[] {
    const words: Word[] = [];
    for (const run of text.matchAll(this.runs)) {
      const start = run.index || 0;
      const end = start + run[0].length;
      const isCjk = !run[1];
      const found = isCjk ? run[0].normalize("NFKC").match(this.cjk) : this.normalise(run[0]).match(this.words);
      for (const folded of found || [])
        words.push({ folded, term: isCjk ? "" : this.stem(folded), cjk: isCjk, start, end });
    }
    return words;
  }

  /** Cut only beginnings off a folded word, such as the Arabic article: what a word that is still being typed begins with. */
  bare(folded: string): string {
    const stemmer = this.stemmers[script(folded)];
    let word = folded;
    for (const step of stemmer?.steps || []) if (step.kind === "^") word = apply(step, word);
    return word;
  }

  private stem(folded: string): string {
    if (hasDigit.test(folded)) return folded.slice(0, LONGEST_TERM);
    const stemmer = this.stemmers[script(folded)];
    if (folded.length === 1 || stemmer?.stop.has(folded)) return "";
    let word = folded;
    for (const step of stemmer?.steps || []) word = apply(step, word);
    return word.slice(0, LONGEST_TERM);
  }

  private normalise(run: string): string {
    return Array.from(
      run
        .normalize("NFKC")
        .toLowerCase()
        .replace(this.accented, (part) => part.normalize("NFD"))
        .replace(this.drop, ""),
      (letter) => fold.get(letter) ?? letter,
    ).join("");
  }
}

/** Give the characters of a CJK run, but the one that is left out. */
export function singles(run: string): string[] {
  return Array.from(run).filter((letter) => letter !== letters.cjk.stop);
}

/** Give the overlapping pairs of a CJK run, without those the stop character is in. */
export function pairs(run: string): string[] {
  const { stop, keep } = letters.cjk;
  const all = Array.from(run);
  return all
    .slice(1)
    .map((letter, at) => `${all[at]}${letter}`)
    .filter((pair) => !pair.includes(stop) || keep.split(" ").includes(pair));
}

function apply(step: Step, word: string): string {
  if (step.kind === "=") return step.rules.get(word) ?? word;
  for (let size = Math.min(step.longest, word.length - step.least); size > 0; size--) {
    const instead = step.rules.get(step.kind === "^" ? word.slice(0, size) : word.slice(-size));
    if (instead !== undefined) return step.kind === "^" ? instead + word.slice(size) : word.slice(0, -size) + instead;
  }
  return word;
}

/** Which of Latin 0, Greek 1, Cyrillic 2, Arabic 3 a word is written in, by its first letter. */
function script(word: string): number {
  const first = word.charCodeAt(0);
  if (first < 0x370 || (first >= 0x1e00 && first < 0x1f00)) return 0;
  if (first < 0x400) return 1;
  return first < 0x600 ? 2 : 3;
}
