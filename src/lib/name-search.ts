/** Letters that do not decompose, and what people type for them. */
const ALONE: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };
const LETTERS = /[ßæœøłđðþı]/g;
const ACCENTS = /[\u0300-\u036f]/g;

/** A name without case and accents. */
const folded = (name: string) =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(ACCENTS, "")
    .replace(LETTERS, (letter) => ALONE[letter] ?? letter)
    .replaceAll("ς", "σ")
    .replaceAll("’", "'");

/** Tests whether a name contains every word of `search`, in any order. */
export function nameSearch(search: string): (name: string | null) => boolean {
  const words = folded(search).split(/\s+/u).filter(Boolean);
  return (name) => {
    if (name === null || words.length === 0) return false;
    const text = folded(name);
    return words.every((word) => text.includes(word));
  };
}
