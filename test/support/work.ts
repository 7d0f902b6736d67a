import { vi } from "vitest";

export type Work = { d1_calls: number; rows_read: number; rows_written: number };

/** D1's work for a request, from the request's own log line. */
export async function workOf(request: () => Promise<unknown>): Promise<Work> {
  const lines: string[] = [];
  const spy = vi.spyOn(console, "log").mockImplementation((line) => void lines.push(String(line)));
  try {
    await request();
  } finally {
    spy.mockRestore();
  }
  const logged = lines.map((line) => JSON.parse(line)).filter((line) => line.message === "request");
  if (logged.length !== 1) throw new Error(`expected one request, saw ${logged.length}`);
  const { d1_calls, rows_read, rows_written } = logged[0];
  return { d1_calls, rows_read, rows_written };
}
