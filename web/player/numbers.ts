/** Numbers as people type them in six languages, compared exactly. */
import { asciiDigits } from "../digits.ts";
import type { Html } from "../types.ts";
import { dropUnseen, normalize, wellFormed, whiteSpace } from "./normalize.ts";

/** An exact decimal: digits × 10^-scale. */
interface Decimal {
  digits: bigint;
  scale: number;
}

const longest = 40;

function decimal(text: string): Decimal {
  const [whole = "", part = ""] = text.split(".");
  return { digits: BigInt(whole + part), scale: part.length };
}

function scaled(value: Decimal, scale: number): bigint {
  return value.digits * BigInt(10) ** BigInt(scale - value.scale);
}

/** Bring minus signs, digits, separators and per cent signs of all scripts to ASCII and drop the marks that group digits. */
function plain(text: string): string {
  return asciiDigits(dropUnseen(wellFormed(text).normalize("NFKC")))
    .replace(/[−‒–—]/g, "-")
    .replace(/٫/g, ".")
    .replace(/[٬'’]/g, "")
    .replace(/،/g, ",")
    .replace(/٪/g, "%")
    .replace(whiteSpace, " ")
    .replace(/^ | $/g, "");
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", amp: "&" };

/** Give the words of a unit, which comes as inline HTML of our renderer. */
function unitWords(unit: Html): string {
  return unit
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|quot|#39|#x27|amp);/g, (_, name: string) => entities[name] ?? "");
}

/** Take the item's unit off either end, once. */
function withoutUnit(text: string, unit: Html): string {
  const lowered = normalize(text);
  const name = normalize(plain(unitWords(unit)));
  if (name && lowered.endsWith(name)) return lowered.slice(0, lowered.length - name.length).trim();
  if (name && lowered.startsWith(name)) return lowered.slice(name.length).trim();
  return text;
}

const grouped = (mark: string) => new RegExp(`^\\d{1,3}(\\${mark}\\d{3})+$`);
const decimals = (mark: string) => new RegExp(`^\\d*\\${mark}\\d*$`);

/** Read digits that hold one kind of separator: a decimal mark, grouping, or, as in 1,000, either. */
function readOneMark(digits: string, mark: string): string[] {
  const readings: string[] = [];
  if (decimals(mark).test(digits) && /\d/.test(digits)) readings.push(digits.replace(mark, "."));
  if (grouped(mark).test(digits) && !digits.startsWith("0")) readings.push(digits.split(mark).join(""));
  return readings;
}

/** Read digits with both separators: the last one is the decimal mark, the other one groups. */
function readTwoMarks(digits: string): string[] {
  const mark = digits.lastIndexOf(",") > digits.lastIndexOf(".") ? "," : ".";
  const group = mark === "," ? "." : ",";
  const at = digits.lastIndexOf(mark);
  const whole = digits.slice(0, at);
  const part = digits.slice(at + 1);
  return grouped(group).test(whole) && /^\d+$/.test(part) ? [`${whole.split(group).join("")}.${part}`] : [];
}

/**
 * Give every number the typed text may mean, as decimal strings: none, one, or two for the likes of "1,000",
 * which is a thousand in one language and one in another.
 */
export function readNumbers(typed: string, unit: Html = ""): string[] {
  const text = withoutUnit(plain(typed), unit).replace(/(\d) (?=\d)/g, "$1");
  const match = /^([+-]?) ?([\d.,]+)$/.exec(text);
  const digits = (match?.[2] ?? "").replace(/[.,]$/, "");
  if (!match || digits.length > longest || !/\d/.test(digits)) return [];
  const sign = match[1] === "-" ? "-" : "";
  const marks = [",", "."].filter((mark) => digits.includes(mark));
  const readings =
    marks.length === 0 ? [digits] : marks.length === 2 ? readTwoMarks(digits) : readOneMark(digits, marks[0] ?? ".");
  return readings.map((reading) => sign + (reading.startsWith(".") ? `0${reading}` : reading));
}

/** Tell whether |number − value| ≤ tolerance, exactly. */
export function within(number: string, value: string, tolerance: string): boolean {
  const [left, right, most] = [decimal(number), decimal(value), decimal(tolerance)];
  const scale = Math.max(left.scale, right.scale, most.scale);
  const gap = scaled(left, scale) - scaled(right, scale);
  return (gap < BigInt(0) ? -gap : gap) <= scaled(most, scale);
}
