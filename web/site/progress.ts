/** `<e4j-progress>`: what a learner has read and answered, and everything about where that is kept. */
import { button, icon, make } from "../dom.ts";
import { t } from "../text.ts";
import { FORGET_EVENT, type Learner, type RedeemResult, type SyncStatus } from "../types.ts";
import { chipWords } from "./chip.ts";
import { setSlashKey, slashKeyOn } from "./search-button.ts";
import { type Listing, type ModuleStanding, moduleStandings, type QuizStanding, quizStandings } from "./standing.ts";

function listing(element: Element): Listing {
  try {
    const text = element.querySelector('script[type="application/json"]')?.textContent ?? "{}";
    return { pages: {}, quizzes: {}, ...(JSON.parse(text) as Partial<Listing>) };
  } catch {
    return { pages: {}, quizzes: {} };
  }
}

function section(title: string, ...children: (Node | string | null | false)[]): HTMLElement {
  return make(
    "section",
    { class: "e4j-progress-part" },
    make("h2", { class: "e4j-progress-heading" }, title),
    ...children,
  );
}

function moduleNode({ title, done, all, pages }: ModuleStanding): HTMLElement {
  const count = t("Read: {done} of {all}", { done, all });
  const lines = pages.map((page) =>
    make(
      "li",
      { class: "e4j-progress-page", "data-state": page.state },
      make("a", { href: page.href }, page.title),
      make(
        "span",
        { class: `e4j-mark e4j-mark-${page.state}` },
        icon(page.state === "done" ? "right" : "open"),
        " ",
        page.state === "done" ? t("done") : t("started"),
      ),
    ),
  );
  return make(
    "div",
    { class: "e4j-progress-module" },
    make("h3", { class: "e4j-progress-title" }, title),
    make(
      "p",
      { class: "e4j-progress-count" },
      make("progress", { class: "e4j-meter", value: done, max: Math.max(all, 1), "aria-label": count }),
      count,
    ),
    make("ul", { class: "e4j-progress-pages" }, ...lines),
  );
}

function quizNode(quiz: QuizStanding): HTMLElement {
  const { earned, possible } = quiz.best;
  const points = (thousandths: number) => Math.round(thousandths / 100) / 10;
  const answered =
    quiz.items === null
      ? t("Questions answered: {count}", { count: quiz.answered })
      : t("Questions answered: {count} of {all}", { count: quiz.answered, all: quiz.items });
  const best = t("Best, self-marked: {earned} of {possible} points", {
    earned: points(earned),
    possible: points(possible),
  });
  return make(
    "li",
    { class: "e4j-progress-quiz" },
    make("a", { href: quiz.href }, quiz.title),
    make("p", { class: "e4j-progress-count" }, answered),
    possible > 0 &&
      make(
        "p",
        { class: "e4j-progress-count" },
        make("progress", { class: "e4j-meter", value: earned, max: possible, "aria-label": best }),
        best,
      ),
  );
}

const redeemWords: Record<RedeemResult, () => string> = {
  ok: () => t("Done. Your progress from the other device is here now."),
  "wrong-code": () => t("This code is not right. It has 25 digits; check them and try again."),
  "too-many": () => t("Too many wrong codes. Wait a minute and try again."),
  unreachable: () => t("The server cannot be reached now. Nothing was changed."),
};

/** Show the code in groups that stay together, left to right in every language. */
function codeNode(code: string): HTMLElement {
  return make("p", { class: "e4j-code", dir: "ltr", translate: "no" }, code);
}

