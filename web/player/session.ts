/** One learner's way through one quiz: a plain value and the steps that lead from one to the next. No DOM, no clock. */
import type { AnswerBody, AttemptResult, EventBody, Item, Marks, Quiz, Response, Sure } from "../types.ts";
import { draw, partOrder, shuffle } from "./chance.ts";
import { fitResponse } from "./fit.ts";
import { mark, possible } from "./marking.ts";
import { keepsResponse } from "./response.ts";
import { nearMiss } from "./spelling.ts";

export { isBlank, reflection } from "./response.ts";

export interface ItemState {
  /** Revision the answers below belong to; an edited item starts afresh. */
  iv: string;
  /** What stands in the controls, also half-typed. */
  draft: Response | null;
  /** Answer last checked in this round, or last saved in an attempt, with its marks where they are known here. */
  last: Response | null;
  marks: Marks | null;
  /** How sure the learner says to be, where that is asked. */
  sure: Sure | null;
  /** The first answer of this round: how sure, and was it right? */
  first: { sure: Sure | null; right: boolean } | null;
  /** Tries in this round, and ever: the `t` of the next event is `tries + 1`. */
  round: number;
  tries: number;
  hints: number;
  /** Nothing more to do here in this round. */
  done: boolean;
  /** The learner asked for the answer instead of another try. */
  gaveUp: boolean;
  /** A slip was pointed out, or a reflection is being compared with its model. */
  stage: "asking" | "slip" | "comparing";
}

/** An event that may or may not be in the log yet. Told again after a crash, recorded once. */
export interface Pending {
  once: string;
  body: EventBody;
}

/** An attempt at an assessed quiz. It stays what it was, however the page is rebuilt. */
export interface Attempt {
  /** A UUID; it is the seed of the attempt too. */
  id: string;
  /** Revision of the quiz when it began. */
  uv: string;
  /** The items drawn, as they were then. */
  items: Item[];
  handedIn: boolean;
  result: AttemptResult | null;
}

export interface Session {
  v: 2;
  /** Grows with every step, so that the newer of two saved copies is known. */
  seq: number;
  /** A UUID: what is drawn and in which order all stands follows from it. */
  seed: string;
  /** Ids of the items drawn, in the order they are asked. */
  drawn: string[];
  /** Ids asked in this round: all drawn, or only the wrong ones. */
  run: string[];
  /** Place in `run`; `run.length` is the summary. */
  at: number;
  /** All questions at once instead of one at a time. */
  all: boolean;
  /** The `done` event of this quiz is written. */
  finished: boolean;
  items: Record<string, ItemState>;
  pending: Pending[];
  /** Null: none was begun, or the quiz is not assessed. */
  attempt: Attempt | null;
  /** Attempts handed in, as far as this device knows. */
  used: number;
}

/** A session as saved before items were drawn and shuffled. */
export interface OldSession {
  v: 1;
  seq: number;
  run: string[];
  at: number;
  all: boolean;
  finished: boolean;
  items: Record<string, Omit<ItemState, "sure" | "first">>;
  pending: Pending[];
}

export type SavedSession = Session | OldSession;

export type Verdict = "right" | "partly" | "wrong" | "yours" | "open";

export function freshItem(item: Item, tries = 0): ItemState {
  return {
    iv: item.rev,
    draft: null,
    last: null,
    marks: null,
    sure: null,
    first: null,
    round: 0,
    tries,
    hints: 0,
    done: false,
    gaveUp: false,
    stage: "asking",
  };
}

/** Tell whether an element holds a question by itself, which is not a quiz. */
export function isLone(quiz: Quiz): boolean {
  return quiz.mode !== "assessed" && quiz.items.length === 1;
}

/** Draw the items of a quiz by a seed. */
export function drawItems(quiz: Quiz, seed: string): Item[] {
  return isLone(quiz) ? quiz.items : draw(quiz.items, quiz.draw ?? [], seed, quiz.shuffle);
}

