/** The log where IndexedDB is refused: one JSON text, in localStorage or, when that is refused too, in this page only. */
import { uuid4 } from "../random.ts";
import type { EventBody, LearnerEvent } from "../types.ts";
import { type Entry, type Facts, type Log, stampEvent } from "./log.ts";

/** A place for one text. */
export interface Box {
  readonly durable: boolean;
  read(): string | null;
  write(text: string): void;
}

/** Keep the text in Web Storage. */
export function storageBox(storage: Storage): Box {
  const key = "e4j-log";
  return { durable: true, read: () => storage.getItem(key), write: (text) => storage.setItem(key, text) };
}

/** Keep the text in this page. */
export function memoryBox(): Box {
  let kept: string | null = null;
  return {
    durable: false,
    read: () => kept,
    write: (text) => {
      kept = text;
    },
  };
}

interface Content {
  entries: Entry[];
  facts: Partial<Facts>;
}

/** Every step reads and writes the whole text without waiting in between, so tabs do not come between. */
export class PlainLog implements Log {
  readonly durable: boolean;

  constructor(private readonly box: Box) {
    this.durable = box.durable;
  }

  async append(body: EventBody, stamp: { id: string; lc: string }, once?: string): Promise<LearnerEvent> {
    return this.step(({ entries, facts }) => {
      const told = once && entries.find((entry) => entry.once === once);
      if (told) return told.event;
      const device = { id: facts.device?.id ?? uuid4(), n: (facts.device?.n ?? 0) + 1 };
      facts.device = device;
      const event = stampEvent(body, stamp, device);
      entries.push({ id: event.id, event, waits: 1, ...(once && { once }) });
      return event;
    });
  }

  async all(): Promise<LearnerEvent[]> {
    return this.load().entries.map((entry) => entry.event);
  }

  async waiting(): Promise<LearnerEvent[]> {
    return this.load()
      .entries.filter((entry) => entry.waits)
      .map((entry) => entry.event);
  }

  async settle(ids: readonly string[]): Promise<void> {
    this.step(({ entries }) => {
      for (const entry of entries) if (ids.includes(entry.id)) delete entry.waits;
    });
  }

  async get<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined> {
    return this.load().facts[name];
  }

  async change<K extends keyof Facts>(
    name: K,
    work: (old: Facts[K] | undefined) => Facts[K] | undefined,
  ): Promise<Facts[K] | undefined> {
    return this.step(({ facts }) => {
      const next = work(facts[name]);
      if (next === undefined) delete facts[name];
      else facts[name] = next;
      return next;
    });
  }

  async clear(): Promise<void> {
    this.box.write(JSON.stringify({ entries: [], facts: {} }));
  }

  private load(): Content {
    const text = this.box.read();
    return text ? (JSON.parse(text) as Content) : { entries: [], facts: {} };
  }

  private step<T>(work: (content: Content) => T): T {
    const content = this.load();
    const result = work(content);
    this.box.write(JSON.stringify(content));
    return result;
  }
}
