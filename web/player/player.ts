/** Runs one quiz: takes what the learner does, saves it, tells the log, and only then shows it. */
import { uuid4 } from "../random.ts";
import { AnswerEvent, type Item, type Quiz, type Response } from "../types.ts";
import { Drafts } from "./drafts.ts";
import * as steps from "./session.ts";
import { type Focus, type Place, QuizView, type ViewActions } from "./view.ts";

export class Player implements ViewActions {
  readonly view: QuizView;
  private session: steps.Session;
  private readonly drafts: Drafts;
  /** Of each item answered here: is the answer on disk? */
  private readonly saved = new Map<string, boolean>();
  private busy = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly quiz: Quiz,
    place: Place,
  ) {
    this.session = steps.startSession(quiz);
    this.drafts = new Drafts(quiz);
    this.view = new QuizView(quiz, place, this);
  }

  /** Take up where the learner left, and tell the log what a crash may have kept from it. */
  async start(): Promise<void> {
    this.session = steps.resumeSession(this.quiz, await this.drafts.load());
    await this.tell();
    this.view.update(this.session, this.saved, "all");
  }

  /** Begin anew without a trace of before: the learner deleted everything. */
  reset(): void {
    this.session = steps.startSession(this.quiz);
    this.saved.clear();
    this.view.update(this.session, this.saved, "all");
  }

  draft(item: Item, response: Response | null): void {
    this.session = steps.draft(this.session, item, response);
    void this.drafts.save(this.session);
  }

  check(item: Item, response: Response): void {
    const state = steps.stateOf(this.session, item);
    if (item.type === "reflect" && item.rubric?.length && state.stage !== "comparing") {
      this.show(steps.compare(this.session, item, steps.reflection(response).text), item, "feedback");
    } else {
      void this.settle(item, steps.check(this.session, this.quiz, item, response, uuid4()));
    }
  }

  giveUp(item: Item): void {
    void this.settle(item, steps.giveUp(this.session, this.quiz, item, uuid4()));
  }

  hint(item: Item): void {
    this.show(steps.hint(this.session, item), item, "hint");
  }

  goTo(at: number): void {
    this.show(steps.goTo(this.session, at), null, "heading");
  }

  look(item: Item): void {
    const asked = this.session.run.includes(item.id);
    const run = this.quiz.items.map((one) => one.id);
    const whole = asked ? this.session : { ...this.session, run };
    this.show(steps.goTo(steps.showAll(whole, false), whole.run.indexOf(item.id)), null, "heading");
  }

  showAll(all: boolean): void {
    this.show(steps.showAll(this.session, all), null, null);
  }

  retryWrong(): void {
    this.repeat(steps.wrongIds(this.session, this.quiz));
  }

  restart(): void {
    this.repeat(this.quiz.items.map((item) => item.id));
  }

  private repeat(ids: string[]): void {
    for (const id of ids) this.saved.delete(id);
    this.session = steps.again(this.session, this.quiz, ids);
    void this.drafts.save(this.session);
    this.view.update(this.session, this.saved, ids, "heading");
  }

  /** Save a step that writes no event, and show it. */
  private show(next: steps.Session, item: Item | null, focus: Focus): void {
    this.session = item ? steps.goTo(next, this.placeOf(next, item)) : next;
    void this.drafts.save(this.session);
    this.view.update(this.session, this.saved, [], focus);
  }

  /** Save a step with its event, store the event, then show what it meant. */
  private async settle(item: Item, next: steps.Session): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.session = steps.goTo(next, this.placeOf(next, item));
      await this.drafts.save(this.session);
      await this.tell();
    } finally {
      this.busy = false;
    }
    this.view.update(this.session, this.saved, [], "feedback");
  }

  /** In the view of all questions, the one worked on is the current one. */
  private placeOf(session: steps.Session, item: Item): number {
    const at = session.run.indexOf(item.id);
    return at < 0 ? session.at : at;
  }

  /** Hand every pending event to whoever keeps the log, and wait until it is stored. */
  private async tell(): Promise<void> {
    for (const { once, body } of this.session.pending) {
      const event = new AnswerEvent(body, once);
      this.host.dispatchEvent(event);
      const stored = await Promise.all(event.waits).catch(() => ["memory" as const]);
      if (body.k === "answer" && stored.length)
        this.saved.set(
          body.i,
          stored.every((one) => one === "device"),
        );
      this.session = steps.stored(this.session, once);
      await this.drafts.save(this.session);
    }
  }
}
