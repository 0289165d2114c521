/** One tab at a time: Web Locks where a secure context has them, a short lease in the log elsewhere. */
import { uuid4 } from "../random.ts";
import type { Log } from "./log.ts";

const name = "e4j-send";
const holder = uuid4();
const lease = 30_000;

async function underLease(log: Log, work: () => Promise<void>): Promise<boolean> {
  const now = Date.now();
  const held = await log.change("lease", (old) =>
    old && old.holder !== holder && old.until > now && old.until < now + 2 * lease
      ? old
      : { holder, until: now + lease },
  );
  if (held?.holder !== holder) return false;
  try {
    await work();
  } finally {
    await log.change("lease", (old) => (old?.holder === holder ? undefined : old));
  }
  return true;
}

/** Do `work` unless another tab is at it; tell whether it was done. */
export async function inTurn(log: Log, work: () => Promise<void>): Promise<boolean> {
  if (typeof navigator === "undefined" || !navigator.locks) return underLease(log, work);
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}
