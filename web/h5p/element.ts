/** `<e4j-h5p>`: a door first, and behind it, when a learner opens it, the activity in a frame that has no origin of its own. */
import { make } from "../dom.ts";
import { uuid4 } from "../random.ts";
import { t } from "../text.ts";
import { AnswerEvent } from "../types.ts";
import { type Message, readMessage } from "./messages.ts";
import { Recorder } from "./recorder.ts";

const patience = 30_000;
const lowest = 120;
const highest = 6000;

class ActivityElement extends HTMLElement {
  private readonly said = make("p", { class: "e4j-h5p-said", role: "status" });
  private readonly run = uuid4();
  private recorder: Recorder | null = null;
  private frame: HTMLIFrameElement | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private count = 0;

  connectedCallback(): void {
    const door = this.querySelector<HTMLElement>(".e4j-h5p-door");
    const note = this.querySelector(".e4j-h5p-note");
    if (!door || !note || this.recorder) return;
    if (location.protocol === "file:") {
      door.remove();
      note.setAttribute("data-shown", "");
      note.textContent = t(
        "From a folder or a stick this activity cannot be played. Open it in your learning platform.",
      );
      return;
    }
    this.recorder = new Recorder({
      activity: this.getAttribute("activity") ?? "",
      rev: this.getAttribute("rev") ?? "",
      lang: document.documentElement.lang,
    });
    door.querySelector("button")?.addEventListener("click", () => this.open(door));
  }

  private open(door: HTMLElement): void {
    const way = new URLSearchParams({
      place: this.getAttribute("place") ?? "",
      lang: this.getAttribute("content-lang") ?? "",
      dir: this.getAttribute("content-dir") ?? "",
      title: this.getAttribute("label") ?? "",
      rights: t("Rights of use"),
      close: t("Close"),
    });
    const frame = make("iframe", {
      class: "e4j-h5p-frame",
      sandbox: "allow-scripts",
      referrerpolicy: "no-referrer",
      title: this.getAttribute("label"),
      height: 400,
      src: `${this.getAttribute("src")}#${way}`,
    });
    this.frame = frame;
    addEventListener("message", (event) => this.hear(event));
    door.replaceWith(frame, this.said);
    this.say(t("The activity is loading…"));
    this.timer = setTimeout(() => this.say(this.failed()), patience);
    frame.focus();
  }

  private failed(): string {
    return t("The activity could not be started. Try again later, or open it in your learning platform.");
  }

  private say(words: string): void {
    clearTimeout(this.timer);
    this.said.textContent = words;
  }

  /** Only the frame itself is heard, and only as long as it has no origin of its own. */
  private hear(event: MessageEvent): void {
    const { frame, recorder } = this;
    if (!frame || !recorder || event.source !== frame.contentWindow || event.origin !== "null") return;
    if (!recorder.admits(event.timeStamp)) this.stop(frame);
    else this.act(frame, recorder, readMessage(event.data));
  }

  private act(frame: HTMLIFrameElement, recorder: Recorder, message: Message | null): void {
    if (message?.is === "ready") this.enter(frame);
    if (message?.is === "failed") this.say(this.failed());
    if (message?.is === "height" && message.height > 0)
      frame.height = String(Math.min(Math.max(Math.ceil(message.height), lowest), highest));
    if (message?.is === "statement") {
      const body = recorder.take(message.told);
      if (body) void this.record(new AnswerEvent(body, `h5p/${this.run}/${this.count++}`));
    }
  }

  /** The keyboard waited at the empty frame, unless it went elsewhere meanwhile. */
  private enter(frame: HTMLIFrameElement): void {
    this.say("");
    if (document.activeElement === frame) frame.contentWindow?.focus();
  }

  private async record(answer: AnswerEvent): Promise<void> {
    this.dispatchEvent(answer);
    const stored = await Promise.all(answer.waits);
    if (this.frame && stored.includes("device")) this.say(t("Saved on this device"));
  }

  private stop(frame: HTMLIFrameElement): void {
    this.frame = null;
    frame.remove();
    this.say(t("The activity was stopped, because it sent too much at once."));
  }
}

/** Define the element; the log must be listening by now. */
export function defineActivity(): void {
  customElements.define("e4j-h5p", ActivityElement);
}
