/** The whole quiz on the page: title, steps, cards, ways back and on, summary. It shows a session and changes nothing. */
import { button, icon, make } from "../dom.ts";
import { t } from "../text.ts";
import type { AttemptStanding, Item, Quiz } from "../types.ts";
import { hasChanged, isOpen, resultOf, standing } from "./attempt.ts";
import { type AttemptActions, attemptEnd, serverWords, waitingWords } from "./attempt-view.ts";
import { type CardActions, ItemCard } from "./card.ts";
import { askedItems, isLone, orderOf, type Session, stateOf, type Verdict, verdict } from "./session.ts";
import { summaryOf } from "./summary.ts";

export interface ViewActions extends CardActions, AttemptActions {
  goTo(at: number): void;
  showAll(all: boolean): void;
}

/** Where a quiz stands in its page. */
export interface Place {
  /** Unique on the page. */
  name: string;
  /** Level of the quiz's own heading, or of its questions' when it has none. */
  level: number;
  /** False where the heading above says the title already. */
  titled: boolean;
}

export type Focus = "heading" | "feedback" | "hint" | null;

export class QuizView {
  readonly root: HTMLElement;
  /** How the attempt stands; null: not known yet. */
  standing: AttemptStanding | null = null;
  private cards = new Map<string, ItemCard>();
  /** What the cards were made of: a new draw and an edited item need new ones. */
  private made = "";
  private readonly questions = make("div", { class: "e4j-questions" });
  private readonly steps = make("ol", { class: "e4j-quiz-steps", "aria-hidden": "true" });
  private readonly allButton: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private readonly result: HTMLButtonElement;
  private readonly navigation: HTMLElement;
  private readonly end = make("div", { class: "e4j-quiz-end" });
  private readonly warning = make("p", { class: "e4j-quiz-warning", role: "status" });
  private readonly changed = make("p", { class: "e4j-quiz-changed", hidden: true });
  /** Where a handed-in attempt is: it changes while nobody presses anything. */
  private readonly told = make("p", { class: "e4j-attempt-told", role: "status" });
  private waited = false;
  private ended = "";
  /** Level of the headings of questions and result. */
  private readonly level: number;
  private session: Session | null = null;

  constructor(
    private readonly quiz: Quiz,
    private readonly place: Place,
    private readonly ask: ViewActions,
  ) {
    this.level = Math.min(place.level + (place.titled ? 1 : 0), 6);
    this.allButton = button("", "e4j-quiet-action e4j-quiz-all", () => ask.showAll(!this.session?.all));
    this.back = button(t("Back"), "e4j-quiet-action e4j-quiz-back", () => ask.goTo((this.session?.at ?? 0) - 1));
    this.back.prepend(icon("back"));
    this.next = button("", "e4j-quiz-next", () => ask.goTo((this.session?.at ?? 0) + 1));
    this.result = button("", "e4j-primary-action e4j-quiz-to-result", () => {
      ask.goTo(this.session?.run.length ?? 0);
    });
    this.navigation = make("div", { class: "e4j-quiz-navigation" }, this.back, this.next);
    this.root = this.build();
  }

  /** Show a session. `fill` names the items whose controls are to be written, or all. */
  update(
    session: Session,
    saved: ReadonlyMap<string, boolean>,
    fill: readonly string[] | "all",
    focus: Focus = null,
  ): void {
    this.session = session;
    const ended = session.at >= session.run.length && !this.single;
    const items = askedItems(session, this.quiz);
    const written = this.makeCards(session, items) ? "all" : fill;
    for (const item of items) this.updateCard(session, item, saved, written, ended);
    this.updateSteps(session);
    this.updateNavigation(session, ended);
    this.root.toggleAttribute("data-all", session.all);
    const lost = [...saved.values()].includes(false);
    const words = t("Your answers cannot be saved on this device. They are gone when you close this page.");
    if (lost !== (this.warning.textContent !== "")) this.warning.textContent = lost ? words : "";
    this.updateEnd(session, ended);
    if (focus) this.moveFocus(session, ended, focus);
  }

  private get single(): boolean {
    return isLone(this.quiz);
  }

  private current(session: Session): ItemCard | undefined {
    return this.cards.get(session.run[session.at] ?? "");
  }

  private build(): HTMLElement {
    const { quiz } = this;
    const about = { lang: quiz.lang, dir: quiz.dir, "data-mode": quiz.mode };
    const root = make("section", { class: "e4j-player", ...about });
    if (!this.single)
      root.append(make("header", { class: "e4j-quiz-head" }, this.title(root), this.allButton, this.steps));
    root.append(this.warning, this.changed, this.questions);
    if (!this.single) root.append(this.navigation, this.result, this.told, this.end);
    return root;
  }

  /** Make the title and name the quiz by it. */
  private title(root: HTMLElement): HTMLElement | null {
    if (!this.place.titled) {
      root.setAttribute("aria-label", this.quiz.title);
      return null;
    }
    const heading = document.createElement(`h${this.place.level}`);
    heading.className = "e4j-quiz-title";
    heading.id = `${this.place.name}-title`;
    heading.textContent = this.quiz.title;
    root.setAttribute("aria-labelledby", heading.id);
    return heading;
  }

