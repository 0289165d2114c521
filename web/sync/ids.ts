/** Ids and clock readings of events. */
import { formatUuid, randomBytes } from "../random.ts";

/** Make a UUID that sorts by time (version 7, RFC 9562): 48 bits of milliseconds, then random. */
export function uuid7(milliseconds: number): string {
  const bytes = randomBytes(16);
  let left = milliseconds;
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = left % 256;
    left = Math.floor(left / 256);
  }
  return formatUuid(bytes, 7);
}

/** Write a moment as this device's own clock shows it: 2026-11-23T09:30:00+03:00. */
export function localClock(moment: Date): string {
  const offset = -moment.getTimezoneOffset();
  const two = (number: number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
  const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}
