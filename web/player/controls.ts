/** The native controls of each kind of item, and how a response goes in and out of them. */
import { icon, make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type {
  ChoiceItem,
  Item,
  NumericItem,
  Option,
  ReflectItem,
  Response,
  ShortItem,
  TrueFalseItem,
} from "../types.ts";
import { type ItemState, reflection } from "./session.ts";
import { advisedLength, countWords } from "./words.ts";

export interface Controls {
  root: HTMLElement;
  /** What stands in the controls, or null when nothing does. */
  read(): Response | null;
  write(response: Response | null): void;
  /** Show an item as it stands: what was right, what can no longer be changed. */
  show(state: ItemState): void;
  focus(): void;
}

/** A choice as it is drawn: an option, or one of true and false. */
interface Choice {
  id: string;
  face: Node;
  correct: boolean | null;
}

function choice(option: Option, type: ChoiceItem["type"]): Choice {
  const correct = type === "survey" ? null : option.correct === true;
  return { id: option.id, face: markup("span", "e4j-option-text", option.html), correct };
}

function truths(item: TrueFalseItem): Choice[] {
  const face = (text: string) => make("span", { class: "e4j-option-text" }, text);
  return [
    { id: "true", face: face(t("True")), correct: item.answer },
    { id: "false", face: face(t("False")), correct: !item.answer },
  ];
}

/** What an option shows once it was checked. */
function stateOfChoice(one: Choice, checked: boolean, state: ItemState): "" | "right" | "wrong" | "missed" | "yours" {
  if (state.round === 0 && !state.done) return "";
  if (one.correct === null) return checked ? "yours" : "";
  if (checked) return one.correct ? (state.done ? "right" : "") : "wrong";
  return state.done && one.correct ? "missed" : "";
}

const noteWords = {
  "": () => "",
  right: () => t("Your answer, right"),
  wrong: () => t("Your answer, not right"),
  missed: () => t("Right answer"),
  yours: () => t("Your choice"),
};

const noteIcons = { right: "right", wrong: "wrong", missed: "right", yours: "yours" } as const;

/** Draw choices as native radios or checkboxes in big labels. */
function choiceControls(choices: Choice[], type: "radio" | "checkbox", name: string) {
  const inputs = choices.map((one) => make("input", { type, name, value: one.id, class: "e4j-option-input" }));
  const notes = choices.map(() => make("span", { class: "e4j-option-note" }));
  const labels = choices.map((one, at) =>
    make("label", { class: "e4j-option" }, inputs[at], make("span", { class: "e4j-option-body" }, one.face, notes[at])),
  );
  const root = make("div", { class: "e4j-options" }, ...labels);
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  const choose = (ids: readonly string[]) => {
    for (const input of inputs) input.checked = ids.includes(input.value);
  };
  const show = (state: ItemState, last: readonly string[]) => {
    choices.forEach((one, at) => {
      const look = stateOfChoice(one, last.includes(one.id), state);
      labels[at]?.setAttribute("data-state", look);
      notes[at]?.replaceChildren(...(look ? [icon(noteIcons[look]), noteWords[look]()] : []));
      inputs[at]?.toggleAttribute("disabled", state.done);
    });
  };
  return { root, chosen, choose, show, focus: () => (inputs.find((one) => one.checked) ?? inputs[0])?.focus() };
}

function asIds(response: Response | null): string[] {
  if (Array.isArray(response)) return response;
  return typeof response === "string" || typeof response === "boolean" ? [String(response)] : [];
}

function choiceItem(item: ChoiceItem, name: string): Controls {
  const type = item.type === "multiple" ? "checkbox" : "radio";
  const box = choiceControls(
    item.options.map((option) => choice(option, item.type)),
    type,
    name,
  );
  return {
    root: box.root,
    read: () =>
      item.type === "multiple" ? (box.chosen().length ? box.chosen().sort() : null) : (box.chosen()[0] ?? null),
    write: (response) => box.choose(asIds(response)),
    show: (state) => box.show(state, asIds(state.last)),
    focus: box.focus,
  };
}

function trueFalse(item: TrueFalseItem, name: string): Controls {
  const box = choiceControls(truths(item), "radio", name);
  box.root.classList.add("e4j-options-short");
  return {
    root: box.root,
    read: () => (box.chosen().length ? box.chosen()[0] === "true" : null),
    write: (response) => box.choose(asIds(response)),
    show: (state) => box.show(state, asIds(state.last)),
    focus: box.focus,
  };
}

function typed(item: ShortItem | NumericItem, name: string): Controls {
  const input = make("input", {
    type: "text",
    id: `${name}-text`,
    name,
    class: "e4j-input",
    dir: "auto",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    maxlength: 300,
    inputmode: item.type === "numeric" ? "decimal" : null,
  });
  const unit = item.type === "numeric" && item.unit ? markup("span", "e4j-input-unit", item.unit) : null;
  const label = make("label", { class: "e4j-input-label", for: input.id }, t("Your answer"));
  const row = make("div", { class: `e4j-input-row e4j-input-row-${item.type}` }, input, unit);
  return {
    root: make("div", { class: "e4j-typed" }, label, row),
    read: () => input.value || null,
    write: (response) => {
      input.value = typeof response === "string" ? response : "";
    },
    show: (state) => {
      input.readOnly = state.done;
    },
    focus: () => input.focus(),
  };
}

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

function reflect(item: ReflectItem, name: string, lang: string): Controls {
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
      { class: "e4j-reflect" },
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

/** Make the controls of an item. `name` is unique on the page. */
export function controlsOf(item: Item, name: string, lang: string): Controls {
  switch (item.type) {
    case "single":
    case "multiple":
    case "survey":
      return choiceItem(item, name);
    case "truefalse":
      return trueFalse(item, name);
    case "short":
    case "numeric":
      return typed(item, name);
    case "reflect":
      return reflect(item, name, lang);
  }
}
