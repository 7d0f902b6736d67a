import { type Context, Hono } from "hono";
import type { z } from "zod";
import { MemberParam } from "../../accounts/account-schema";
import { modeOf } from "../../accounts/registration/registration";
import { invitationLink } from "../../accounts/registration/registration-link";
import { resumeSending, senders } from "../../accounts/senders/sender";
import { suspendBrand, suspendImage, suspendMember } from "../../accounts/suspension/suspension";
import { SuspensionChange } from "../../accounts/suspension/suspension-schema";
import { unaudited } from "../../auth/audited";
import { BrandParam } from "../../campaigns/brands/brand-schema";
import { ImageParam } from "../../campaigns/images/image-schema";
import { shownDomain } from "../../lib/domain";
import { notFound } from "../../lib/errors";
import { type HonoEnv, invalidRequest } from "../../lib/http";
import { Email } from "../ui/email";
import { typedIn } from "../ui/form";
import { doneAt } from "../ui/layout";
import { Badge, Card, Copy, count, Empty, Head, Table, Time } from "../ui/parts";
import { showOperator } from "./operator-layout";

const SENDERS = "/operator/senders";

/** Who sends email and who may join, and the operator's controls. Mounted behind the operator's access check. */
export const senderPages = new Hono<HonoEnv>();

senderPages.get(SENDERS, (c) => showSenders(c));

async function showSenders(c: Context<HonoEnv>, link?: Awaited<ReturnType<typeof invitationLink>>) {
  const all = await senders(c.var.ctx);
  const body = (
    <>
      <Head title="Senders" about="Members whose campaigns sent email in the last seven days, highest volume first." />
      {all.length === 0 ? (
        <Empty title="No campaign emails in the last seven days" />
      ) : (
        <Table
          label="Senders"
          columns={[
            "Member",
            { number: "Today" },
            { number: "7 days" },
            { number: "Bounces" },
            { number: "Complaints" },
            "Domains",
            "Subjects",
          ]}
        >
          {all.map((sender) => (
            <tr>
              <td>
                <a href={`/operator/members/${sender.member_id}`}>
                  <Email of={sender.email} />
                </a>{" "}
                {!sender.is_verified && <Badge tone="warn">Not verified</Badge>}{" "}
                {sender.suspended_at && <Badge tone="bad">Suspended</Badge>}{" "}
                {sender.sending_paused_at && <Badge tone="bad">Paused</Badge>}
              </td>
              <td class="number">{count(sender.mails_today)}</td>
              <td class="number">{count(sender.mails)}</td>
              <td class="number">{count(sender.bounces)}</td>
              <td class="number">{count(sender.complaints)}</td>
              <td>
                {sender.domains.map(({ domain, is_proven }) => (
                  <div>
                    {shownDomain(domain)} {!is_proven && <Badge tone="warn">Not verified</Badge>}
                  </div>
                ))}
              </td>
              <td>
                {sender.subjects.map((subject) => (
                  <div>{subject}</div>
                ))}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Card title="Invite a member">
        <p class="quiet">{MODES[modeOf(c.env)]}</p>
        {link ? (
          <>
            <Copy value={link.url} label="the invitation link" />
            <p class="quiet">
              Valid for one account until <Time at={link.expires_at} />.
            </p>
          </>
        ) : (
          <form method="post" action="/operator/invitations">
            <button type="submit">Create invitation link</button>
          </form>
        )}
      </Card>
    </>
  );
  return showOperator(c, { title: "Senders", at: SENDERS, body });
}

const MODES = {
  open: "Registration is open, so nobody needs an invitation.",
  invitation: "Registration requires an invitation: a link from here or a team invitation.",
  off: "Registration is off. Links from here do not work, but team invitations do.",
};

senderPages.post("/operator/invitations", unaudited("No account uses the link yet."), async (c) => {
  const { env, origin, now } = c.var.ctx;
  return showSenders(c, await invitationLink(env, origin, now()));
});

/** @throws 400 */
async function changeIn(c: Context<HonoEnv>) {
  const read = SuspensionChange.safeParse(await typedIn(c));
  if (!read.success) throw invalidRequest(read.error);
  return read.data;
}

/** @throws 404 */
function paramOf<S extends z.ZodType>(schema: S, c: Context<HonoEnv>): z.output<S> {
  const param = schema.safeParse(c.req.param());
  if (!param.success) throw notFound("page");
  return param.data;
}

const ENTERED = unaudited("The transaction of the suspension writes the entry.");

senderPages.post("/operator/members/:memberId/suspension", ENTERED, async (c) => {
  const { memberId } = paramOf(MemberParam, c);
  const { suspended_at } = await suspendMember(c.var.ctx, memberId, await changeIn(c));
  return c.redirect(doneAt(`/operator/members/${memberId}`, suspended_at ? "suspended" : "lifted"), 303);
});

senderPages.post("/operator/brands/:brandId/suspension", ENTERED, async (c) => {
  const { brandId } = paramOf(BrandParam, c);
  const { suspended_at } = await suspendBrand(c.var.ctx, brandId, await changeIn(c));
  return c.redirect(doneAt(`/operator/brands/${brandId}`, suspended_at ? "suspended" : "lifted"), 303);
});

senderPages.post("/operator/images/:key/suspension", ENTERED, async (c) => {
  const { key } = paramOf(ImageParam, c);
  const { member_id, suspended_at } = await suspendImage(c.var.ctx, key, await changeIn(c));
  return c.redirect(doneAt(`/operator/members/${member_id}`, suspended_at ? "suspended" : "lifted"), 303);
});

senderPages.post("/operator/members/:memberId/sending", unaudited("The transaction writes the entry."), async (c) => {
  const { memberId } = paramOf(MemberParam, c);
  await resumeSending(c.var.ctx, memberId);
  return c.redirect(doneAt(`/operator/members/${memberId}`, "sending_resumed"), 303);
});
