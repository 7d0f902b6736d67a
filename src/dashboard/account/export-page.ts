import { accountDocument } from "../../accounts/exports/account-export";
import { profileOf } from "../../accounts/member";
import { utcDay } from "../../lib/day";
import { createOwnPages } from "../doors/pages";

const PATH = "/account/export";

/** Exports the person's own account as JSON, streamed while it is read. */
export const exportPages = createOwnPages([PATH]);

exportPages.get(PATH, async (c) => {
  const { ctx } = c.var;
  const texts = accountDocument(ctx, await profileOf(ctx));
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await texts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await texts.return(undefined);
    },
  });
  const day = utcDay(ctx.now());
  return c.body(stream, 200, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Disposition": `attachment; filename="referrals-${day}.json"`,
    "Cache-Control": "private, no-store",
  });
});
