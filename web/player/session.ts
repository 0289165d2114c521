/** One learner's way through one quiz: a plain value and the steps that lead from one to the next. No DOM, no clock. */
import type { AnswerBody, EventBody, Item, Marks, Quiz, Reflection, Response } from "../types.ts";
import { fitResponse } from "./fit.ts";
import { mark, possible } from "./marking.ts";
import { nearMiss } from "./spelling.ts";

export interface ItemState {
  /** Revision the answers below belong to; an edited item starts afresh. */
  iv: string;
  /** What stands in the controls, also half-typed. */
  draft: Response | null;
  /** Answer last checked in this round, with its marks. */
  last: Response | null;
  marks: Marks | null;
  /** Tries in this round, and ever: the `t` of the next event is `tries + 1`. */
  round: number;
  tries: number;
  hints: number;
  /** Nothing more to do here in this round. */
  done: boolean;
  /** The learner asked for the answer instead of a second try. */
  gaveUp: boolean;
  /** A slip was pointed out, or a reflection is being compared with its model. */
  stage: "asking" | "slip" | "comparing";
}

/** An event that may or may not be in the log yet. Told again after a crash, recorded once. */
export interface Pending {
  once: string;
  body: EventBody;
}

export interface Session {
  v: 1;
  /** Grows with every step, so that the newer of two saved copies is known. */
  seq: number;
  /** Ids asked in this round: all, or only the wrong ones. */
  run: string[];
  /** Place in `run`; `run.length` is the summary. */
  at: number;
  /** All questions at once instead of one at a time. */
  all: boolean;
  /** The `done` event of this quiz is written. */
  finished: boolean;
  items: Record<string, ItemState>;
  pending: Pending[];
}

export type Verdict = "right" | "partly" | "wrong" | "yours" | "open";

function freshItem(item: Item, tries = 0): ItemState {
  return {
    iv: item.rev,
    draft: null,
    last: null,
    marks: null,
    round: 0,
    tries,
    hints: 0,
    done: false,
    gaveUp: false,
    stage: "asking",
  };
}

/** Start a quiz from its first question. */
export function startSession(quiz: Quiz): Session {
  const items = Object.fromEntries(quiz.items.map((item) => [item.id, freshItem(item)]));
  const run = quiz.items.map((item) => item.id);
  return { v: 1, seq: 0, run, at: 0, all: false, finished: false, items, pending: [] };
}

/** Take up a saved session: items that changed or are new start afresh, items that are gone are forgotten. */
export function resumeSession(quiz: Quiz, saved: Session | null): Session {
  const start = startSession(quiz);
  if (saved?.v !== 1) return start;
  for (const item of quiz.items) {
    const old = saved.items[item.id];
    if (old) start.items[item.id] = old.iv === item.rev ? old : freshItem(item, 0);
  }
  const run = saved.run.filter((id) => id in start.items);
  const added = quiz.items.map((item) => item.id).filter((id) => !(id in saved.items));
  start.run = run.length + added.length ? [...run, ...added] : start.run;
  start.at = Math.min(saved.at, start.run.length);
  return { ...start, seq: saved.seq, all: saved.all, finished: saved.finished, pending: saved.pending };
}

/** Tries a round gives: the second one of two options would teach nothing. */
export function triesAllowed(item: Item): number {
  return item.type === "survey" || item.type === "reflect" || item.type === "truefalse" ? 1 : 2;
}

/** Give an item's state; every id of the quiz has one. */
export function stateOf(session: Session, item: Item): ItemState {
  return session.items[item.id] ?? freshItem(item);
}

function withItem(session: Session, item: Item, change: Partial<ItemState>): Session {
  const items = { ...session.items, [item.id]: { ...stateOf(session, item), ...change } };
  return { ...session, seq: session.seq + 1, items };
}

/** Note what stands in an item's controls. */
export function draft(session: Session, item: Item, response: Response | null): Session {
  return withItem(session, item, { draft: response });
}

/** Tell whether a response holds anything to check. */
export function isBlank(response: Response | null): boolean {
  if (response === null) return true;
  if (typeof response === "string") return response.trim() === "";
  if (Array.isArray(response)) return response.length === 0;
  return typeof response === "object" && response.text.trim() === "";
}

/** Free text of a child never leaves the page: of a primary learner's text only the marks are kept. */
function keepsResponse(quiz: Quiz, item: Item): boolean {
  return !(quiz.tier === "primary" && (item.type === "short" || item.type === "numeric" || item.type === "reflect"));
}

function answerBody(quiz: Quiz, item: Item, response: Response, marks: Marks, t: number): AnswerBody {
  const body = { k: "answer" as const, u: `quiz/${quiz.id}`, uv: quiz.rev, i: item.id, iv: item.rev };
  const kept = keepsResponse(quiz, item) ? { r: fitResponse(response) } : {};
  return { ...body, ...kept, ...marks, t, lang: quiz.lang };
}

