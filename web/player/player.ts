/** Runs one quiz: takes what the learner does, saves it, tells the log, and only then shows it. */
import { pageFacts } from "../page.ts";
import { uuid4 } from "../random.ts";
import { AnswerEvent, type AttemptSource, type Item, type Quiz, type Response, type Sure } from "../types.ts";
import * as attempts from "./attempt.ts";
import { Drafts } from "./drafts.ts";
import * as steps from "./session.ts";
import { type Focus, type Place, QuizView, type ViewActions } from "./view.ts";

/** Lead links in a server's texts from this page: they are written for `/answers/<lang>/<quiz>`. */
function linksFromHere(body: unknown): unknown {
  const { base, lang } = pageFacts();
  return body === null ? null : JSON.parse(JSON.stringify(body).split(`"../../${lang}/`).join(`"${base}`));
}

export class Player implements ViewActions {
  readonly view: QuizView;
  private session: steps.Session;
  private readonly drafts: Drafts;
  /** Of each item answered here: is the answer on disk? */
  private readonly saved = new Map<string, boolean>();
  private busy = false;
  /** The server's word on the attempt was heard since this page was opened. */
  private heard: string | null = null;
  private asking = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly quiz: Quiz,
    place: Place,
    private readonly source: AttemptSource,
  ) {
    this.session = steps.startSession(quiz, uuid4());
    this.drafts = new Drafts(quiz);
    this.view = new QuizView(quiz, place, this);
  }

  /** Take up where the learner left, and tell the log what a crash may have kept from it. */
  async start(): Promise<void> {
    const saved = await this.drafts.load();
    this.session = steps.resumeSession(this.quiz, saved, uuid4());
    // The order shown now is the order shown next time, also when nothing was answered yet.
    if (saved?.v !== 2) void this.drafts.save(this.session);
    await this.tell();
    this.view.update(this.session, this.saved, "all");
    if (this.quiz.mode !== "assessed") return;
    this.source.onChange(() => void this.hear());
    void this.hear();
  }

  /** Begin anew without a trace of before: the learner deleted everything. */
  reset(): void {
    this.session = steps.startSession(this.quiz, uuid4());
    this.saved.clear();
    this.view.update(this.session, this.saved, "all");
  }

  draft(item: Item, response: Response | null): void {
    this.session = steps.draft(this.session, item, response);
    void this.drafts.save(this.session);
  }

  say(item: Item, sure: Sure): void {
    this.session = steps.say(this.session, item, sure);
    void this.drafts.save(this.session);
  }

  check(item: Item, response: Response): void {
    const state = steps.stateOf(this.session, item);
    if (this.quiz.mode === "assessed") {
      void this.settle(item, attempts.keep(this.session, this.quiz, item, response, uuid4()));
    } else if (item.type === "reflect" && item.rubric?.length && state.stage !== "comparing") {
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
    const whole = asked ? this.session : { ...this.session, run: this.session.drawn };
    this.show(steps.goTo(steps.showAll(whole, false), whole.run.indexOf(item.id)), null, "heading");
  }

  showAll(all: boolean): void {
    this.show(steps.showAll(this.session, all), null, null);
  }

  retryWrong(): void {
    const ids = steps.wrongIds(this.session, this.quiz);
    this.repeat(steps.again(this.session, this.quiz, ids));
  }

  restart(): void {
    this.repeat(steps.restart(this.session, this.quiz, uuid4()));
  }

  begin(): void {
    this.repeat(attempts.begin(this.session, this.quiz, uuid4()));
  }

  handIn(): void {
    const next = attempts.handIn(this.session, this.quiz, uuid4());
    void this.settle(null, next, next.run).then(() => this.source.sendNow());
  }

  /** Ask afresh what is in the run now. */
  private repeat(next: steps.Session): void {
    for (const id of next.run) this.saved.delete(id);
    this.session = next;
    void this.drafts.save(this.session);
    this.view.update(this.session, this.saved, next.run, "heading");
  }

  /** Hear how the attempt stands. Once its result is here, this page need not ask again. */
  private async hear(): Promise<void> {
    const { attempt } = this.session;
    if (this.asking) return;
    this.asking = true;
    const wanted = attempt?.handedIn && this.heard !== attempt.id ? attempt.id : null;
    const standing = await this.source.standing(wanted).finally(() => {
      this.asking = false;
    });
    this.view.standing = standing;
    const result = attempts.readResult(linksFromHere(standing.body));
    if (result && result.attempt === this.session.attempt?.id) {
      this.heard = result.attempt;
      this.session = attempts.receive(this.session, result);
      void this.drafts.save(this.session);
    }
    this.view.update(this.session, this.saved, []);
  }

  /** Save a step that writes no event, and show it. */
  private show(next: steps.Session, item: Item | null, focus: Focus): void {
    this.session = item ? steps.goTo(next, this.placeOf(next, item)) : next;
    void this.drafts.save(this.session);
    this.view.update(this.session, this.saved, [], focus);
  }

  /** Save a step with its event, store the event, then show what it meant. */
  private async settle(item: Item | null, next: steps.Session, fill: readonly string[] = []): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      this.session = item ? steps.goTo(next, this.placeOf(next, item)) : next;
      await this.drafts.save(this.session);
      await this.tell();
    } finally {
      this.busy = false;
    }
    this.view.update(this.session, this.saved, fill, "feedback");
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
