/** What became of a file of tests. */
export type FileResult = { file: string; seconds: number; passed: number; failed: number };

/** A line for each file, as soon as it is known. */
export function told({ file, seconds, passed, failed }: FileResult) {
  const count = failed > 0 ? `${passed} passed, ${failed} failed` : `${passed} passed`;
  return `${failed > 0 ? "✗" : "✓"} ${file} (${count}, ${seconds.toFixed(1)} s)`;
}
