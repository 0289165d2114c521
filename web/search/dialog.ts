/** The search dialog: a field, what it found, and words about both. */
import { button, make } from "../dom.ts";
import { t } from "../text.ts";
import type { Finder } from "./find.ts";
import { Results } from "./results.ts";

const typingPause = 150;

/** One for a page; it stays in the document and is opened again. */
export class SearchDialog {
  private readonly field = make("input", {
    type: "search",
    id: "e4j-search-field",
    class: "e4j-search-field",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  });
  private readonly status = make("p", { class: "e4j-search-status", role: "status" });
  private readonly help = make("p", { class: "e4j-search-help", hidden: true });
  private readonly list = make("ol", { class: "e4j-search-results" });
  private readonly moreButton = button(t("Show more"), "e4j-search-more", () => void this.showMore());
  private readonly againButton = button(t("Try again"), "e4j-search-again", () => {
    this.field.focus();
    void this.search();
  });
  private readonly dialog: HTMLDialogElement;
  private opener: HTMLElement | null = null;
  private results: Results | null = null;
  private timer = 0;
  /** Counts queries, so that answers to an earlier one are dropped. */
  private asked = 0;

  constructor(
    private readonly finder: Finder,
    private readonly base: string,
  ) {
    this.dialog = this.build();
    this.listen();
    document.body.append(this.dialog);
  }

  /** Show the dialog with the last query ready to be typed over. */
  open(): void {
    if (this.dialog.hasAttribute("open")) return;
    this.opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    // Browsers of before 2022 know no dialogs: there it is a box on the page.
    if (this.dialog.showModal) this.dialog.showModal();
    else {
      this.dialog.classList.add("e4j-search-plain");
      this.dialog.setAttribute("open", "");
    }
    this.field.focus();
    this.field.select();
    this.finder.prepare().catch(() => undefined);
  }

  private close(): void {
    if (this.dialog.close) this.dialog.close();
    else this.closed();
  }

  private closed(): void {
    this.dialog.removeAttribute("open");
    this.opener?.focus();
    this.opener = null;
  }

  private build(): HTMLDialogElement {
    const label = make("label", { for: this.field.id, id: "e4j-search-label" }, t("Search this site"));
    const closing = button(t("Close"), "e4j-search-close", () => this.close());
    const form = make("form", { role: "search", class: "e4j-search-form" }, label, this.field, closing);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.search().then(() => this.links()[0]?.focus());
    });
    this.moreButton.hidden = true;
    this.againButton.hidden = true;
    const box = make("div", { class: "e4j-search-box" });
    box.append(form, this.status, this.help, this.againButton, this.list, this.moreButton);
    return make("dialog", { class: "e4j-search", "aria-labelledby": label.id }, box);
  }

  private listen(): void {
    this.field.addEventListener("input", (event) => {
      // While a Chinese word is being composed the field holds letters nobody searches for.
      if (!(event instanceof InputEvent) || !event.isComposing) this.searchSoon();
    });
    this.field.addEventListener("compositionend", () => this.searchSoon());
    this.dialog.addEventListener("close", () => this.closed());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.close();
    });
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.walk(event, event.key === "ArrowDown" ? 1 : -1);
    }
  }

  /** Move from the field through the results and back. */
  private walk(event: KeyboardEvent, step: number): void {
    const stops: HTMLElement[] = [this.field, ...this.links()];
    const focused = document.activeElement;
    const at = focused instanceof HTMLElement ? stops.indexOf(focused) : -1;
    const next = stops[at + step];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  }

  private links(): HTMLElement[] {
    return Array.from(this.list.querySelectorAll<HTMLElement>(".e4j-search-link"));
  }

  private searchSoon(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), typingPause);
  }

  private async search(): Promise<void> {
    clearTimeout(this.timer);
    const asked = ++this.asked;
    const isCurrent = () => asked === this.asked;
    const query = this.field.value.replace(/^\s+/, "");
    this.list.setAttribute("aria-busy", "true");
    try {
      const found = await this.finder.find(query);
      if (!isCurrent()) return;
      this.results = new Results(this.list, this.finder, found, this.base, isCurrent);
      this.say(found.slots.length ? t("Results: {count}", { count: found.pages.length }) : "");
      const isMissing = found.slots.length > 0 && !found.pages.length;
      this.advise(isMissing ? t("Nothing found. Check the spelling, or try other words or fewer.") : "");
      if (!found.pages.length) this.list.textContent = "";
      await this.results.more();
      this.settle(isCurrent);
    } catch {
      this.fail(isCurrent);
    }
  }

  private async showMore(): Promise<void> {
    const asked = this.asked;
    const isCurrent = () => asked === this.asked;
    try {
      (await this.results?.more())?.focus();
      this.settle(isCurrent);
    } catch {
      this.fail(isCurrent);
    }
  }

  private settle(isCurrent: () => boolean): void {
    if (!isCurrent()) return;
    this.list.removeAttribute("aria-busy");
    this.moreButton.hidden = !this.results?.hasMore;
    this.againButton.hidden = true;
  }

  private fail(isCurrent: () => boolean): void {
    if (!isCurrent()) return;
    this.list.textContent = "";
    this.advise("");
    this.say(t("Search could not be loaded. Try again."));
    this.settle(isCurrent);
    this.moreButton.hidden = true;
    this.againButton.hidden = false;
  }

  private say(text: string): void {
    this.status.textContent = text;
  }

  private advise(text: string): void {
    this.help.textContent = text;
    this.help.hidden = !text;
  }
}
