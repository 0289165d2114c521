/** What the closed frame of an activity tells the page. The page believes none of it: code of strangers runs beside the teller. */

/** The few parts of an xAPI statement that may leave the frame. No actor, no texts of the question, no key. */
export interface Told {
  verb: string;
  object: string;
  parent: string;
  kind: string;
  raw: number;
  max: number;
  response: string;
}

export type Message =
  | { e4j: "h5p"; is: "ready" | "failed" }
  | { e4j: "h5p"; is: "height"; height: number }
  | { e4j: "h5p"; is: "statement"; told: Told };

function text(value: unknown): string {
  return typeof value === "string" && value.length <= 500 ? value : "";
}

function number(value: unknown): number {
  return typeof value === "number" ? value : Number.NaN;
}

/** Pick the few parts; anything of another shape becomes empty. */
export function tell(parts: Partial<Record<keyof Told, unknown>>): Told {
  return {
    verb: text(parts.verb),
    object: text(parts.object),
    parent: text(parts.parent),
    kind: text(parts.kind),
    raw: number(parts.raw),
    max: number(parts.max),
    response: text(parts.response),
  };
}

/** Read what came in a message event, or null where it is not one of ours. */
export function readMessage(data: unknown): Message | null {
  const { e4j, is, height, told } = (data ?? {}) as { e4j?: unknown; is?: unknown; height?: unknown; told?: unknown };
  if (e4j !== "h5p") return null;
  if (is === "ready" || is === "failed") return { e4j, is };
  if (is === "height") return { e4j, is, height: number(height) };
  if (is === "statement" && told && typeof told === "object") return { e4j, is, told: tell(told) };
  return null;
}
