/** The words people read: English in the source, looked up in `window.e4jStrings` by that English text. */

export interface Strings {
  lang: string;
  dir: "ltr" | "rtl";
  messages: Record<string, string>;
}

declare global {
  interface Window {
    e4jStrings?: Strings;
  }
}

const none: Strings = { lang: "en", dir: "ltr", messages: {} };

/** Give the page's catalog, or an empty English one. */
export function strings(): Strings {
  return (typeof window !== "undefined" && window.e4jStrings) || none;
}

/**
 * Say `english` in the page's language and fill its `{name}` places.
 * Messages never put a noun in the plural after a number ("Not sent yet: 3"), so no language needs plural forms.
 */
export function t(english: string, values: Record<string, string | number> = {}): string {
  const text = strings().messages[english] || english;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place));
}
