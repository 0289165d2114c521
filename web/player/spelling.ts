/** A slip of the finger is not a wrong answer: one letter more, less, other or swapped. */
import type { Item, Response } from "../types.ts";
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

/** Tell whether a short answer misses a full-credit text of five letters or more by one edit. */
export function nearMiss(item: Item, response: Response): boolean {
  if (item.type !== "short" || typeof response !== "string") return false;
  const text = normalize(response, item.normalize);
  return item.accept.some(
    (entry) => entry.credit === 1000 && Array.from(entry.text).length >= shortest && oneEditApart(text, entry.text),
  );
}
