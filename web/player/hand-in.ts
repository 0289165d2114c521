/** The question before an attempt is handed in: it names what is not answered. */
import { button, make } from "../dom.ts";
import { t } from "../text.ts";
import type { Quiz } from "../types.ts";
import { missing } from "./attempt.ts";
import type { Session } from "./session.ts";

interface Asked {
  session: Session;
  quiz: Quiz;
  /** Unique on the page. */
  name: string;
  level: number;
}

/** Ask whether to hand in; on "Go back" and Escape the focus returns to `from`. */
export function confirmHandIn(from: HTMLElement, asked: Asked, handIn: () => void): void {
  const { unanswered, unsaved } = missing(asked.session, asked.quiz);
  const id = `${asked.name}-hand-in`;
  const dialog = make("dialog", { class: "e4j-dialog", "aria-labelledby": id, "aria-describedby": `${id}-about` });
  const list = (numbers: number[]) => numbers.join(" · ");
  const heading = document.createElement(`h${asked.level}`);
  heading.id = id;
  heading.textContent = t("Hand in now?");
  const about = make(
    "div",
    { id: `${id}-about` },
    unanswered.length > 0 && make("p", {}, t("Questions not answered: {numbers}", { numbers: list(unanswered) })),
    unsaved.length > 0 && make("p", {}, t("Questions changed but not saved: {numbers}", { numbers: list(unsaved) })),
    make("p", {}, t("After this you cannot change your answers.")),
  );
  const back = button(t("Go back"), "", () => dialog.close());
  const send = button(t("Hand in"), "e4j-primary-action", () => {
    dialog.close();
    handIn();
  });
  dialog.append(heading, about, make("div", { class: "e4j-quiz-actions" }, back, send));
  dialog.addEventListener("close", () => dialog.remove());
  from.after(dialog);
  dialog.showModal();
  back.focus();
}
