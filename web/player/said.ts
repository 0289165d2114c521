/** What is said below an answer, drawn: by the key in the page, or by the server once an attempt is marked. */
import { icon, make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type { Html, Item, ItemResult } from "../types.ts";
import type { Feedback, KeyEntry, Note } from "./feedback.ts";
import { pointsOf } from "./points.ts";
import type { Verdict } from "./session.ts";

function keyEntry(entry: KeyEntry): HTMLElement {
  return "html" in entry
    ? markup("li", "e4j-answer-key-entry", entry.html)
    : make("li", { class: "e4j-answer-key-entry" }, entry.text);
}

function noteLine(note: Note): HTMLElement {
  const line = make("div", { class: "e4j-option-feedback" });
  if (note.about) line.append(markup("p", "e4j-option-feedback-about", note.about));
  line.append(markup("p", "e4j-option-feedback-text", note.html));
  return line;
}

/** Draw a title that can take the focus. */
export function titleLine(tone: Verdict, title: string): HTMLElement {
  return make("p", { class: "e4j-feedback-title", tabindex: -1 }, icon(tone), make("span", {}, title));
}

/** Draw the feedback of the page's own key. */
export function feedbackNodes(item: Item, said: Feedback): Node[] {
  const nodes: Node[] = [titleLine(said.tone, said.title)];
  if (said.key.length) nodes.push(make("ul", { class: "e4j-answer-key" }, ...said.key.map(keyEntry)));
  if (item.type === "survey" && said.notes.length) {
    nodes.push(make("p", { class: "e4j-option-feedback-lead" }, t("What speaks for your choice")));
  }
  nodes.push(...said.notes.map(noteLine));
  if (said.others.length) {
    const summary = make("summary", { class: "e4j-other-views-summary" }, t("What speaks for the others"));
    nodes.push(make("details", { class: "e4j-other-views" }, summary, ...said.others.map(noteLine)));
  }
  if (said.explain) nodes.push(markup("p", "e4j-explain", said.explain));
  return nodes;
}

function resultTitle(tone: Verdict): string {
  if (tone === "right") return t("That is right.");
  if (tone === "partly") return t("Partly right.");
  return tone === "wrong" ? t("Not right.") : t("Thank you. There is no mark for this.");
}

/** Say that the key was corrected. */
export function remarkedLine(): HTMLElement {
  const words = t("The key of this question was corrected; your answer was marked again.");
  return make("p", { class: "e4j-remarked" }, words);
}

/** Lead back to the place in the lesson. */
export function rereadLine({ href, text }: { href: string; text: string }): HTMLElement {
  return make("p", { class: "e4j-reread" }, make("a", { href }, t("Read it again: {place}", { place: text })));
}

/** Draw what the server says of an answer. */
export function resultNodes(result: ItemResult, tone: Verdict, lang: string): Node[] {
  const nodes: Node[] = [titleLine(tone, resultTitle(tone))];
  if (result.possible > 0) nodes.push(make("p", { class: "e4j-score-note" }, pointsOf(result, lang)));
  if (result.remarked) nodes.push(remarkedLine());
  const html = (note: Html) => noteLine({ about: null, html: note });
  nodes.push(...(result.feedback ?? []).map(html));
  if (result.key?.length) {
    nodes.push(make("p", { class: "e4j-option-feedback-lead" }, t("Right answer")));
    nodes.push(make("ul", { class: "e4j-answer-key" }, ...result.key.map((entry) => keyEntry({ html: entry }))));
  }
  if (result.explain) nodes.push(markup("p", "e4j-explain", result.explain));
  if (result.reread) nodes.push(rereadLine(result.reread));
  return nodes;
}
