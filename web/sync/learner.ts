/** The learner on this device: records, sends, folds. Implements what the site and the player may ask of it. */
import { webStorage } from "../database.ts";
import { asciiDigits } from "../digits.ts";
import type {
  AttemptSource,
  AttemptStanding,
  EventBody,
  Learner,
  Progress,
  RedeemResult,
  Stored,
  SyncStatus,
} from "../types.ts";
import type { Api } from "./api.ts";
import { fold, union } from "./fold.ts";
import { localClock, uuid7 } from "./ids.ts";
import { openIndexedLog } from "./indexed-log.ts";
import type { Log } from "./log.ts";
import { accountOf, Outbox } from "./outbox.ts";
import { memoryBox, PlainLog, storageBox } from "./plain-log.ts";
import { inTurn } from "./turn.ts";

const digitsInCode = 25;
const pauseAfterAnswer = 1500;

/** Open the best log this browser allows: IndexedDB, else localStorage, else this page only. */
export async function openLog(): Promise<Log> {
  try {
    return await openIndexedLog();
  } catch {
    const storage = webStorage("localStorage");
    return new PlainLog(storage ? storageBox(storage) : memoryBox());
  }
}

/** Bring a code as typed to the form it is shown in: five groups of five ASCII digits, or null. */
export function formatCode(typed: string): string | null {
  const digits = asciiDigits(typed.normalize("NFKC")).replace(/\D/g, "");
  return digits.length === digitsInCode ? digits.replace(/(\d{5})(?!$)/g, "$1-") : null;
}

function asProgress(body: unknown): Progress | null {
  const { events, quizzes, pages } = (body ?? {}) as Partial<Progress>;
  return quizzes && pages ? { events: events ?? 0, quizzes, pages } : null;
}

export class LearnerLog implements Learner, AttemptSource {
  private readonly log: Promise<Log>;
  /** Takes what the disk refuses, under a device id of its own. */
  private readonly spare = new PlainLog(memoryBox());
  private readonly listeners: (() => void)[] = [];
  private outboxes: Promise<Outbox[]> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `api` is null where no server can be reached (file://). */
  constructor(
    private readonly api: Api | null,
    log: Promise<Log> = openLog(),
  ) {
    this.log = log;
  }

  async record(body: EventBody, once?: string): Promise<Stored> {
    const now = new Date();
    const stamp = { id: uuid7(now.getTime()), lc: localClock(now) };
    const log = await this.log;
    const kept = await log.append(body, stamp, once).then(
      () => log.durable,
      async () => {
        await this.spare.append(body, stamp, once);
        return false;
      },
    );
    this.changed();
    if (body.k !== "view") this.soon();
    return kept ? "device" : "memory";
  }

  async progress(): Promise<Progress> {
    const log = await this.log;
    const here = fold([...(await log.all()), ...(await this.spare.all())]);
    const there = asProgress((await log.get("server"))?.body);
    return there ? union(here, there) : here;
  }

  async status(): Promise<SyncStatus> {
    const log = await this.log;
    const spare = await this.spare.all();
    const waiting = [...(await log.waiting()), ...(await this.spare.waiting())].filter((event) => event.k !== "view");
    const [outbox] = await this.senders();
    return {
      state: outbox ? outbox.state : "local",
      waiting: waiting.length,
      durable: log.durable && spare.length === 0,
      enrolled: (await log.get("account")) !== undefined,
    };
  }

  async standing(attempt: string | null): Promise<AttemptStanding> {
    const { state } = await this.status();
    const log = await this.log;
    const waiting = [...(await log.waiting()), ...(await this.spare.waiting())];
    const ours = waiting.filter((event) => attempt !== null && event.a === attempt);
    const answers = ours.filter((event) => event.k === "answer").length;
    const account = await log.get("account");
    if (!attempt || ours.length || !account || !this.api) return { state, waiting: answers, body: null };
    const reply = await this.api.attempt(attempt, account.token);
    if (reply.status === 200) return { state, waiting: 0, body: reply.body };
    return { state: reply.status === 0 ? "offline" : state, waiting: 0, body: null };
  }

  async recoveryCode(): Promise<string | null> {
    return (await (await this.log).get("account"))?.code ?? null;
  }

  async redeem(typed: string): Promise<RedeemResult> {
    const code = formatCode(typed);
    if (!code) return "wrong-code";
    if (!this.api) return "unreachable";
    const log = await this.log;
    const own = (await log.get("account"))?.token ?? null;
    let reply = await this.api.redeem(code, own);
    // The server does not know this device any more: the code alone has to do.
    if (reply.status === 401 && own) reply = await this.api.redeem(code, null);
    if (reply.status === 429) return "too-many";
    if (reply.status !== 200) return reply.status >= 400 && reply.status < 500 ? "wrong-code" : "unreachable";
    const account = accountOf(reply.body, code);
    if (!account) return "unreachable";
    await log.change("account", () => ({ ...account, code }));
    await log.change("server", () => undefined);
    await this.send(true);
    return "ok";
  }

  sendNow(): Promise<void> {
    return this.send(true);
  }

  async forget(): Promise<void> {
    clearTimeout(this.timer);
    await this.spare.clear();
    await (await this.log).clear();
    this.changed();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Send what waits, then ask the server for progress. Another tab at it is as good. */
  async send(eager = false): Promise<void> {
    clearTimeout(this.timer);
    const log = await this.log;
    const [outbox, spare] = await this.senders();
    if (!outbox || !spare) return;
    if (await outbox.ready(eager)) {
      await inTurn(log, async () => {
        await outbox.send();
        if (outbox.state === "idle" && (await this.spare.waiting()).length) await this.sendSpare(log, spare);
        if (outbox.state === "idle") await this.fetchProgress(log, outbox);
      });
    }
    this.changed();
  }

  /** Events the disk refused go out under the same account. */
  private async sendSpare(log: Log, spare: Outbox): Promise<void> {
    const account = await log.get("account");
    await this.spare.change("account", () => account);
    await spare.send();
  }

  private async fetchProgress(log: Log, outbox: Outbox): Promise<void> {
    const account = await log.get("account");
    if (!account || !this.api) return;
    const old = await log.get("server");
    const reply = await this.api.progress(account.token, old?.etag ?? null);
    if (reply.status === 401) outbox.state = "refused";
    if (reply.status !== 200 || !asProgress(reply.body)) return;
    await log.change("server", () => ({ etag: reply.etag, body: reply.body }));
  }

  private senders(): Promise<Outbox[]> {
    const { api } = this;
    this.outboxes ??= this.log.then((log) => (api ? [new Outbox(log, api), new Outbox(this.spare, api)] : []));
    return this.outboxes;
  }

  /** Send in a moment: a learner who answers on is not interrupted. */
  private soon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), pauseAfterAnswer);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
