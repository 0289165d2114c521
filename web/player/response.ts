/** What a response holds, whatever kind of item it answers. No DOM. */
import type { Item, Quiz, Reflection, Response } from "../types.ts";

/** Tell a reflection from things put in their places. */
export function isReflection(response: Response | null): response is Reflection {
  return typeof response === "object" && response !== null && "rubric" in response && Array.isArray(response.rubric);
}

/** Give the text and ticks of a reflection, from a draft of either kind. */
export function reflection(response: Response | null): Reflection {
  if (isReflection(response)) return response;
  return { text: typeof response === "string" ? response : "", rubric: [] };
}

/** Tell whether a response holds anything to check. */
export function isBlank(response: Response | null): boolean {
  if (response === null) return true;
  if (typeof response === "string") return response.trim() === "";
  if (typeof response === "boolean") return false;
  if (Array.isArray(response)) return response.length === 0;
  if (isReflection(response)) return response.text.trim() === "";
  return Object.values(response).every((put) => put.trim() === "");
}

function canonical(response: Response | null): string {
  const names = typeof response === "object" && response ? Object.keys(response).sort() : undefined;
  return JSON.stringify(response, Array.isArray(response) ? undefined : names);
}

/** Tell whether two responses say the same. */
export function sameResponse(left: Response | null, right: Response | null): boolean {
  return canonical(left) === canonical(right);
}

/** Tell whether an item is answered in words of one's own. */
export function isFreeText(item: Item): boolean {
  if (item.type === "cloze") return item.gaps.some((gap) => gap.kind === "text");
  return item.type === "short" || item.type === "numeric" || item.type === "reflect";
}

/** Free text of a child never leaves the page: of a primary learner's text only the marks are kept. */
export function keepsResponse(quiz: Quiz, item: Item): boolean {
  return !(quiz.tier === "primary" && isFreeText(item));
}
