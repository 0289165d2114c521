/** What to tell a learner about an answer: in words and markup, without a page to put it in. */
import { t } from "../text.ts";
import type {
  CategorizeItem,
  ChoiceItem,
  ClozeItem,
  Html,
  Item,
  MatchItem,
  Option,
  OrderItem,
  Part,
  ScenarioItem,
} from "../types.ts";
import { acceptedEntry, mark } from "./marking.ts";
import { escaped, gapKey, isKeyed, placement } from "./parts.ts";
import { type ItemState, type Verdict, verdict } from "./session.ts";
import { bestWay, walk } from "./way.ts";

/** Feedback on one option; `about` names the option where several are talked about. */
export interface Note {
  about: Html | null;
  html: Html;
}

/** A right answer: markup of an option, or plain text. */
export type KeyEntry = { html: Html } | { text: string };

export interface Feedback {
  tone: Verdict;
  title: string;
  notes: Note[];
  /** What speaks for the choices not made, shown on request. */
  others: Note[];
  key: KeyEntry[];
  explain: Html | null;
}

function chosenIds(state: ItemState): string[] {
  if (Array.isArray(state.last)) return state.last;
  return typeof state.last === "string" ? [state.last] : [];
}

function noteOn(option: Pick<Option, "html" | "feedback">, named: boolean): Note[] {
  return option.feedback ? [{ about: named ? option.html : null, html: option.feedback }] : [];
}

function isChoice(item: Item): item is ChoiceItem {
  return item.type === "single" || item.type === "multiple" || item.type === "survey";
}

type PartItem = ClozeItem | OrderItem | MatchItem | CategorizeItem;

/** An item whose parts show each by itself how they stand, with the right answer beside a wrong one. */
function isOfParts(item: Item): item is PartItem {
  return item.type === "cloze" || item.type === "order" || item.type === "match" || item.type === "categorize";
}

/** Name everything authors may have said something about, by the names marking gives. */
function tellable(item: PartItem, state: ItemState): Map<string, Note> {
  const told = new Map<string, Note>();
  const tell = (name: string, about: Html | null, html: Html | null | undefined) => {
    if (html) told.set(name, { about, html });
  };
  const tellAll = (parts: readonly Part[]) => {
    for (const part of parts) tell(part.id, part.html, part.feedback);
  };
  const put = placement(state.last);
  if (item.type === "order") tellAll(item.parts);
  if (item.type === "categorize") tellAll(item.things);
  if (item.type === "match") {
    tellAll(item.lefts);
    for (const left of item.lefts)
      for (const right of item.rights) tell(`${left.id}/${right.id}`, right.html, right.feedback);
  }
  if (item.type !== "cloze") return told;
  for (const { id, accept, options, token, feedback } of item.gaps) {
    const word = item.tokens.find((one) => one.id === put[id])?.html ?? null;
    accept?.forEach((entry, at) => {
      tell(`${id}/accept/${at}`, escaped(put[id] ?? ""), entry.feedback);
    });
    for (const option of options ?? []) tell(`${id}/${option.id}`, option.html, option.feedback);
    if (token !== undefined) tell(id, word, feedback);
    if (token !== undefined) for (const one of item.tokens) tell(`${id}/${one.id}`, one.html, one.feedback);
  }
  return told;
}

/** Give the notes on parts, each once: two gaps may be filled with the same wrong word. */
function partNotes(item: PartItem, state: ItemState): Note[] {
  const told = tellable(item, state);
  const found = mark(item, state.last).feedback.flatMap((name) => told.get(name) ?? []);
  return found.filter((note, at) => found.findIndex((one) => one.html === note.html) === at);
}

function notes(item: Item, state: ItemState): Note[] {
  if (isChoice(item)) {
    const chosen = item.options.filter((option) => chosenIds(state).includes(option.id));
    if (item.type !== "multiple") return chosen.flatMap((option) => noteOn(option, false));
    // Closed, the right options come first and all of them: they are the answer the title announces.
    const told = state.done ? item.options.filter((option) => option.correct || chosen.includes(option)) : chosen;
    const ordered = [...told.filter((option) => option.correct), ...told.filter((option) => !option.correct)];
    return ordered.flatMap((option) => noteOn(option, true));
  }
  if (isOfParts(item)) return partNotes(item, state);
  if (item.type === "hotspot") {
    return item.areas.filter((area) => area.id === state.last).flatMap((area) => noteOn(area, false));
  }
  if (item.type === "truefalse") {
    const html = item.feedback?.[state.last === true ? "true" : "false"];
    return html ? [{ about: null, html }] : [];
  }
  // What follows a choice in a scenario is told on the way.
  const html = state.last === null ? null : acceptedEntry(item, state.last)?.feedback;
  return html ? [{ about: null, html }] : [];
}

