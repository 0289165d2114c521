/** Build DOM without templates: text is text, and markup only comes from our own renderer. */
import type { Html } from "./types.ts";

type Attributes = Record<string, string | number | boolean | null | undefined>;

/** Make an element. `true` sets an empty attribute; `false`, `null` and `undefined` leave it out. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string | null | undefined | false)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAll(element, attributes);
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Set attributes by the rule of `make`. */
export function setAll(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Make an element around markup of our renderer. */
export function markup<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  html: Html,
): HTMLElementTagNameMap[K] {
  const element = make(tag, { class: className });
  element.innerHTML = html;
  return element;
}

/** Make a button that calls `press`. */
export function button(label: string, className: string, press: () => void): HTMLButtonElement {
  const element = make("button", { type: "button", class: `e4j-button ${className}`.trim() }, label);
  element.addEventListener("click", press);
  return element;
}

const shapes = {
  right: "M4 10.5 8.2 15 16 5.5",
  wrong: "M5 5l10 10M15 5 5 15",
  partly: "M4 12c2-4 4-4 6-2s4 2 6-2",
  yours: "M5 10h10M10 5v10",
  open: "M10 9.9v.2M5 9.9v.2M15 9.9v.2",
  hint: "M7.5 13.5C5.5 12 4.5 10.300 4.5 8.300a5.500 5.500 0 0 1 11 0c0 2-1 3.700-3 5.200zM8 17h4",
  onward: "M4 10h11M10.500 5.500 15 10l-4.500 4.500",
  back: "M16 10H5M9.500 5.500 5 10l4.500 4.500",
  up: "M10 16V5M5.500 9.500 10 5l4.500 4.500",
  down: "M10 4v11M5.500 10.500 10 15l4.500-4.500",
  grip: "M7 5v.1M13 5v.1M7 10v.1M13 10v.1M7 15v.1M13 15v.1",
  "open-list": "M6 8l4 4 4-4",
} as const;

export type IconName = keyof typeof shapes;

const svg = "http://www.w3.org/2000/svg";

/** Draw an icon in the colour of the text. It says nothing: words stand beside it. */
export function icon(name: IconName): SVGSVGElement {
  const drawing = document.createElementNS(svg, "svg");
  setAll(drawing, {
    class: `e4j-icon e4j-icon-${name}`,
    viewBox: "0 0 20 20",
    "aria-hidden": "true",
    focusable: "false",
  });
  const path = document.createElementNS(svg, "path");
  path.setAttribute("d", shapes[name]);
  drawing.append(path);
  return drawing;
}
