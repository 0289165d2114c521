/** The log in IndexedDB. Two tabs number their events without gaps or twins, because a transaction is one step. */

import { asked, openDatabase, transact } from "../database.ts";
import { uuid4 } from "../random.ts";
import type { EventBody, LearnerEvent } from "../types.ts";
import { type Entry, type Facts, type Log, stampEvent } from "./log.ts";

/** Open the log, or fail where there is no IndexedDB. */
export async function openIndexedLog(): Promise<Log> {
  const database = await openDatabase("e4j-log", (made) => {
    const entries = made.createObjectStore("entries", { keyPath: "id" });
    entries.createIndex("once", "once", { unique: true });
    entries.createIndex("waits", "waits");
    made.createObjectStore("facts");
  });
  return new IndexedLog(database);
}

class IndexedLog implements Log {
  readonly durable = true;

  constructor(private readonly database: IDBDatabase) {}

  append(body: EventBody, stamp: { id: string; lc: string }, once?: string): Promise<LearnerEvent> {
    return transact(this.database, ["entries", "facts"], "readwrite", async (transaction) => {
      const entries = transaction.objectStore("entries");
      const facts = transaction.objectStore("facts");
      const told: Entry | undefined = once && (await asked(entries.index("once").get(once)));
      if (told) return told.event;
      const old: Facts["device"] | undefined = await asked(facts.get("device"));
      const device = { id: old?.id ?? uuid4(), n: (old?.n ?? 0) + 1 };
      const event = stampEvent(body, stamp, device);
      await asked(facts.put(device, "device"));
      await asked(entries.add({ id: event.id, event, waits: 1, ...(once && { once }) } satisfies Entry));
      return event;
    });
  }

  async all(): Promise<LearnerEvent[]> {
    const entries = await this.read((store) => store.getAll());
    return entries.map((entry) => entry.event);
  }

  async waiting(): Promise<LearnerEvent[]> {
    const entries = await this.read((store) => store.index("waits").getAll(1));
    return entries.map((entry) => entry.event);
  }

  settle(ids: readonly string[]): Promise<void> {
    return transact(this.database, ["entries"], "readwrite", async (transaction) => {
      const entries = transaction.objectStore("entries");
      for (const id of ids) {
        const entry: Entry | undefined = await asked(entries.get(id));
        if (!entry) continue;
        delete entry.waits;
        await asked(entries.put(entry));
      }
    });
  }

  get<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
    return transact(this.database, ["facts"], "readonly", (t) => asked(t.objectStore("facts").get(name)));
  }

  change<K extends keyof Facts>(
    name: K,
    work: (old: Facts[K] | undefined) => Facts[K] | undefined,
  ): Promise<Facts[K] | undefined> {
    return transact(this.database, ["facts"], "readwrite", async (transaction) => {
      const facts = transaction.objectStore("facts");
      const next = work(await asked(facts.get(name)));
      if (next === undefined) await asked(facts.delete(name));
      else await asked(facts.put(next, name));
      return next;
    });
  }

  clear(): Promise<void> {
    return transact(this.database, ["entries", "facts"], "readwrite", async (transaction) => {
      await asked(transaction.objectStore("entries").clear());
      await asked(transaction.objectStore("facts").clear());
    });
  }

  private read(request: (store: IDBObjectStore) => IDBRequest<Entry[]>): Promise<Entry[]> {
    return transact(this.database, ["entries"], "readonly", (t) => asked(request(t.objectStore("entries"))));
  }
}
