/** One question: its words, its controls, its feedback, and the buttons that fit how it stands. */
import { button, icon, make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type { Item, ItemResult, Quiz, Response, Sure } from "../types.ts";
import { type Controls, controlsOf, headingOf, instructionOf } from "./controls.ts";
import { feedbackOn } from "./feedback.ts";
import { mediaOf } from "./media.ts";
import { readNumbers } from "./numbers.ts";
import { sameResponse } from "./response.ts";
import { feedbackNodes, rereadLine, resultNodes } from "./said.ts";
import { asksSure, type ItemState, isBlank, triesAllowed, type Verdict } from "./session.ts";
import { SureBox } from "./sure.ts";

/** What a card asks of the player. */
export interface CardActions {
  draft(item: Item, response: Response | null): void;
  say(item: Item, sure: Sure): void;
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
  verdict: Verdict;
  /** Of an attempt: is it open, and what has the server said of this item? Null where the page has the key. */
  attempt: { open: boolean; result: ItemResult | null } | null;
}

function checkLabel(quiz: Quiz, item: Item, state: ItemState): string {
  if (quiz.mode === "assessed") return t("Save answer");
  if (item.type === "survey") return t("This is my choice");
  if (item.type === "scenario" && !item.scored) return t("This is my way");
  if (item.type === "reflect") return state.stage === "comparing" ? t("Keep my ticks") : t("Compare");
  return state.round > 0 ? t("Check again") : t("Check");
}

export class ItemCard {
  readonly root: HTMLFormElement;
  readonly heading: HTMLElement;
  private readonly number = make("span", { class: "e4j-question-number" });
  private readonly controls: Controls;
  private readonly sure: SureBox | null;
  private readonly hints = make("div", { class: "e4j-hints", role: "status" });
  private readonly feedback = make("div", { class: "e4j-feedback", role: "status" });
  /** Says that an answer is saved. It takes the focus and so is heard; a live region would say it twice. */
  private readonly kept = make("p", { class: "e4j-answer-kept", tabindex: -1, hidden: true });
  private readonly actions = make("div", { class: "e4j-quiz-actions" });
  private readonly checkButton = make("button", { type: "submit", class: "e4j-button e4j-primary-action" });
  private readonly hintButton: HTMLButtonElement;
  private readonly giveUpButton: HTMLButtonElement;
  private shown = "";
  /** The answer saved in an open attempt. */
  private last: Response | null = null;

  constructor(
    private readonly quiz: Quiz,
    private readonly item: Item,
    name: string,
    level: number,
    order: readonly string[],
    private readonly ask: CardActions,
  ) {
    this.controls = controlsOf(item, name, quiz.lang, order);
    this.sure = asksSure(quiz, item) ? new SureBox(name, (sure) => ask.say(item, sure)) : null;
    this.hintButton = button("", "e4j-quiet-action", () => ask.hint(item));
    this.giveUpButton = button(t("Show the answer"), "e4j-quiet-action", () => ask.giveUp(item));
    this.heading = document.createElement(`h${level}`);
    this.heading.className = "e4j-question-heading";
    this.heading.tabIndex = -1;
    this.heading.append(this.number, headingOf(item));
    this.root = this.build(name);
    this.root.addEventListener("input", () => {
      const response = this.controls.read();
      ask.draft(item, response);
      this.showKept(response);
    });
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Show the item as it stands. Controls are written only when `fill` says so: nobody's typing is overwritten. */
  update(state: ItemState, context: CardContext, fill: boolean): void {
    const open = context.attempt ? context.attempt.open : !state.done;
    // A question by itself on a page has no number.
    this.number.textContent =
      context.count > 1 ? t("Question {number} of {count}", { number: context.number, count: context.count }) : "";
    if (fill) this.controls.write(state.draft);
    this.controls.show(open ? state : { ...state, done: true });
    this.sure?.show(state.sure, open);
    this.root.dataset.verdict = context.verdict;
    this.showHints(state);
    this.showFeedback(state, context);
    this.showActions(state, open);
    this.last = context.attempt?.open ? state.last : null;
    this.showKept(state.draft);
  }

  focusHeading(): void {
    this.heading.focus();
  }

  /** Move to what was just said: the saved note, the feedback, or the model answer and its ticks. */
  focusFeedback(): void {
    const title = this.feedback.querySelector<HTMLElement>(".e4j-feedback-title");
    if (!this.kept.hidden) this.kept.focus();
    else if (title) title.focus();
    else this.controls.focus();
  }

  /** Keep the focus near a hint when its button has gone. */
  focusHint(): void {
    if (this.hintButton.isConnected) this.hintButton.focus();
    else this.hints.querySelector<HTMLElement>(".e4j-hint:last-child")?.focus();
  }

  private build(name: string): HTMLFormElement {
    const { item } = this;
    const instruction = instructionOf(item);
    const line = instruction ? make("p", { class: "e4j-question-instruction", id: `${name}-how` }, instruction) : null;
    const legend = make("legend", { class: "e4j-question-legend" }, this.heading);
    const fieldset = make(
      "fieldset",
      { class: "e4j-question-fieldset", "aria-describedby": line?.id },
      legend,
      item.media && mediaOf(item.media),
      line,
      this.controls.root,
    );
    return make(
      "form",
      { class: "e4j-question", novalidate: true, autocomplete: "off", "data-type": item.type, "data-item": item.id },
      fieldset,
      this.sure?.root,
      this.kept,
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
    const own = this.controls.problem?.() ?? null;
    if (own !== null) return own;
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

  private showActions(state: ItemState, open: boolean): void {
    const retrying = open && state.round > 0 && triesAllowed(this.quiz, this.item) > 1;
    const hintsLeft = (this.item.hints?.length ?? 0) - state.hints;
    this.checkButton.textContent = checkLabel(this.quiz, this.item, state);
    this.hintButton.textContent = state.hints > 0 ? t("One more hint") : t("Show a hint");
    const buttons = open ? [this.checkButton] : [];
    if (retrying && hintsLeft > 0) buttons.push(this.hintButton);
    if (retrying) buttons.push(this.giveUpButton);
    this.actions.hidden = buttons.length === 0;
    // A button that stays is left in its place: taking it out, even for a moment, would lose the focus.
    for (const child of [...this.actions.children]) if (!buttons.includes(child as HTMLButtonElement)) child.remove();
    for (const one of buttons) if (one.parentElement !== this.actions) this.actions.append(one);
    if (this.hintButton.parentElement && this.giveUpButton.parentElement) this.hintButton.after(this.giveUpButton);
  }

  /** Say that the answer is saved, or that it was changed since. */
  private showKept(response: Response | null): void {
    this.kept.hidden = this.last === null;
    const saved = t("Your answer is saved. You can change it until you hand in.");
    const words = sameResponse(response, this.last) ? saved : t("You changed your answer. Save it again.");
    if (this.kept.textContent !== words) this.kept.textContent = words;
  }

  private showFeedback(state: ItemState, context: CardContext): void {
    const { attempt, saved, verdict } = context;
    const said = attempt || state.stage === "slip" ? null : feedbackOn(this.item, state, this.quiz.lang);
    const now = JSON.stringify([said, state.stage, saved, attempt, state.last]);
    if (now === this.shown) return;
    this.shown = now;
    this.feedback.dataset.tone = said?.tone ?? (attempt?.result ? verdict : "");
    if (state.stage === "slip") {
      const text = t("Almost. Look at the spelling and check again; this does not count as a try.");
      this.feedback.replaceChildren(make("p", { class: "e4j-answer-problem e4j-feedback-title", tabindex: -1 }, text));
    } else if (attempt) {
      const nodes = attempt.result ? resultNodes(attempt.result, verdict, this.quiz.lang) : [];
      this.feedback.replaceChildren(...nodes);
    } else {
      this.feedback.replaceChildren(...(said ? [...feedbackNodes(this.item, said), ...this.wayOn(state, saved)] : []));
    }
  }

  /** Lead back to the place in the lesson, and say that the answer is safe. */
  private wayOn(state: ItemState, saved: boolean | null): Node[] {
    const { reread } = this.item;
    const nodes: Node[] = reread && (state.done || state.round > 0) ? [rereadLine(reread)] : [];
    if (saved === true) nodes.push(make("p", { class: "e4j-answer-saved" }, t("Saved on this device")));
    return nodes;
  }
}
