/** How sure a learner was, beside how it was. No DOM. */
import type { Quiz, Sure } from "../types.ts";
import { resultOf } from "./attempt.ts";
import { askedItems, asksSure, type Session, stateOf } from "./session.ts";

/** Right and wrong first answers that were given with one certainty. */
export interface Level {
  sure: Sure;
  right: number;
  wrong: number;
}

/** Give the first answers of this round, or the marked ones of an attempt, of which the learner said how sure they were. */
function said(session: Session, quiz: Quiz): { sure: Sure; right: boolean }[] {
  return askedItems(session, quiz).flatMap((item) => {
    if (!asksSure(quiz, item)) return [];
    const state = stateOf(session, item);
    const marks = resultOf(session, item);
    const right = quiz.mode === "assessed" ? marks && marks.earned === marks.possible : state.first?.right;
    const sure = quiz.mode === "assessed" ? state.sure : state.first?.sure;
    return sure && typeof right === "boolean" ? [{ sure, right }] : [];
  });
}

/** Count right and wrong by certainty, the surest first; levels nobody chose are left out. */
export function calibration(session: Session, quiz: Quiz): Level[] {
  const answers = said(session, quiz);
  return ([3, 2, 1] as const).flatMap((sure) => {
    const those = answers.filter((answer) => answer.sure === sure);
    const right = those.filter((answer) => answer.right).length;
    return those.length ? [{ sure, right, wrong: those.length - right }] : [];
  });
}