/** Give what follows the choices not made, at each scene the way went through. */
function otherWays(item: ScenarioItem, state: ItemState): Note[] {
  const { steps } = walk(item, chosenIds(state));
  return steps.flatMap(({ scene, choice }) =>
    scene.choices
      .filter((one) => one.id !== choice.id && one.feedback)
      .map((one) => ({ about: one.html, html: one.feedback ?? "" })),
  );
}

function others(item: Item, state: ItemState): Note[] {
  if (item.type === "scenario") return state.done ? otherWays(item, state) : [];
  if (item.type !== "survey") return [];
  return item.options
    .filter((option) => !chosenIds(state).includes(option.id))
    .flatMap((option) => noteOn(option, true));
}

/** Write a decimal with the comma of languages that use one. */
export function writeNumber(value: string, lang: string): string {
  return /^(fr|ru|es)/.test(lang) ? value.replace(".", ",") : value;
}

/** Write what belongs to what: "thing — place". */
function pairs(things: readonly Part[], places: readonly Part[], key: Record<string, string> = {}): KeyEntry[] {
  return things.flatMap((thing) => {
    const place = places.find((one) => one.id === key[thing.id]);
    return place ? [{ html: `${thing.html} <span class="e4j-key-place">— ${place.html}</span>` }] : [];
  });
}

/** Write a sentence with its gaps filled. */
function filledIn(item: ClozeItem): Html {
  const places = /<span data-gap="([^"]*)"><\/span>/g;
  return item.stem.replace(places, (_, id: string) => {
    const gap = item.gaps.find((one) => one.id === id);
    return `<strong>${(gap && gapKey(item, gap)) ?? "…"}</strong>`;
  });
}

/** Give the right answers, as shown when an item is closed without one. Without a key there are none. */
export function keyOf(item: Item, lang: string): KeyEntry[] {
  if (!isKeyed(item)) return [];
  switch (item.type) {
    case "single":
    case "multiple": {
      const right = item.options.filter((option) => option.correct);
      // Where every right option has feedback, the notes name them all already.
      const named = item.type === "multiple" && right.every((option) => option.feedback);
      return named ? [] : right.map((option) => ({ html: option.html }));
    }
    case "truefalse":
      return [{ text: item.answer ? t("True") : t("False") }];
    case "short":
      return (item.accept ?? []).slice(0, 1).map((entry) => ({ text: entry.text }));
    case "numeric":
      return (item.accept ?? [])
        .slice(0, 1)
        .map((entry) => ({ html: [writeNumber(entry.value, lang), item.unit].filter(Boolean).join("\u00a0") }));
    case "cloze":
      return [{ html: filledIn(item) }];
    case "order":
      return item.parts.map((part) => ({ html: part.html }));
    case "match":
      return pairs(item.lefts, item.rights, item.key);
    case "categorize":
      return pairs(item.things, item.categories, item.key);
    case "hotspot":
      return item.areas.filter((area) => area.correct).map((area) => ({ html: area.html }));
    case "scenario":
      return item.scored ? bestWay(item).map((choice) => ({ html: choice.html })) : [];
    default:
      return [];
  }
}

function closedTitle(item: Item, tone: Verdict): string {
  const partly = tone === "partly";
  if (item.type === "scenario") return partly ? t("This way holds in part.") : t("This way does not hold.");
  if (isOfParts(item) && item.type !== "order")
    return partly
      ? t("Partly right. The answers stand beside yours.")
      : t("Not quite. The answers stand beside yours.");
  return partly ? t("Partly right. This is the whole answer:") : t("Not quite. This is the answer:");
}

function title(item: Item, tone: Verdict, state: ItemState): string {
  if (item.type === "reflect") return t("Compared. Only you judged this.");
  if (item.type === "scenario" && tone === "yours") return t("There is no mark for this. Other ways are worth a look.");
  if (tone === "right") {
    if (state.round > 2) return t("Right, at try {number}.", { number: state.round });
    return state.round > 1 ? t("Right, at the second try.") : t("That is right.");
  }
  if (tone === "yours") return t("Thank you. There is no mark for this.");
  if (!state.done) return tone === "partly" ? t("Partly right. Try once more.") : t("Not quite. Try once more.");
  return closedTitle(item, tone);
}

/** Give the right answers that do not stand beside the wrong ones already. */
function keyToShow(item: Item, lang: string): KeyEntry[] {
  return isOfParts(item) && item.type !== "order" ? [] : keyOf(item, lang);
}

/** Give the feedback on an item as it stands, or null when nothing was checked yet. */
export function feedbackOn(item: Item, state: ItemState, lang: string): Feedback | null {
  const tone = verdict(item, state);
  if (tone === "open") return null;
  const missed = state.done && (tone === "wrong" || tone === "partly");
  return {
    tone,
    title: title(item, tone, state),
    notes: state.gaveUp && tone === "wrong" ? [] : notes(item, state),
    others: others(item, state),
    key: missed ? keyToShow(item, lang) : [],
    explain: state.done ? (item.explain ?? null) : null,
  };
}
