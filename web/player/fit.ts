/** Keep an event within the 4 KB the server takes: marks and ticks always go, a very long text goes shortened. */
import type { Response } from "../types.ts";

/** Bytes of JSON for a text, which leaves a kilobyte for the rest of the event. */
const mostBytes = 3000;

function jsonBytes(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length;
}

/** Shorten a text to what fits, ending in "…"; lone surrogates, which no JSON reader likes, become "�". */
export function fitText(text: string): string {
  const whole = text.replace(/[\ud800-\udfff]/gu, "\ufffd");
  if (jsonBytes(whole) <= mostBytes) return whole;
  const characters = Array.from(whole);
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (jsonBytes(characters.slice(0, middle).join("")) <= mostBytes) fits = middle;
    else tooMany = middle;
  }
  return `${characters.slice(0, fits).join("")}…`;
}

/** Shorten the free text in a response. */
export function fitResponse(response: Response): Response {
  if (typeof response === "string") return fitText(response);
  if (typeof response !== "object" || Array.isArray(response)) return response;
  return { text: fitText(response.text), rubric: response.rubric };
}
