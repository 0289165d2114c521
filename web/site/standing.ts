/** How far a learner is, page by page and quiz by quiz. No DOM. */
import type { Progress } from "../types.ts";

/** Titles and places of what there is, from the page's JSON. `items` is how many questions a quiz has, if known. */
export interface Listing {
  /** Keys are "module/page"; `in` is the module's title. */
  pages: Record<string, Entry & { in?: string }>;
  quizzes: Record<string, Entry & { items?: number }>;
}

export interface Entry {
  title: string;
  href: string;
}

export interface PageStanding extends Entry {
  state: "done" | "started";
}

export interface QuizStanding extends Entry {
  answered: number;
  items: number | null;
  /** Thousandths of a point, over the answered questions. */
  best: { earned: number; possible: number };
}

/** A module with the pages of it that were opened; its id is the first part of a page's key. */
export interface ModuleStanding {
  module: string;
  title: string;
  done: number;
  all: number;
  pages: PageStanding[];
}

function pageState(page: Progress["pages"][string] | undefined): PageStanding["state"] | null {
  return page?.done ? "done" : page?.viewed ? "started" : null;
}

/** Group the opened pages by module, in the order of the listing. Modules never opened are left out. */
export function moduleStandings(listing: Listing, progress: Progress): ModuleStanding[] {
  const modules = new Map<string, ModuleStanding>();
  for (const [key, entry] of Object.entries(listing.pages)) {
    const module = key.split("/")[0] ?? key;
    const standing = modules.get(module) ?? { module, title: entry.in ?? module, done: 0, all: 0, pages: [] };
    modules.set(module, standing);
    const state = pageState(progress.pages[key]);
    standing.all += 1;
    if (state === "done") standing.done += 1;
    if (state) standing.pages.push({ title: entry.title, href: entry.href, state });
  }
  return [...modules.values()].filter((standing) => standing.pages.length > 0);
}

/** Give the quizzes that have answers, in the order of the listing. */
export function quizStandings(listing: Listing, progress: Progress): QuizStanding[] {
  return Object.entries(listing.quizzes).flatMap(([id, entry]) => {
    const items = Object.values(progress.quizzes[id]?.items ?? {});
    if (items.length === 0) return [];
    const best = items.reduce(
      (sum, item) => ({ earned: sum.earned + item.best.earned, possible: sum.possible + item.best.possible }),
      { earned: 0, possible: 0 },
    );
    return [{ title: entry.title, href: entry.href, answered: items.length, items: entry.items ?? null, best }];
  });
}
