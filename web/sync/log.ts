/** The learner's log on this device: events, which of them wait to be sent, and a few facts beside them. */
import type { EventBody, LearnerEvent } from "../types.ts";

/** Who this device is to the server. */
export interface Account {
  learner: string;
  token: string;
  code: string | null;
}

/** This device and the number of its latest event. */
export interface Device {
  id: string;
  n: number;
}

export interface Facts {
  account: Account;
  device: Device;
  /** Progress as the server last told it. */
  server: { etag: string | null; body: unknown };
  /** No learner service at this origin; do not ask before then (milliseconds of this device's clock). */
  absent: number;
  /** Held by the tab that sends, where Web Locks are missing. */
  lease: { holder: string; until: number };
}

export interface Log {
  /** False when all is gone with the page. */
  readonly durable: boolean;
  /** Give the event its device and number and store it. The same `once` is stored once. Resolves when it is on disk. */
  append(body: EventBody, stamp: { id: string; lc: string }, once?: string): Promise<LearnerEvent>;
  all(): Promise<LearnerEvent[]>;
  waiting(): Promise<LearnerEvent[]>;
  /** The server has spoken the last word on these. */
  settle(ids: readonly string[]): Promise<void>;
  get<K extends keyof Facts>(name: K): Promise<Facts[K] | undefined>;
  /** Change a fact in one step that no other tab can come between. */
  change<K extends keyof Facts>(
    name: K,
    work: (old: Facts[K] | undefined) => Facts[K] | undefined,
  ): Promise<Facts[K] | undefined>;
  clear(): Promise<void>;
}

/** What is stored of an event. `waits` is there as long as it is not sent. */
export interface Entry {
  id: string;
  event: LearnerEvent;
  once?: string;
  waits?: 1;
}

/** Put ids, device and clock on a body. */
export function stampEvent(body: EventBody, stamp: { id: string; lc: string }, device: Device): LearnerEvent {
  return { v: 1, id: stamp.id, d: device.id, n: device.n, lc: stamp.lc, ...body };
}
