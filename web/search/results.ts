/** Show pages found: a list of links that grows, with the words that were asked for marked. */
import { make } from "../dom.ts";
import type { Finder, Found, Row } from "./find.ts";
import { pieces } from "./highlight.ts";
import type { Slot } from "./query.ts";

const atOnce = 20;

/** The results of one query. A later query makes new ones; what arrives late for this one is dropped by `isCurrent`. */
export class Results {
  private shown = 0;

  constructor(
    private readonly list: HTMLElement,
    private readonly finder: Finder,
    private readonly found: Found,
    private readonly base: string,
    private readonly isCurrent: () => boolean,
  ) {}

  get hasMore(): boolean {
    return this.shown < this.found.pages.length;
  }

  /** Add the next 20 in order, each as soon as it and those before it are there. Gives the first link added. */
  async more(): Promise<HTMLAnchorElement | null> {
    const pages = this.found.pages.slice(this.shown, this.shown + atOnce);
    const rows = pages.map((page) => this.finder.row(page));
    // Awaited in turn below; a failure of a later one must not count as unhandled meanwhile.
    for (const row of rows) row.catch(() => undefined);
    let first: HTMLAnchorElement | null = null;
    for (const coming of rows) {
      const row = await coming;
      if (!this.isCurrent()) return null;
      if (!this.shown) this.list.textContent = "";
      const link = make(
        "a",
        { class: "e4j-search-link", href: this.base + row.url },
        this.marked("span", "title", row.title),
      );
      this.list.append(this.item(link, row));
      this.shown++;
      first ??= link;
    }
    return first;
  }

  private item(link: HTMLAnchorElement, row: Row): HTMLElement {
    if (row.context && row.context !== row.title)
      link.append(make("span", { class: "e4j-search-context" }, row.context));
    return make("li", {}, link, row.summary && this.marked("p", "summary", row.summary));
  }

  private marked(tag: "span" | "p", name: string, text: string): HTMLElement {
    return make(tag, { class: `e4j-search-${name}` }, ...marks(text, this.found.slots, this.finder));
  }
}

function marks(text: string, slots: Slot[], finder: Finder): (Node | string)[] {
  return pieces(text, slots, finder.analyser).map(({ text, hit }) => (hit ? make("mark", {}, text) : text));
}
