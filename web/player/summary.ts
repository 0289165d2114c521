/** The end of a quiz: a self-marked result, every question, and ways to go on. */
import { button, icon, make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type { Item, Quiz } from "../types.ts";
import {
  type ItemState,
  isComplete,
  type Session,
  stateOf,
  totals,
  type Verdict,
  verdict,
  wrongIds,
} from "./session.ts";

export interface SummaryActions {
  look(item: Item): void;
  retryWrong(): void;
  restart(): void;
}

/** Write thousandths of a point as points: 2500 as 2.5. */
export function writePoints(thousandths: number, lang: string): string {
  const points = Math.round(thousandths / 100) / 10;
  return new Intl.NumberFormat(`${lang}-u-nu-latn`, { maximumFractionDigits: 1 }).format(points);
}

function words(tone: Verdict, state: ItemState): string {
  const said: Record<Verdict, () => string> = {
    right: () => (state.round > 1 ? t("right at the second try") : t("right at the first try")),
    partly: () => t("partly right"),
    wrong: () => t("not yet right"),
    yours: () => t("your own view"),
    open: () => t("not answered"),
  };
  return said[tone]();
}

function score(session: Session, quiz: Quiz): (Node | null)[] {
  const { earned, possible } = totals(session, quiz);
  if (possible === 0) return [make("p", { class: "e4j-score-note" }, t("Thank you. This was about your own view."))];
  const values = { earned: writePoints(earned, quiz.lang), possible: writePoints(possible, quiz.lang) };
  const text = t("{earned} of {possible} points", values);
  const pass = quiz.pass ?? 0;
  const percent = Math.round(pass * 100);
  const reached = earned >= pass * possible;
  const goal = reached
    ? t("You reached the goal of {percent}%.", { percent })
    : t("The goal is {percent}%. You can try again.", { percent });
  return [
    make("p", { class: "e4j-score-label" }, t("Self-marked result")),
    make("p", { class: "e4j-score" }, text),
    make("progress", { class: "e4j-meter", value: earned, max: possible, "aria-label": text }),
    pass > 0 && isComplete(session, quiz)
      ? make("p", { class: "e4j-score-goal", "data-reached": reached }, goal)
      : null,
    make(
      "p",
      { class: "e4j-score-note" },
      t("The key is in this page and your device compared. This is practice, not an exam."),
    ),
  ];
}

function line(session: Session, item: Item, at: number, name: string, actions: SummaryActions): HTMLElement {
  const state = stateOf(session, item);
  const tone = verdict(item, state);
  const look = button(tone === "open" ? t("Answer it") : t("Look at it"), "e4j-quiet-action", () => actions.look(item));
  const id = `${name}-${item.id}-result`;
  look.id = `${id}-look`;
  look.setAttribute("aria-labelledby", `${look.id} ${id}`);
  const number = make("span", { class: "e4j-result-number", id }, t("Question {number}", { number: at + 1 }));
  const said = make("p", { class: "e4j-result-state" }, number, " · ", words(tone, state));
  const body = make("div", { class: "e4j-result-body" }, markup("p", "e4j-result-stem", item.stem), said);
  return make("li", { class: "e4j-result", "data-verdict": tone }, icon(tone), body, look);
}

/** Draw the summary. The heading can take the focus; `name` is unique on the page. */
export function summaryOf(
  session: Session,
  quiz: Quiz,
  name: string,
  level: number,
  actions: SummaryActions,
): HTMLElement {
  const heading = document.createElement(`h${level}`);
  heading.className = "e4j-quiz-summary-heading";
  heading.tabIndex = -1;
  heading.textContent = isComplete(session, quiz) ? t("Your result") : t("So far");
  const list = make(
    "ol",
    { class: "e4j-results" },
    ...quiz.items.map((item, at) => line(session, item, at, name, actions)),
  );
  const wrong = wrongIds(session, quiz).length > 0;
  const retry = wrong && button(t("Try the wrong ones again"), "e4j-primary-action", () => actions.retryWrong());
  const restart = button(t("Start again"), wrong ? "e4j-quiet-action" : "", () => actions.restart());
  return make(
    "section",
    { class: "e4j-quiz-summary" },
    heading,
    make("div", { class: "e4j-score-box" }, ...score(session, quiz)),
    list,
    make("div", { class: "e4j-quiz-actions" }, retry, restart),
  );
}
