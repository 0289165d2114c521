/** Carry a thing with a pointer to a place. Always a second way: lists and buttons do the same. */

const threshold = 6;

export interface Carrying {
  /** Where it may be dropped. */
  places(): readonly HTMLElement[];
  drop(place: HTMLElement | null): void;
}

function placeAt(event: PointerEvent, places: readonly HTMLElement[]): HTMLElement | null {
  const under = document.elementFromPoint(event.clientX, event.clientY);
  return places.find((place) => under !== null && place.contains(under)) ?? null;
}

/** Let `thing` be carried by `handle`. A press that does not move stays a press. */
export function carry(handle: HTMLElement, thing: HTMLElement, carrying: Carrying): void {
  handle.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.isPrimary) follow(handle, thing, carrying, event);
  });
  handle.addEventListener("dragstart", (event) => event.preventDefault());
}

/** Follow a pointer from where it was pressed; it may leave the thing before the thing moves. */
function follow(handle: HTMLElement, thing: HTMLElement, carrying: Carrying, start: PointerEvent): void {
  let motion: Animation | null = null;
  let place: HTMLElement | null = null;
  const mark = (next: HTMLElement | null) => {
    if (next === place) return;
    place?.removeAttribute("data-over");
    next?.setAttribute("data-over", "");
    place = next;
  };
  const move = (event: PointerEvent) => {
    const [across, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
    if (!motion && Math.hypot(across, down) < threshold) return;
    if (!motion) {
      thing.setAttribute("data-carried", "");
      motion = thing.animate([], { duration: 0, fill: "forwards" });
    }
    // An animation moves it: style attributes are not allowed on our pages.
    (motion.effect as KeyframeEffect).setKeyframes([{ transform: `translate(${across}px, ${down}px)` }]);
    mark(placeAt(event, carrying.places()));
  };
  const end = (event: PointerEvent) => {
    for (const [name, listener] of listeners) document.removeEventListener(name, listener);
    const target = place;
    mark(null);
    motion?.cancel();
    thing.removeAttribute("data-carried");
    if (!motion || event.type !== "pointerup") return;
    swallowClick(handle);
    carrying.drop(target);
  };
  const listeners = [
    ["pointermove", move],
    ["pointerup", end],
    ["pointercancel", end],
  ] as const;
  for (const [name, listener] of listeners) document.addEventListener(name, listener);
}

/** The press that ends a carry is no press on the thing. */
function swallowClick(handle: HTMLElement): void {
  const swallow = (event: Event) => event.stopImmediatePropagation();
  handle.addEventListener("click", swallow, true);
  setTimeout(() => handle.removeEventListener("click", swallow, true));
}
