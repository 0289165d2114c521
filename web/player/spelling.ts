/** A slip of the finger is not a wrong answer: one letter more, less, other or swapped. */
import type { AcceptedText, Item, NormalizeStep, Response } from "../types.ts";
import { normalize } from "./normalize.ts";

const shortest = 5;

/** Tell whether one edit (insert, delete, replace, swap neighbours) leads from `left` to `right`. */
export function oneEditApart(left: string, right: string): boolean {
  const a = Array.from(left);
  const b = Array.from(right);
  if (left === right || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const rest = (letters: string[], from: number) => letters.slice(from).join("");
  if (a.length !== b.length) {
    const longer = a.length > b.length ? a : b;
    const shorter = a.length > b.length ? b : a;
    return rest(longer, start + 1) === rest(shorter, start);
  }
  if (rest(a, start + 1) === rest(b, start + 1)) return true;
  return a[start] === b[start + 1] && a[start + 1] === b[start] && rest(a, start + 2) === rest(b, start + 2);
}

/** Tell whether a typed text misses a full-credit text of five letters or more by one edit. */
function misses(typed: string, accept: readonly AcceptedText[] = [], steps?: NormalizeStep[]): boolean {
  const text = normalize(typed, steps);
  const whole = accept.filter((entry) => entry.credit === 1000);
  // Two accepted forms may lie one letter apart: neither is a slip of the other.
  if (whole.some((entry) => entry.text === text)) return false;
  return whole.some((entry) => Array.from(entry.text).length >= shortest && oneEditApart(text, entry.text));
}

/** Tell whether a short answer, or the text in a gap, is a slip of the finger. */
export function nearMiss(item: Item, response: Response): boolean {
  if (item.type === "short") return typeof response === "string" && misses(response, item.accept, item.normalize);
  if (item.type !== "cloze" || typeof response !== "object" || Array.isArray(response)) return false;
  const put = new Map<string, unknown>(Object.entries(response));
  return item.gaps.some((gap) => {
    const typed = put.get(gap.id);
    return gap.kind === "text" && typeof typed === "string" && misses(typed, gap.accept, item.normalize);
  });
}
