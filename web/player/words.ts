/** Length of a written answer. Chinese is counted in characters, as its readers do. */

/** Characters a Chinese text needs for one English word, by rule of thumb. */
const charactersPerWord = 1.5;
const han = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g;

/** Count words; each Chinese character counts as one. */
export function countWords(text: string): number {
  const characters = text.match(han)?.length ?? 0;
  const words = text.replace(han, " ").match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
  return characters + words;
}

/** Give the advised length in the unit `countWords` counts in. */
export function advisedLength(words: { min: number; max: number }, lang: string): { min: number; max: number } {
  const factor = lang.startsWith("zh") ? charactersPerWord : 1;
  return { min: Math.round(words.min * factor), max: Math.round(words.max * factor) };
}
