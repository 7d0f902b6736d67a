/** In order of preference if lines support several. */
const DELIMITERS = ["\t", ";", ",", "|"];

const LOOKED_AT_LINES = 50;

/** The number of cells in a line, counting delimiters outside quotation marks. */
function cellsIn(line: string, delimiter: string) {
  let cells = 1;
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) cells++;
  }
  return cells;
}

const isEmail = (cell: string) => /^\s*"?[^\s@"]{1,64}@[^\s@"]{1,255}"?\s*$/.test(cell);

/**
 * A list's delimiter: the one that gives most lines the same number of cells, at least two. Notes above the header and
 * decimal commas give different numbers. On a tie, the delimiter that leaves more email addresses alone in their cells
 * wins. A list with one column has no delimiter; a comma does no harm there.
 */
export function delimiterOf(lines: string[]): string {
  const sample = lines.filter((line) => line.trim() !== "").slice(0, LOOKED_AT_LINES);
  const scores = DELIMITERS.map((delimiter) => {
    const tally = new Map<number, number>();
    for (const line of sample) {
      const cells = cellsIn(line, delimiter);
      tally.set(cells, (tally.get(cells) ?? 0) + 1);
    }
    const agreeing = Math.max(0, ...[...tally].filter(([cells]) => cells > 1).map(([, count]) => count));
    const emails = sample.reduce((sum, line) => sum + line.split(delimiter).filter(isEmail).length, 0);
    return { delimiter, agreeing, emails };
  }).filter(({ agreeing }) => agreeing > 0 && agreeing * 2 >= sample.length);
  const [best] = scores.toSorted((a, b) => b.agreeing - a.agreeing || b.emails - a.emails);
  return best?.delimiter ?? ",";
}