export class ProgressPage {
  private readonly reading = make("div", { class: "e4j-progress-reading" });
  private readonly kept = make("p", { class: "e4j-progress-kept", role: "status" });
  private readonly sendButton: HTMLButtonElement;
  private readonly recovery = make("div", { class: "e4j-recovery" });
  private readonly said = make("p", { class: "e4j-progress-said", role: "status" });
  private readonly listed: Listing;
  private shownCode: string | null | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly learner: Learner,
  ) {
    this.listed = listing(element);
    this.sendButton = button(t("Send now"), "", () => void this.send());
    this.build();
    learner.onChange(() => void this.show());
    void this.show();
  }

  private build(): void {
    const forget = button(t("Delete from this device…"), "e4j-danger", () => this.confirmForget());
    const keys = make("input", { type: "checkbox", class: "e4j-setting-input" });
    keys.checked = slashKeyOn();
    keys.addEventListener("change", () => setSlashKey(keys.checked));
    this.element.append(
      this.reading,
      section(t("Where your answers are"), this.kept, make("p", { class: "e4j-quiz-actions" }, this.sendButton)),
      section(t("On another device"), this.recovery, this.redeemForm(), this.said),
      section(
        t("On this device"),
        make(
          "label",
          { class: "e4j-setting" },
          keys,
          make("span", { class: "e4j-setting-text" }, t("The “/” key opens the search")),
        ),
        make("p", {}, t("On a device that others use too, delete your answers when you are finished.")),
        make("p", { class: "e4j-quiz-actions" }, forget),
      ),
    );
  }

  private async show(): Promise<void> {
    const { learner } = this;
    const [progress, status, code] = await Promise.all([learner.progress(), learner.status(), learner.recoveryCode()]);
    const modules = moduleStandings(this.listed, progress).map(moduleNode);
    const quizzes = quizStandings(this.listed, progress).map(quizNode);
    const nothing = make(
      "p",
      { class: "e4j-progress-nothing" },
      t("Nothing yet. What you read and answer shows here."),
    );
    const parts = [
      modules.length > 0 && section(t("What you have read"), ...modules),
      quizzes.length > 0 &&
        section(t("What you have answered"), make("ul", { class: "e4j-progress-quizzes" }, ...quizzes)),
    ].filter((part): part is HTMLElement => part !== false);
    const markup = make("div", {}, ...(parts.length ? parts : [nothing]));
    if (markup.innerHTML !== this.reading.innerHTML) this.reading.replaceChildren(...markup.childNodes);
    this.showStatus(status);
    this.showCode(code, status);
  }

  private showStatus(status: SyncStatus): void {
    const { tone, words } = chipWords(status);
    const refused = t(
      "The server does not know this device any more. Enter your recovery code to go on; nothing here is lost.",
    );
    const text = status.state === "refused" ? refused : words;
    this.kept.dataset.state = tone;
    if (this.kept.textContent !== text) this.kept.textContent = text;
    this.sendButton.hidden = status.state === "local";
  }

  private showCode(code: string | null, status: SyncStatus): void {
    const key = code ?? status.state;
    if (this.shownCode === key) return;
    this.shownCode = key;
    if (code) {
      this.recovery.replaceChildren(
        make(
          "p",
          {},
          t(
            "With this code you take your progress to another device. Write it down and show it to nobody: it is the only key, there is no name and no password.",
          ),
        ),
        codeNode(code),
        make(
          "p",
          { class: "e4j-quiz-actions" },
          button(t("Copy"), "", () => void this.copy(code)),
          button(t("Print"), "", () => window.print()),
        ),
      );
    } else {
      const local = t("From here nothing is sent, so your progress stays on this device.");
      const later = t("Your recovery code shows here once your first answers are sent.");
      this.recovery.replaceChildren(
        make("p", {}, status.state === "local" || status.state === "absent" ? local : later),
      );
    }
  }

  private redeemForm(): HTMLElement {
    const input = make("input", {
      class: "e4j-input e4j-code-input",
      id: "e4j-code",
      inputmode: "numeric",
      autocomplete: "off",
      dir: "ltr",
      spellcheck: "false",
    });
    const label = make("label", { class: "e4j-input-label", for: input.id }, t("Code from another device"));
    const send = make("button", { type: "submit", class: "e4j-button" }, t("Bring my progress here"));
    const form = make("form", { class: "e4j-redeem" }, label, input, send);
    form.hidden = location.protocol === "file:";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.redeem(input);
    });
    return form;
  }

  private async redeem(input: HTMLInputElement): Promise<void> {
    this.said.textContent = t("One moment…");
    const result = await this.learner.redeem(input.value);
    this.said.textContent = redeemWords[result]();
    this.said.dataset.state = result;
    input.toggleAttribute("aria-invalid", result === "wrong-code");
    if (result === "ok") input.value = "";
    else input.focus();
  }

  private async send(): Promise<void> {
    this.kept.textContent = t("One moment…");
    await this.learner.sendNow();
    await this.show();
  }

  private async copy(code: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(code);
      this.said.textContent = t("Copied");
    } catch {
      // Without a secure context there is no clipboard: mark the code, so that it is one keystroke away.
      const place = this.recovery.querySelector(".e4j-code");
      if (place) getSelection()?.selectAllChildren(place);
      this.said.textContent = t("The code is marked. Copy it with your device's own copy.");
    }
  }

  private confirmForget(): void {
    const dialog = make("dialog", { class: "e4j-dialog", "aria-labelledby": "e4j-forget-title" });
    const close = button(t("Keep it"), "", () => dialog.close());
    const forget = button(t("Delete"), "e4j-danger", () => {
      dialog.close();
      void this.forget();
    });
    dialog.append(
      make("h2", { id: "e4j-forget-title", class: "e4j-progress-heading" }, t("Delete everything from this device?")),
      make(
        "p",
        {},
        t(
          "What you read and answered is removed from this device. Without your recovery code it cannot be brought back.",
        ),
      ),
      make("p", { class: "e4j-quiz-actions" }, close, forget),
    );
    dialog.addEventListener("close", () => dialog.remove());
    this.element.append(dialog);
    dialog.showModal();
    close.focus();
  }

  private async forget(): Promise<void> {
    await this.learner.forget();
    document.dispatchEvent(new CustomEvent(FORGET_EVENT));
    this.said.textContent = t("Deleted from this device.");
    await this.show();
  }
}

/** Define `<e4j-progress>`. */
export function defineProgress(learner: Learner): void {
  customElements.define(
    "e4j-progress",
    class extends HTMLElement {
      private page: ProgressPage | null = null;

      connectedCallback(): void {
        this.page ??= new ProgressPage(this, learner);
      }
    },
  );
}
