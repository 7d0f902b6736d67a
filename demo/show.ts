/**
 * One line of the final table: the value expected from the files, the product's value, and how readers can count it
 * themselves.
 */
export type Line = { what: string; expected: number; seen: number; how: string };

const isTerminal = process.stdout.isTTY;
const bold = (text: string) => (isTerminal ? `\x1b[1m${text}\x1b[0m` : text);

export const say = (text: string) => console.log(text);
export const headline = (text: string) => console.log(`\n${bold(text)}`);

/** A progress bar on a terminal, otherwise a line for each quarter. */
export function progress(label: string, total: number) {
  let shown = 0;
  return (done: number) => {
    const steps = isTerminal ? done : Math.floor((done * 4) / total);
    if (steps <= shown) return;
    shown = steps;
    if (!isTerminal) return say(`  ${done}/${total} ${label}`);
    const bar = "█".repeat(Math.round((done * 30) / total)).padEnd(30, "░");
    process.stdout.write(`\r  ${bar} ${done}/${total} ${label}${done >= total ? "\n" : ""}`);
  };
}

/**
 * Prints the table.
 * @returns the lines that do not match
 */
export function table(lines: Line[]) {
  const wide = Math.max(...lines.map((line) => line.what.length));
  say(`  ${"".padEnd(wide)}  expected      seen`);
  for (const { what, expected, seen, how } of lines) {
    const mark = expected === seen ? "ok" : bold("WRONG");
    say(
      `  ${what.padEnd(wide)}  ${String(expected).padStart(8)}  ${String(seen).padStart(8)}  ${mark.padEnd(5)}  ${how}`,
    );
  }
  return lines.filter((line) => line.expected !== line.seen);
}
