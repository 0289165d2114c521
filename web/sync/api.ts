/** Calls of API version 1. A call never throws: status 0 is "no answer". */
import type { LearnerEvent } from "../types.ts";

export interface Reply {
  status: number;
  body: unknown;
  etag: string | null;
  retryAfter: number;
}

const patience = 20_000;
/** Browsers carry at most 64 KB past the end of a page. */
const carried = 60_000;

export class Api {
  /** `origin` is "" for the page's own. */
  constructor(
    private readonly origin: string,
    private readonly lang: string,
  ) {}

  enrol(): Promise<Reply> {
    return this.call("POST", "learners", {}, null);
  }

  redeem(code: string, token: string | null): Promise<Reply> {
    return this.call("POST", "learners/redeem", { code }, token);
  }

  sync(events: readonly LearnerEvent[], token: string): Promise<Reply> {
    return this.call("POST", "sync", { events }, token);
  }

  progress(token: string, etag: string | null): Promise<Reply> {
    return this.call("GET", "progress", undefined, token, etag ? { "If-None-Match": etag } : {});
  }

  attempt(id: string, token: string): Promise<Reply> {
    return this.call("GET", `attempts/${id}`, undefined, token);
  }

  private async call(
    method: string,
    path: string,
    body: unknown,
    token: string | null,
    more: Record<string, string> = {},
  ): Promise<Reply> {
    const text = body === undefined ? null : JSON.stringify(body);
    const headers: Record<string, string> = { Accept: "application/json", "Accept-Language": this.lang, ...more };
    if (text !== null) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), patience);
    try {
      const response = await fetch(`${this.origin}/api/v1/${path}`, {
        method,
        headers,
        body: text,
        signal: abort.signal,
        credentials: "omit",
        cache: "no-store",
        keepalive: (text?.length ?? 0) * 3 < carried,
      });
      const retryAfter = Number(response.headers.get("Retry-After")) || 0;
      const answer: unknown = await response.json().catch(() => null);
      return { status: response.status, body: answer, etag: response.headers.get("ETag"), retryAfter };
    } catch {
      return { status: 0, body: null, etag: null, retryAfter: 0 };
    } finally {
      clearTimeout(timer);
    }
  }
}
