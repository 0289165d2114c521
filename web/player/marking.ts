/**
 * Marks for a response: pure, integers only, no clock, no locale. tests/marking/vectors.json and a fuzz test hold it
 * equal to Python. An item that came without its key earns nothing.
 *
 * `feedback` names what applies to the response, whether or not an author wrote anything there, in the order of the item:
 *
 * - single, multiple, survey, hotspot: ids of what was chosen
 * - truefalse: `true` or `false`
 * - short, numeric: `accept/<index>` of what was accepted
 * - cloze: `<gap>/accept/<index>`, `<gap>/<option>`, and for a word put wrongly `<gap>` and `<gap>/<token>`
 * - order, categorize: ids of the parts that are out of place
 * - match: for what was matched wrongly `<left>` and `<left>/<right>`
 * - scenario: ids of the choices taken, each once, in the order of the way
 */
import type {
  AcceptedNumber,
  AcceptedText,
  CategorizeItem,
  ChoiceItem,
  ClozeItem,
  Gap,
  Html,
  Item,
  Marks,
  MatchItem,
  NormalizeStep,
  OrderItem,
  Part,
  ReflectItem,
  ScenarioItem,
  TrueFalseItem,
} from "../types.ts";
import { normalize } from "./normalize.ts";
import { readNumbers, within } from "./numbers.ts";

const full = 1000;

/** Marks, thousandths for each part by id, and the names of the feedback that applies. */
export interface Mark extends Marks {
  parts: Record<string, number>;
  feedback: string[];
}

/** What a kind says of a response: `got` of `outOf` of the item's points. Parts come as pairs: an id may be any word. */
interface Judged {
  got: number;
  outOf: number;
  parts: [string, number][];
  feedback: string[];
}

type Entry = { id: string; correct?: boolean };
type Given = Map<string, unknown>;

function judged(got = 0, outOf = 1, feedback: string[] = [], parts: [string, number][] = []): Judged {
  return { got, outOf, parts, feedback };
}

function areTexts(response: unknown): response is string[] {
  return Array.isArray(response) && response.every((value) => typeof value === "string");
}

/** Give the entries of an object by its own names: "constructor" is no answer. */
function given(response: unknown): Given {
  return new Map(typeof response === "object" && response && !Array.isArray(response) ? Object.entries(response) : []);
}

function ids(entries: readonly Entry[]): string[] {
  return entries.map((entry) => entry.id);
}

function rightIds(entries: readonly Entry[]): Set<string> {
  return new Set(ids(entries.filter((entry) => entry.correct === true)));
}

function oneOf(entries: readonly Entry[], response: unknown): Judged {
  const right = rightIds(entries);
  if (right.size === 0 || typeof response !== "string" || !ids(entries).includes(response)) return judged();
  const hit = right.has(response);
  return judged(hit ? 1 : 0, 1, [response], [[response, hit ? full : 0]]);
}

function shareOfMany(item: ChoiceItem, right: Set<string>, chosen: Set<string>): [number, number] {
  const options = ids(item.options);
  const hits = [...chosen].filter((id) => right.has(id)).length;
  if (item.scoring === "all-or-nothing") return [hits === right.size && hits === chosen.size ? 1 : 0, 1];
  if (item.scoring === "per-option") {
    const fair = options.filter((id) => chosen.has(id) === right.has(id)).length;
    return [fair - [...chosen].filter((id) => !options.includes(id)).length, options.length];
  }
  return [2 * hits - chosen.size, right.size];
}

/** Judge a set: what is not an option counts as wrong, what is chosen twice counts once. */
function manyOf(item: ChoiceItem, response: unknown): Judged {
  const right = rightIds(item.options);
  if (right.size === 0 || !areTexts(response)) return judged();
  const chosen = new Set(response);
  const told = ids(item.options).filter((id) => chosen.has(id));
  const [got, outOf] = shareOfMany(item, right, chosen);
  const parts = told.map((id): [string, number] => [id, right.has(id) ? full : 0]);
  return judged(Math.max(0, got), outOf, told, parts);
}

