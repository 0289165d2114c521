/** Pairs: each left has a list of rights, and the rights lie beside as cards to tap or carry. */
import { make, markup } from "../../dom.ts";
import type { MatchItem, Part } from "../../types.ts";
import { credits, placement } from "../parts.ts";
import type { ItemState } from "../session.ts";
import { type Controls, changed, inOrder, lookOf, partNote } from "./control.ts";
import { placing } from "./placing.ts";
import { type Slot, slot } from "./slot.ts";

interface Row {
  left: Part;
  root: HTMLElement;
  slot: Slot;
  note: HTMLElement;
}

function row(left: Part, rights: readonly Part[], name: string): Row {
  const id = `${name}-${left.id}`;
  const text = markup("span", "e4j-part-text", left.html);
  text.id = `${id}-left`;
  const note = make("span", { class: "e4j-part-note", id: `${id}-note` });
  const place = slot(rights, { id, "aria-labelledby": text.id, "aria-describedby": note.id });
  return { left, root: make("li", { class: "e4j-part e4j-pair" }, text, place.root, note), slot: place, note };
}

function showRow(item: MatchItem, one: Row, state: ItemState, credit: number | undefined): void {
  const look = lookOf(state, one.slot.get(), placement(state.last)[one.left.id] ?? "", credit);
  const key = item.rights.find((right) => right.id === item.key?.[one.left.id]);
  one.root.dataset.state = look;
  const beside = state.done && look !== "right" && key ? markup("span", "", key.html) : null;
  one.note.replaceChildren(...partNote(look, beside));
}

/** Make the controls of pairs. */
export function match(item: MatchItem, name: string, order: readonly string[]): Controls {
  const rights = inOrder(item.rights, order);
  const rows = item.lefts.map((left) => row(left, rights, name));
  const cards = new Map(rights.map((right) => [right.id, markup("span", "e4j-chip", right.html)]));
  const bank = make("div", { class: "e4j-bank", "aria-hidden": "true" }, ...cards.values());
  const list = make("ul", { class: "e4j-pairs" }, ...rows.map((one) => one.root));
  const root = make("div", { class: "e4j-match e4j-parts" }, list, bank);
  let state: ItemState | null = null;

  const refresh = () => {
    const used = rows.map((one) => one.slot.get());
    for (const one of rows) one.slot.block(used);
    for (const [id, card] of cards) card.toggleAttribute("data-used", used.includes(id));
    if (!state) return;
    const earned = credits(item, state.last);
    for (const one of rows) showRow(item, one, state, earned[one.left.id]);
  };
  root.addEventListener("input", refresh);
  placing(root, { cards, places: new Map(rows.map((one) => [one.left.id, one.root])) }, (right, left) => {
    for (const one of rows)
      if (one.left.id === left) one.slot.set(right);
      else if (one.slot.get() === right) one.slot.set("");
    changed(root);
  });
  return {
    root,
    read: () => {
      const filled = rows.filter((one) => one.slot.get());
      return filled.length ? Object.fromEntries(filled.map((one) => [one.left.id, one.slot.get()])) : null;
    },
    write: (response) => {
      for (const one of rows) one.slot.set(placement(response)[one.left.id] ?? "");
      refresh();
    },
    show: (next) => {
      state = next;
      root.toggleAttribute("data-locked", next.done);
      for (const one of rows) one.slot.select.disabled = next.done;
      refresh();
    },
    focus: () => (rows.find((one) => !one.slot.get()) ?? rows[0])?.slot.select.focus(),
  };
}