/** Check a response: counts a try, writes the event and closes the item when it is right or the tries are used up. */
export function check(session: Session, quiz: Quiz, item: Item, response: Response, once: string): Session {
  const state = stateOf(session, item);
  if (state.done) return session;
  if (state.stage === "asking" && nearMiss(item, response)) {
    return withItem(session, item, { draft: response, stage: "slip" });
  }
  const marks = mark(item, response);
  const tries = state.tries + 1;
  const round = state.round + 1;
  const done = marks.earned === marks.possible || round >= triesAllowed(item);
  const change = { draft: response, last: response, marks, tries, round, done, stage: "asking" as const };
  const next = withItem(session, item, change);
  const body = answerBody(quiz, item, response, marks, tries);
  return settle({ ...next, pending: [...next.pending, { once, body }] }, quiz, once);
}

/** Show the model answer beside the text; the event is written when the rubric is ticked. */
export function compare(session: Session, item: Item, text: string): Session {
  return withItem(session, item, { draft: { text, rubric: [] }, stage: "comparing" });
}

/** Show one hint more. */
export function hint(session: Session, item: Item): Session {
  const hints = Math.min(stateOf(session, item).hints + 1, item.hints?.length ?? 0);
  return withItem(session, item, { hints });
}

/** Close an item without a second try. */
export function giveUp(session: Session, quiz: Quiz, item: Item, once: string): Session {
  return settle(withItem(session, item, { done: true, gaveUp: true }), quiz, once);
}

/** Write the `done` event the first time every item is closed. A question by itself is not a quiz. */
function settle(session: Session, quiz: Quiz, once: string): Session {
  if (session.finished || !isComplete(session, quiz)) return session;
  if (quiz.items.length === 1) return { ...session, finished: true };
  const body: EventBody = { k: "done", u: `quiz/${quiz.id}`, uv: quiz.rev, lang: quiz.lang };
  return { ...session, finished: true, pending: [...session.pending, { once: `${once}-done`, body }] };
}

/** Forget a pending event: it is stored. */
export function stored(session: Session, once: string): Session {
  return { ...session, seq: session.seq + 1, pending: session.pending.filter((one) => one.once !== once) };
}

/** Go to a place of the run; its length is the summary. */
export function goTo(session: Session, at: number): Session {
  return { ...session, seq: session.seq + 1, at: Math.max(0, Math.min(at, session.run.length)) };
}

/** Switch between one question at a time and all of them. */
export function showAll(session: Session, all: boolean): Session {
  return { ...session, seq: session.seq + 1, all };
}

/** Give the ids that were marked and have not earned all. */
export function wrongIds(session: Session, quiz: Quiz): string[] {
  return quiz.items
    .filter((item) => item.type !== "survey" && item.type !== "reflect")
    .filter((item) => ["wrong", "partly"].includes(verdict(item, stateOf(session, item))))
    .map((item) => item.id);
}

/** Ask again: the named items start afresh, their tries go on counting. */
export function again(session: Session, quiz: Quiz, ids: readonly string[]): Session {
  const items = { ...session.items };
  for (const item of quiz.items) {
    if (ids.includes(item.id)) items[item.id] = freshItem(item, stateOf(session, item).tries);
  }
  return { ...session, seq: session.seq + 1, items, run: [...ids], at: 0, all: false };
}

/** Say how an item stands. */
export function verdict(item: Item, state: ItemState): Verdict {
  if (item.type === "survey" || item.type === "reflect") return state.done ? "yours" : "open";
  if (!state.marks) return state.gaveUp ? "wrong" : "open";
  if (state.marks.earned === state.marks.possible) return "right";
  return state.marks.earned > 0 ? "partly" : "wrong";
}

/** Tell whether every item is closed. */
export function isComplete(session: Session, quiz: Quiz): boolean {
  return quiz.items.every((item) => stateOf(session, item).done);
}

/** Add up the marks of this round. */
export function totals(session: Session, quiz: Quiz): Marks {
  return quiz.items.reduce(
    (sum, item) => {
      const marks = stateOf(session, item).marks;
      return { earned: sum.earned + (marks?.earned ?? 0), possible: sum.possible + possible(item) };
    },
    { earned: 0, possible: 0 },
  );
}

/** Give the text and ticks of a reflection, from a draft of either kind. */
export function reflection(response: Response | null): Reflection {
  if (typeof response === "object" && response !== null && !Array.isArray(response)) return response;
  return { text: typeof response === "string" ? response : "", rubric: [] };
}

/** What a learner typed into one item: as it stands, and as it was last checked. */
export type Typed = Pick<ItemState, "draft" | "last">;

/** Take the free texts out, so that they can be kept elsewhere: a child's text stays in this tab. */
export function splitTexts(session: Session, quiz: Quiz): { session: Session; texts: Record<string, Typed> } {
  const texts: Record<string, Typed> = {};
  const items = { ...session.items };
  for (const item of quiz.items) {
    const state = items[item.id];
    if (!state || keepsResponse(quiz, item)) continue;
    texts[item.id] = { draft: state.draft, last: state.last };
    items[item.id] = { ...state, draft: null, last: null };
  }
  return { session: { ...session, items }, texts };
}

/** Put the texts back that `splitTexts` took out. */
export function joinTexts(session: Session, texts: Record<string, Typed>): Session {
  const items = { ...session.items };
  for (const [id, typed] of Object.entries(texts)) {
    const state = items[id];
    if (state) items[id] = { ...state, ...typed };
  }
  return { ...session, items };
}
