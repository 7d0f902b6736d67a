/** A line that is one quoted cell, with the empty cells that a spreadsheet writes behind it. */
const WRAPPED = /^"((?:[^"]|"")*)"[,;\t ]*$/;
const DELIMITER = /[,;\t|]/;
const LOOKED_AT_LINES = 50;

const within = (line: string) => WRAPPED.exec(line)?.[1]?.replaceAll('""', '"');

/**
 * The lines without the quotation marks that a spreadsheet puts around them if it has opened the list as one column and
 * saved it again: `"email,name"`.
 */
export function unwrapped(lines: string[]): string[] {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, LOOKED_AT_LINES);
  const areWrapped = sample.length > 1 && sample.every((line) => DELIMITER.test(within(line) ?? ""));
  return areWrapped ? lines.map((line) => within(line) ?? line) : lines;
}

/** A cell between apostrophes. */
const SINGLE = /'(?:[^']|'')*'/g;
/** What databases write without them. */
const BARE = /^ ?(?:NULL|[\d.-]{0,40})$/;

/** The lines with quotation marks, if their cells stand between apostrophes, as databases write them: `'email','name'`. */
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
