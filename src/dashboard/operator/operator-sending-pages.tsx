import { type Context, Hono } from "hono";
import { unaudited } from "../../auth/audited";
import { sendFailedAgain } from "../../delivery/email/failed-email";
import { notFound } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import { Refusal } from "../ui/field";
import { type Form, submits } from "../ui/form";
import { doneAt } from "../ui/layout";
import { showOperator } from "./operator-layout";
import { DeadLetterParam, FailureCode, HeldOutbox, SkippedUntil } from "./operator-schema";
import { endHold, requeueDeadLetter, sendingOf, skipOlder } from "./operator-sending";
import { SENDING, SendingPage } from "./operator-sending-page";

export const sendingPages = new Hono<HonoEnv>();

const NO_ACCOUNT = "It affects no account.";

async function showSending(c: Context<HonoEnv>, form?: Form<unknown>) {
  const sending = await sendingOf(c.var.ctx);
  const body = (
    <>
      {form && <Refusal form={form} />}
      <SendingPage {...sending} />
    </>
  );
  return showOperator(c, { title: "Sending", at: SENDING, body, ...(form && { status: 400 }) });
}

sendingPages.get(SENDING, (c) => showSending(c));

sendingPages.post(
  `${SENDING}/release`,
  unaudited(NO_ACCOUNT),
  ...submits(HeldOutbox, showSending, async (c, { outbox, reason }) => {
    await endHold(c.var.ctx, outbox, reason);
    return c.redirect(doneAt(SENDING, "released"), 303);
  }),
);

sendingPages.post(
  `${SENDING}/skip`,
  unaudited(NO_ACCOUNT),
  ...submits(SkippedUntil, showSending, async (c, { outbox, before }) => {
    const isAll = await skipOlder(c.var.ctx, outbox, before);
    return c.redirect(doneAt(SENDING, isAll ? "skipped" : "skipped_some"), 303);
  }),
);

sendingPages.post(
  `${SENDING}/again`,
  unaudited(NO_ACCOUNT),
  ...submits(FailureCode, showSending, async (c, { code }) => {
    const sent = await sendFailedAgain(c.var.ctx, code);
    return c.redirect(doneAt(SENDING, sent > 0 ? "retried" : "nothing_to_send"), 303);
  }),
);

sendingPages.post(`${SENDING}/dead-letters/:letterId`, unaudited(NO_ACCOUNT), async (c) => {
  const param = DeadLetterParam.safeParse(c.req.param());
  if (!param.success) throw notFound("dead letter");
  await requeueDeadLetter(c.var.ctx, param.data.letterId);
  return c.redirect(doneAt(SENDING, "requeued"), 303);
});
