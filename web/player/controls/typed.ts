/** A typed answer: a word, or a number with its unit. */
import { make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import type { NumericItem, ShortItem } from "../../types.ts";
import type { Controls } from "./control.ts";

/** Make the controls of a short or numeric item. */
export function typed(item: ShortItem | NumericItem, name: string): Controls {
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
