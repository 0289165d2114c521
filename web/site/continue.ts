/** `<e4j-continue>` on the home page leads back to the lesson page read last, in whatever language the page is now. */
import { webStorage } from "../database.ts";
import { make } from "../dom.ts";
import type { PageFacts } from "../page.ts";
import { t } from "../text.ts";
import { FORGET_EVENT } from "../types.ts";

const key = "e4j-continue";

interface Place {
  /** From the language folder: the same in every language. */
  path: string;
  title: string;
  lang: string;
}

/** Give the way from the language folder to this page, from their full addresses; null when it is not below. */
export function pathBelow(folder: string, address: string): string | null {
  const page = address.replace(/[?#].*$/, "");
  return page.startsWith(folder) && page !== folder ? page.slice(folder.length) : null;
}

function remember(storage: Storage, facts: PageFacts): void {
  const path = pathBelow(new URL(facts.base || ".", location.href).href, location.href);
  const title = document.querySelector("main h1, h1")?.textContent?.trim() ?? document.title;
  if (path) storage.setItem(key, JSON.stringify({ path, title, lang: facts.lang } satisfies Place));
}

function read(storage: Storage): Place | null {
  try {
    const place = JSON.parse(storage.getItem(key) ?? "null") as Partial<Place> | null;
    const safe = place?.path && !/^[a-z]+:|^\/|\.\./i.test(place.path);
    return safe ? { path: String(place.path), title: String(place.title), lang: String(place.lang) } : null;
  } catch {
    return null;
  }
}

/** Note lesson pages; lead back to the last one. */
export function startContinue(facts: PageFacts): void {
  const storage = webStorage("localStorage");
  if (!storage) return;
  document.addEventListener(FORGET_EVENT, () => storage.removeItem(key));
  if (facts.page) remember(storage, facts);
  const place = read(storage);
  if (!place) return;
  for (const spot of document.querySelectorAll("e4j-continue")) {
    const title = make("span", { class: "e4j-continue-title", lang: place.lang, dir: "auto" }, place.title);
    const link = make(
      "a",
      { class: "e4j-continue-link", href: `${facts.base}${place.path}` },
      `${t("Go on reading:")} `,
      title,
    );
    spot.replaceChildren(make("p", { class: "e4j-continue" }, link));
  }
}
