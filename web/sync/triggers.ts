/** When a page sends: at load, when the network is back, when it is looked at again, and every minute. */
import { AnswerEvent } from "../types.ts";
import type { LearnerLog } from "./learner.ts";

const minute = 60_000;

/** Record what the player tells, and send at the right moments. */
export function listen(learner: LearnerLog): void {
  document.addEventListener("e4j-answer", (event) => {
    if (event instanceof AnswerEvent) event.waitUntil(learner.record(event.detail, event.once));
  });
  window.addEventListener("online", () => void learner.send(true));
  document.addEventListener("visibilitychange", () => void learner.send());
  setInterval(() => void learner.send(), minute);
  void learner.send();
}
