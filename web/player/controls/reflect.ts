/** A text of one's own, compared with a model by the learner. */
import { make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import type { ReflectItem } from "../../types.ts";
import { reflection } from "../session.ts";
import { advisedLength, countWords } from "../words.ts";
import type { Controls } from "./control.ts";

function wordLine(item: ReflectItem, text: string, lang: string): string {
  const count = countWords(text);
  if (!item.words?.max) return t("Words: {count}", { count });
  return t("Words: {count}. Good length: {min} to {max}", { count, ...advisedLength(item.words, lang) });
}

function rubricBox(item: ReflectItem, name: string) {
  const inputs = (item.rubric ?? []).map((line) =>
    make("input", { type: "checkbox", name, value: line.id, class: "e4j-option-input" }),
  );
  const labels = (item.rubric ?? []).map((line, at) =>
    make("label", { class: "e4j-option" }, inputs[at], markup("span", "e4j-option-text", line.html)),
  );
  const legend = make("legend", { class: "e4j-rubric-legend" }, t("Compare. What does your text have?"));
  return { inputs, root: make("fieldset", { class: "e4j-rubric" }, legend, ...labels) };
}

/** Make the controls of a text that is compared with a model. */
export function reflect(item: ReflectItem, name: string, lang: string): Controls {
  const count = make("p", { class: "e4j-word-count", id: `${name}-count` });
  const area = make("textarea", {
    id: `${name}-text`,
    rows: 6,
    dir: "auto",
    class: "e4j-textarea",
    "aria-describedby": count.id,
  });
  const label = make("label", { class: "e4j-input-label", for: area.id }, t("Your answer"));
  const model = make(
    "section",
    { class: "e4j-model-answer" },
    make("p", { class: "e4j-model-answer-title" }, t("One good answer")),
  );
  if (item.model) model.append(markup("div", "e4j-model-answer-text", item.model));
  const rubric = rubricBox(item, `${name}-rubric`);
  const recount = () => {
    count.textContent = wordLine(item, area.value, lang);
  };
  area.addEventListener("input", recount);
  return {
    root: make(
      "div",
      { class: "e4j-written" },
      label,
      area,
      count,
      /[^\s]/.test((item.model ?? "").replace(/<[^>]*>/g, "")) ? model : null,
      rubric.root,
    ),
    read: () => {
      const ticked = rubric.inputs.filter((input) => input.checked).map((input) => input.value);
      return area.value || ticked.length ? { text: area.value, rubric: ticked } : null;
    },
    write: (response) => {
      const { text, rubric: ticked } = reflection(response);
      area.value = text;
      for (const input of rubric.inputs) input.checked = ticked.includes(input.value);
      recount();
    },
    show: (state) => {
      const open = state.stage === "comparing" || state.done;
      area.readOnly = open;
      model.hidden = !open;
      rubric.root.hidden = !open || rubric.inputs.length === 0;
      for (const input of rubric.inputs) input.disabled = state.done;
    },
    focus: () => (area.readOnly ? rubric.inputs[0]?.focus() : area.focus()),
  };
}