/** Start a quiz from its first question; an assessed one waits for an attempt to be begun. */
export function startSession(quiz: Quiz, seed: string): Session {
  const drawn = quiz.mode === "assessed" ? [] : drawItems(quiz, seed);
  const ids = drawn.map((item) => item.id);
  const items = Object.fromEntries(drawn.map((item) => [item.id, freshItem(item)]));
  const start = { at: 0, all: false, finished: false, pending: [], attempt: null, used: 0 };
  return { v: 2, seq: 0, seed, drawn: ids, run: [...ids], items, ...start };
}

/** Bring a session of before to the shape of now: all its items count as drawn. */
function modern(saved: SavedSession, quiz: Quiz, seed: string): Session {
  if (saved.v === 2) return saved;
  const states = Object.entries(saved.items).map(([id, state]) => [id, { sure: null, first: null, ...state }]);
  const drawn = quiz.items.map((item) => item.id).filter((id) => id in saved.items);
  return { ...saved, v: 2, seed, drawn, items: Object.fromEntries(states), attempt: null, used: 0 };
}

/** Give the states of what is still there: an edited item starts afresh, one that is gone is forgotten. */
function keptItems(quiz: Quiz, states: Record<string, ItemState>): Record<string, ItemState> {
  const kept = quiz.items.flatMap((item): [string, ItemState][] => {
    const state = states[item.id];
    return state ? [[item.id, state.iv === item.rev ? state : freshItem(item)]] : [];
  });
  return Object.fromEntries(kept);
}

/** Take up a saved session with all that is still there. `seed` is for one that has none yet. */
export function resumeSession(quiz: Quiz, saved: SavedSession | null, seed: string): Session {
  const start = startSession(quiz, seed);
  if (saved?.v !== 1 && saved?.v !== 2) return start;
  const old = modern(saved, quiz, seed);
  const { seq, pending, used } = old;
  if (quiz.mode === "assessed") return old.attempt ? old : { ...start, seq, pending, used };
  if (old.attempt) return { ...start, seq, pending };
  // Where all are asked, new ones join; a draw stays as it was drawn.
  const added = quiz.draw?.length && !isLone(quiz) ? [] : quiz.items.map((item) => item.id);
  const isNew = (id: string) => !(id in old.items);
  const here = (id: string) => quiz.items.some((item) => item.id === id);
  const drawn = [...old.drawn.filter(here), ...added.filter(isNew)];
  const run = [...old.run.filter(here), ...added.filter(isNew)];
  if (drawn.length === 0) return { ...start, seq, pending };
  const fresh = quiz.items.filter((item) => drawn.includes(item.id)).map((item) => [item.id, freshItem(item)]);
  const items = { ...Object.fromEntries(fresh), ...keptItems(quiz, old.items) };
  const asked = run.length ? run : drawn;
  return { ...old, drawn, run: asked, at: Math.min(old.at, asked.length), items };
}

/** Give the items of this session in the order they are asked. An attempt keeps its own where the page has others now. */
export function askedItems(session: Session, quiz: Quiz): Item[] {
  return session.drawn.flatMap((id) => {
    const now = quiz.items.find((item) => item.id === id);
    const then = session.attempt?.items.find((item) => item.id === id);
    const item = then && then.rev !== now?.rev ? then : now;
    return item ? [item] : [];
  });
}

/** Give the ids of an item's parts in the order to show them. */
export function orderOf(seed: string, item: Item): string[] {
  const ids = (parts: readonly { id: string }[]) => parts.map((part) => part.id);
  switch (item.type) {
    case "single":
    case "multiple":
    case "survey":
      return ids(item.shuffle && !item.scale ? shuffle(item.options, `${seed}/${item.id}`) : item.options);
    case "order":
      return ids(partOrder(item.parts, seed, item.id));
    case "match":
      return ids(partOrder(item.rights, seed, item.id));
    case "categorize":
      return ids(partOrder(item.things, seed, item.id));
    case "cloze":
      return ids(partOrder(item.tokens, seed, item.id));
    default:
      return [];
  }
}

