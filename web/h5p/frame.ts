/** Runs alone in the closed frame: starts h5p-standalone on one package and tells the page what it may know. */
import { standAlone } from "./alone.ts";
import { type Message, tell } from "./messages.ts";

interface Statement {
  verb?: { id?: unknown };
  object?: { id?: unknown; definition?: { interactionType?: unknown } };
  result?: { score?: { raw?: unknown; max?: unknown }; response?: unknown };
  context?: { contextActivities?: { parent?: { id?: unknown }[] } };
}

interface Player {
  H5PStandalone?: { H5P: new (place: Element, options: Record<string, unknown>) => PromiseLike<unknown> };
  H5P?: {
    jQuery(ready: () => void): void;
    init(place: Element): void;
    externalDispatcher: { on(name: "xAPI", heard: (event: { data: { statement: Statement } }) => void): void };
  };
}

const page = parent;
const folder = location.pathname.replace(/[^/]*$/, "");
const way = new URLSearchParams(location.hash.slice(1));
const place = way.get("place") ?? "";

/** Only pages of the site this frame came from can read it. */
function post(message: Message): void {
  page.postMessage(message, location.origin);
}

function pass({ verb, object, result, context }: Statement): void {
  const told = tell({
    verb: verb?.id,
    object: object?.id,
    parent: context?.contextActivities?.parent?.[0]?.id,
    kind: object?.definition?.interactionType,
    raw: result?.score?.raw,
    max: result?.score?.max,
    response: result?.response,
  });
  // What was merely looked at or begun stays here.
  if (/\/(answered|completed)$/.test(told.verb)) post({ e4j: "h5p", is: "statement", told });
}

function dress(): void {
  const root = document.documentElement;
  root.lang = way.get("lang") || "en";
  root.dir = way.get("dir") === "rtl" ? "rtl" : "ltr";
  document.title = way.get("title") || "H5P";
}

function watchHeight(): void {
  let last = 0;
  let due = false;
  const send = () => {
    due = false;
    const height = document.documentElement.offsetHeight;
    if (height !== last) post({ e4j: "h5p", is: "height", height });
    last = height;
  };
  // At most some four times a second, however much moves.
  new ResizeObserver(() => {
    if (!due) setTimeout(send, 250);
    due = true;
  }).observe(document.documentElement);
}

async function start(target: Element, { H5PStandalone }: Player): Promise<void> {
  if (!H5PStandalone || !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(place)) throw new Error("no player or no package");
  const head = await fetch(`${folder}${place}/h5p.json`);
  const rights = way.get("rights") ?? "";
  await new H5PStandalone.H5P(target, {
    id: "activity",
    h5pJsonPath: `${folder}${place}`,
    frameJs: `${folder}player/frame.bundle.js`,
    frameCss: `${folder}player/styles/h5p.css`,
    // No frame in the frame: the document is closed as it is.
    embedType: "div",
    xAPIObjectIRI: `${location.origin}${folder}${place}`,
    // Whose work it is: shown where the package says it.
    metadata: await head.json(),
    // In 3.8 `false` means: do not begin yet.
    preventH5PInit: false,
    frame: true,
    copyright: true,
    translations: {
      H5P: { copyrights: rights, copyrightsDescription: rights, copyrightInformation: rights, close: way.get("close") },
    },
  });
  await ready();
  const { H5P } = window as Player;
  H5P?.externalDispatcher.on("xAPI", (event) => pass(event.data.statement));
  if (!target.querySelector(".h5p-initialized")) H5P?.init(target);
}

/** H5P core finishes setting itself up when its own jQuery says so; begun earlier, it fails where a licence is to be shown. */
function ready(): Promise<void> {
  return new Promise((done) => (window as Player).H5P?.jQuery(done));
}

const target = document.getElementById("activity");
standAlone();
dress();
if (target)
  start(target, window as Player).then(
    () => {
      watchHeight();
      post({ e4j: "h5p", is: "ready" });
    },
    () => post({ e4j: "h5p", is: "failed" }),
  );
