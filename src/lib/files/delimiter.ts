/** In the order of preference when lines agree on several. */
const DELIMITERS = ["\t", ";", ",", "|"];

const LOOKED_AT_LINES = 50;

/** The number of cells of a line, for delimiters outside of quotation marks. */
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
 * The delimiter of a list: the one for which most lines have the same number of cells, at least two. Notes above the
 * header and decimal commas agree with nobody. If lines agree on several, more emails that stand alone in their cell
 * decide. A list of one column has no delimiter; a comma does no harm there.
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
