import { log } from "../../lib/log";

const PROVIDERS_CODE = /^E_[A-Z_]{1,40}$/;

/**
 * The code of a provider's error, for the log. The error's message may contain the recipient's address; its code
 * cannot.
 */
export function refusedWith(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "refused";
  log("error", "mail refused", {
    code,
    error: String(error)
      .slice(0, 500)
      .replace(/(?<![^\s@])[^\s@]*@[^\s@]*/g, "<address>"),
  });
  return PROVIDERS_CODE.test(code) ? code : "refused";
}
