/** The picture or recording a question is about. Both play from a stick: plain elements, relative addresses. */
import { make, markup } from "../dom.ts";
import { t } from "../text.ts";
import type { Media } from "../types.ts";

/** Draw a picture with its caption, or a recording with its words to read. */
export function mediaOf(media: Media): HTMLElement {
  const { kind, src, alt } = media;
  const shown =
    kind === "image"
      ? make("img", { class: "e4j-media-image", src, alt, decoding: "async" })
      : make("audio", { class: "e4j-media-audio", src, controls: true, preload: "none", "aria-label": alt || null });
  const figure = make("figure", { class: "e4j-media", "data-kind": kind }, shown);
  if (media.caption) figure.append(markup("figcaption", "e4j-media-caption", media.caption));
  if (!media.transcript) return figure;
  const summary = make("summary", { class: "e4j-media-summary" }, t("Read what is said"));
  const words = markup("div", "e4j-media-transcript", media.transcript);
  return make("div", { class: "e4j-media-box" }, figure, make("details", {}, summary, words));
}
