import { changeRole, changeSecurity, invite, removeColleague, team, withdraw } from "../../accounts/team/team";
import { NewColleague, Removal, RoleChange, TeamParam, TeamSecurity } from "../../accounts/team/team-schema";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { AppError, notFound } from "../../lib/errors";
import { createPages } from "../doors/pages";
import { edits } from "../ui/edits";
import { Input, Problems, Select } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Head } from "../ui/parts";
import { type Access, accessOf, BrandsSeen, Invitations, People, Security, TEAM } from "./team-view";

/** Members and open invitations. Only owners can change them. */
export const teamPages = createPages([TEAM], { changes: "owner", about: "home" });

const ROLES = [
  ["editor", "Editor: can change brands, campaigns, and everything in them"],
  ["viewer", "Viewer: can view everything, change nothing"],
  ["owner", "Owner: also manages API keys and the team"],
] as const;

/** The page's refused forms. */
type Refused = { invitation?: Form<unknown>; security?: Form<unknown>; access?: Access };

async function teamPage(c: PageContext, refused: Refused = {}) {
  const { owner, colleagues, invitations, brands } = await team(c.var.ctx);
  const isOwner = c.var.session.role === "owner";
  const form = refused.invitation ?? blank({ role: "editor" });
  const body = (
    <>
      <Head
        title="Team"
        about="Everyone with access to this account. Each person signs in with their own email and password."
      />
      <People
        owner={owner}
        colleagues={colleagues}
        brands={brands}
        isOwner={isOwner}
        {...(refused.access && { refused: refused.access })}
      />
      {isOwner && (
        <Card title="Invite a colleague">
          <form method="post" action={`${TEAM}/invitations`}>
            <Problems form={form} />
            <div class="row">
              <Input form={form} name="email" label="Email" type="email" autocomplete="off" required />
              <Select form={form} name="role" label="Role" options={ROLES} />
            </div>
            <BrandsSeen brands={brands} form={form} />
            <button type="submit">Send invitation</button>
          </form>
        </Card>
      )}
      {isOwner && <Security owner={owner} form={refused.security} />}
      {invitations.length > 0 && <Invitations invitations={invitations} brands={brands} isOwner={isOwner} />}
    </>
  );
  return show(c, { title: "Team", section: TEAM, body, status: Object.keys(refused).length > 0 ? 400 : 200 });
}

const idIn = (c: PageContext) => {
  const param = TeamParam.safeParse(c.req.param());
  if (!param.success) throw new AppError("not_found");
  return param.data.id;
};

teamPages.get(TEAM, (c) => teamPage(c));

teamPages.post(
  `${TEAM}/security`,
  audited("Changed whether the team requires two-step verification"),
  ...submits(
    TeamSecurity,
    (c: PageContext, security) => teamPage(c, { security }),
    async (c, security) => {
      const { second_factor_required } = await changeSecurity(c.var.ctx, security);
      return c.redirect(doneAt(TEAM, second_factor_required ? "two_step_required" : "two_step_optional"), 303);
    },
  ),
);

teamPages.post(
  `${TEAM}/invitations`,
  audited("Invited a team member"),
  ...submits(
    NewColleague,
    (c: PageContext, invitation) => teamPage(c, { invitation }),
    async (c, colleague) => {
      await invite(c.var.ctx, colleague);
      return c.redirect(doneAt(TEAM, "invited"), 303);
    },
  ),
);

teamPages.post(`${TEAM}/invitations/:id/cancel`, audited("Canceled an invitation"), async (c) => {
  await withdraw(c.var.ctx, idIn(c));
  return c.redirect(doneAt(TEAM, "withdrawn"), 303);
});

teamPages.post(
  `${TEAM}/:id/role`,
  audited("Changed a team member's role"),
  edits({
    schema: RoleChange,
    stored: async (c: PageContext) => {
      const colleague = (await team(c.var.ctx)).colleagues.find(({ id }) => id === idIn(c));
      if (!colleague) throw notFound("colleague");
      return accessOf(colleague);
    },
    page: (c, form) => teamPage(c, { access: { id: idIn(c), form } }),
    run: async (c, access) => {
      await changeRole(c.var.ctx, idIn(c), access);
      return c.redirect(doneAt(TEAM, "role_changed"), 303);
    },
  }),
);

teamPages.post(
  `${TEAM}/:id/remove`,
  audited("Removed a team member"),
  ...submits(
    Removal,
    (c: PageContext) => teamPage(c),
    async (c, { keep_keys }) => {
      await removeColleague(c.var.ctx, idIn(c), keep_keys);
      return c.redirect(doneAt(TEAM, "removed"), 303);
    },
  ),
);
