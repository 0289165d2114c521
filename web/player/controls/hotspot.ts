/** A picture with areas to point at, and the same areas as a list; both always say the same. */
import { make, setAll } from "../../dom.ts";
import type { Area, HotspotItem } from "../../types.ts";
import { asIds, choiceControls, choices, stateOfChoice } from "./choice.ts";
import { type Controls, changed } from "./control.ts";

const svg = "http://www.w3.org/2000/svg";

function outline(area: Area): SVGElement {
  const [a = 0, b = 0, c = 0, d = 0] = area.coords;
  const shapes = {
    rect: { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b), rx: 4 },
    circle: { cx: a, cy: b, r: c },
    poly: { points: area.coords.join(" ") },
  };
  const shape = document.createElementNS(svg, area.shape === "poly" ? "polygon" : area.shape);
  setAll(shape, { class: "e4j-area", ...shapes[area.shape] });
  return shape;
}

/** Make the controls of a picture to point at. The list is the way by keyboard and for those who do not see it. */
export function hotspot(item: HotspotItem, name: string): Controls {
  const { src, width, height, alt } = item.image;
  const faces = choices(item.areas);
  const box = choiceControls(faces, "radio", name);
  const shapes = item.areas.map(outline);
  const overlay = document.createElementNS(svg, "svg");
  setAll(overlay, { class: "e4j-areas", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  overlay.append(...shapes);
  const picture = make("div", { class: "e4j-picture" }, make("img", { src, width, height, alt }), overlay);
  const root = make("div", { class: "e4j-hotspot" }, picture, box.root);
  const follow = () => {
    shapes.forEach((shape, at) => {
      shape.toggleAttribute("data-chosen", box.inputs[at]?.checked);
    });
  };
  shapes.forEach((shape, at) => {
    const input = box.inputs[at];
    const label = box.labels[at];
    const light = (on: boolean) => () => shape.toggleAttribute("data-lit", on);
    for (const [event, on] of [
      ["mouseenter", true],
      ["mouseleave", false],
      ["focusin", true],
      ["focusout", false],
    ] as const)
      label?.addEventListener(event, light(on));
    shape.addEventListener("click", () => {
      if (!input || input.disabled) return;
      input.checked = true;
      changed(root);
    });
  });
  root.addEventListener("input", follow);
  return {
    root,
    read: () => box.chosen()[0] ?? null,
    write: (response) => {
      box.choose(asIds(response));
      follow();
    },
    show: (state) => {
      const last = asIds(state.last);
      box.show(state, last);
      root.toggleAttribute("data-locked", state.done);
      faces.forEach((face, at) => {
        shapes[at]?.setAttribute("data-state", stateOfChoice(face, last.includes(face.id), state));
      });
    },
    focus: box.focus,
  };
}
