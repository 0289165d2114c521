/** Marks in words. */
import { t } from "../text.ts";
import type { Marks } from "../types.ts";

/** Write thousandths of a point as points: 2500 as 2.5. */
export function writePoints(thousandths: number, lang: string): string {
  const points = Math.round(thousandths / 100) / 10;
  return new Intl.NumberFormat(`${lang}-u-nu-latn`, { maximumFractionDigits: 1 }).format(points);
}

/** Say what was earned of what. */
export function pointsOf({ earned, possible }: Marks, lang: string): string {
  return t("{earned} of {possible} points", {
    earned: writePoints(earned, lang),
    possible: writePoints(possible, lang),
  });
}
