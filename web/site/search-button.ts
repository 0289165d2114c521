/** `[data-e4j-search-open]` and the "/" key fetch the search client on first use and open it. */
import { webStorage } from "../database.ts";
import { pageFacts } from "../page.ts";
import { t } from "../text.ts";

declare global {
  interface Window {
    e4jSearch?: { open(): void };
  }
}

const key = "e4j-slash-key";
let loading: Promise<void> | null = null;

/** Tell whether "/" opens search: unless switched off on this device. */
export function slashKeyOn(): boolean {
  return webStorage("localStorage")?.getItem(key) !== "off";
}

/** Switch the "/" key on or off on this device. */
export function setSlashKey(on: boolean): void {
  const storage = webStorage("localStorage");
  if (on) storage?.removeItem(key);
  else storage?.setItem(key, "off");
}

/** Load a classic script: the one kind that file:// allows. */
function load(source: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${source} did not load`));
    document.head.append(script);
  });
}

async function open(opener: Element | null): Promise<void> {
  try {
    loading ??= window.e4jSearch ? Promise.resolve() : load(`${pageFacts().base}assets/e4j/search.js`);
    await loading;
    window.e4jSearch?.open();
  } catch {
    loading = null;
    opener?.setAttribute("title", t("Search could not be loaded. Try again."));
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

export function startSearchButton(): void {
  const buttons = document.querySelectorAll("[data-e4j-search-open]");
  for (const button of buttons) {
    button.removeAttribute("hidden");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      void open(button);
    });
  }
  document.addEventListener("keydown", (event) => {
    const plain = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
    if (!plain || !buttons.length || isTyping(event.target) || !slashKeyOn()) return;
    event.preventDefault();
    void open(buttons[0] ?? null);
  });
}
