/** Send what waits. Nothing leaves the outbox before the server has spoken its last word on it. */
import { uuid4 } from "../random.ts";
import type { SyncState } from "../types.ts";
import type { Api, Reply } from "./api.ts";
import { cutBatch, mostEvents, type SyncResult, settledIds, waitAfter } from "./batch.ts";
import type { Account, Log } from "./log.ts";

const absentFor = 60 * 60_000;

/** Give the account an answer of the API carries, or null. */
export function accountOf(body: unknown, code: string | null): Account | null {
  const { learner, token, recovery_code } = (body ?? {}) as Record<string, unknown>;
  if (typeof learner !== "string" || typeof token !== "string") return null;
  return { learner, token, code: typeof recovery_code === "string" ? recovery_code : code };
}

export class Outbox {
  state: SyncState = "idle";
  private failures = 0;
  private notBefore = 0;

  constructor(
    private readonly log: Log,
    private readonly api: Api,
  ) {}

  /** Tell whether a call makes sense now; `eager` (a person asks, or the network is back) does not wait. */
  async ready(eager: boolean): Promise<boolean> {
    if (eager) return true;
    const absent = (await this.log.get("absent")) ?? 0;
    if (absent > Date.now() && absent < Date.now() + absentFor * 2) {
      this.state = "absent";
      return false;
    }
    return Date.now() >= this.notBefore || this.notBefore > Date.now() + absentFor;
  }

  /** Send batch after batch until nothing waits or the server does not take it. */
  async send(): Promise<void> {
    let most = mostEvents;
    for (;;) {
      const waiting = await this.log.waiting();
      const batch = cutBatch(waiting, most);
      // Reading alone enrols nobody: a learner is made for the first thing a person does.
      if (batch.length === 0 || !(waiting.some((event) => event.k !== "view") || (await this.known()))) return;
      this.state = "sending";
      const account = await this.account();
      if (!account) return;
      const reply = await this.api.sync(batch, account.token);
      const settled = reply.status === 200 ? await this.settle(batch, reply) : 0;
      if (reply.status === 413 && most > 1) most = Math.ceil(Math.min(most, batch.length) / 2);
      else if (settled === 0) return this.failed(reply);
      else this.succeeded();
    }
  }

  /** Note that the server answered as it should. */
  succeeded(): void {
    this.state = "idle";
    this.failures = 0;
    this.notBefore = 0;
  }

  private async known(): Promise<boolean> {
    return (await this.log.get("account")) !== undefined;
  }

  /** Give this device's account; make one when there is none. */
  private async account(): Promise<Account | null> {
    const known = await this.log.get("account");
    if (known) return known;
    const reply = await this.api.enrol();
    const made = reply.status === 201 ? accountOf(reply.body, null) : null;
    if (!made) {
      await this.failed(reply);
      return null;
    }
    return (await this.log.change("account", (old) => old ?? made)) ?? made;
  }

  private async settle(batch: Parameters<typeof settledIds>[0], reply: Reply): Promise<number> {
    const results = ((reply.body ?? {}) as { results?: SyncResult[] }).results ?? [];
    const ids = settledIds(batch, results);
    await this.log.settle(ids);
    // Same device and number, other content: this profile is a copy of another one. Go on under a new device id.
    if (results.some((result) => result.status === "conflict")) {
      await this.log.change("device", () => ({ id: uuid4(), n: 0 }));
    }
    return ids.length;
  }

  private async failed(reply: Reply): Promise<void> {
    this.notBefore = Date.now() + waitAfter(this.failures, Math.random(), reply.retryAfter);
    this.failures += 1;
    this.state = reply.status === 401 ? "refused" : "offline";
    if (reply.status === 404 || reply.status === 405 || reply.status === 501) {
      this.state = "absent";
      await this.log.change("absent", () => Date.now() + absentFor);
    }
  }
}
