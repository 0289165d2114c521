/** What the root element tells scripts about the page. */

export interface PageFacts {
  /** Way to the language folder, "" or ending in "/". */
  base: string;
  lang: string;
  /** "lost-coin/story", or null on pages that are no lesson. */
  page: string | null;
  rev: string;
  /** Origin of the API, "" for the page's own, null where there can be none. */
  server: string | null;
}

/** Read the facts of this page. */
export function pageFacts(): PageFacts {
  const { dataset, lang } = document.documentElement;
  return {
    base: dataset.e4jBase ?? "",
    lang: lang || "en",
    page: dataset.e4jPage ?? null,
    rev: dataset.e4jRev || "unknown",
    server: location.protocol === "file:" ? null : (dataset.e4jServer ?? ""),
  };
}
