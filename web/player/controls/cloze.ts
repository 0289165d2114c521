/** A sentence with gaps: typed, chosen from a list, or filled with words from a bank. */
import { make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import type { ClozeItem, Gap, Placement } from "../../types.ts";
import { credits, gapKey, placement } from "../parts.ts";
import type { ItemState } from "../session.ts";
import { type Controls, changed, type Faced, inOrder, lookOf, partNote } from "./control.ts";
import { placing } from "./placing.ts";
import { type Slot, slot } from "./slot.ts";

const wordsAround = 24;

/** One gap: its control, and what is said beside it. */
interface GapBox {
  gap: Gap;
  root: HTMLElement;
  control: HTMLInputElement | HTMLSelectElement;
  note: HTMLElement;
  slot: Slot | null;
}

/** Give the words between two places of a sentence; without a place, from its start or to its end. */
function between(sentence: HTMLElement, from: Element | null | undefined, to: Element | null | undefined): string {
  const range = document.createRange();
  range.selectNodeContents(sentence);
  if (from) range.setStartAfter(from);
  if (to) range.setEndBefore(to);
  return range.toString().trim();
}

/** Give a few words before and after a gap, as far as the next gaps, cut between words. */
function around(sentence: HTMLElement, places: readonly (Element | null)[], at: number): string {
  const before = between(sentence, places[at - 1], places[at]).replace(/^[\s\p{P}]+/u, "");
  const after = between(sentence, places[at], places[at + 1]);
  const start = before.length > wordsAround ? before.slice(-wordsAround).replace(/^\S*\s/, "") : before;
  const end = after.length > wordsAround ? after.slice(0, wordsAround).replace(/\s\S*$/, "") : after;
  return `${start} … ${end}`.trim();
}

function gapBox(gap: Gap, id: string, label: string, tokens: readonly Faced[]): GapBox {
  const note = make("span", { class: "e4j-gap-note", id: `${id}-note` });
  const attributes = { id, "aria-label": label, "aria-describedby": note.id };
  const filled = gap.kind === "text" ? null : slot(gap.kind === "drag" ? tokens : (gap.options ?? []), attributes);
  const control =
    filled?.select ??
    make("input", {
      type: "text",
      class: "e4j-gap-text",
      dir: "auto",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      maxlength: 300,
      ...attributes,
    });
  const root = make("span", { class: "e4j-gap", "data-kind": gap.kind }, filled?.root ?? control, note);
  return { gap, root, control, note, slot: filled };
}

/** Put a control in the place of each gap, once all are named by the words around them. */
function gapBoxes(item: ClozeItem, name: string, sentence: HTMLElement, tokens: readonly Faced[]): GapBox[] {
  const places = item.gaps.map((gap) => sentence.querySelector(`[data-gap="${gap.id}"]`));
  const boxes = item.gaps.map((gap, at) => {
    const values = { number: at + 1, count: item.gaps.length, words: around(sentence, places, at) };
    return gapBox(gap, `${name}-gap-${gap.id}`, t("Gap {number} of {count}: {words}", values), tokens);
  });
  boxes.forEach((box, at) => {
    if (places[at]) places[at].replaceWith(box.root);
    else sentence.append(box.root);
  });
  return boxes;
}

const filledWith = (box: GapBox) => box.control.value;

function fill(box: GapBox, value: string): void {
  if (box.slot) box.slot.set(value);
  else box.control.value = value;
}

function showGap(item: ClozeItem, box: GapBox, state: ItemState, credit: number | undefined): void {
  const checked = placement(state.last)[box.gap.id] ?? "";
  const look = lookOf(state, filledWith(box), checked, credit);
  const key = state.done && look !== "right" ? gapKey(item, box.gap) : null;
  box.root.dataset.state = look;
  box.note.replaceChildren(...partNote(look, key === null ? null : markup("span", "", key)));
}

/** Make the controls of a sentence with gaps. */
export function cloze(item: ClozeItem, name: string, order: readonly string[]): Controls {
  const tokens = inOrder(item.tokens, order);
  const sentence = markup("div", "e4j-sentence", item.stem);
  const boxes = gapBoxes(item, name, sentence, tokens);
  const drags = boxes.filter((box) => box.gap.kind === "drag");
  const chips = new Map(tokens.map((token) => [token.id, markup("span", "e4j-chip", token.html)]));
  const bank = make("div", { class: "e4j-bank", "aria-hidden": "true" }, ...chips.values());
  const root = make("div", { class: "e4j-cloze e4j-parts" }, sentence, tokens.length ? bank : null);
  let state: ItemState | null = null;

  const refresh = () => {
    const used = drags.map(filledWith);
    for (const box of drags) box.slot?.block(used);
    for (const [id, chip] of chips) chip.toggleAttribute("data-used", used.includes(id));
    if (!state) return;
    const earned = credits(item, state.last);
    for (const box of boxes) showGap(item, box, state, earned[box.gap.id]);
  };
  root.addEventListener("input", refresh);
  root.addEventListener("keydown", (event) => {
    // Enter in a typed gap checks the sentence once it is whole; until then it leads on.
    const open = boxes.find((box) => filledWith(box).trim() === "");
    if (event.key !== "Enter" || !open || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    open.control.focus();
  });
  placing(root, { cards: chips, places: new Map(drags.map((box) => [box.gap.id, box.root])) }, (token, gap) => {
    for (const box of drags)
      if (box.gap.id === gap) fill(box, token);
      else if (filledWith(box) === token) fill(box, "");
    changed(root);
  });
  return {
    root,
    read: () => {
      const filled = boxes.filter((box) => filledWith(box).trim() !== "");
      const response: Placement = Object.fromEntries(filled.map((box) => [box.gap.id, filledWith(box)]));
      return filled.length ? response : null;
    },
    write: (response) => {
      for (const box of boxes) fill(box, placement(response)[box.gap.id] ?? "");
      refresh();
    },
    show: (next) => {
      state = next;
      root.toggleAttribute("data-locked", next.done);
      for (const { control } of boxes) control.toggleAttribute("disabled", next.done);
      refresh();
    },
    focus: () => (boxes.find((box) => filledWith(box) === "") ?? boxes[0])?.control.focus(),
  };
}
