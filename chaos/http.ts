import type { History, Outcome } from "./history.ts";

export type Answer = {
  outcome: Outcome;
  status: number;
  code: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: shapes differ by endpoint.
  data: any;
};

export const PATIENCE_MS = 15_000;
const BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";

/**
 * Sends a request and returns what the client knows afterward. `causes` are the error codes that it may be rejected
 * with. Never throws.
 */
export async function ask(
  history: History,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
  causes: string[] = [],
  method = body === undefined ? "GET" : "POST",
): Promise<Answer> {
  const answer = await send(url, method, body, headers);
  history.requests[answer.outcome]++;
  if (answer.code === "database_full") history.full++;
  const mayBeFull = performance.now() < history.isFullUntil;
  if (answer.status >= 500 && answer.code !== "overloaded" && !(mayBeFull && answer.code === "database_full"))
    history.badAnswers.push(`${answer.status} ${answer.code} ${url}`);
  if (answer.status >= 400 && answer.status < 500 && !causes.includes(String(answer.code)))
    history.refusals.push(`${answer.status} ${answer.code} ${url} ${JSON.stringify(body)}`);
  return answer;
}

async function send(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { "Content-Type": "application/json", "User-Agent": BROWSER, ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const { status } = response;
    const text = await response.text();
    const json = response.headers.get("Content-Type")?.includes("json") ? JSON.parse(text) : {};
    const isCodeless503 = status === 503 && response.headers.get("Retry-After") === null;
    const code = isCodeless503 ? "503 without Retry-After" : (json.code ?? null);
    return { outcome: meaningOf(status, code), status, code, data: json.data };
  } catch (error) {
    return { outcome: wasNeverSent(error) ? "failed" : "unknown", status: 0, code: null, data: undefined };
  }
}

/** A request in progress and any 5xx leave open whether it took effect. */
function meaningOf(status: number, code: string | null): Outcome {
  if (status >= 500 || code === "idempotency_in_progress") return "unknown";
  return status < 400 ? "ok" : "failed";
}

const wasNeverSent = (error: unknown) => {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
};
