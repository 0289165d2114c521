/** What stands before, over and after an attempt at an assessed quiz: the beginning, the overview, the result. */
import { button, make } from "../dom.ts";
import { t } from "../text.ts";
import type { AttemptResult, AttemptStanding, Item, Quiz } from "../types.ts";
import { attemptsLeft, isOpen, isUnsaved, resultOf, standing } from "./attempt.ts";
import { confirmHandIn } from "./hand-in.ts";
import { pointsOf } from "./points.ts";
import { remarkedLine } from "./said.ts";
import { askedItems, drawItems, isOpinion, type Session, stateOf } from "./session.ts";
import { calibrationOf, resultLine, type SummaryActions, type SummaryPlace, summaryHeading } from "./summary.ts";

export interface AttemptActions extends SummaryActions {
  begin(): void;
  handIn(): void;
}

/** What is drawn, and who is asked to change it. */
export interface ShownAttempt {
  session: Session;
  quiz: Quiz;
  /** Null: not known yet. */
  standing: AttemptStanding | null;
  place: SummaryPlace;
  ask: AttemptActions;
}

function line(text: string, className = "e4j-score-note"): HTMLElement {
  return make("p", { class: className }, text);
}

function section(level: number, title: string, ...children: (Node | null)[]): HTMLElement {
  return make("section", { class: "e4j-quiz-summary e4j-attempt" }, summaryHeading(level, title), ...children);
}

function box(...children: (Node | null)[]): HTMLElement {
  return make("div", { class: "e4j-score-box" }, ...children);
}

/** Say where answers go when no server is there to mark them; null: there may be one. */
export function serverWords(standing: AttemptStanding | null): string | null {
  if (standing?.state === "local") {
    return t("Opened from a folder, this page reaches no server: your answers stay on this device and are not marked.");
  }
  if (standing?.state !== "absent") return null;
  return t("No server is reached from here. Your answers are kept on this device until one is.");
}

function aboutServer(standing: AttemptStanding | null): HTMLElement | null {
  const words = serverWords(standing);
  return words === null ? null : line(words);
}

function attemptsLine({ session, quiz }: ShownAttempt): HTMLElement | null {
  const allowed = quiz.attempts ?? 0;
  const used = Math.min(session.used, allowed);
  return allowed ? line(t("Attempts used: {used} of {allowed}", { used, allowed })) : null;
}

/** A button to begin, or the word that no attempt is left. */
function beginning({ session, quiz, ask }: ShownAttempt, label: string, look: string): HTMLElement {
  if (attemptsLeft(session, quiz) === 0) return line(t("You have used all your attempts."), "e4j-score-goal");
  const begin = button(label, `${look} e4j-attempt-begin`, () => ask.begin());
  return make("div", { class: "e4j-quiz-actions" }, begin);
}

function before(shown: ShownAttempt): HTMLElement {
  const { quiz, place } = shown;
  const percent = Math.round((quiz.pass ?? 0) * 100);
  const facts = box(
    line(t("This quiz is marked by a server. You see your result after you have handed in.")),
    line(t("Number of questions: {count}", { count: drawItems(quiz, "").length })),
    percent > 0 ? line(t("To pass: {percent}%", { percent })) : null,
    attemptsLine(shown),
    aboutServer(shown.standing),
  );
  return section(place.level, t("Before you begin"), facts, beginning(shown, t("Begin"), "e4j-primary-action"));
}

function results(shown: ShownAttempt, words: (item: Item) => string): HTMLElement {
  const { session, quiz, place, ask } = shown;
  const lines = askedItems(session, quiz).map((item, at) => {
    const note = resultOf(session, item)?.remarked ? remarkedLine() : null;
    const tone = standing(session, item);
    const look = isOpen(session) && tone === "open" ? t("Answer it") : t("Look at it");
    return resultLine({ item, at, tone, words: words(item), look, note }, place.name, ask);
  });
  return make("ol", { class: "e4j-results" }, ...lines);
}

function overview(shown: ShownAttempt): HTMLElement {
  const { session, quiz, place, ask } = shown;
  const words = (item: Item) => {
    if (isUnsaved(session, item)) return t("not saved yet");
    return stateOf(session, item).last === null ? t("not answered") : t("answer saved");
  };
  const handIn = button(t("Hand in"), "e4j-primary-action e4j-attempt-hand-in", () =>
    confirmHandIn(handIn, { session, quiz, name: place.name, level: place.level }, () => ask.handIn()),
  );
  return section(
    place.level,
    t("Overview"),
    box(line(t("Nothing is marked before you hand in.")), aboutServer(shown.standing)),
    results(shown, words),
    make("div", { class: "e4j-quiz-actions" }, handIn),
  );
}

/** Say where a handed-in attempt is while its result is not here; a line for each thing said. */
export function waitingWords(standing: AttemptStanding | null): string {
  if (standing === null) return t("Handed in.");
  const handedIn = standing.waiting
    ? t("Handed in. Answers that wait to be sent: {count}", { count: standing.waiting })
    : t("Handed in. Your result comes when the server has marked your answers.");
  const where = serverWords(standing);
  return where === null ? handedIn : `${handedIn}\n${where}`;
}

function itemWords(shown: ShownAttempt, item: Item): string {
  const { session, quiz } = shown;
  const result = resultOf(session, item);
  if (stateOf(session, item).last === null) return t("not answered");
  if (isOpinion(item)) return t("your own view");
  return result ? pointsOf(result, quiz.lang) : t("answered");
}

function scoreOf(result: AttemptResult, quiz: Quiz): HTMLElement {
  const { earned, possible } = result;
  if (earned === null || possible === null) return box(line(t("This attempt was one too many and does not count.")));
  const text = pointsOf({ earned, possible }, quiz.lang);
  const pass = Math.round((quiz.pass ?? 0) * 100);
  const passed = result.passed ? t("Passed.") : t("Not passed. To pass: {percent}%", { percent: pass });
  return box(
    line(t("Marked by the server"), "e4j-score-label"),
    line(text, "e4j-score"),
    make("progress", { class: "e4j-meter", value: earned, max: possible || 1, "aria-label": text }),
    pass > 0 ? make("p", { class: "e4j-score-goal", "data-reached": result.passed }, passed) : null,
    result.remarked ? line(t("The key of a question was corrected; your answers were marked again.")) : null,
  );
}

function after(shown: ShownAttempt): HTMLElement {
  const { session, quiz, place } = shown;
  const result = session.attempt?.result ?? null;
  return section(
    place.level,
    result ? t("Your result") : t("Handed in"),
    result && scoreOf(result, quiz),
    calibrationOf(session, quiz),
    results(shown, (item) => itemWords(shown, item)),
    attemptsLine(shown),
    beginning(shown, t("Begin another attempt"), "e4j-quiet-action"),
  );
}

/** Draw what stands at the end of the questions. */
export function attemptEnd(shown: ShownAttempt): HTMLElement {
  const { attempt } = shown.session;
  if (!attempt) return before(shown);
  return attempt.handedIn ? after(shown) : overview(shown);
}
