/** Keep an event within the 4 KB the server takes: marks and ticks always go, a very long text goes shortened. */
import type { Item, Response } from "../types.ts";
import { isReflection } from "./response.ts";

/** Bytes of JSON for the texts of a response, which leaves a kilobyte for the rest of the event. */
const mostBytes = 3000;
const roomForId = 16;

function jsonBytes(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length;
}

/** Shorten a text to what fits, ending in "…"; lone surrogates, which no JSON reader likes, become "�". */
export function fitText(text: string, most = mostBytes): string {
  const whole = text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  if (jsonBytes(whole) <= most) return whole;
  const characters = Array.from(whole);
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (jsonBytes(characters.slice(0, middle).join("")) <= most) fits = middle;
    else tooMany = middle;
  }
  return `${characters.slice(0, fits).join("")}…`;
}

/** Shorten the free text in a response; gaps to write in share the room alike. Ids are never cut. */
export function fitResponse(response: Response, item: Item): Response {
  if (typeof response === "string") return fitText(response);
  if (typeof response !== "object" || Array.isArray(response)) return response;
  if (isReflection(response)) return { text: fitText(response.text), rubric: response.rubric };
  if (item.type !== "cloze") return response;
  const written = new Set(item.gaps.filter((gap) => gap.kind === "text").map((gap) => gap.id));
  const most = Math.floor(mostBytes / Math.max(1, Object.keys(response).length)) - roomForId;
  const fit = ([id, put]: [string, string]): [string, string] => [id, written.has(id) ? fitText(put, most) : put];
  return Object.fromEntries(Object.entries(response).map(fit));
}
