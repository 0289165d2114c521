/** Random ids without a secure context: `getRandomValues` is there on http and file://, `randomUUID` is not. */

/** Fill with random bytes; without any crypto, from Math.random: ids must differ, they guard nothing. */
export function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  if (typeof crypto !== "undefined" && crypto.getRandomValues) return crypto.getRandomValues(bytes);
  return bytes.map(() => Math.floor(Math.random() * 256));
}

/** Write 16 bytes as a UUID of a version. */
export function formatUuid(bytes: Uint8Array, version: number): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Make a random UUID (version 4). */
export function uuid4(): string {
  return formatUuid(randomBytes(16), 4);
}
