import { z } from "zod";
import { audited, unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { campaignHead } from "../../campaigns/campaign-head";
import { notFound } from "../../lib/errors";
import { integer, TimeIn } from "../../lib/fields";
import { PageQuery } from "../../lib/page";
import { dryRelease, releaseQueries, startRelease, toReleases } from "../../participants/waitlist/release";
import type { DryRelease, NewRelease } from "../../participants/waitlist/release-schema";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { WaitlistView } from "./waitlist-view";

const PATH = "/campaigns/:campaignId/waitlist";
export const waitlistPages = createPages([PATH]);

const ReleaseForm = z.object({
  count: integer(1, 1_000_000).nullish(),
  min_referrals: integer(0, 1_000_000).nullish(),
  signed_up_before: TimeIn.nullish(),
});

function asked({ count, min_referrals, signed_up_before }: z.output<typeof ReleaseForm>): NewRelease {
  return {
    ...(count && { count }),
    filter: {
      ...(min_referrals && { min_referrals }),
      ...(signed_up_before && { signed_up_before }),
    },
  };
}

const Whole = ReleaseForm.refine((form) => Object.values(form).some(Boolean), {
  message: "Enter how many to let in, or a condition.",
  path: ["count"],
});

waitlistPages.get(PATH, (c) => sendWaitlist(c, blank({})));

const again = (c: PageContext, form: Form<unknown>) => sendWaitlist(c, form);

waitlistPages.post(
  `${PATH}/preview`,
  unaudited("It changes nothing."),
  ...submits(Whole, again, async (c, form) => {
    const dry = await dryRelease(c.var.ctx, campaignIdIn(c), asked(form));
    const values = { ...form, signed_up_before: form.signed_up_before?.toISOString() ?? null };
    return sendWaitlist(c, blank(values), dry);
  }),
);

waitlistPages.post(
  PATH,
  audited("Admitted participants from a waitlist"),
  ...submits(Whole, again, async (c, form) => {
    await startRelease(c.var.ctx, campaignIdIn(c), asked(form));
    return c.redirect(doneAt(`/campaigns/${campaignIdIn(c)}/waitlist`, "let_in"), 303);
  }),
);

async function sendWaitlist(c: PageContext, form: Form<unknown>, dry?: DryRelease) {
  const { ctx } = c.var;
  const id = campaignIdIn(c);
  const page = PageQuery.catch({ page: 1, limit: 20 }).parse(c.req.query());
  const [[head], ...read] = await ctx.db.batch([campaignHead(ctx, id), ...releaseQueries(ctx, id, page)]);
  if (!head) throw notFound("campaign");
  const { rows, total, waiting } = toReleases(read);
  const canChange = c.var.session.role !== "viewer";
  const body = <WaitlistView {...{ head, form, dry, rows, total, page, canChange }} waiting={waiting} />;
  return show(c, {
    title: `Waitlist · ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/waitlist", body),
    status: Object.keys(form.errors).length > 0 ? 400 : 200,
  });
}
