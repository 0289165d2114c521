/** Which cards of the catalogue fit a choice. No DOM. */

export interface Card {
  level: string;
  themes: readonly string[];
  ages: Range;
  minutes: number | null;
  /** Percent of the text that is translated. */
  translated: number;
}

export interface Range {
  min: number;
  max: number;
}

/** Chosen values by field name; a field with none chosen lets all pass. */
export type Choice = Record<FilterName, readonly string[]>;

export const filterNames = ["level", "theme", "age", "time", "complete"] as const;
export type FilterName = (typeof filterNames)[number];

/** Read "9", "9-12", "-45" (at most) or "90-" (at least). A single number is that number only. */
export function readRange(text: string): Range | null {
  const match = /^(\d*)(-?)(\d*)$/.exec(text.trim());
  if (!match || (!match[1] && !match[3])) return null;
  const [, from = "", dash, to = ""] = match;
  const min = from ? Number(from) : 0;
  return { min, max: to ? Number(to) : dash ? Number.POSITIVE_INFINITY : min };
}

function meets(range: Range, text: string): boolean {
  const wanted = readRange(text);
  return wanted === null || (range.min <= wanted.max && wanted.min <= range.max);
}

/** Tell whether a card fits: one value of every field that has any. */
export function fits(card: Card, choice: Choice): boolean {
  const { minutes } = card;
  const tests: Record<FilterName, (value: string) => boolean> = {
    level: (value) => value === card.level,
    theme: (value) => card.themes.includes(value),
    age: (value) => meets(card.ages, value),
    // "I have 45 minutes" means up to 45.
    time: (value) => minutes !== null && meets({ min: minutes, max: minutes }, value.replace(/^\d+$/, "-$&")),
    complete: () => card.translated >= 100,
  };
  return filterNames.every((name) => choice[name].length === 0 || choice[name].some(tests[name]));
}

/** Collect the values of every field. */
export function choiceOf(values: (name: FilterName) => readonly string[]): Choice {
  const entries = filterNames.map((name) => [name, values(name)]);
  return Object.fromEntries(entries) as Choice;
}

/** Read a choice from a query string. */
export function readQuery(search: string): Choice {
  const query = new URLSearchParams(search);
  const values = (name: FilterName) => query.getAll(name).filter((value) => value !== "");
  return choiceOf(values);
}

/** Write a choice as a query string, "" for none; parameters of others stay. */
export function writeQuery(search: string, choice: Choice): string {
  const query = new URLSearchParams(search);
  for (const name of filterNames) {
    query.delete(name);
    for (const value of choice[name]) query.append(name, value);
  }
  const text = query.toString();
  return text && `?${text}`;
}
