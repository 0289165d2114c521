/** From what an activity tells to events of the learner's log, within bounds. No DOM. */
import type { AnswerBody, Marks, Response } from "../types.ts";
import type { Told } from "./messages.ts";

/** Answers one frame may give before it is no longer listened to. */
export const mostAnswers = 200;
/** Messages of any kind in a span of milliseconds; more is a flood. */
export const mostMessages = 200;
const span = 10_000;

const mostMarks = 1_000_000;
const mostParts = 64;
const positions = /^\d{1,4}$/;
/** The item of a package that is one question, or that only gives marks for the whole. */
const whole = "activity";

/** Give the id of the item a statement is about: what H5P calls its sub-content, made safe, or the whole. */
export function itemOf(object: string): string {
  const [, name = ""] = /[?&]subContentId=([^&#]*)/.exec(object) ?? [];
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 100)
    .replace(/^-|-$/g, "");
  return slug || whole;
}

/** Turn points to thousandths; points beyond what an event may carry keep their share. */
export function marksOf(raw: number, max: number): Marks | null {
  if (!Number.isFinite(raw) || !Number.isFinite(max) || max < 0) return null;
  const possible = Math.min(Math.round(max * 1000), mostMarks);
  const share = max > 0 ? Math.min(Math.max(raw / max, 0), 1) : 0;
  return { earned: Math.round(share * possible), possible };
}

/** Keep a response that says which options were taken. What somebody typed is never kept. */
export function responseOf(kind: string, response: string): Response | undefined {
  if (kind === "true-false") return response === "true" || (response === "false" ? false : undefined);
  if (kind !== "choice" && kind !== "sequencing" && kind !== "likert") return undefined;
  const parts = response.split("[,]");
  if (parts.length > mostParts || !parts.every((part) => positions.test(part))) return undefined;
  if (kind === "sequencing") return parts;
  return parts.length === 1 ? parts[0] : parts.sort();
}

/** Who answers in what: the page fixes it, the frame has no say. */
export interface Place {
  activity: string;
  rev: string;
  lang: string;
}

export class Recorder {
  private readonly tries = new Map<string, number>();
  /** Items that have items of their own: their marks are the sum, and would count twice. */
  private readonly sums = new Set<string>();
  private readonly times: number[] = [];
  private left = mostAnswers;

  constructor(private readonly place: Place) {}

  /** Count a message; false when there are too many at once. */
  admits(now: number): boolean {
    while (this.times.length && now - (this.times[0] ?? now) > span) this.times.shift();
    this.times.push(now);
    return this.times.length <= mostMessages;
  }

  /** Give the event a statement stands for, or null where it is none of ours to keep. */
  take(told: Told): AnswerBody | null {
    const verb = told.verb.replace(/^.*\//, "");
    if (verb !== "answered" && verb !== "completed") return null;
    const marks = marksOf(told.raw, told.max);
    const item = itemOf(told.object);
    if (!marks || this.sums.has(item) || (verb === "completed" && this.tries.has(item)) || this.left === 0) return null;
    this.left -= 1;
    if (item !== whole) this.sums.add(whole).add(itemOf(told.parent));
    const t = (this.tries.get(item) ?? 0) + 1;
    this.tries.set(item, t);
    const { activity, rev, lang } = this.place;
    const r = responseOf(told.kind, told.response);
    const body: AnswerBody = {
      k: "answer",
      u: `quiz/${activity}`,
      uv: rev,
      i: item,
      iv: rev,
      t,
      lang,
      src: "h5p",
      ...marks,
    };
    return r === undefined ? body : { ...body, r };
  }
}
