import { mayHaveCommitted } from "../../lib/d1-failure";
import type { Env } from "../../lib/env";
import { kindOf } from "./codes";
import type { Provider } from "./provider";
import { refusedWith } from "./refusal";

/** Cloudflare Email Service, through the binding. */
export const cloudflare = ({ EMAIL }: Env): Provider => ({
  missing: EMAIL ? [] : ["EMAIL"],
  send: async ({ key, headers, ...message }) => {
    if (!EMAIL) return { code: "mail_off", kind: "ends" };
    try {
      const sent = await EMAIL.send({ ...message, ...(Object.keys(headers).length > 0 && { headers }) });
      return { id: sent?.messageId ?? null };
    } catch (error) {
      if (mayHaveCommitted(error)) return { code: "connection_lost", kind: "unknown" };
      const code = refusedWith(error);
      return { code, kind: kindOf(code) };
    }
  },
});
