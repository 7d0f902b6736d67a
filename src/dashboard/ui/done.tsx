import type { Context } from "hono";
import { type Notice, notices, notSent } from "./notices";

/** Tells what the previous form did, with the notice named in the URL. */
export function Done({ c }: { c: Context }) {
  const done = c.req.query("done") ?? "";
  return Object.hasOwn(notices, done) ? (
    <div class={`notice ${notSent.has(done) ? "warn" : "good"}`} role="status">
      {notices[done as Notice]}
    </div>
  ) : null;
}
