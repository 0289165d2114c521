/** Put cards in places by pointer: tap one and then the other, in either order, or carry the card there. */
import { carry } from "./carry.ts";

export interface Ends {
  cards: ReadonlyMap<string, HTMLElement>;
  places: ReadonlyMap<string, HTMLElement>;
}

interface Picked {
  side: "card" | "place";
  id: string;
}

/** Watch cards and places in `root`; `put` is called with what the learner brought together. */
export function placing(root: HTMLElement, ends: Ends, put: (card: string, place: string) => void): void {
  let picked: Picked | null = null;
  const locked = () => root.hasAttribute("data-locked");
  const element = (one: Picked) => (one.side === "card" ? ends.cards : ends.places).get(one.id);
  const pick = (next: Picked | null) => {
    if (picked) element(picked)?.removeAttribute("data-picked");
    picked = next;
    if (next) element(next)?.setAttribute("data-picked", "");
    if (next) root.dataset.picking = next.side;
    else delete root.dataset.picking;
  };
  const meet = (card: string, place: string) => {
    pick(null);
    put(card, place);
  };
  const press = (now: Picked) => {
    if (locked()) return;
    const before = picked;
    if (!before || before.side === now.side) pick(before?.id === now.id ? null : now);
    else if (now.side === "card") meet(now.id, before.id);
    else meet(before.id, now.id);
  };
  const listen = (side: Picked["side"], id: string, target: HTMLElement) =>
    target.addEventListener("click", (event) => {
      // What lands on a native control is its own.
      if (!(event.target as Element).closest("select, input, label")) press({ side, id });
    });
  for (const [id, card] of ends.cards) {
    listen("card", id, card);
    carry(card, card, {
      places: () => (locked() ? [] : [...ends.places.values()]),
      drop: (place) => {
        const found = [...ends.places].find(([, one]) => one === place);
        if (found) meet(id, found[0]);
      },
    });
  }
  for (const [id, place] of ends.places) listen("place", id, place);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pick(null);
  });
}