function truth(item: TrueFalseItem, response: unknown): Judged {
  if (typeof response !== "boolean" || typeof item.answer !== "boolean") return judged();
  return judged(response === item.answer ? 1 : 0, 1, [String(response)]);
}

/** Find the place of the first accepted text that is equal after normalising; −1: none is. */
function acceptedText(accept: readonly AcceptedText[], steps: NormalizeStep[] | undefined, response: unknown): number {
  const text = typeof response === "string" ? normalize(response, steps ?? ["base"]) : "";
  return accept.findIndex((entry) => text !== "" && entry.text === text);
}

/** Find the place of the first accepted number that is near enough; −1: none is. */
function acceptedNumber(accept: readonly AcceptedNumber[], unit: Html, response: unknown): number {
  const numbers = typeof response === "string" ? readNumbers(response, unit) : [];
  return accept.findIndex((entry) => numbers.some((one) => within(one, entry.value, entry.tolerance)));
}

function acceptedPlace(item: Item, response: unknown): number {
  if (item.type === "short") return acceptedText(item.accept ?? [], item.normalize, response);
  return item.type === "numeric" ? acceptedNumber(item.accept ?? [], item.unit ?? "", response) : -1;
}

/** Find the entry of a short or numeric item's accept list that the typed text meets. */
export function acceptedEntry(item: Item, response: unknown): AcceptedText | AcceptedNumber | null {
  const accept = item.type === "short" || item.type === "numeric" ? item.accept : [];
  return accept?.[acceptedPlace(item, response)] ?? null;
}

function typed(item: Item, response: unknown): Judged {
  const entry = acceptedEntry(item, response);
  return entry ? judged(entry.credit, full, [`accept/${acceptedPlace(item, response)}`]) : judged();
}

/** Judge by parts: each counts alike, or all of them must be right. */
function ofParts(item: { scoring?: string }, parts: [string, number][], feedback: string[]): Judged {
  if (parts.length === 0) return judged();
  if (item.scoring === "all-or-nothing") {
    return judged(parts.every(([, credit]) => credit === full) ? 1 : 0, 1, feedback, parts);
  }
  const sum = parts.reduce((credits, [, credit]) => credits + credit, 0);
  return judged(sum, full * parts.length, feedback, parts);
}

function judgeGap(item: ClozeItem, gap: Gap, put: unknown): { credit: number; names: string[] } {
  if (gap.kind === "text") {
    const place = acceptedText(gap.accept ?? [], item.normalize, put);
    return { credit: gap.accept?.[place]?.credit ?? 0, names: place < 0 ? [] : [`${gap.id}/accept/${place}`] };
  }
  if (gap.kind === "choice") {
    const { got, feedback } = oneOf(gap.options ?? [], put);
    return { credit: full * got, names: feedback.map((option) => `${gap.id}/${option}`) };
  }
  if (typeof put !== "string" || !ids(item.tokens ?? []).includes(put)) return { credit: 0, names: [] };
  return put === gap.token ? { credit: full, names: [] } : { credit: 0, names: [gap.id, `${gap.id}/${put}`] };
}

function hasKey(gap: Gap): boolean {
  return gap.accept !== undefined || gap.token !== undefined || rightIds(gap.options ?? []).size > 0;
}

function cloze(item: ClozeItem, response: unknown): Judged {
  if (!item.gaps.some(hasKey)) return judged();
  const put = given(response);
  const gaps = item.gaps.map((gap) => ({ id: gap.id, ...judgeGap(item, gap, put.get(gap.id)) }));
  const parts = gaps.map(({ id, credit }): [string, number] => [id, credit]);
  return ofParts(
    item,
    parts,
    gaps.flatMap((gap) => gap.names),
  );
}

/** Tell whether these are parts of an assessed payload: listed by alias, which says nothing of their order. */
function hidesOrder(parts: readonly Part[]): boolean {
  return parts.every((part) => part.feedback === undefined && /^x[1-9][0-9]*$/.test(part.id));
}

