/** One question: its words, its controls, its feedback, and the buttons that fit how it stands. */
import { button, icon, make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type { Item, Response } from "../types.ts";
import { type Controls, controlsOf } from "./controls.ts";
import { type Feedback, feedbackOn, type KeyEntry, type Note } from "./feedback.ts";
import { readNumbers } from "./numbers.ts";
import { type ItemState, isBlank, triesAllowed } from "./session.ts";

/** What a card asks of the player. */
export interface CardActions {
  draft(item: Item, response: Response | null): void;
  check(item: Item, response: Response): void;
  hint(item: Item): void;
  giveUp(item: Item): void;
}

/** What a card shows beside the item's own state. */
export interface CardContext {
  number: number;
  count: number;
  /** Null: nothing to say; false: the answer lives only in this page. */
  saved: boolean | null;
  /** Page the links to read again start from. */
  lang: string;
}

const instructions: Partial<Record<Item["type"], () => string>> = {
  multiple: () => t("Choose all that fit."),
  survey: () => t("There is no right or wrong answer."),
  numeric: () => t("Write a number."),
};

function checkLabel(item: Item, state: ItemState): string {
  if (item.type === "survey") return t("This is my choice");
  if (item.type === "reflect") return state.stage === "comparing" ? t("Keep my ticks") : t("Compare");
  return state.round > 0 ? t("Check again") : t("Check");
}

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

export class ItemCard {
  readonly root: HTMLFormElement;
  readonly heading: HTMLElement;
  private readonly number = make("span", { class: "e4j-question-number" });
  private readonly controls: Controls;
  private readonly hints = make("div", { class: "e4j-hints", role: "status" });
  private readonly feedback = make("div", { class: "e4j-feedback", role: "status" });
  private readonly actions = make("div", { class: "e4j-quiz-actions" });
  private readonly checkButton = make("button", { type: "submit", class: "e4j-button e4j-primary-action" });
  private readonly hintButton: HTMLButtonElement;
  private readonly giveUpButton: HTMLButtonElement;
  private shown = "";

  constructor(
    private readonly item: Item,
    name: string,
    level: number,
    lang: string,
    private readonly ask: CardActions,
  ) {
    this.controls = controlsOf(item, name, lang);
    this.hintButton = button("", "e4j-quiet-action", () => ask.hint(item));
    this.giveUpButton = button(t("Show the answer"), "e4j-quiet-action", () => ask.giveUp(item));
    this.heading = document.createElement(`h${level}`);
    this.heading.className = "e4j-question-heading";
    this.heading.tabIndex = -1;
    this.heading.append(this.number, markup("span", "e4j-stem", item.stem));
    this.root = this.build(name);
    this.root.addEventListener("input", () => ask.draft(item, this.controls.read()));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Show the item as it stands. Controls are written only when `fill` says so: nobody's typing is overwritten. */
  update(state: ItemState, context: CardContext, fill: boolean): void {
    this.number.textContent = t("Question {number} of {count}", { number: context.number, count: context.count });
    if (fill) this.controls.write(state.draft);
    this.controls.show(state);
    this.root.dataset.verdict = feedbackOn(this.item, state, context.lang)?.tone ?? "open";
    this.showHints(state);
    this.showFeedback(state, context);
    this.showActions(state);
  }

  focusHeading(): void {
    this.heading.focus();
  }

  /** Move to what was just said: the feedback, or the model answer and its ticks. */
  focusFeedback(): void {
    const title = this.feedback.querySelector<HTMLElement>(".e4j-feedback-title");
    if (title) title.focus();
    else this.controls.focus();
  }

  /** Keep the focus near a hint when its button has gone. */
  focusHint(): void {
    if (this.hintButton.isConnected) this.hintButton.focus();
    else this.hints.querySelector<HTMLElement>(".e4j-hint:last-child")?.focus();
  }

  private build(name: string): HTMLFormElement {
    const { item } = this;
    const instruction = instructions[item.type]?.();
    const line = instruction ? make("p", { class: "e4j-question-instruction", id: `${name}-how` }, instruction) : null;
    const legend = make("legend", { class: "e4j-question-legend" }, this.heading);
    const fieldset = make(
      "fieldset",
      { class: "e4j-question-fieldset", "aria-describedby": line?.id },
      legend,
      line,
      this.controls.root,
    );
    return make(
      "form",
      { class: "e4j-question", novalidate: true, autocomplete: "off", "data-type": item.type, "data-item": item.id },
      fieldset,
      this.feedback,
      this.hints,
      this.actions,
    );
  }

  private submit(): void {
    const response = this.controls.read();
    const problem = this.problem(response);
    if (problem !== null || response === null) {
      this.feedback.replaceChildren(make("p", { class: "e4j-answer-problem" }, problem ?? ""));
      this.shown = "";
      this.controls.focus();
    } else if (this.checkButton.isConnected) {
      this.ask.check(this.item, response);
    }
  }

  /** Say what keeps a response from being checked. It costs no try. */
  private problem(response: Response | null): string | null {
    const { item } = this;
    if (isBlank(response)) {
      const typed = item.type === "short" || item.type === "numeric" || item.type === "reflect";
      return typed ? t("Write your answer first.") : t("Choose an answer first.");
    }
    if (item.type !== "numeric" || typeof response !== "string") return null;
    return readNumbers(response, item.unit ?? "").length ? null : t("Write the answer as a number, such as 12 or 3.5.");
  }

  private showHints(state: ItemState): void {
    const all = this.item.hints ?? [];
    for (let at = this.hints.childElementCount; at < state.hints; at += 1) {
      const hint = make(
        "div",
        { class: "e4j-hint", tabindex: -1 },
        icon("hint"),
        markup("p", "e4j-hint-text", all[at] ?? ""),
      );
      this.hints.append(hint);
    }
    while (this.hints.childElementCount > state.hints) this.hints.lastElementChild?.remove();
  }

  private showActions(state: ItemState): void {
    const retrying = state.round > 0 && !state.done && triesAllowed(this.item) > 1;
    const hintsLeft = (this.item.hints?.length ?? 0) - state.hints;
    this.checkButton.textContent = checkLabel(this.item, state);
    this.hintButton.textContent = state.hints > 0 ? t("One more hint") : t("Show a hint");
    const buttons = state.done ? [] : [this.checkButton];
    if (retrying && hintsLeft > 0) buttons.push(this.hintButton);
    if (retrying) buttons.push(this.giveUpButton);
    this.actions.hidden = buttons.length === 0;
    // A button that stays is left in its place: taking it out, even for a moment, would lose the focus.
    for (const child of [...this.actions.children]) if (!buttons.includes(child as HTMLButtonElement)) child.remove();
    for (const one of buttons) if (one.parentElement !== this.actions) this.actions.append(one);
    if (this.hintButton.parentElement && this.giveUpButton.parentElement) this.hintButton.after(this.giveUpButton);
  }

  private showFeedback(state: ItemState, context: CardContext): void {
    const said = state.stage === "slip" ? null : feedbackOn(this.item, state, context.lang);
    const now = JSON.stringify([said, state.stage, context.saved]);
    if (now === this.shown) return;
    this.shown = now;
    this.feedback.dataset.tone = said?.tone ?? "";
    if (state.stage === "slip") {
      const text = t("Almost. Look at the spelling and check again; this does not count as a try.");
      this.feedback.replaceChildren(make("p", { class: "e4j-answer-problem e4j-feedback-title", tabindex: -1 }, text));
    } else {
      this.feedback.replaceChildren(...(said ? this.feedbackNodes(said, state, context.saved) : []));
    }
  }

  private feedbackNodes(said: Feedback, state: ItemState, saved: boolean | null): Node[] {
    const nodes: Node[] = [
      make("p", { class: "e4j-feedback-title", tabindex: -1 }, icon(said.tone), make("span", {}, said.title)),
    ];
    if (said.key.length) nodes.push(make("ul", { class: "e4j-answer-key" }, ...said.key.map(keyEntry)));
    if (this.item.type === "survey" && said.notes.length) {
      nodes.push(make("p", { class: "e4j-option-feedback-lead" }, t("What speaks for your choice")));
    }
    nodes.push(...said.notes.map(noteLine));
    if (said.others.length) {
      const summary = make("summary", { class: "e4j-other-views-summary" }, t("What speaks for the others"));
      nodes.push(make("details", { class: "e4j-other-views" }, summary, ...said.others.map(noteLine)));
    }
    if (said.explain) nodes.push(markup("p", "e4j-explain", said.explain));
    const reread = state.done || state.round > 0 ? this.item.reread : null;
    if (reread) {
      const link = make("a", { href: reread.href }, t("Read it again: {place}", { place: reread.text }));
      nodes.push(make("p", { class: "e4j-reread" }, link));
    }
    if (saved === true) nodes.push(make("p", { class: "e4j-answer-saved" }, t("Saved on this device")));
    return nodes;
  }
}
