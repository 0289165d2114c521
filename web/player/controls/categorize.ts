/** Things to sort: a row of groups beside each, and boxes that fill up and take what is carried to them. */
import { make, markup } from "../../dom.ts";
import type { CategorizeItem, Part } from "../../types.ts";
import { credits, placement } from "../parts.ts";
import type { ItemState } from "../session.ts";
import { type Controls, changed, inOrder, lookOf, partNote } from "./control.ts";
import { placing } from "./placing.ts";

interface Row {
  thing: Part;
  root: HTMLElement;
  inputs: HTMLInputElement[];
  note: HTMLElement;
}

function row(thing: Part, categories: readonly Part[], name: string): Row {
  const id = `${name}-${thing.id}`;
  const text = markup("p", "e4j-part-text", thing.html);
  text.id = `${id}-thing`;
  const note = make("p", { class: "e4j-part-note", id: `${id}-note` });
  const inputs = categories.map((one) =>
    make("input", { type: "radio", name: id, value: one.id, class: "e4j-pill-input" }),
  );
  const pills = categories.map((one, at) =>
    make("label", { class: "e4j-pill" }, inputs[at], markup("span", "e4j-pill-text", one.html)),
  );
  const names = { role: "radiogroup", "aria-labelledby": text.id, "aria-describedby": note.id };
  const group = make("div", { class: "e4j-pills", ...names }, ...pills);
  return { thing, root: make("li", { class: "e4j-part e4j-thing" }, text, group, note), inputs, note };
}

const chosenIn = (one: Row) => one.inputs.find((input) => input.checked)?.value ?? "";

function choose(one: Row, category: string): void {
  for (const input of one.inputs) input.checked = input.value === category;
}

function showRow(item: CategorizeItem, one: Row, state: ItemState, credit: number | undefined): void {
  const look = lookOf(state, chosenIn(one), placement(state.last)[one.thing.id] ?? "", credit);
  const key = item.categories.find((category) => category.id === item.key?.[one.thing.id]);
  one.root.dataset.state = look;
  const beside = state.done && look !== "right" && key ? markup("span", "", key.html) : null;
  one.note.replaceChildren(...partNote(look, beside));
}

/** Make the controls of things to sort. */
export function categorize(item: CategorizeItem, name: string, order: readonly string[]): Controls {
  const rows = inOrder(item.things, order).map((thing) => row(thing, item.categories, name));
  const contents = new Map(item.categories.map((one) => [one.id, make("ul", { class: "e4j-box-things" })]));
  const boxes = new Map(
    item.categories.map((one) => [
      one.id,
      make("div", { class: "e4j-sorting-box" }, markup("p", "e4j-box-name", one.html), contents.get(one.id)),
    ]),
  );
  const shelf = make("div", { class: "e4j-boxes", "aria-hidden": "true" }, ...boxes.values());
  const list = make("ul", { class: "e4j-things" }, ...rows.map((one) => one.root));
  const root = make("div", { class: "e4j-categorize e4j-parts" }, list, shelf);
  let state: ItemState | null = null;

  const refresh = () => {
    for (const [id, box] of contents) {
      const inside = rows.filter((one) => chosenIn(one) === id);
      box.replaceChildren(...inside.map((one) => markup("li", "e4j-box-thing", one.thing.html)));
    }
    if (!state) return;
    const earned = credits(item, state.last);
    for (const one of rows) showRow(item, one, state, earned[one.thing.id]);
  };
  root.addEventListener("input", refresh);
  const cards = new Map(rows.map((one) => [one.thing.id, one.root]));
  placing(root, { cards, places: boxes }, (thing, category) => {
    for (const one of rows) if (one.thing.id === thing) choose(one, category);
    changed(root);
  });
  return {
    root,
    read: () => {
      const sorted = rows.filter(chosenIn);
      return sorted.length ? Object.fromEntries(sorted.map((one) => [one.thing.id, chosenIn(one)])) : null;
    },
    write: (response) => {
      for (const one of rows) choose(one, placement(response)[one.thing.id] ?? "");
      refresh();
    },
    show: (next) => {
      state = next;
      root.toggleAttribute("data-locked", next.done);
      for (const one of rows) for (const input of one.inputs) input.disabled = next.done;
      refresh();
    },
    focus: () => {
      const open = rows.find((one) => !chosenIn(one)) ?? rows[0];
      (open?.inputs.find((input) => input.checked) ?? open?.inputs[0])?.focus();
    },
  };
}
