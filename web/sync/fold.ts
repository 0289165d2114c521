/**
 * Progress is a pure fold over the set of events, ordered by (device, sequence, id), never by a clock. As on the server,
 * with one difference: answers of an attempt (`a`) have no marks here. The server adds them once it has marked them.
 */
import type { AnswerBody, EventIds, ItemProgress, LastMarks, LearnerEvent, Marks, Progress } from "../types.ts";

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Order events by device, sequence, id. */
export function compareEvents(left: EventIds, right: EventIds): number {
  return compareText(left.d, right.d) || left.n - right.n || compareText(left.id, right.id);
}

/** Give the marks that earned more; of equals, the earlier. */
function better(earlier: Marks, later: Marks): Marks {
  return later.earned > earlier.earned ? later : earlier;
}

function marksOf({ earned = 0, possible = 0 }: AnswerBody): Marks {
  return { earned, possible };
}

function lastOf(event: AnswerBody): LastMarks {
  const { r, iv } = event;
  return r === undefined ? { ...marksOf(event), iv } : { ...marksOf(event), r, iv };
}

function foldAnswer(old: ItemProgress | undefined, event: AnswerBody): ItemProgress {
  const marks = marksOf(event);
  if (!old) return { tries: 1, first: marks, best: marks, last: lastOf(event) };
  return { tries: old.tries + 1, first: old.first, best: better(old.best, marks), last: lastOf(event) };
}

/** Fold events into progress. The same event twice counts once. */
export function fold(events: readonly LearnerEvent[]): Progress {
  const progress: Progress = { events: 0, quizzes: {}, pages: {} };
  const seen = new Set<string>();
  for (const event of [...events].sort(compareEvents)) {
    if (seen.has(event.id)) continue;
    seen.add(event.id);
    progress.events += 1;
    const unit = event.u.slice(event.u.indexOf("/") + 1);
    if (event.a !== undefined) continue;
    if (event.k === "answer") {
      progress.quizzes[unit] ??= { items: {} };
      const { items } = progress.quizzes[unit];
      items[event.i] = foldAnswer(items[event.i], event);
    } else if (event.u.startsWith("page/")) {
      const old = progress.pages[unit] ?? { viewed: false, done: false };
      progress.pages[unit] = { viewed: old.viewed || event.k === "view", done: old.done || event.k === "done" };
    }
  }
  return progress;
}

function joinItem(here: ItemProgress | undefined, there: ItemProgress | undefined): ItemProgress | undefined {
  if (!here || !there) return here ?? there;
  const tries = Math.max(here.tries, there.tries);
  return { tries, first: there.first, best: better(there.best, here.best), last: here.last };
}

/** Join what this device knows with what the server knows. Joining twice changes nothing. */
export function union(here: Progress, there: Progress): Progress {
  const joined: Progress = { events: Math.max(here.events, there.events), quizzes: {}, pages: {} };
  for (const quiz of new Set([...Object.keys(there.quizzes), ...Object.keys(here.quizzes)])) {
    const left = here.quizzes[quiz]?.items ?? {};
    const right = there.quizzes[quiz]?.items ?? {};
    const items: Record<string, ItemProgress> = {};
    for (const id of new Set([...Object.keys(right), ...Object.keys(left)])) {
      const item = joinItem(left[id], right[id]);
      if (item) items[id] = item;
    }
    joined.quizzes[quiz] = { items };
  }
  for (const page of new Set([...Object.keys(there.pages), ...Object.keys(here.pages)])) {
    const both = [here.pages[page], there.pages[page]];
    joined.pages[page] = {
      viewed: both.some((one) => one?.viewed === true),
      done: both.some((one) => one?.done === true),
    };
  }
  return joined;
}
