/** The end of a quiz: a self-marked result, every question, and ways to go on. */
import { button, icon, make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type { Item, Quiz, Sure } from "../types.ts";
import { calibration, type Level } from "./calibration.ts";
import { pointsOf } from "./points.ts";
import {
  askedItems,
  type ItemState,
  isComplete,
  isSurelyWrong,
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

/** Where a summary stands: `name` is unique on the page, `level` that of its heading. */
export interface SummaryPlace {
  name: string;
  level: number;
}

function words(tone: Verdict, state: ItemState): string {
  const { round } = state;
  const said: Record<Verdict, () => string> = {
    right: () =>
      round < 2
        ? t("right at the first try")
        : round === 2
          ? t("right at the second try")
          : t("right at try {number}", { number: round }),
    partly: () => t("partly right"),
    wrong: () => t("not yet right"),
    yours: () => t("your own view"),
    open: () => t("not answered"),
  };
  return said[tone]();
}

function score(session: Session, quiz: Quiz): (Node | null)[] {
  const marks = totals(session, quiz);
  if (marks.possible === 0)
    return [make("p", { class: "e4j-score-note" }, t("Thank you. This was about your own view."))];
  const text = pointsOf(marks, quiz.lang);
  const pass = quiz.pass ?? 0;
  const percent = Math.round(pass * 100);
  const reached = marks.earned >= pass * marks.possible;
  const goal = reached
    ? t("You reached the goal of {percent}%.", { percent })
    : t("The goal is {percent}%. You can try again.", { percent });
  return [
    make("p", { class: "e4j-score-label" }, t("Self-marked result")),
    make("p", { class: "e4j-score" }, text),
    make("progress", { class: "e4j-meter", value: marks.earned, max: marks.possible, "aria-label": text }),
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

const levelWords: Record<Sure, (counts: { right: number; wrong: number }) => string> = {
  3: (counts) => t("Sure and right: {right}, sure and wrong: {wrong}", counts),
  2: (counts) => t("Fairly sure and right: {right}, fairly sure and wrong: {wrong}", counts),
  1: (counts) => t("Guessed and right: {right}, guessed and wrong: {wrong}", counts),
};

function verdictOnLevels(levels: Level[]): string {
  const surelyWrong = levels.some(({ sure, wrong }) => sure === 3 && wrong > 0);
  if (surelyWrong) return t("What you were sure of and was not right is worth looking at first.");
  return t("Where you were sure, you were right.");
}

/** Say how sure the learner was beside how it was, where that was asked and said. */
export function calibrationOf(session: Session, quiz: Quiz): HTMLElement | null {
  const levels = calibration(session, quiz);
  if (!levels.length) return null;
  const lines = levels.map(({ sure, right, wrong }) => make("li", {}, levelWords[sure]({ right, wrong })));
  const told = levels.some((level) => level.sure === 3) && make("p", {}, verdictOnLevels(levels));
  const title = make("p", { class: "e4j-calibration-title" }, t("How sure you were"));
  return make("div", { class: "e4j-calibration" }, title, make("ul", {}, ...lines), told);
}

/** What a line of the result says of an item. */
export interface ResultLine {
  item: Item;
  /** Place of the item in the quiz, from 0. */
  at: number;
  tone: Verdict;
  words: string;
  /** Words of the button beside it. */
  look: string;
  note?: Node | null;
}

/** Draw a line of the result: the question, how it stands, and a way to it. */
export function resultLine(line: ResultLine, name: string, actions: SummaryActions): HTMLElement {
  const { item, at, tone } = line;
  const look = button(line.look, "e4j-quiet-action", () => actions.look(item));
  const id = `${name}-${item.id}-result`;
  look.id = `${id}-look`;
  look.setAttribute("aria-labelledby", `${look.id} ${id}`);
  const number = make("span", { class: "e4j-result-number", id }, t("Question {number}", { number: at + 1 }));
  const said = make("p", { class: "e4j-result-state" }, number, " · ", line.words);
  const body = make("div", { class: "e4j-result-body" }, markup("p", "e4j-result-stem", item.stem), said, line.note);
  return make("li", { class: "e4j-result", "data-verdict": tone }, icon(tone), body, look);
}

/** Make a heading that can take the focus. */
export function summaryHeading(level: number, text: string): HTMLElement {
  const heading = document.createElement(`h${level}`);
  heading.className = "e4j-quiz-summary-heading";
  heading.tabIndex = -1;
  heading.textContent = text;
  return heading;
}

function lines(session: Session, quiz: Quiz, name: string, actions: SummaryActions): HTMLElement[] {
  const all = askedItems(session, quiz).map((item, at) => ({ item, at, state: stateOf(session, item) }));
  const surelyWrong = all.filter(({ item, state }) => isSurelyWrong(item, state));
  const ordered = [...surelyWrong, ...all.filter((one) => !surelyWrong.includes(one))];
  return ordered.map((one) => {
    const { item, at, state } = one;
    const tone = verdict(item, state);
    const note = surelyWrong.includes(one) ? make("p", { class: "e4j-result-note" }, t("You were sure of it.")) : null;
    const look = tone === "open" ? t("Answer it") : t("Look at it");
    return resultLine({ item, at, tone, words: words(tone, state), look, note }, name, actions);
  });
}

/** Draw the summary of what this device marked. */
export function summaryOf(session: Session, quiz: Quiz, place: SummaryPlace, actions: SummaryActions): HTMLElement {
  const heading = summaryHeading(place.level, isComplete(session, quiz) ? t("Your result") : t("So far"));
  const wrong = wrongIds(session, quiz).length > 0;
  const retry = wrong && button(t("Try the wrong ones again"), "e4j-primary-action", () => actions.retryWrong());
  const restart = button(t("Start again"), wrong ? "e4j-quiet-action" : "", () => actions.restart());
  return make(
    "section",
    { class: "e4j-quiz-summary" },
    heading,
    make("div", { class: "e4j-score-box" }, ...score(session, quiz)),
    calibrationOf(session, quiz),
    make("ol", { class: "e4j-results" }, ...lines(session, quiz, place.name, actions)),
    make("div", { class: "e4j-quiz-actions" }, retry, restart),
  );
}