/** Tell whether an item asks for a view of one's own, which nobody marks as right or wrong. */
export function isOpinion(item: Item): boolean {
  return item.type === "survey" || item.type === "reflect" || (item.type === "scenario" && !item.scored);
}

/** Tell whether the learner is asked how sure an answer is. */
export function asksSure(quiz: Quiz, item: Item): boolean {
  return item.confidence === true && quiz.mode !== "survey" && !isOpinion(item);
}

/** Tries a round gives: where nothing is marked, and of two options, the second one would teach nothing. */
export function triesAllowed(quiz: Quiz, item: Item): number {
  const once = item.type === "truefalse" || isOpinion(item) || quiz.mode === "survey";
  return once ? 1 : Math.max(1, quiz.tries ?? 2);
}

/** Give an item's state; every id of the quiz has one. */
export function stateOf(session: Session, item: Item): ItemState {
  return session.items[item.id] ?? freshItem(item);
}

export function withItem(session: Session, item: Item, change: Partial<ItemState>): Session {
  const items = { ...session.items, [item.id]: { ...stateOf(session, item), ...change } };
  return { ...session, seq: session.seq + 1, items };
}

/** Note what stands in an item's controls. */
export function draft(session: Session, item: Item, response: Response | null): Session {
  return withItem(session, item, { draft: response });
}

/** Note how sure the learner says to be. */
export function say(session: Session, item: Item, sure: Sure): Session {
  return withItem(session, item, { sure });
}

/** Write what an answer says without its marks: of the quiz and item, the response, the try, and how sure. */
export function answerBody(quiz: Quiz, item: Item, response: Response, state: ItemState): AnswerBody {
  const body = { k: "answer" as const, u: `quiz/${quiz.id}`, uv: quiz.rev, i: item.id, iv: item.rev };
  const kept = keepsResponse(quiz, item) ? { r: fitResponse(response, item) } : {};
  const sure = state.sure && asksSure(quiz, item) ? { c: state.sure } : {};
  return { ...body, ...kept, t: state.tries + 1, ...sure, lang: quiz.lang };
}

function marksOf(quiz: Quiz, item: Item, response: Response): Marks {
  if (quiz.mode === "survey") return { earned: 0, possible: 0 };
  const { earned, possible: most } = mark(item, response);
  return { earned, possible: most };
}

