/** A line that is one quoted cell, followed by a spreadsheet's empty cells. */
const WRAPPED = /^"((?:[^"]|"")*)"[,;\t ]*$/;
const DELIMITER = /[,;\t|]/;
const LOOKED_AT_LINES = 50;

const within = (line: string) => WRAPPED.exec(line)?.[1]?.replaceAll('""', '"');

/**
 * Removes the quotation marks around whole lines. A spreadsheet adds them if it opens a list as one column and saves it
 * again: `"email,name"`.
 */
export function unwrapped(lines: string[]): string[] {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, LOOKED_AT_LINES);
  const areWrapped = sample.length > 1 && sample.every((line) => DELIMITER.test(within(line) ?? ""));
  return areWrapped ? lines.map((line) => within(line) ?? line) : lines;
}

/** A cell in apostrophes. */
const SINGLE = /'(?:[^']|'')*'/g;
/** Values that databases write without apostrophes. */
const BARE = /^ ?(?:NULL|[\d.-]{0,40})$/;

/** Turns apostrophes around cells, as databases write them, into quotation marks: `'email','name'`. */
export function doubleQuoted(lines: string[]): string[] {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, LOOKED_AT_LINES);
  const isSingle = (line: string) => {
    const others = line.replace(SINGLE, "").split(DELIMITER);
    return line.includes("'") && others.length > 1 && others.every((cell) => BARE.test(cell));
  };
  const marked = (cell: string) => `"${cell.slice(1, -1).replaceAll("''", "'").replaceAll('"', '""')}"`;
  const areSingle = sample.length > 1 && sample.every(isSingle);
  return areSingle ? lines.map((line) => line.replace(SINGLE, marked)) : lines;
}
