/** "How sure are you?": three radios beside an answer. Nobody has to choose one, and none costs anything. */
import { make } from "../dom.ts";
import { t } from "../text.ts";
import type { Sure } from "../types.ts";

const levels: Sure[] = [1, 2, 3];
const words: Record<Sure, () => string> = {
  1: () => t("I am guessing"),
  2: () => t("Fairly sure"),
  3: () => t("Sure"),
};

export class SureBox {
  readonly root: HTMLFieldSetElement;
  private readonly inputs: HTMLInputElement[];

  constructor(name: string, say: (sure: Sure) => void) {
    this.inputs = levels.map((level) =>
      make("input", { type: "radio", name: `${name}-sure`, value: level, class: "e4j-sure-input" }),
    );
    const labels = levels.map((level, at) =>
      make("label", { class: "e4j-sure-level" }, this.inputs[at], words[level]()),
    );
    const legend = make("legend", { class: "e4j-sure-legend" }, t("How sure are you?"));
    this.root = make("fieldset", { class: "e4j-sure" }, legend, make("div", { class: "e4j-sure-levels" }, ...labels));
    // What is said here is no answer: the form around it must not take it for one.
    this.root.addEventListener("input", (event) => {
      event.stopPropagation();
      const chosen = this.inputs.findIndex((input) => input.checked);
      if (chosen >= 0) say(levels[chosen] ?? 1);
    });
  }

  /** Show what was said; once the answer is closed it cannot be changed. */
  show(sure: Sure | null, open: boolean): void {
    this.inputs.forEach((input, at) => {
      input.checked = levels[at] === sure;
      input.disabled = !open;
    });
    this.root.hidden = !open && sure === null;
  }
}
