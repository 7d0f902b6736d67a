import type { Bundle, Values, Z } from "./platform.ts";

type Call = {
  method?: "GET" | "POST" | "DELETE";
  params?: Values;
  body?: Values;
  /** Names this call in the Zap, so a retry gets the first response. */
  once?: string;
  /** The result for a 404, if that is not an error. */
  ifAbsent?: Values;
};
type Failure = { error?: string; code?: string; details?: { path?: string; message?: string }[] };

/** Seconds until Zapier tries again without a `Retry-After`. */
const WAIT_SECONDS = 60;
const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** The non-empty fields. Zapier sends empty ones as empty text. */
export const filled = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !isEmpty(value)));

/** People paste the address of any page of the API. */
const baseOf = (url = "") =>
  url
    .trim()
    .replace(/\/+$/, "")
    .replace(/(\/api)?\/v1$/, "");

/** The `data` of the response. @throws a Zapier error with the product's own message */
export async function call<T>(z: Z, bundle: Bundle, path: string, { method = "GET", ...more }: Call = {}): Promise<T> {
  const { url, api_key = "" } = bundle.authData;
  const base = baseOf(url);
  if (!/^https?:\/\/[^/]/.test(base))
    throw new z.errors.Error("Enter the URL of your installation, like https://referrals.example.com.", "bad_url", 400);
  const headers: Record<string, string> = { Authorization: `Bearer ${api_key}`, Accept: "application/json" };
  if (more.body) headers["Content-Type"] = "application/json";
  if (more.once) headers["Idempotency-Key"] = keyOf(z, bundle, more.once);
  const params = Object.entries(filled(more.params ?? {})).map(([name, value]) => [name, String(value)]);
  const answer = await z
    .request({
      url: `${base}/api/v1/${path}`,
      method,
      headers,
      params: Object.fromEntries(params),
      body: more.body,
      // A redirect would turn a POST into a GET, and show the key to another address.
      redirect: "manual",
      skipThrowForStatus: true,
    })
    .catch((cause: Error) => {
      if (cause.name === "ThrottledError") throw cause;
      throw new z.errors.Error(`No response from ${base}: ${cause.message}`, "connection_failed");
    });
  const body = (answer.data ?? {}) as { success?: boolean; data?: T } & Failure;
  if (answer.status < 300 && body.success === true) return body.data as T;
  if (answer.status === 404 && body.code === "not_found" && more.ifAbsent) return more.ifAbsent as T;
  throw errorOf(z, base, answer.status, answer.headers, body);
}

/** Derived from the Zap, the step, and the values, so a retry has the same one. */
const keyOf = (z: Z, { meta, inputData }: Bundle, name: string) =>
  `zapier-${z.hash("sha256", JSON.stringify([name, meta?.zap?.id ?? null, inputData]))}`;

function errorOf(z: Z, base: string, status: number, headers: { get(name: string): string | null }, failure: Failure) {
  const { error, code = "unexpected_response", details = [] } = failure;
  if (status >= 300 && status < 400) {
    const target = headers.get("location") ?? "another address";
    return new z.errors.Error(`${base} redirects to ${target}. Connect with that URL.`, "redirected", status);
  }
  const fields = details.map(({ path, message }) => `${path}: ${message}`).join(" ");
  const sentence = [error ?? `${base} replied with ${status}, but it is not the referral platform.`, fields]
    .filter(Boolean)
    .join(" ");
  if (status === 401) return new z.errors.ExpiredAuthError(`${sentence} Reconnect with a valid API key.`);
  if (status === 429 || status === 503 || code === "idempotency_in_progress")
    return new z.errors.ThrottledError(sentence, Number(headers.get("retry-after")) || WAIT_SECONDS);
  return new z.errors.Error(sentence, code, status);
}
