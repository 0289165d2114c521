/** Parts to put in order: buttons and arrow keys move them, a handle lets them be carried. */
import { icon, make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import type { OrderItem, Part, Response } from "../../types.ts";
import { credits, isKeyed } from "../parts.ts";
import type { ItemState } from "../session.ts";
import { carry } from "./carry.ts";
import { type Controls, changed, inOrder, lookOf, partNote, plain } from "./control.ts";

interface Row {
  part: Part;
  root: HTMLElement;
  note: HTMLElement;
  up: HTMLButtonElement;
  down: HTMLButtonElement;
}

function mover(label: string, way: "up" | "down", id: string, textId: string): HTMLButtonElement {
  const word = make("span", { class: "e4j-unseen" }, label);
  const names = { id: `${id}-${way}`, "aria-labelledby": `${id}-${way} ${textId}` };
  return make("button", { type: "button", class: "e4j-mover", ...names }, word, icon(way));
}

function row(part: Part, name: string): Row & { handle: HTMLElement } {
  const id = `${name}-${part.id}`;
  const text = markup("span", "e4j-part-text", part.html);
  text.id = `${id}-text`;
  const note = make("span", { class: "e4j-part-note" });
  const up = mover(t("Move up"), "up", id, text.id);
  const down = mover(t("Move down"), "down", id, text.id);
  const handle = make("span", { class: "e4j-handle", "aria-hidden": "true" }, icon("grip"));
  const body = make("span", { class: "e4j-part-body" }, text, note);
  const movers = make("span", { class: "e4j-movers" }, up, down);
  return {
    part,
    root: make("li", { class: "e4j-part e4j-order-part" }, handle, body, movers),
    note,
    up,
    down,
    handle,
  };
}

function idsOf(response: Response | null): string[] {
  return Array.isArray(response) ? response : [];
}

/** Make the controls of parts to order. What stands there at first is no answer until something is moved. */
export function order(item: OrderItem, name: string, shown: readonly string[]): Controls {
  const made = item.parts.map((part) => row(part, name));
  const list = make("ol", { class: "e4j-order" });
  const said = make("p", { class: "e4j-unseen", role: "status" });
  const root = make("div", { class: "e4j-parts" }, list, said);
  let rows: (typeof made)[number][] = [];
  let moved = false;
  let state: ItemState | null = null;

  const refresh = () => {
    rows.forEach((one, at) => {
      one.up.setAttribute("aria-disabled", String(at === 0));
      one.down.setAttribute("aria-disabled", String(at === rows.length - 1));
      if (!state) return;
      const earned = credits(item, state.last)[one.part.id];
      const look = lookOf(state, String(at), String(idsOf(state.last).indexOf(one.part.id)), earned);
      const place = item.parts.indexOf(one.part) + 1;
      const key = state.done && look === "wrong" ? document.createTextNode(t("place {place}", { place })) : null;
      one.root.dataset.state = look;
      one.note.replaceChildren(...partNote(look, key));
    });
  };
  const arrange = (ids: readonly string[]) => {
    const parts = inOrder(item.parts, ids);
    rows = parts.flatMap((part) => made.filter((one) => one.part === part));
    rows.forEach((one, at) => {
      // What stands right is left alone: taking it out, even for a moment, would lose the focus and a carry.
      if (list.children[at] !== one.root) list.insertBefore(one.root, list.children[at] ?? null);
    });
    refresh();
  };
  const move = (one: Row, to: number) => {
    const ids = rows.map((each) => each.part.id);
    const from = ids.indexOf(one.part.id);
    if (to < 0 || to >= ids.length || to === from || state?.done) return;
    ids.splice(to, 0, ...ids.splice(from, 1));
    const focused = document.activeElement;
    moved = true;
    arrange(ids);
    if (focused instanceof HTMLElement && one.root.contains(focused)) focused.focus();
    const values = { part: plain(one.part.html), place: to + 1, count: ids.length };
    said.textContent = t("{part}, now {place} of {count}", values);
    changed(root);
  };
  const placeOf = (one: Row) => rows.findIndex((each) => each.part === one.part);

  for (const one of made) {
    one.up.addEventListener("click", () => move(one, placeOf(one) - 1));
    one.down.addEventListener("click", () => move(one, placeOf(one) + 1));
    one.root.addEventListener("keydown", (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      move(one, placeOf(one) + step);
    });
    carry(one.handle, one.root, {
      places: () => (state?.done ? [] : made.map((each) => each.root)),
      drop: (target) => move(one, made.find((each) => each.root === target) ? rowsAt(target) : -1),
    });
  }
  const rowsAt = (target: HTMLElement | null) => rows.findIndex((each) => each.root === target);
  arrange(shown);
  return {
    root,
    read: () => (moved || !isKeyed(item) ? rows.map((one) => one.part.id) : null),
    write: (response) => {
      moved = idsOf(response).length > 0;
      arrange(moved ? idsOf(response) : shown);
    },
    show: (next) => {
      state = next;
      root.toggleAttribute("data-locked", next.done);
      for (const one of made) for (const button of [one.up, one.down]) button.hidden = next.done;
      for (const one of made) one.handle.hidden = next.done;
      refresh();
    },
    focus: () => rows[0]?.down.focus(),
    problem: () => (moved || !isKeyed(item) ? null : t("Move the parts into an order first.")),
  };
}
