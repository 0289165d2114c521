/** Light, dark, or as the system has it: `[data-e4j-theme-toggle]` goes round, the choice is kept. */
import { webStorage } from "../database.ts";
import { t } from "../text.ts";

export type Theme = "system" | "light" | "dark";

const key = "e4j-theme";
const round: readonly Theme[] = ["system", "light", "dark"];

/** Read a kept theme; anything else is the system's. */
export function asTheme(text: string | null): Theme {
  return round.find((theme) => theme === text) ?? "system";
}

/** Give the theme after this one. */
export function nextTheme(theme: Theme): Theme {
  return round[(round.indexOf(theme) + 1) % round.length] ?? "system";
}

const labels: Record<Theme, () => string> = {
  system: () => t("Colours: as on this device"),
  light: () => t("Colours: light"),
  dark: () => t("Colours: dark"),
};

function apply(theme: Theme, toggles: Iterable<Element>): void {
  const root = document.documentElement;
  if (theme === "system") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
  for (const toggle of toggles) {
    toggle.setAttribute("data-e4j-theme", theme);
    toggle.setAttribute("title", labels[theme]());
    // The visible words stay part of the name, for people who speak to their device.
    toggle.setAttribute("aria-label", [toggle.textContent?.trim(), labels[theme]()].filter(Boolean).join(". "));
  }
}

export function startTheme(): void {
  const storage = webStorage("localStorage");
  const toggles = document.querySelectorAll("[data-e4j-theme-toggle]");
  let theme = asTheme(storage?.getItem(key) ?? null);
  apply(theme, toggles);
  for (const toggle of toggles) {
    toggle.removeAttribute("hidden");
    toggle.addEventListener("click", () => {
      theme = nextTheme(theme);
      storage?.setItem(key, theme);
      apply(theme, toggles);
    });
  }
}
