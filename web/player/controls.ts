/** The controls of each kind of item, and how a response goes in and out of them. One file a kind in controls/. */
import { make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type { Item } from "../types.ts";
import { categorize } from "./controls/categorize.ts";
import { choiceItem, trueFalse } from "./controls/choice.ts";
import { cloze } from "./controls/cloze.ts";
import type { Controls } from "./controls/control.ts";
import { hotspot } from "./controls/hotspot.ts";
import { match } from "./controls/match.ts";
import { order as orderControls } from "./controls/order.ts";
import { reflect } from "./controls/reflect.ts";
import { scenario } from "./controls/scenario.ts";
import { typed } from "./controls/typed.ts";

export type { Controls } from "./controls/control.ts";

const instructions: Partial<Record<Item["type"], () => string>> = {
  multiple: () => t("Choose all that fit."),
  survey: () => t("There is no right or wrong answer."),
  numeric: () => t("Write a number."),
  order: () => t("Use the arrows, or drag."),
  match: () => t("Choose one for each, or tap one on each side."),
  categorize: () => t("Choose a group for each."),
  hotspot: () => t("Choose in the picture or in the list."),
  scenario: () => t("Choose, and see what follows."),
};

/** Say how an item is answered, where that needs saying. */
export function instructionOf(item: Item): string | null {
  if (item.type === "cloze") return item.tokens.length ? t("Tap a word and then a gap, or choose in the gap.") : null;
  return instructions[item.type]?.() ?? null;
}

/** Give what stands in the heading: the stem, except where the stem is itself what is filled in. */
export function headingOf(item: Item): HTMLElement {
  if (item.type === "cloze") return make("span", { class: "e4j-stem" }, t("Fill the gaps."));
  return markup("span", "e4j-stem", item.stem);
}

/** Turn a list by one: parts in the right order would be the answer, rights in the order of the lefts too. */
function turned(ids: string[]): string[] {
  return [...ids.slice(1), ...ids.slice(0, 1)];
}

/** Give the ids of what may be shuffled, in the order to show it when nothing shuffled it. */
export function defaultOrder(item: Item): string[] {
  const ids = (things: readonly { id: string }[]) => things.map((one) => one.id);
  switch (item.type) {
    case "single":
    case "multiple":
    case "survey":
      return ids(item.options);
    case "order":
      return turned(ids(item.parts));
    case "match":
      return turned(ids(item.rights));
    case "categorize":
      return ids(item.things);
    case "cloze":
      return ids(item.tokens);
    default:
      return [];
  }
}

/** Make the controls of an item. `name` is unique on the page; `order` has the ids of its parts as they are shown. */
export function controlsOf(
  item: Item,
  name: string,
  lang: string,
  order: readonly string[] = defaultOrder(item),
): Controls {
  switch (item.type) {
    case "single":
    case "multiple":
    case "survey":
      return choiceItem(item, name, order);
    case "truefalse":
      return trueFalse(item, name);
    case "short":
    case "numeric":
      return typed(item, name);
    case "cloze":
      return cloze(item, name, order);
    case "order":
      return orderControls(item, name, order);
    case "match":
      return match(item, name, order);
    case "categorize":
      return categorize(item, name, order);
    case "hotspot":
      return hotspot(item, name);
    case "reflect":
      return reflect(item, name, lang);
    case "scenario":
      return scenario(item, name);
  }
}
