import { type Context, Hono } from "hono";
import { MemberParam, PlanChange } from "../../accounts/account-schema";
import { changePlan } from "../../accounts/member";
import { plans } from "../../accounts/plans/plan";
import { resetSecondFactor } from "../../accounts/second-factor";
import { unaudited } from "../../auth/audited";
import { shownDomain } from "../../lib/domain";
import { shownEmail } from "../../lib/email-address";
import { notFound } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import { edits } from "../ui/edits";
import { Email } from "../ui/email";
import { Input, Problems, Select } from "../ui/field";
import type { Form } from "../ui/form";
import { doneAt } from "../ui/layout";
import { Badge, Card, Confirm, Empty, Head, Table, Time } from "../ui/parts";
import { shown } from "../ui/seen";
import { memberAccount, memberList } from "./operator";
import { showOperator } from "./operator-layout";
import { MemberQuery } from "./operator-schema";
import { Images, SendingPause, SuspensionCard } from "./suspension-card";

const MEMBERS = "/operator/members";

export const memberPages = new Hono<HonoEnv>();

memberPages.get(MEMBERS, async (c) => {
  const query = MemberQuery.parse({ q: c.req.query("q") ?? "", before: c.req.query("before") ?? null });
  const { rows, next } = await memberList(c.var.ctx, query);
  const body = (
    <>
      <Head title="Members" />
      <search>
        <form method="get" action={MEMBERS} class="search">
          <label for="member-search" class="unseen">
            Email starts with
          </label>
          <input id="member-search" type="search" name="q" value={query.q} placeholder="Email…" data-search />
          <button type="submit" class="button">
            Search
          </button>
        </form>
      </search>
      {rows.length === 0 ? (
        <Empty title="No accounts found">
          <a href={MEMBERS}>All members</a>
        </Empty>
      ) : (
        <Table label="Members" columns={["ID", "Email", "Name", "Plan", "Signed up"]}>
          {rows.map((member) => (
            <tr>
              <td>{member.id}</td>
              <td>
                <a href={`${MEMBERS}/${member.id}`}>
                  <Email of={member.email} />
                </a>{" "}
                {!member.is_verified && <Badge tone="warn">Not verified</Badge>}
              </td>
              <td>{member.name}</td>
              <td>
                {member.plan_name}
                {member.plan_expiry && (
                  <>
                    {" "}
                    until <Time at={member.plan_expiry} />
                  </>
                )}
              </td>
              <td>
                <Time at={member.date_signedup} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {next !== null && (
        <p>
          <a class="button" rel="next" href={`${MEMBERS}?before=${next}`}>
            Older
          </a>
        </p>
      )}
    </>
  );
  return showOperator(c, { title: "Members", at: MEMBERS, body });
});

const planOf = ({ plan_id, plan_expiry }: { plan_id: number; plan_expiry: Date | null }) => ({
  plan_id,
  plan_expiry: plan_expiry?.toISOString() ?? null,
});

async function showMember(c: Context<HonoEnv>, id: number, form?: Form<unknown>) {
  const { ctx } = c.var;
  const [{ member, brands, images }, offered] = await Promise.all([memberAccount(ctx, id), plans(ctx)]);
  const plan = form ?? shown(planOf(member));
  const body = (
    <>
      <Head
        crumbs={[[MEMBERS, "Members"]]}
        title={shownEmail(member.email)}
        about={`${member.name}, member ${member.id}`}
      />
      <Card title="Plan">
        <form method="post" action={`${MEMBERS}/${member.id}/plan`}>
          <Problems form={plan} />
          <div class="row">
            <Select
              form={plan}
              name="plan_id"
              label="Plan"
              options={offered.map(({ id, name, price }) => [id, `${name} ($${price})`] as const)}
            />
            <Input
              form={plan}
              name="plan_expiry"
              label="Until"
              type="date"
              hint="The account returns to the free plan on this day. Leave empty for never."
            />
          </div>
          <button type="submit">Save</button>
        </form>
      </Card>
      {member.has_second_factor && (
        <Card title="Two-step verification">
          <p>
            On. Turn it off only for a member who lost their phone and recovery codes and has proven their identity.
          </p>
          <Confirm
            action={`${MEMBERS}/${member.id}/second-factor`}
            button="Turn off two-step verification"
            question={`${member.email} then signs in with only the password. We notify them by email.`}
          />
        </Card>
      )}
      {member.sending_paused_at && <SendingPause id={member.id} since={member.sending_paused_at} />}
      <SuspensionCard path={`${MEMBERS}/${member.id}`} what="account" {...member} />
      <h2>Brands</h2>
      {brands.length === 0 ? (
        <Empty title="No brands" />
      ) : (
        <Table label="Brands" columns={["Brand", "Domain", "VNOC"]}>
          {brands.map((brand) => (
            <tr>
              <td>
                <a href={`/operator/brands/${brand.id}`}>{shownDomain(brand.domain)}</a>{" "}
                {brand.suspended_at && <Badge tone="bad">Suspended</Badge>}
              </td>
              <td>{brand.proven_at ? <Badge tone="good">Verified</Badge> : "Not verified"}</td>
              <td>{brand.in_vnoc ? <Badge tone="good">Linked {brand.vnoc_id ?? ""}</Badge> : "Not linked"}</td>
            </tr>
          ))}
        </Table>
      )}
      <Images images={images} />
    </>
  );
  return showOperator(c, { title: member.email, at: MEMBERS, body, ...(form && { status: 400 }) });
}

function memberIdIn(c: Context<HonoEnv>) {
  const param = MemberParam.safeParse(c.req.param());
  if (!param.success) throw notFound("member");
  return param.data.memberId;
}

memberPages.get(`${MEMBERS}/:memberId`, (c) => showMember(c, memberIdIn(c)));

memberPages.post(
  `${MEMBERS}/:memberId/plan`,
  unaudited("The transaction that changes the plan writes the entry."),
  edits({
    schema: PlanChange,
    stored: async (c: Context<HonoEnv>) => planOf((await memberAccount(c.var.ctx, memberIdIn(c))).member),
    page: (c, form) => showMember(c, memberIdIn(c), form),
    run: async (c, change) => {
      const id = memberIdIn(c);
      await changePlan(c.var.ctx, id, change);
      return c.redirect(doneAt(`${MEMBERS}/${id}`, "saved"), 303);
    },
  }),
);

memberPages.post(
  `${MEMBERS}/:memberId/second-factor`,
  unaudited("The transaction that turns it off writes the entry."),
  async (c) => {
    const id = memberIdIn(c);
    await resetSecondFactor(c.var.ctx, id);
    return c.redirect(doneAt(`${MEMBERS}/${id}`, "two_step_off"), 303);
  },
);
