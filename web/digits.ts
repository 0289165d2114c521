/** Digits of other scripts, as typed into answers and codes. */

const zeros = [0x0660, 0x06f0, 0x0966];

/** Write Arabic-Indic, Persian and Devanagari digits as ASCII digits. */
export function asciiDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = zeros.find((first) => code >= first && code <= first + 9) ?? code;
    return String(code - zero);
  });
}
