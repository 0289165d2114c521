/** Named steps that bring two spellings of the same answer together. The Python marker takes the same steps. */
import { asciiDigits } from "../digits.ts";
import type { NormalizeStep } from "../types.ts";

const unseen = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
// What Python's str.split() takes for white space; most of it NFKC has made a plain space already.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the separators U+001C to U+001F are meant.
export const whiteSpace = /[\t-\r\u001c- \u0085\u1680\u2028\u2029]+/g;
const endPunctuation = " .,;:!?。،؟！？；";
// With the flag u a pair is one character, so this finds halves alone.
const loneSurrogates = /[\ud800-\udfff]/gu;
const harakatAndTatweel = /[\u064b-\u065f\u0670\u0640]/g;

/** Put U+FFFD for halves of a surrogate pair: two halves must not meet when what parts them is dropped. */
export function wellFormed(text: string): string {
  return text.replace(loneSurrogates, "\ufffd");
}

/** Drop bidi controls, zero-width characters and soft hyphens. */
export function dropUnseen(text: string): string {
  return text.replace(unseen, "");
}

/** Lower each code point by itself: lowering whole strings looks at neighbours (final sigma). */
function lower(text: string): string {
  return Array.from(text, (character) => character.toLowerCase()).join("");
}

/** Cut off at the end, in one pass: a regular expression would try each of a thousand dots in turn. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && endPunctuation.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function base(text: string): string {
  const letters = lower(dropUnseen(text.normalize("NFKC")))
    .replace(/ς/g, "σ")
    .replace(/ß/g, "ss");
  return withoutEnd(asciiDigits(letters).replace(whiteSpace, " ").replace(/^ /, ""));
}

function arabicLetters(text: string): string {
  return text
    .replace(harakatAndTatweel, "")
    .replace(/[أإآٱ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه");
}

const steps: Record<NormalizeStep, (text: string) => string> = {
  base,
  "ar-letters": arabicLetters,
  "ru-yo": (text) => text.replace(/ё/g, "е").replace(/Ё/g, "Е"),
};

/** Take the named steps in their order. */
export function normalize(text: string, names: readonly NormalizeStep[] = ["base"]): string {
  return names.reduce((left, name) => steps[name](left), wellFormed(text));
}
