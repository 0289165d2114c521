/** Choices as native radios and checkboxes: single, multiple, true or false, surveys and rating scales. */
import { icon, make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import type { ChoiceItem, Response, TrueFalseItem } from "../../types.ts";
import type { ItemState } from "../session.ts";
import { type Controls, inOrder } from "./control.ts";

/** A choice as it is drawn: an option, an area, or one of true and false. Without a key nothing is right or wrong. */
export interface Choice {
  id: string;
  face: Node;
  correct: boolean | null;
}

export type ChoiceLook = "" | "right" | "wrong" | "missed" | "yours";

/** Draw what can be chosen; where no one is known to be right, the key is not here. */
export function choices(things: readonly { id: string; html: string; correct?: boolean }[]): Choice[] {
  const keyed = things.some((one) => one.correct);
  const face = (html: string) => markup("span", "e4j-option-text", html);
  return things.map((one) => ({ id: one.id, face: face(one.html), correct: keyed ? one.correct === true : null }));
}

function truths(item: TrueFalseItem): Choice[] {
  const face = (text: string) => make("span", { class: "e4j-option-text" }, text);
  const right = (answer: boolean) => (item.answer === undefined ? null : item.answer === answer);
  return [
    { id: "true", face: face(t("True")), correct: right(true) },
    { id: "false", face: face(t("False")), correct: right(false) },
  ];
}

/** Say what an option shows once it was checked. */
export function stateOfChoice(one: Choice, checked: boolean, state: ItemState): ChoiceLook {
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
export function choiceControls(choices: Choice[], type: "radio" | "checkbox", name: string) {
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
  const focus = () => (inputs.find((one) => one.checked) ?? inputs[0])?.focus();
  return { root, inputs, labels, chosen, choose, show, focus };
}

/** Give a response as ids of choices. */
export function asIds(response: Response | null): string[] {
  if (Array.isArray(response)) return response;
  return typeof response === "string" || typeof response === "boolean" ? [String(response)] : [];
}

/** Make the controls of a single, multiple or survey item. */
export function choiceItem(item: ChoiceItem, name: string, order: readonly string[]): Controls {
  const many = item.type === "multiple";
  const box = choiceControls(choices(inOrder(item.options, order)), many ? "checkbox" : "radio", name);
  if (item.scale) box.root.classList.add("e4j-options-scale");
  return {
    root: box.root,
    read: () => (many ? (box.chosen().length ? box.chosen().sort() : null) : (box.chosen()[0] ?? null)),
    write: (response) => box.choose(asIds(response)),
    show: (state) => box.show(state, asIds(state.last)),
    focus: box.focus,
  };
}

/** Make the controls of a statement that is true or false. */
export function trueFalse(item: TrueFalseItem, name: string): Controls {
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
