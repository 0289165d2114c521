/** Read a term's pages and weights. The twin of `src/e4j/publish/search/postings.py`, which says how they are written. */
import { digits } from "./tables.ts";

const near = 48;
const two = 34;
const three = 8;

/** Call `visit` with each page number and its weight, 1 to 15, in page order. */
export function eachPosting(text: string, visit: (page: number, weight: number) => void): void {
  let posting = 1;
  let at = 0;
  const next = () => digits.indexOf(text.charAt(at++));
  while (at < text.length) {
    const lead = next();
    if (lead < near) posting += (lead + 1) * 16;
    else {
      const more = lead < near + two ? 1 : lead < near + two + three ? 2 : 3;
      let step = more === 1 ? lead - near : more === 2 ? lead - near - two : 0;
      for (let count = 0; count < more; count++) step = step * digits.length + next();
      posting += step;
    }
    visit(posting >> 4, posting & 15);
  }
}

/** Read the length of a page, in terms, from its digit in the manifest. */
export function lengthOf(digit: string): number {
  return 2 ** (digits.indexOf(digit) / 5);
}
