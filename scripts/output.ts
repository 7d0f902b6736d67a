/** The maximum backlog for a slow or stopped reader, such as a paused terminal or `npm start | less`. */
const BACKLOG_MAX_BYTES = 1 << 20;

/** Node writes to a terminal synchronously by default, so a paused one would stop the process, including its signal handlers. */
type Terminal = { _handle?: { setBlocking?: (on: boolean) => void } };

/**
 * Prints lines without ever waiting for the reader. Lines beyond the backlog are dropped and counted. If the reader
 * closes, the process ends.
 */
export function printerTo(stream: NodeJS.WriteStream): (line: string) => void {
  if (stream.isTTY) (stream as Terminal)._handle?.setBlocking?.(false);
  stream.on("error", () => process.exit(1));
  let dropped = 0;
  return (line) => {
    if (stream.writableLength > BACKLOG_MAX_BYTES) {
      dropped++;
      return;
    }
    if (dropped > 0) stream.write(`${dropped} lines were dropped here, because nobody read them.\n`);
    dropped = 0;
    stream.write(`${line}\n`);
  };
}

export const printLine = printerTo(process.stdout);
export const printError = printerTo(process.stderr);
