/** What goes to the server in one call, and when to call again. */
import type { LearnerEvent } from "../types.ts";
import { compareEvents } from "./fold.ts";

/** Limits of POST /api/v1/sync, with room for the frame around the events. */
export const mostEvents = 200;
const mostBytes = 256 * 1024 - 1024;

const terminal = ["new", "dup", "conflict", "invalid"];
const shortestWait = 1000;
const longestWait = 5 * 60_000;

export interface SyncResult {
  id: string;
  status: string;
  reason?: string;
}

/** Take the oldest events that fit one call. */
export function cutBatch(events: readonly LearnerEvent[], most = mostEvents): LearnerEvent[] {
  const batch: LearnerEvent[] = [];
  let bytes = 0;
  for (const event of [...events].sort(compareEvents)) {
    bytes += new TextEncoder().encode(JSON.stringify(event)).length + 1;
    if (batch.length >= most || (bytes > mostBytes && batch.length > 0)) break;
    batch.push(event);
  }
  return batch;
}

/** Give the ids of the batch on which the server has spoken its last word. */
export function settledIds(batch: readonly LearnerEvent[], results: readonly SyncResult[]): string[] {
  const sent = new Set(batch.map((event) => event.id));
  return results.filter((result) => sent.has(result.id) && terminal.includes(result.status)).map((result) => result.id);
}

/** Wait before the next call: exponential with full jitter, 1 s to 5 min, never less than the server asked for. */
export function waitAfter(failures: number, random: number, retryAfterSeconds = 0): number {
  const most = Math.min(longestWait, shortestWait * 2 ** Math.max(0, failures));
  return Math.max(retryAfterSeconds * 1000, Math.round(shortestWait + random * (most - shortestWait)));
}
