/** What every kind of controls is, and the small steps they share. */
import { icon, make, markup } from "../../dom.ts";
import { t } from "../../text.ts";
import type { Html, Response } from "../../types.ts";
import type { ItemState } from "../session.ts";

export interface Controls {
  root: HTMLElement;
  /** What stands in the controls, or null when nothing does. */
  read(): Response | null;
  write(response: Response | null): void;
  /** Show an item as it stands: what was right, what can no longer be changed. */
  show(state: ItemState): void;
  focus(): void;
  /** Say what keeps the response from being checked, where the kind has such a rule. */
  problem?(): string | null;
}

/** A thing with a face: option, part, token, category, area. */
export interface Faced {
  id: string;
  html: Html;
}

/** Put things in the order of their ids; what the order does not name comes last. */
export function inOrder<T extends Faced>(things: readonly T[], order: readonly string[]): T[] {
  const place = (one: T) => {
    const at = order.indexOf(one.id);
    return at < 0 ? order.length : at;
  };
  return [...things].sort((a, b) => place(a) - place(b));
}

/** Tell the card that the learner changed something no native control reports. */
export function changed(root: HTMLElement): void {
  root.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Give the words of markup, for places that take only text. */
export function plain(html: Html): string {
  return markup("span", "", html).textContent ?? "";
}

/** How a part stands after a check; empty: nothing to say. */
export type Look = "" | "right" | "wrong" | "empty";

/** Say how a part stands; `key` is the right answer, shown beside a wrong one. */
export function partNote(look: Look, key: Node | null = null): Node[] {
  if (!look) return [];
  const words = { right: () => t("Right"), wrong: () => t("Not right"), empty: () => t("Left empty") };
  const said = [icon(look === "right" ? "right" : "wrong"), make("span", { class: "e4j-part-said" }, words[look]())];
  if (!key) return said;
  const lead = make("span", { class: "e4j-part-key-lead" }, t("Right answer:"), " ");
  return [...said, make("span", { class: "e4j-part-key" }, lead, key)];
}

/** Tell how a part stands: nothing before a check, without a key, or once it was changed. */
export function lookOf(state: ItemState, now: string, checked: string, credit: number | undefined): Look {
  if ((state.round === 0 && !state.done) || credit === undefined) return "";
  if (!state.done && now !== checked) return "";
  if (credit >= 1000) return "right";
  return now ? "wrong" : "empty";
}