  /** Make a card for each item where there are none for this draw; tell whether that was so. */
  private makeCards(session: Session, items: Item[]): boolean {
    const now = JSON.stringify([session.seed, items.map((item) => [item.id, item.rev])]);
    if (now === this.made) return false;
    this.made = now;
    const card = (item: Item) => {
      const order = orderOf(session.seed, item);
      return new ItemCard(this.quiz, item, `${this.place.name}-${item.id}`, this.level, order, this.ask);
    };
    this.cards = new Map(items.map((item) => [item.id, card(item)]));
    this.questions.replaceChildren(...[...this.cards.values()].map((one) => one.root));
    return true;
  }

  private verdict(session: Session, item: Item): Verdict {
    return this.quiz.mode === "assessed" ? standing(session, item) : verdict(item, stateOf(session, item));
  }

  /** Tell whether nothing is left to do with an item. */
  private isSettled(session: Session, item: Item): boolean {
    const state = stateOf(session, item);
    return isOpen(session) ? state.last !== null : state.done || this.quiz.mode === "assessed";
  }

  private updateCard(
    session: Session,
    item: Item,
    saved: ReadonlyMap<string, boolean>,
    fill: readonly string[] | "all",
    ended: boolean,
  ): void {
    const card = this.cards.get(item.id);
    const at = session.run.indexOf(item.id);
    if (!card) return;
    card.root.hidden = !this.single && (at < 0 || ended || (!session.all && at !== session.at));
    const context = {
      number: at + 1,
      count: session.run.length,
      saved: saved.get(item.id) ?? null,
      verdict: this.verdict(session, item),
      attempt: session.attempt && { open: isOpen(session), result: resultOf(session, item) },
    };
    card.update(stateOf(session, item), context, fill === "all" || fill.includes(item.id));
  }

  private updateSteps(session: Session): void {
    const items = askedItems(session, this.quiz);
    const marks = session.run.map((id, at) => {
      const item = items.find((one) => one.id === id);
      return make("li", {
        class: "e4j-quiz-step",
        "data-verdict": item ? this.verdict(session, item) : "open",
        "data-here": at === session.at && !session.all,
      });
    });
    this.steps.replaceChildren(...marks);
    this.allButton.textContent = session.all ? t("One at a time") : t("All questions");
  }

  private updateNavigation(session: Session, ended: boolean): void {
    const items = askedItems(session, this.quiz);
    const item = items.find((one) => one.id === session.run[session.at]);
    const done = item !== undefined && this.isSettled(session, item);
    const last = session.at === session.run.length - 1;
    const toEnd = isOpen(session) ? t("Overview and handing in") : t("See your result");
    const words = last && (done || isOpen(session)) ? toEnd : done ? t("Next question") : t("Skip for now");
    this.navigation.hidden = session.all || ended;
    this.allButton.hidden = ended;
    this.result.hidden = !session.all || ended;
    this.result.textContent = toEnd;
    this.result.classList.toggle(
      "e4j-primary-action",
      items.every((one) => this.isSettled(session, one)),
    );
    this.back.hidden = session.at === 0;
    this.next.classList.toggle("e4j-primary-action", done);
    this.next.classList.toggle("e4j-quiet-action", !done);
    if (this.next.dataset.words !== words) this.next.replaceChildren(words, icon("onward"));
    this.next.dataset.words = words;
  }

  /** Draw the end anew only when it has changed: a look at the server may not take the focus from a button. */
  private updateEnd(session: Session, ended: boolean): void {
    const held = this.end.contains(document.activeElement);
    this.updateTold(session, held);
    const now = ended ? JSON.stringify([session, serverWords(this.standing)]) : "";
    if (now === this.ended) return;
    this.ended = now;
    this.end.replaceChildren(...(ended ? [this.drawEnd(session)] : []));
    if (held) this.focusEnd();
  }

  private drawEnd(session: Session): HTMLElement {
    const { quiz, ask, standing: now } = this;
    const place = { name: this.place.name, level: this.level };
    if (quiz.mode !== "assessed") return summaryOf(session, quiz, place, ask);
    return attemptEnd({ session, quiz, standing: now, place, ask });
  }

  /** Say where a handed-in attempt is, and that its result has come where the focus does not go to it. */
  private updateTold(session: Session, held: boolean): void {
    const waits = session.attempt?.handedIn === true && session.attempt.result === null;
    const come = session.attempt?.result && this.waited && !held ? t("Your result is here.") : "";
    const words = waits ? waitingWords(this.standing) : come;
    this.waited = waits || come !== "";
    if (this.told.textContent !== words) this.told.textContent = words;
    this.changed.hidden = !hasChanged(session, this.quiz);
    this.changed.textContent = this.changed.hidden
      ? ""
      : t("This quiz has changed since you began. Your attempt stays as it was.");
  }

  private focusEnd(): void {
    this.end.querySelector<HTMLElement>(".e4j-quiz-summary-heading")?.focus();
  }

  private moveFocus(session: Session, ended: boolean, focus: Exclude<Focus, null>): void {
    const card = this.current(session);
    if (ended) this.focusEnd();
    else if (focus === "heading") card?.focusHeading();
    else if (focus === "hint") card?.focusHint();
    else card?.focusFeedback();
  }
}
