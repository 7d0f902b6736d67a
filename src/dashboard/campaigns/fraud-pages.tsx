import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { campaignHead } from "../../campaigns/campaign-head";
import { putVeto, rotateVetoSecret, toVeto, vetoQuery } from "../../campaigns/veto/veto";
import { type Veto, VetoChange } from "../../campaigns/veto/veto-schema";
import { notFound } from "../../lib/errors";
import { toFeedback, verdictsQuery } from "../../participants/fraud/feedback";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { type Form, takesForm } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Copy, Head, Time } from "../ui/parts";
import { shown } from "../ui/seen";
import { FraudView } from "./fraud-view";

const PATH = "/campaigns/:campaignId/fraud";

export const fraudPages = createPages([PATH]);

const fraudPath = (campaignId: number) => `/campaigns/${campaignId}/fraud`;

const VetoForm = VetoChange.required().extend({
  is_on: z.preprocess((sent) => sent === "on" || sent === true, z.boolean()),
});

/** The form's values, or the defaults for a first veto. */
const valuesOf = (veto: Veto | null) => {
  const { link, is_on, ending } = veto ?? { link: "", is_on: true, ending: "hold" };
  return { link, is_on, ending };
};

async function stored(c: PageContext) {
  const [[row]] = await c.var.ctx.db.batch([vetoQuery(c.var.ctx, campaignIdIn(c))]);
  return valuesOf(row ? toVeto(row) : null);
}

async function page(c: PageContext, failed?: Form<unknown>) {
  const { ctx, session } = c.var;
  const id = campaignIdIn(c);
  const [[head], [row], verdicts] = await ctx.db.batch([
    campaignHead(ctx, id),
    vetoQuery(ctx, id),
    verdictsQuery(ctx, id),
  ]);
  if (!head) throw notFound("campaign");
  const veto = row ? toVeto(row) : null;
  const form = failed ?? shown(valuesOf(veto));
  const body = (
    <FraudView
      path={fraudPath(id)}
      veto={veto}
      reasons={toFeedback(verdicts)}
      form={form}
      mayChange={session.role !== "viewer"}
    />
  );
  return show(c, {
    title: `Fraud · ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/settings", body),
    status: failed ? 400 : 200,
  });
}

fraudPages.get(PATH, (c) => page(c));

fraudPages.post(
  PATH,
  audited("Set a campaign's veto"),
  edits({
    schema: VetoForm,
    stored,
    page,
    run: async (c, change) => {
      const id = campaignIdIn(c);
      const { secret } = await putVeto(c.var.ctx, c.req.url, id, change);
      return secret === null ? c.redirect(doneAt(fraudPath(id), "saved"), 303) : secretPage(c, secret, null);
    },
  }),
);

fraudPages.post(
  `${PATH}/secret`,
  takesForm(z.object({}), (c: PageContext) => c.redirect(fraudPath(campaignIdIn(c)), 303)),
  audited("Rotated a veto's secret"),
  async (c) => {
    const { secret, previous_secret_expires } = await rotateVetoSecret(c.var.ctx, campaignIdIn(c));
    return secretPage(c, secret, previous_secret_expires);
  },
);

/** The only page that shows the secret. */
function secretPage(c: PageContext, secret: string, expires: Date | null) {
  const body = (
    <>
      <Head
        title="Your veto's secret"
        about="This is the only time you will see it. Your endpoint uses it to verify our requests."
      />
      <Card title="Secret">
        <Copy value={secret} label="the secret" />
        {expires && (
          <p>
            The old secret also signs until <Time at={expires} />.
          </p>
        )}
      </Card>
      <p>
        <a class="button main" href={fraudPath(campaignIdIn(c))}>
          Continue
        </a>
      </p>
    </>
  );
  return show(c, { title: "Veto secret", section: "/campaigns", body, status: 201 });
}
