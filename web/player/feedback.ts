/** What to tell a learner about an answer: in words and markup, without a page to put it in. */
import { t } from "../text.ts";
import type { ChoiceItem, Html, Item, Option } from "../types.ts";
import { acceptedEntry } from "./marking.ts";
import { type ItemState, type Verdict, verdict } from "./session.ts";

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

function noteOn(option: Option, named: boolean): Note[] {
  return option.feedback ? [{ about: named ? option.html : null, html: option.feedback }] : [];
}

function isChoice(item: Item): item is ChoiceItem {
  return item.type === "single" || item.type === "multiple" || item.type === "survey";
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
  if (item.type === "truefalse") {
    const html = item.feedback?.[state.last === true ? "true" : "false"];
    return html ? [{ about: null, html }] : [];
  }
  const html = state.last === null ? null : acceptedEntry(item, state.last)?.feedback;
  return html ? [{ about: null, html }] : [];
}

function others(item: Item, state: ItemState): Note[] {
  if (item.type !== "survey") return [];
  return item.options
    .filter((option) => !chosenIds(state).includes(option.id))
    .flatMap((option) => noteOn(option, true));
}

/** Write a decimal with the comma of languages that use one. */
export function writeNumber(value: string, lang: string): string {
  return /^(fr|ru|es)/.test(lang) ? value.replace(".", ",") : value;
}

/** Give the right answers, as shown when an item is closed without one. */
export function keyOf(item: Item, lang: string): KeyEntry[] {
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
      return item.accept.slice(0, 1).map((entry) => ({ text: entry.text }));
    case "numeric":
      return item.accept
        .slice(0, 1)
        .map((entry) => ({ html: [writeNumber(entry.value, lang), item.unit].filter(Boolean).join("\u00a0") }));
    default:
      return [];
  }
}

function title(tone: Verdict, state: ItemState): string {
  if (tone === "right") return state.round > 1 ? t("Right, at the second try.") : t("That is right.");
  if (tone === "yours") return t("Thank you. There is no mark for this.");
  if (!state.done) return tone === "partly" ? t("Partly right. Try once more.") : t("Not quite. Try once more.");
  return tone === "partly" ? t("Partly right. This is the whole answer:") : t("Not quite. This is the answer:");
}

/** Give the feedback on an item as it stands, or null when nothing was checked yet. */
export function feedbackOn(item: Item, state: ItemState, lang: string): Feedback | null {
  const tone = verdict(item, state);
  if (tone === "open") return null;
  const missed = state.done && (tone === "wrong" || tone === "partly");
  return {
    tone,
    title: item.type === "reflect" ? t("Compared. Only you judged this.") : title(tone, state),
    notes: state.gaveUp && tone === "wrong" ? [] : notes(item, state),
    others: others(item, state),
    key: missed ? keyOf(item, lang) : [],
    explain: state.done ? (item.explain ?? null) : null,
  };
}
