/** The whole quiz on the page: title, steps, cards, ways back and on, summary. It shows a session and changes nothing. */
import { button, icon, make } from "../dom.ts";
import { t } from "../text.ts";
import type { Item, Quiz } from "../types.ts";
import { type CardActions, ItemCard } from "./card.ts";
import { isComplete, type Session, stateOf, verdict } from "./session.ts";
import { type SummaryActions, summaryOf } from "./summary.ts";

export interface ViewActions extends CardActions, SummaryActions {
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
  private readonly cards: Map<string, ItemCard>;
  private readonly steps = make("ol", { class: "e4j-quiz-steps", "aria-hidden": "true" });
  private readonly allButton: HTMLButtonElement;
  private readonly back: HTMLButtonElement;
  private readonly next: HTMLButtonElement;
  private readonly result: HTMLButtonElement;
  private readonly navigation: HTMLElement;
  private readonly end = make("div", { class: "e4j-quiz-end" });
  private readonly warning = make("p", { class: "e4j-quiz-warning", role: "status" });
  /** Level of the headings of questions and result. */
  private readonly level: number;
  private session: Session | null = null;

  constructor(
    private readonly quiz: Quiz,
    private readonly place: Place,
    private readonly ask: ViewActions,
  ) {
    const { name } = place;
    this.level = Math.min(place.level + (place.titled ? 1 : 0), 6);
    const card = (item: Item) => new ItemCard(item, `${name}-${item.id}`, this.level, quiz.lang, ask);
    this.cards = new Map(quiz.items.map((item) => [item.id, card(item)]));
    this.allButton = button("", "e4j-quiet-action e4j-quiz-all", () => ask.showAll(!this.session?.all));
    this.back = button(t("Back"), "e4j-quiet-action e4j-quiz-back", () => ask.goTo((this.session?.at ?? 0) - 1));
    this.back.prepend(icon("back"));
    this.next = button("", "e4j-quiz-next", () => ask.goTo((this.session?.at ?? 0) + 1));
    this.result = button(t("See your result"), "e4j-primary-action e4j-quiz-to-result", () => {
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
    for (const item of this.quiz.items) this.updateCard(session, item, saved, fill, ended);
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
    return this.quiz.items.length === 1;
  }

  private current(session: Session): ItemCard | undefined {
    return this.cards.get(session.run[session.at] ?? "");
  }

  private build(): HTMLElement {
    const { quiz } = this;
    const root = make("section", { class: "e4j-player", lang: quiz.lang, dir: quiz.dir });
    if (!this.single)
      root.append(make("header", { class: "e4j-quiz-head" }, this.title(root), this.allButton, this.steps));
    root.append(
      this.warning,
      make("div", { class: "e4j-questions" }, ...[...this.cards.values()].map((card) => card.root)),
    );
    if (!this.single) root.append(this.navigation, this.result, this.end);
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
      lang: this.quiz.lang,
    };
    card.update(stateOf(session, item), context, fill === "all" || fill.includes(item.id));
  }

  private updateSteps(session: Session): void {
    const items = session.run.map((id) => this.quiz.items.find((item) => item.id === id));
    const marks = items.map((item, at) => {
      const tone = item ? verdict(item, stateOf(session, item)) : "open";
      return make("li", {
        class: "e4j-quiz-step",
        "data-verdict": tone,
        "data-here": at === session.at && !session.all,
      });
    });
    this.steps.replaceChildren(...marks);
    this.allButton.textContent = session.all ? t("One at a time") : t("All questions");
  }

  private updateNavigation(session: Session, ended: boolean): void {
    const item = this.quiz.items.find((one) => one.id === session.run[session.at]);
    const done = item ? stateOf(session, item).done : false;
    const last = session.at === session.run.length - 1;
    const words = !done ? t("Skip for now") : last ? t("See your result") : t("Next question");
    this.navigation.hidden = session.all || ended;
    this.allButton.hidden = ended;
    this.result.hidden = !session.all || ended;
    this.result.classList.toggle("e4j-primary-action", isComplete(session, this.quiz));
    this.back.hidden = session.at === 0;
    this.next.classList.toggle("e4j-primary-action", done);
    this.next.classList.toggle("e4j-quiet-action", !done);
    if (this.next.dataset.words !== words) this.next.replaceChildren(words, icon("onward"));
    this.next.dataset.words = words;
  }

  private updateEnd(session: Session, ended: boolean): void {
    const summary = ended && summaryOf(session, this.quiz, this.place.name, this.level, this.ask);
    this.end.replaceChildren(...(summary ? [summary] : []));
  }

  private moveFocus(session: Session, ended: boolean, focus: Exclude<Focus, null>): void {
    const card = this.current(session);
    if (ended) this.end.querySelector<HTMLElement>(".e4j-quiz-summary-heading")?.focus();
    else if (focus === "heading") card?.focusHeading();
    else if (focus === "hint") card?.focusHint();
    else card?.focusFeedback();
  }
}
