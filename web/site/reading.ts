/** A page that is a lesson: it was viewed, it can be marked as read, and links to it show how far one is. */
import { webStorage } from "../database.ts";
import { icon, make } from "../dom.ts";
import { type PageFacts, pageFacts } from "../page.ts";
import { t } from "../text.ts";
import { AnswerEvent, type Learner, type Progress, type UnitBody } from "../types.ts";

function unit(k: UnitBody["k"], { page, rev, lang }: PageFacts): UnitBody {
  return { k, u: `page/${page}`, uv: rev, lang };
}

/** Record a view once per page and tab. */
function recordView(learner: Learner, facts: PageFacts): void {
  const tab = webStorage("sessionStorage");
  const key = `e4j-viewed:${facts.page}`;
  if (tab?.getItem(key)) return;
  tab?.setItem(key, "1");
  void learner.record(unit("view", facts));
}

function whenSeen(work: () => void): void {
  if (document.visibilityState === "visible") work();
  else document.addEventListener("visibilitychange", () => whenSeen(work), { once: true });
}

function showDone(button: Element, done: boolean): void {
  if (!done || button.getAttribute("data-state") === "done") return;
  button.setAttribute("data-state", "done");
  button.setAttribute("aria-disabled", "true");
  button.replaceChildren(icon("right"), make("span", { role: "status" }, t("Marked as read")));
}

function showMark(link: Element, progress: Progress): void {
  const page = progress.pages[link.getAttribute("data-e4j-page-link") ?? ""];
  const state = page?.done ? "done" : page?.viewed ? "started" : "";
  if (link.getAttribute("data-state") === state) return;
  link.setAttribute("data-state", state);
  link.querySelector(".e4j-mark")?.remove();
  if (!state) return;
  const words = state === "done" ? t("done") : t("started");
  link.append(
    make("span", { class: `e4j-mark e4j-mark-${state}` }, icon(state === "done" ? "right" : "open"), " ", words),
  );
}

/** Record views, offer "mark as read", and mark links. */
export function startReading(learner: Learner): void {
  const facts = pageFacts();
  const buttons = document.querySelectorAll("[data-e4j-done]");
  const links = document.querySelectorAll("a[data-e4j-page-link]");
  const show = async () => {
    const progress = await learner.progress();
    for (const link of links) showMark(link, progress);
    if (facts.page) for (const button of buttons) showDone(button, progress.pages[facts.page]?.done === true);
  };
  if (facts.page) {
    whenSeen(() => recordView(learner, facts));
    for (const button of buttons) {
      button.removeAttribute("hidden");
      button.addEventListener("click", () => {
        if (button.getAttribute("data-state") !== "done") void learner.record(unit("done", facts));
      });
    }
    finishWithQuizzes(learner, facts);
  }
  if (buttons.length || links.length) {
    learner.onChange(() => void show());
    void show();
  }
}

/** A page is done when the last of its quizzes is; single questions in the text do not count. */
function finishWithQuizzes(learner: Learner, facts: PageFacts): void {
  const finished = new Set<string>();
  document.addEventListener("e4j-answer", (event) => {
    if (!(event instanceof AnswerEvent) || event.detail.k !== "done") return;
    finished.add(event.detail.u);
    const quizzes = Array.from(
      document.querySelectorAll("e4j-quiz[quiz]"),
      (quiz) => `quiz/${quiz.getAttribute("quiz")}`,
    );
    const whole = quizzes.filter((quiz) => finished.has(quiz));
    if (whole.length === new Set(quizzes).size) void learner.record(unit("done", facts));
  });
}