/** Check a response: counts a try, writes the event and closes the item when it is right or the tries are used up. */
export function check(session: Session, quiz: Quiz, item: Item, response: Response, once: string): Session {
  const state = stateOf(session, item);
  if (state.done) return session;
  if (state.stage === "asking" && nearMiss(item, response)) {
    return withItem(session, item, { draft: response, stage: "slip" });
  }
  const marks = marksOf(quiz, item, response);
  const right = marks.earned === marks.possible;
  const round = state.round + 1;
  const next = withItem(session, item, {
    draft: response,
    last: response,
    marks,
    first: state.first ?? { sure: state.sure, right },
    tries: state.tries + 1,
    round,
    done: right || round >= triesAllowed(quiz, item),
    stage: "asking",
  });
  const body = { ...answerBody(quiz, item, response, state), ...marks };
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

/** Close an item without another try. */
export function giveUp(session: Session, quiz: Quiz, item: Item, once: string): Session {
  return settle(withItem(session, item, { done: true, gaveUp: true }), quiz, once);
}

/** Write the `done` event the first time every item is closed. A question by itself is not a quiz. */
function settle(session: Session, quiz: Quiz, once: string): Session {
  if (session.finished || !isComplete(session, quiz)) return session;
  if (isLone(quiz)) return { ...session, finished: true };
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

/** Tell whether an answer was given with certainty and has not earned all: what is best looked at first. */
export function isSurelyWrong(item: Item, state: ItemState): boolean {
  return state.sure === 3 && !isOpinion(item) && ["wrong", "partly"].includes(verdict(item, state));
}

/** Give the ids that were marked and have not earned all; those given with certainty come first. */
export function wrongIds(session: Session, quiz: Quiz): string[] {
  const items = askedItems(session, quiz).filter((item) => !isOpinion(item));
  const wrong = items.filter((item) => ["wrong", "partly"].includes(verdict(item, stateOf(session, item))));
  const sure = wrong.filter((item) => isSurelyWrong(item, stateOf(session, item)));
  return [...sure, ...wrong.filter((item) => !sure.includes(item))].map((item) => item.id);
}

/** Give fresh states to items; their tries go on counting. */
function freshly(session: Session, items: readonly Item[]): Record<string, ItemState> {
  const fresh = items.map((item) => [item.id, freshItem(item, session.items[item.id]?.tries ?? 0)]);
  return { ...session.items, ...Object.fromEntries(fresh) };
}

/** Ask again: the named items start afresh, in the order they had. */
export function again(session: Session, quiz: Quiz, ids: readonly string[]): Session {
  const items = freshly(
    session,
    askedItems(session, quiz).filter((item) => ids.includes(item.id)),
  );
  return { ...session, seq: session.seq + 1, items, run: [...ids], at: 0, all: false };
}

/** Ask items drawn by a new seed from the beginning. */
export function askAnew(session: Session, drawn: readonly Item[], seed: string): Session {
  const ids = drawn.map((item) => item.id);
  const items = freshly(session, drawn);
  return { ...session, seq: session.seq + 1, seed, drawn: ids, run: [...ids], items, at: 0, all: false };
}

/** Start again: a new seed, a new draw. */
export function restart(session: Session, quiz: Quiz, seed: string): Session {
  return askAnew(session, drawItems(quiz, seed), seed);
}

/** Say how an item stands by what this device knows. */
export function verdict(item: Item, state: ItemState): Verdict {
  if (isOpinion(item) || state.marks?.possible === 0) return state.done ? "yours" : "open";
  if (!state.marks) return state.gaveUp ? "wrong" : "open";
  return verdictOf(state.marks);
}

/** Say how marks stand. */
export function verdictOf({ earned, possible: most }: Marks): Verdict {
  if (earned === most) return "right";
  return earned > 0 ? "partly" : "wrong";
}

/** Tell whether every item is closed. */
export function isComplete(session: Session, quiz: Quiz): boolean {
  return askedItems(session, quiz).every((item) => stateOf(session, item).done);
}

/** Add up the marks of this round. */
export function totals(session: Session, quiz: Quiz): Marks {
  if (quiz.mode === "survey") return { earned: 0, possible: 0 };
  return askedItems(session, quiz).reduce(
    (sum, item) => {
      const marks = stateOf(session, item).marks;
      return { earned: sum.earned + (marks?.earned ?? 0), possible: sum.possible + possible(item) };
    },
    { earned: 0, possible: 0 },
  );
}

/** What a learner typed into one item: as it stands, and as it was last checked. */
export type Typed = Pick<ItemState, "draft" | "last">;

/** Take the free texts out, so that they can be kept elsewhere: a child's text stays in this tab. */
export function splitTexts(session: Session, quiz: Quiz): { session: Session; texts: Record<string, Typed> } {
  const texts: Record<string, Typed> = {};
  const items = { ...session.items };
  for (const item of [...quiz.items, ...(session.attempt?.items ?? [])]) {
    const state = items[item.id];
    if (!state || keepsResponse(quiz, item) || item.id in texts) continue;
    texts[item.id] = { draft: state.draft, last: state.last };
    items[item.id] = { ...state, draft: null, last: null };
  }
  return { session: { ...session, items }, texts };
}

/** Put the texts back that `splitTexts` took out. */
export function joinTexts<S extends SavedSession>(session: S, texts: Record<string, Typed>): S {
  const items: Record<string, SavedSession["items"][string]> = { ...session.items };
  for (const [id, typed] of Object.entries(texts)) {
    const state = items[id];
    if (state) items[id] = { ...state, ...typed };
  }
  return { ...session, items };
}