function order(item: OrderItem, response: unknown): Judged {
  if (hidesOrder(item.parts)) return judged();
  const right = ids(item.parts);
  const placed = areTexts(response) ? response : [];
  const whole = placed.length === right.length && right.every((id) => placed.includes(id));
  const parts = right.map((id, place): [string, number] => [id, whole && placed[place] === id ? full : 0]);
  const wrong = parts.filter(([, credit]) => whole && credit === 0);
  return ofParts(
    item,
    parts,
    wrong.map(([id]) => id),
  );
}

function placed(
  item: MatchItem | CategorizeItem,
  [things, places]: [Part[], Part[]],
  response: unknown,
  names: (part: string, place: string) => string[],
): Judged {
  if (!item.key) return judged();
  const key = given(item.key);
  const put = given(response);
  const known = new Set<unknown>(ids(places));
  const right = (id: string) => known.has(put.get(id)) && put.get(id) === key.get(id);
  const wrong = ids(things).filter((id) => known.has(put.get(id)) && !right(id));
  const parts = ids(things).map((id): [string, number] => [id, right(id) ? full : 0]);
  return ofParts(
    item,
    parts,
    wrong.flatMap((id) => names(id, String(put.get(id)))),
  );
}

function reflect(item: ReflectItem, response: unknown): Judged {
  const ticked = given(response).get("rubric");
  if (typeof given(response).get("text") !== "string" || !areTexts(ticked)) return judged();
  const lines = (item.rubric ?? []).filter((line) => ticked.includes(line.id));
  const points = lines.reduce((sum, line) => sum + line.points, 0);
  return judged(Math.min(points, item.points), item.points || 1);
}

/** Walk from the start. A way that stops before an end, or goes on after one, earns nothing. */
function scenario(item: ScenarioItem, response: unknown): Judged {
  if (!areTexts(response)) return judged();
  const nodes = new Map(item.nodes.map((node) => [node.id, node]));
  const way = new Set<string>();
  let here = nodes.get(item.start);
  let score = 0;
  for (const step of response) {
    const choice = here && !here.end ? here.choices.find((one) => one.id === step) : undefined;
    if (!choice) return judged(0, 1, [...way]);
    way.add(step);
    score += choice.score ?? 0;
    here = nodes.get(choice.to);
  }
  return judged(here?.end ? Math.min(Math.max(score, 0), full) : 0, full, [...way]);
}

function judge(item: Item, response: unknown): Judged {
  switch (item.type) {
    case "single":
      return oneOf(item.options, response);
    case "multiple":
      return manyOf(item, response);
    case "truefalse":
      return truth(item, response);
    case "short":
    case "numeric":
      return typed(item, response);
    case "cloze":
      return cloze(item, response);
    case "order":
      return order(item, response);
    case "match":
      return placed(item, [item.lefts, item.rights], response, (left, right) => [left, `${left}/${right}`]);
    case "categorize":
      return placed(item, [item.things, item.categories], response, (thing) => [thing]);
    case "hotspot":
      return oneOf(item.areas, response);
    case "survey":
      return judged(
        0,
        1,
        ids(item.options).filter((id) => id === response),
      );
    case "reflect":
      return reflect(item, response);
    case "scenario":
      return scenario(item, response);
  }
}

/** Give what the item can earn at most: nothing for a survey, a reflection without rubric and a scenario without scores. */
export function possible(item: Item): number {
  const unmarked =
    item.type === "survey" ||
    (item.type === "reflect" && !item.rubric?.length) ||
    (item.type === "scenario" && !item.scored);
  return unmarked ? 0 : item.points * full;
}

/** Mark a response. One of another shape, or with ids that do not exist, earns nothing and is never an error. */
export function mark(item: Item, response: unknown): Mark {
  const { got, outOf, parts, feedback } = judge(item, response);
  const most = possible(item);
  return { earned: Math.floor((most * got) / outOf), possible: most, parts: Object.fromEntries(parts), feedback };
}
