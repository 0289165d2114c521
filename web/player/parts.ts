/** The parts of an answer that are right or wrong each by itself: gaps, places, pairs, things. No DOM. */
import type { ClozeItem, Gap, Html, Item, Placement, Response } from "../types.ts";
import { mark } from "./marking.ts";
import { isReflection } from "./response.ts";

/** Give a response as what is put where. */
export function placement(response: Response | null): Placement {
  const put = typeof response === "object" && response !== null && !Array.isArray(response);
  return put && !isReflection(response) ? response : {};
}

/** Tell whether the right answer is in the page: an assessed item keeps it on the server. */
export function isKeyed(item: Item): boolean {
  switch (item.type) {
    case "single":
    case "multiple":
      return item.options.some((option) => option.correct);
    case "hotspot":
      return item.areas.some((area) => area.correct);
    case "truefalse":
      return item.answer !== undefined;
    case "short":
    case "numeric":
      return item.accept !== undefined;
    case "cloze":
    case "order":
    case "match":
    case "categorize":
      // Marking names the parts it can judge.
      return Object.keys(mark(item, {}).parts).length > 0;
    case "scenario":
      return item.nodes.some((scene) => scene.choices.some((choice) => choice.score !== undefined));
    default:
      return true;
  }
}

/** Write text as markup. */
export function escaped(text: string): Html {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** Give the right answer of a gap as markup, or null where it is not here. */
export function gapKey(item: ClozeItem, gap: Gap): Html | null {
  if (gap.kind === "text") return gap.accept?.[0] ? escaped(gap.accept[0].text) : null;
  const from = gap.kind === "choice" ? gap.options?.find((one) => one.correct) : undefined;
  return (from ?? item.tokens.find((token) => token.id === gap.token))?.html ?? null;
}

/** Give the thousandths each part of an answer earned; nothing where the key is not here. */
export function credits(item: Item, response: Response | null): Record<string, number> {
  return mark(item, response).parts;
}
