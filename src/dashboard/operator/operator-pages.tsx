import type { Context } from "hono";
import { MemberParam, PlanChange } from "../../accounts/account-schema";
import { changePlan } from "../../accounts/member";
import { plans } from "../../accounts/plans/plan";
import { unaudited } from "../../auth/audited";
import { anyBrandOf, linkToVnoc } from "../../campaigns/brands/brand";
import { BrandParam, VnocLink } from "../../campaigns/brands/brand-schema";
import { notFound } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import type { HonoEnv } from "../../lib/http";
import {
  closeOperatorSession,
  createOperatorPages,
  OPERATOR_SIGN_IN,
  openOperatorSession,
} from "../doors/operator-door";
import { Check, Input, Problems, Select } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { cardOf, doneAt } from "../ui/layout";
import { Badge, Card, Empty, Head, Table, Time } from "../ui/parts";
import { healthOf, memberAccount, memberList } from "./operator";
import { HealthPage } from "./operator-health";
import { showOperator } from "./operator-layout";
import { MemberQuery, Token } from "./operator-schema";

const MEMBERS = "/operator/members";

export const operatorPages = createOperatorPages();

const signInPage = (form: Form<unknown>) =>
  cardOf(
    "Operator",
    <>
      <Problems form={form} />
      <form method="post" action={OPERATOR_SIGN_IN}>
        <Input form={form} name="token" label="Token" type="password" autocomplete="off" required autofocus />
        <button type="submit">Sign in</button>
      </form>
      <p class="quiet">The OPERATOR_TOKEN secret of this installation. You stay signed in for one hour.</p>
    </>,
  );

operatorPages.get(OPERATOR_SIGN_IN, (c) => sendPage(c, signInPage(blank())));

operatorPages.post(
  OPERATOR_SIGN_IN,
  unaudited("The operator signs in; no account changes."),
  ...submits(
    Token,
    (c: Context<HonoEnv>, form) => sendPage(c, signInPage(form), 400),
    async (c, { token }) => {
      await openOperatorSession(c, token);
      return c.redirect("/operator", 303);
    },
  ),
);

operatorPages.post("/operator/sign-out", unaudited("The operator signs out; no account changes."), (c) => {
  closeOperatorSession(c);
  return c.redirect(OPERATOR_SIGN_IN, 303);
});

operatorPages.get("/operator", async (c) =>
  showOperator(c, { title: "Health", at: "/operator", body: <HealthPage {...(await healthOf(c.var.ctx))} /> }),
);

operatorPages.get(MEMBERS, async (c) => {
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
        <Table label="Members" columns={["Id", "Email", "Name", "Plan", "Signed up"]}>
          {rows.map((member) => (
            <tr>
              <td>{member.id}</td>
              <td>
                <a href={`${MEMBERS}/${member.id}`}>{member.email}</a>{" "}
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

async function showMember(c: Context<HonoEnv>, id: number, form?: Form<unknown>) {
  const { ctx } = c.var;
  const [{ member, brands }, offered] = await Promise.all([memberAccount(ctx, id), plans(ctx)]);
  const values = { plan_id: member.plan_id, plan_expiry: member.plan_expiry?.toISOString().slice(0, 10) };
  const shown = form ?? blank(values);
  const body = (
    <>
      <Head title={member.email} about={`${member.name}, member ${member.id}`} />
      <Card title="Plan">
        <form method="post" action={`${MEMBERS}/${member.id}/plan`}>
          <Problems form={shown} />
          <div class="row">
            <Select
              form={shown}
              name="plan_id"
              label="Plan"
              options={offered.map((plan) => [plan.id, `${plan.name} ($${plan.price})`] as const)}
            />
            <Input
              form={shown}
              name="plan_expiry"
              label="Until (in UTC)"
              type="date"
              hint="On this day the account returns to the free plan. Empty: never."
            />
          </div>
          <button type="submit">Save</button>
        </form>
      </Card>
      <h2>Brands</h2>
      {brands.length === 0 ? (
        <Empty title="No brands" />
      ) : (
        <Table label="Brands" columns={["Brand", "VNOC"]}>
          {brands.map((brand) => (
            <tr>
              <td>
                <a href={`/operator/brands/${brand.id}`}>{brand.domain}</a>
              </td>
              <td>{brand.in_vnoc ? <Badge tone="good">Linked {brand.vnoc_id ?? ""}</Badge> : "Not linked"}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
  return showOperator(c, { title: member.email, at: MEMBERS, body, ...(form && { status: 400 }) });
}

function memberIdIn(c: Context<HonoEnv>) {
  const param = MemberParam.safeParse(c.req.param());
  if (!param.success) throw notFound("member");
  return param.data.memberId;
}

operatorPages.get(`${MEMBERS}/:memberId`, (c) => showMember(c, memberIdIn(c)));

operatorPages.post(
  `${MEMBERS}/:memberId/plan`,
  unaudited("The transaction that changes the plan writes the entry."),
  ...submits(
    PlanChange,
    (c: Context<HonoEnv>, form) => showMember(c, memberIdIn(c), form),
    async (c, change) => {
      const id = memberIdIn(c);
      await changePlan(c.var.ctx, id, change);
      return c.redirect(doneAt(`${MEMBERS}/${id}`, "saved"), 303);
    },
  ),
);

function brandIdIn(c: Context<HonoEnv>) {
  const param = BrandParam.safeParse(c.req.param());
  if (!param.success) throw notFound("brand");
  return param.data.brandId;
}

const LINK_HINT =
  "Linked brands can offer token rewards. Changing the domain removes the link. After unlinking, campaigns that already offer tokens keep granting them as pending rewards.";

async function showBrand(c: Context<HonoEnv>, id: number, form?: Form<unknown>) {
  const { domain, url, in_vnoc, vnoc_id } = await anyBrandOf(c.var.ctx, id);
  const shown = form ?? blank({ in_vnoc, vnoc_id });
  const body = (
    <>
      <Head title={domain} about={url} />
      <Card title="VNOC">
        <form method="post" action={`/operator/brands/${id}`}>
          <Problems form={shown} />
          <Check form={shown} name="in_vnoc" label="Linked" hint={LINK_HINT} />
          <Input form={shown} name="vnoc_id" label="VNOC id" inputmode="numeric" />
          <button type="submit">Save</button>
        </form>
      </Card>
    </>
  );
  return showOperator(c, { title: domain, at: MEMBERS, body, ...(form && { status: 400 }) });
}

operatorPages.get("/operator/brands/:brandId", (c) => showBrand(c, brandIdIn(c)));

operatorPages.post(
  "/operator/brands/:brandId",
  unaudited("The transaction that changes the brand writes the entry."),
  ...submits(
    VnocLink,
    (c: Context<HonoEnv>, form) => showBrand(c, brandIdIn(c), form),
    async (c, link) => {
      const id = brandIdIn(c);
      await linkToVnoc(c.var.ctx, id, link);
      return c.redirect(doneAt(`/operator/brands/${id}`, "saved"), 303);
    },
  ),
);
