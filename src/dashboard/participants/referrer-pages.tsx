import { z } from "zod";
import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import type { ParticipantDetails } from "../../ledger/records/participant-schema";
import type { MemberCtx } from "../../lib/ctx";
import { AppError, invalid } from "../../lib/errors";
import { codeOf } from "../../participants/aliases/alias";
import { changeParticipant, participantOf, participants } from "../../participants/participant-records";
import { createPages } from "../doors/pages";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, count, Head } from "../ui/parts";
import { TypedCode } from "./participant-forms";
import { participantIdIn, recipientOf, titleOf } from "./participant-place";

const PATH = "/participants/:participantId/referrer";

export const referrerPages = createPages([PATH]);

/** `chosen`: the referrer's ID in the confirmation, or 0 for nobody. */
const ReferrerForm = z.object({
  referrer: z.string().trim().max(1000).nullish(),
  chosen: z.coerce.number().int().min(0).optional(),
});

type Someone = Pick<ParticipantDetails, "id" | "name" | "referral_count"> & { email: string | null };

/** The participant with an email address, referral code, or share link. Null if the field is empty. */
async function meant(ctx: MemberCtx, campaign_id: number, typed: string): Promise<Someone | null> {
  if (typed === "") return null;
  if (typed.includes("@") && !typed.includes("/")) {
    const query = { campaign_id, email: typed.toLowerCase(), page: 1, limit: 1 };
    const { rows } = await participants(ctx, query as Parameters<typeof participants>[1]);
    if (!rows[0]) throw invalid("referrer", "Nobody in this campaign has this email.");
    return rows[0];
  }
  const referral = await codeOf(ctx, TypedCode.parse(typed), campaign_id).catch((error) => {
    if (error instanceof AppError && error.code !== "overloaded") throw invalid("referrer", "Nobody has this code.");
    throw error;
  });
  if (referral.campaign_id !== campaign_id) throw invalid("referrer", "This code belongs to another campaign.");
  return participantOf(ctx, referral.participant_id);
}

const friends = (n: number) => `${count(n)} ${n === 1 ? "friend" : "friends"}`;

/** The effects of the change, shown before it is made. */
const Consequences = ({ friend, was, next }: { friend: string; was: Someone | null; next: Someone | null }) => (
  <ul>
    {was && (
      <li>
        {titleOf(was)} loses credit for {friend}: {friends(was.referral_count)} now, one fewer afterwards if {friend}{" "}
        counted.
      </li>
    )}
    {next ? (
      <li>
        {titleOf(next)} gets credit: {friends(next.referral_count)} now, one more afterwards if {friend} counts. They
        earn rewards by your rules.
      </li>
    ) : (
      <li>Nobody gets credit for {friend}.</li>
    )}
    <li>
      Existing rewards stay with the participants who have them. If a reward should not stay, revoke it on its page.
    </li>
    <li>Your webhooks receive participant.attributed. To undo this, change the referrer back.</li>
  </ul>
);

type Step = { form: Form<unknown>; next?: Someone | null; status?: 200 | 400 };

async function showReferrer(c: PageContext, { form, next, status = 200 }: Step) {
  const details = await recipientOf(c);
  const { inviter_id, inviter_name, inviter_email, inviter_referrals } = details;
  const was =
    inviter_id === null
      ? null
      : { id: inviter_id, name: inviter_name, email: inviter_email, referral_count: inviter_referrals ?? 0 };
  const name = titleOf(details);
  const cancel = (
    <a class="button" href={`/participants/${details.id}`}>
      Cancel
    </a>
  );
  return show(c, {
    title: "Change the referrer",
    section: "/participants",
    status,
    body: (
      <>
        <Head
          crumbs={[
            ["/participants", "Participants"],
            [`/participants/${details.id}`, name],
          ]}
          title="Change the referrer"
          about={was ? `${name} was referred by ${titleOf(was)}` : `Nobody referred ${name}`}
        />
        <form method="post" class="rule-form">
          <Problems form={form} />
          {next === undefined ? (
            <Card title="Referrer">
              <Input
                form={form}
                name="referrer"
                label="New referrer"
                hint="Their email, referral code, or share link. Leave it empty if nobody referred them."
                maxlength={1000}
                autocomplete="off"
                spellcheck={false}
                autofocus
              />
              <div class="inline">
                <button type="submit">Preview</button>
                {cancel}
              </div>
            </Card>
          ) : (
            <Card title={next ? `${titleOf(next)} referred ${name}` : `Nobody referred ${name}`}>
              <input type="hidden" name="chosen" value={next?.id ?? 0} />
              <Consequences friend={name} was={was} next={next} />
              <div class="inline">
                <button type="submit">Change the referrer</button>
                {cancel}
              </div>
            </Card>
          )}
        </form>
      </>
    ),
  });
}

referrerPages.get(PATH, (c) => {
  demandRole(c.var.session, "editor");
  return showReferrer(c, { form: blank() });
});

referrerPages.post(
  PATH,
  audited("Changed a participant's referrer"),
  ...submits(
    ReferrerForm,
    (c: PageContext, form) => showReferrer(c, { form, status: 400 }),
    async (c, { referrer, chosen }) => {
      const { ctx } = c.var;
      const id = participantIdIn(c);
      if (chosen === undefined) {
        c.set("audit", undefined);
        const { campaign_id, invited_by } = await participantOf(ctx, id);
        const next = await meant(ctx, campaign_id, referrer ?? "");
        if (next?.id === id) throw new AppError("self_referral");
        if ((next?.id ?? null) === invited_by) throw invalid("referrer", "This is already their referrer.");
        return showReferrer(c, { form: blank(), next });
      }
      await changeParticipant(ctx, id, { invited_by: chosen === 0 ? null : chosen });
      return c.redirect(doneAt(`/participants/${id}`, "referrer_changed"), 303);
    },
  ),
);
