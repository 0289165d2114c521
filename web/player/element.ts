/** `<e4j-quiz>`: takes the payload in the page, starts the player and puts it in the place of the plain questions. */
import { type AttemptSource, FORGET_EVENT, type Quiz } from "../types.ts";
import { forgetDrafts } from "./drafts.ts";
import { Player } from "./player.ts";
import { isLone } from "./session.ts";

let count = 0;
/** Who knows how attempts stand; there before any element starts. */
let source: AttemptSource | null = null;

/** The heading the quiz stands under. */
function headingBefore(element: Element): Element | undefined {
  const page = element.closest("main, article") ?? document;
  const before = Array.from(page.querySelectorAll("h1,h2,h3,h4,h5,h6")).filter(
    (heading) =>
      heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && !heading.closest("e4j-quiz"),
  );
  return before[before.length - 1];
}

function payload(element: Element): Quiz | null {
  try {
    const text = element.querySelector('script[type="application/json"]')?.textContent ?? "";
    const quiz = JSON.parse(text) as Quiz;
    // Every page on a stick can read what another one keeps: there, texts are guarded as a child's are.
    if (location.protocol === "file:") quiz.tier = "primary";
    return quiz.schema === "player/2" && quiz.items.length > 0 ? quiz : null;
  } catch {
    return null;
  }
}

class QuizElement extends HTMLElement {
  private player: Player | null = null;

  /** The element may be met before the parser has read its payload; `defer` makes this rare, not impossible. */
  connectedCallback(): void {
    if (this.player) return;
    if (document.readyState === "loading")
      document.addEventListener("DOMContentLoaded", () => this.start(), { once: true });
    else this.start();
  }

  private start(): void {
    const quiz = payload(this);
    if (this.player || !quiz || !source) return;
    count += 1;
    const above = headingBefore(this);
    const place = {
      name: `e4j-${count}`,
      level: above ? Math.min(Number(above.tagName.slice(1)) + 1, 5) : 2,
      titled: !isLone(quiz) && above?.textContent?.trim() !== quiz.title.trim(),
    };
    const player = new Player(this, quiz, place, source);
    this.player = player;
    document.addEventListener(FORGET_EVENT, () => player.reset());
    void player.start().then(() => {
      this.querySelector(".e4j-quiz-static")?.toggleAttribute("hidden", true);
      this.append(player.view.root);
      this.setAttribute("data-ready", "");
    });
  }
}

/** Define the element; the log must be listening by now. */
export function defineQuiz(attempts: AttemptSource): void {
  source = attempts;
  document.addEventListener(FORGET_EVENT, () => void forgetDrafts());
  customElements.define("e4j-quiz", QuizElement);
}
