/** Marks for a response: pure, integers only, no clock, no locale. tests/marking/vectors.json holds it equal to Python. */
import type { AcceptedNumber, AcceptedText, ChoiceItem, Item, Marks, ReflectItem, Response } from "../types.ts";
import { normalize } from "./normalize.ts";
import { readNumbers, within } from "./numbers.ts";

const full = 1000;

function rightOptions(item: ChoiceItem): Set<string> {
  return new Set(item.options.filter((option) => option.correct).map((option) => option.id));
}

/** max(0, right − wrong) of the right options, rounded down. What is not a right option counts as wrong. */
function earnedOfMany(item: ChoiceItem, chosen: readonly string[]): number {
  const right = rightOptions(item);
  const unique = [...new Set(chosen)];
  const hits = unique.filter((id) => right.has(id)).length;
  const net = Math.max(0, hits - (unique.length - hits));
  return right.size === 0 ? 0 : Math.floor((item.points * full * net) / right.size);
}

function earnedOfRubric(item: ReflectItem, ticked: readonly string[]): number {
  const sum = (item.rubric ?? []).reduce((points, line) => points + (ticked.includes(line.id) ? line.points : 0), 0);
  return Math.min(sum, item.points) * full;
}

/** Find the entry of a short or numeric item's accept list that the typed text meets. */
export function acceptedEntry(item: Item, response: Response): AcceptedText | AcceptedNumber | null {
  if (typeof response !== "string") return null;
  if (item.type === "short") {
    const text = normalize(response, item.normalize);
    return item.accept.find((entry) => entry.text === text && text !== "") ?? null;
  }
  if (item.type === "numeric") {
    const numbers = readNumbers(response, item.unit ?? "");
    return item.accept.find((entry) => numbers.some((one) => within(one, entry.value, entry.tolerance))) ?? null;
  }
  return null;
}

/** Give what the item can earn at most: nothing for a survey, nor for a reflection without a rubric. */
export function possible(item: Item): number {
  if (item.type === "survey") return 0;
  if (item.type === "reflect" && !item.rubric?.length) return 0;
  return item.points * full;
}

function earned(item: Item, response: Response): number {
  switch (item.type) {
    case "single":
      return typeof response === "string" && rightOptions(item).has(response) ? item.points * full : 0;
    case "multiple":
      return Array.isArray(response) ? earnedOfMany(item, response) : 0;
    case "truefalse":
      return response === item.answer ? item.points * full : 0;
    case "short":
    case "numeric":
      return item.points * (acceptedEntry(item, response)?.credit ?? 0);
    case "survey":
      return 0;
    case "reflect": {
      const ticked = typeof response === "object" && !Array.isArray(response) ? response.rubric : [];
      return possible(item) === 0 ? 0 : earnedOfRubric(item, ticked);
    }
  }
}

/** Mark a response: thousandths of a point earned and possible. */
export function mark(item: Item, response: Response): Marks {
  return { earned: earned(item, response), possible: possible(item) };
}
