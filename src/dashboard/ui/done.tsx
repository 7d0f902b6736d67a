import type { Context } from "hono";
import { type Notice, notices } from "./notices";

/** What the form that led here has done, by the name in the page's address. */
export function Done({ c }: { c: Context }) {
  const done = c.req.query("done") ?? "";
  return Object.hasOwn(notices, done) ? (
    <div class="notice good" role="status">
      {notices[done as Notice]}
    </div>
  ) : null;
}
