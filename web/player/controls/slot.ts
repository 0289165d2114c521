/** A place to fill: a native list of choices under a face that can wrap, so that long texts are read in full. */
import { icon, make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import { type Faced, plain } from "./control.ts";

export interface Slot {
  root: HTMLElement;
  select: HTMLSelectElement;
  get(): string;
  set(id: string): void;
  /** Leave out of the list what is in use elsewhere. */
  block(ids: readonly string[]): void;
}

/** Make a slot. `attributes` name its list for those who do not see where it stands. */
export function slot(choices: readonly Faced[], attributes: Record<string, string>): Slot {
  const options = choices.map((one) => make("option", { value: one.id }, plain(one.html)));
  const select = make(
    "select",
    { class: "e4j-slot-list", ...attributes },
    make("option", { value: "" }, t("Choose")),
    ...options,
  );
  const face = make("span", { class: "e4j-slot-face", "aria-hidden": "true" });
  const root = make("span", { class: "e4j-slot" }, face, select, icon("open-list"));
  const draw = () => {
    const chosen = choices.find((one) => one.id === select.value);
    root.toggleAttribute("data-filled", chosen !== undefined);
    face.replaceChildren(chosen ? markup("span", "", chosen.html) : t("Choose"));
  };
  const set = (id: string) => {
    select.value = choices.some((one) => one.id === id) ? id : "";
    draw();
  };
  select.addEventListener("input", draw);
  select.addEventListener("change", draw);
  draw();
  return {
    root,
    select,
    get: () => select.value,
    set,
    block: (ids) => {
      for (const option of options) option.disabled = option.value !== select.value && ids.includes(option.value);
    },
  };
}
