/** The menu of small screens: `[data-e4j-nav-toggle]` opens what it controls; Escape and a tap elsewhere close it. */

function controlled(toggle: Element): Element | null {
  return document.getElementById(toggle.getAttribute("aria-controls") ?? "");
}

function set(toggle: Element, open: boolean): void {
  toggle.setAttribute("aria-expanded", String(open));
  controlled(toggle)?.toggleAttribute("data-e4j-open", open);
}

export function startNavigation(): void {
  for (const toggle of document.querySelectorAll<HTMLElement>("[data-e4j-nav-toggle]")) {
    const isOpen = () => toggle.getAttribute("aria-expanded") === "true";
    set(toggle, false);
    toggle.addEventListener("click", () => set(toggle, !isOpen()));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !isOpen()) return;
      set(toggle, false);
      toggle.focus();
    });
    document.addEventListener("click", (event) => {
      const target = event.target as Node;
      if (isOpen() && !toggle.contains(target) && !controlled(toggle)?.contains(target)) set(toggle, false);
    });
  }
}
