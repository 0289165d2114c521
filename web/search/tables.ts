/** The tables Python and TypeScript share: letters, foldings, stems. */
import data from "../../src/e4j/publish/search_tables.json";

/** `^` cuts a beginning, `$` an ending, `=` looks a whole word up. */
export type StepKind = "^" | "$" | "=";

export interface Step {
  kind: StepKind;
  /** How many letters must be left beside the part cut off. */
  least: number;
  longest: number;
  /** Part cut off → what stands in its place. */
  rules: Map<string, string>;
}

export interface Stemmer {
  stop: Set<string>;
  steps: Step[];
}

interface Entry {
  stop: string;
  forms: string;
  steps: (string | number)[][];
}

const entries: Record<string, Entry> = data.languages;
const stems: Record<string, string[]> = data.stems;

export const digits = data.digits;
export const letters = data;
export const fold = new Map(data.fold.split(" ").map((pair): [string, string] => [pair.slice(0, 1), pair.slice(1)]));

/** Give the stemmer for words of `script` on a page in `lang`; null when words of this script are left as they are. */
export function pickStemmer(lang: string, script: string): Stemmer | null {
  const langs = stems[script] || [];
  const entry = entries[langs.includes(lang) ? lang : langs[0] || ""];
  if (!entry) return null;
  return {
    stop: new Set(split(entry.stop)),
    steps: entry.steps.map(([kind, least, rules]) => step(kind as StepKind, Number(least), String(rules), entry.forms)),
  };
}

function step(kind: StepKind, least: number, text: string, forms: string): Step {
  const rules = new Map<string, string>();
  let longest = 0;
  for (const rule of split(kind === "=" ? forms : text)) {
    const [part = "", instead = ""] = rule.split(">");
    rules.set(part, instead);
    longest = Math.max(longest, part.length);
  }
  return { kind, least, longest, rules };
}

function split(text: string): string[] {
  return text ? text.split(" ") : [];
}
