import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { headOf } from "../../campaigns/campaign-head";
import type { ParticipantDetails } from "../../ledger/records/participant-schema";
import { invalid } from "../../lib/errors";
import { mailParticipant } from "../../outbox/emails/email";
import { changeParticipant, eraseParticipant, participantOf } from "../../participants/participant-records";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits, takesForm } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card } from "../ui/parts";
import { shown } from "../ui/seen";
import { addPerson } from "./participant-change";
import { person } from "./participant-detail";
import { NewPersonForm, PersonForm, StatusForm } from "./participant-forms";
import { participantIdIn as idIn } from "./participant-place";
import { PersonBody } from "./participant-view";

const PATH = "/participants/:participantId";
const NEW = "/campaigns/:campaignId/participants/new";

export const personPages = createPages(["/participants", NEW]);

const valuesOf = ({ name, email, external_id, checkout_code, metadata }: ParticipantDetails) => ({
  email,
  name,
  external_id,
  checkout_code,
  metadata: metadata === null ? null : JSON.stringify(metadata, null, 2),
});

async function showPerson(c: PageContext, id: number, failed?: Form<unknown>) {
  const found = await person(c.var.ctx, id);
  const { name, email } = found.details;
  const form = failed ?? shown(valuesOf(found.details));
  return show(c, {
    title: name || email,
    section: "/participants",
    body: <PersonBody c={c} person={found} form={form} />,
    status: failed ? 400 : 200,
  });
}

personPages.get(PATH, (c) => showPerson(c, idIn(c)));

personPages.post(
  PATH,
  audited("Updated a participant"),
  edits({
    schema: PersonForm,
    stored: async (c: PageContext) => valuesOf(await participantOf(c.var.ctx, idIn(c))),
    page: (c, form) => showPerson(c, idIn(c), form),
    run: async (c, change) => {
      const id = idIn(c);
      await changeParticipant(c.var.ctx, id, change);
      return c.redirect(doneAt(`/participants/${id}`, "saved"), 303);
    },
  }),
);

const unknownStatus = () => {
  throw invalid("status", "Unknown status.");
};

personPages.post(
  `${PATH}/status`,
  audited("Blocked or unblocked a participant"),
  takesForm(StatusForm, unknownStatus),
  async (c) => {
    const id = idIn(c);
    const change = c.req.valid("form");
    await changeParticipant(c.var.ctx, id, change);
    return c.redirect(doneAt(`/participants/${id}`, change.status === "blocked" ? "blocked" : "activated"), 303);
  },
);

/** Sends their link again, or the confirmation email if they have not confirmed their email address. */
personPages.post(`${PATH}/email`, audited("Resent an email to a participant"), async (c) => {
  const id = idIn(c);
  const { confirmation, refusal } = await person(c.var.ctx, id);
  if (refusal) return c.redirect(doneAt(`/participants/${id}`, `mail_${refusal}`), 303);
  const isSent = await mailParticipant(c.var.ctx, confirmation === "waiting" ? "confirm" : "magic_link", id);
  return c.redirect(doneAt(`/participants/${id}`, isSent ? "mail_sent" : "mail_limit"), 303);
});

personPages.post(`${PATH}/erase`, audited("Erased a participant"), async (c) => {
  await eraseParticipant(c.var.ctx, idIn(c));
  return c.redirect(doneAt("/participants", "erased"), 303);
});

async function showNew(c: PageContext, form: Form<unknown>, status: 200 | 400 = 200) {
  const head = await headOf(c.var.ctx, campaignIdIn(c));
  const body = campaignBody(
    head,
    "/participants",
    <Card title="Add participant">
      <Problems form={form} />
      <form method="post">
        <Input form={form} name="email" label="Email" type="email" required autofocus autocomplete="off" />
        <Input form={form} name="name" label="Name" required autocomplete="off" maxlength={200} />
        <Input
          form={form}
          name="referral_code"
          label="Referred by"
          hint="The referrer's code or share link. Optional."
          autocomplete="off"
        />
        <Input
          form={form}
          name="external_id"
          label="External ID"
          hint="Your own ID for this participant. Optional."
          maxlength={200}
        />
        <p class="hint">
          This is a regular signup: webhooks are sent, rewards are earned, and the participant gets the welcome email if
          there is one.
        </p>
        <button type="submit">Add</button>
      </form>
    </Card>,
  );
  return show(c, { title: "Add participant", section: "/campaigns", body, status });
}

personPages.get(NEW, (c) => {
  demandRole(c.var.session, "editor");
  return showNew(c, blank());
});

personPages.post(
  NEW,
  audited("Added a participant"),
  ...submits(
    NewPersonForm,
    (c: PageContext, form) => showNew(c, form, 400),
    async (c, input) => {
      const id = await addPerson(c.var.ctx, campaignIdIn(c), input);
      return c.redirect(doneAt(`/participants/${id}`, "added"), 303);
    },
  ),
);
