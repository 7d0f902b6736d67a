/** The API refused a request. `said` is its own sentence. */
export class ApiRefusal extends Error {
  override name = "ApiRefusal";
  readonly status: number;
  readonly said: string;
  constructor(request: string, status: number, said: string) {
    super(`${request} replied with ${status}: ${said}`);
    this.status = status;
    this.said = said;
  }
}

/** A small API client: JSON in, `data` out, and an error that says what was rejected. */
export type Api = Awaited<ReturnType<typeof openApi>>;

export function openApi(origin: string, credentials: Record<string, string> = {}) {
  async function call<T>(method: string, path: string, body?: unknown, type = "application/json") {
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { ...credentials, ...(body !== undefined && { "Content-Type": type }) },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    const answer = (await response.json()) as { success: boolean; data: T; error?: string };
    if (!answer.success) throw new ApiRefusal(`${method} ${path}`, response.status, String(answer.error));
    return answer.data;
  }

  return {
    as: (more: Record<string, string>) => openApi(origin, more),
    get: <T>(path: string) => call<T>("GET", path),
    post: <T>(path: string, body: unknown, type?: string) => call<T>("POST", path, body, type),
    put: <T>(path: string, body: unknown) => call<T>("PUT", path, body),
    delete: <T>(path: string) => call<T>("DELETE", path),
    patch: <T>(path: string, body: unknown) => call<T>("PATCH", path, body),
    all: async <T>(path: string, plural: string) => {
      const rows: T[] = [];
      for (let page = 1; ; page++) {
        const data = await call<Record<string, T[]>>("GET", `${path}&limit=100&page=${page}`);
        const got = data[plural] ?? [];
        rows.push(...got);
        if (got.length < 100) return rows;
      }
    },
  };
}
