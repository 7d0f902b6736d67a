/** The result of a test file. */
export type FileResult = { file: string; seconds: number; passed: number; failed: number };

/** Prints a line for each file, as soon as it ends. */
export function told({ file, seconds, passed, failed }: FileResult) {
  const count = failed > 0 ? `${passed} passed, ${failed} failed` : `${passed} passed`;
  return `${failed > 0 ? "✗" : "✓"} ${file} (${count}, ${seconds.toFixed(1)} s)`;
}
