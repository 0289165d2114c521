/** An attempt at an assessed quiz: begun, answered in any order, handed in, marked by the server. No verdict is made here. */
import type { AttemptResult, EventBody, Item, ItemResult, Quiz, Response } from "../types.ts";
import { isBlank, sameResponse } from "./response.ts";
import {
  answerBody,
  askAnew,
  askedItems,
  drawItems,
  isOpinion,
  type Session,
  stateOf,
  type Verdict,
  verdictOf,
  withItem,
} from "./session.ts";

/** Begin an attempt; its id is the seed of what is drawn. */
export function begin(session: Session, quiz: Quiz, id: string): Session {
  const items = drawItems(quiz, id);
  const attempt = { id, uv: quiz.rev, items, handedIn: false, result: null };
  return { ...askAnew(session, items, id), attempt };
}

/** Save an answer. It may be saved anew until the attempt is handed in. */
export function keep(session: Session, quiz: Quiz, item: Item, response: Response, once: string): Session {
  const { attempt } = session;
  if (!attempt || attempt.handedIn) return session;
  const state = stateOf(session, item);
  const next = withItem(session, item, { draft: response, last: response, tries: state.tries + 1 });
  const body = { ...answerBody({ ...quiz, rev: attempt.uv }, item, response, state), a: attempt.id };
  return { ...next, pending: [...next.pending, { once, body }] };
}

/** Hand the attempt in: nothing can be changed afterwards, and what was not saved is not part of it. */
export function handIn(session: Session, quiz: Quiz, once: string): Session {
  const { attempt } = session;
  if (!attempt || attempt.handedIn) return session;
  const body: EventBody = { k: "done", a: attempt.id, u: `quiz/${quiz.id}`, uv: attempt.uv, lang: quiz.lang };
  const items = Object.fromEntries(
    Object.entries(session.items).map(([id, state]) => [id, { ...state, draft: state.last }]),
  );
  return {
    ...session,
    seq: session.seq + 1,
    items,
    attempt: { ...attempt, handedIn: true },
    used: session.used + 1,
    at: session.run.length,
    all: false,
    pending: [...session.pending, { once, body }],
  };
}

/** Note what the server says of the attempt. Another attempt's result, or the same once more, changes nothing. */
export function receive(session: Session, result: AttemptResult): Session {
  const { attempt } = session;
  if (!attempt || attempt.id !== result.attempt) return session;
  if (JSON.stringify(attempt.result) === JSON.stringify(result)) return session;
  const used = Math.max(session.used, result.attempts.used);
  return { ...session, seq: session.seq + 1, attempt: { ...attempt, result }, used };
}

/** Tell how many attempts are left; null: any number. */
export function attemptsLeft(session: Session, quiz: Quiz): number | null {
  return quiz.attempts ? Math.max(0, quiz.attempts - session.used) : null;
}

/** Tell whether an attempt is open. */
export function isOpen(session: Session): boolean {
  return session.attempt !== null && !session.attempt.handedIn;
}

/** Tell whether the quiz has changed since the open attempt was begun. */
export function hasChanged(session: Session, quiz: Quiz): boolean {
  return isOpen(session) && session.attempt?.uv !== quiz.rev;
}

/** Tell whether something stands in the controls that is not saved. */
export function isUnsaved(session: Session, item: Item): boolean {
  const { draft, last } = stateOf(session, item);
  return !isBlank(draft) && !sameResponse(draft, last);
}

/** Give the places of items that are not answered, and of those with something not saved. Numbers start at 1. */
export function missing(session: Session, quiz: Quiz): { unanswered: number[]; unsaved: number[] } {
  const items = askedItems(session, quiz);
  const places = (test: (item: Item) => boolean) => items.flatMap((item, at) => (test(item) ? [at + 1] : []));
  return {
    unanswered: places((item) => stateOf(session, item).last === null && !isUnsaved(session, item)),
    unsaved: places((item) => isUnsaved(session, item)),
  };
}

/** Give what the server said of an item, or null. */
export function resultOf(session: Session, item: Item): ItemResult | null {
  return session.attempt?.result?.items?.[item.id] ?? null;
}

/** Say how an item of an attempt stands: by the server's marks, and before them only whether it is answered. */
export function standing(session: Session, item: Item): Verdict {
  const marks = resultOf(session, item);
  const answered = stateOf(session, item).last === null ? "open" : "yours";
  return !marks || isOpinion(item) || marks.possible === 0 ? answered : verdictOf(marks);
}

/** Read an answer of the API, or null where it is no result, or none yet. */
export function readResult(body: unknown): AttemptResult | null {
  const { attempt, state, attempts } = (body ?? {}) as Partial<AttemptResult>;
  const whole = typeof attempt === "string" && typeof state === "string" && typeof attempts?.used === "number";
  return whole && state !== "open" && state !== "unmarked" ? (body as AttemptResult) : null;
}
