import { changeRole, changeSecurity, invite, removeColleague, team, withdraw } from "../../accounts/team/team";
import { NewColleague, Removal, RoleChange, TeamParam, TeamSecurity } from "../../accounts/team/team-schema";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { shownEmail } from "../../lib/email-address";
import { AppError } from "../../lib/errors";
import { createPages } from "../doors/pages";
import { Check, Input, Problems, Refusal, Select } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Badge, Card, Confirm, Head, Table, Time } from "../ui/parts";
import { Picture } from "../ui/picture";

const PATH = "/team";

/** Members and open invitations. Only owners can change them. */
export const teamPages = createPages([PATH], { changes: "owner" });

const ROLES = [
  ["editor", "Editor: can change brands, campaigns, and everything in them"],
  ["viewer", "Viewer: can view everything, change nothing"],
  ["owner", "Owner: also manages API keys and the team"],
] as const;
const SHORT = [
  ["owner", "Owner"],
  ["editor", "Editor"],
  ["viewer", "Viewer"],
] as const;

type Team = Awaited<ReturnType<typeof team>>;

const Person = ({
  person: { name, email, photo, has_second_factor },
}: {
  person: { name: string; email: string; photo: string | null; has_second_factor: boolean };
}) => (
  <div class="who">
    <Picture url={photo} name={name} isRound />
    <div>
      <strong>{name}</strong>
      <div class="quiet">{shownEmail(email)}</div>
      {!has_second_factor && <div class="quiet">No two-step verification</div>}
    </div>
  </div>
);

const keysInWords = (keys: number) =>
  keys === 0
    ? ""
    : ` ${keys === 1 ? "The API key they created stops" : `The ${keys} API keys they created stop`} working.`;

const Colleague = ({ colleague, isOwner }: { colleague: Team["colleagues"][number]; isOwner: boolean }) => (
  <tr>
    <td>
      <Person person={colleague} />
    </td>
    <td>
      {isOwner ? (
        <form method="post" action={`${PATH}/${colleague.id}/role`} class="in-row">
          <select name="role" aria-label={`Role of ${colleague.name}`}>
            {SHORT.map(([role, label]) => (
              <option value={role} selected={role === colleague.role}>
                {label}
              </option>
            ))}
          </select>
          <button type="submit" class="button">
            Change
          </button>
        </form>
      ) : (
        <Badge>{colleague.role}</Badge>
      )}
    </td>
    <td>
      <Time at={colleague.date_added} />
    </td>
    <td>
      {isOwner && (
        <Confirm
          action={`${PATH}/${colleague.id}/remove`}
          button="Remove"
          question={`${colleague.name} loses access to this account.${keysInWords(colleague.keys)}`}
        >
          {colleague.keys > 0 && (
            <Check
              form={blank()}
              name="keep_keys"
              label="Keep the keys"
              hint="Only if your systems use them. Anyone who copied one keeps full access to this account."
            />
          )}
        </Confirm>
      )}
    </td>
  </tr>
);

const People = ({ owner, colleagues, isOwner }: Omit<Team, "invitations"> & { isOwner: boolean }) => (
  <Table label="Team" columns={["Name", "Role", "Since", "Actions"]}>
    <tr>
      <td>
        <Person person={owner} />
      </td>
      <td>
        <Badge tone="good">account owner</Badge>
      </td>
      <td>
        <Time at={owner.date_added} />
      </td>
      <td />
    </tr>
    {colleagues.map((colleague) => (
      <Colleague colleague={colleague} isOwner={isOwner} />
    ))}
  </Table>
);

const Invitations = ({ invitations, isOwner }: Pick<Team, "invitations"> & { isOwner: boolean }) => (
  <Card title="Invited">
    <Table label="Invitations" columns={["Email", "Role", "Invited", "Actions"]}>
      {invitations.map(({ id, email, role, date_invited }) => (
        <tr>
          <td>{shownEmail(email)}</td>
          <td>
            <Badge>{role}</Badge>
          </td>
          <td>
            <Time at={date_invited} />
          </td>
          <td>
            {isOwner && (
              <Confirm
                action={`${PATH}/invitations/${id}/cancel`}
                button="Cancel"
                question={`The link sent to ${email} stops working.`}
              />
            )}
          </td>
        </tr>
      ))}
    </Table>
  </Card>
);

const Security = ({ owner, form }: { owner: Team["owner"]; form: Form<unknown> | undefined }) => (
  <Card title="Two-step verification">
    {form && <Refusal form={form} />}
    {owner.has_second_factor ? (
      <form method="post" action={`${PATH}/security`}>
        <p>
          {owner.needs_second_factor
            ? "Everyone in this account needs two-step verification."
            : "You can require it of everyone in this account. People without it see nothing of the account until they turn it on."}
        </p>
        <input type="hidden" name="@flags" value="second_factor_required" />
        {!owner.needs_second_factor && <input type="hidden" name="second_factor_required" value="on" />}
        <button type="submit" class="button">
          {owner.needs_second_factor ? "Stop requiring it" : "Require it"}
        </button>
      </form>
    ) : (
      <p>
        Once the account's owner has <a href="/account/two-step">turned it on</a>, they can require it of everyone in
        this account.
      </p>
    )}
  </Card>
);

async function teamPage(c: PageContext, sent?: Form<unknown>, security?: Form<unknown>) {
  const { owner, colleagues, invitations } = await team(c.var.ctx);
  const isOwner = c.var.session.role === "owner";
  const form = sent ?? blank({ role: "editor" });
  const body = (
    <>
      <Head
        title="Team"
        about="Everyone with access to this account. Each person signs in with their own email and password."
      />
      <People owner={owner} colleagues={colleagues} isOwner={isOwner} />
      {isOwner && (
        <Card title="Invite a colleague">
          <form method="post" action={`${PATH}/invitations`}>
            <Problems form={form} />
            <div class="row">
              <Input form={form} name="email" label="Email" type="email" autocomplete="off" required />
              <Select form={form} name="role" label="Role" options={ROLES} />
            </div>
            <button type="submit">Send invitation</button>
          </form>
        </Card>
      )}
      {isOwner && <Security owner={owner} form={security} />}
      {invitations.length > 0 && <Invitations invitations={invitations} isOwner={isOwner} />}
    </>
  );
  return show(c, { title: "Team", section: PATH, body, status: sent || security ? 400 : 200 });
}

const idIn = (c: PageContext) => {
  const param = TeamParam.safeParse(c.req.param());
  if (!param.success) throw new AppError("not_found");
  return param.data.id;
};

teamPages.get(PATH, (c) => teamPage(c));

teamPages.post(
  `${PATH}/security`,
  audited("Changed whether the team needs two-step verification"),
  ...submits(
    TeamSecurity,
    (c: PageContext, form) => teamPage(c, undefined, form),
    async (c, security) => {
      const { second_factor_required } = await changeSecurity(c.var.ctx, security);
      return c.redirect(doneAt(PATH, second_factor_required ? "two_step_required" : "two_step_optional"), 303);
    },
  ),
);

teamPages.post(
  `${PATH}/invitations`,
  audited("Invited a team member"),
  ...submits(NewColleague, teamPage, async (c, colleague) => {
    await invite(c.var.ctx, colleague);
    return c.redirect(doneAt(PATH, "invited"), 303);
  }),
);

teamPages.post(`${PATH}/invitations/:id/cancel`, audited("Canceled an invitation"), async (c) => {
  await withdraw(c.var.ctx, idIn(c));
  return c.redirect(doneAt(PATH, "withdrawn"), 303);
});

teamPages.post(
  `${PATH}/:id/role`,
  audited("Changed a team member's role"),
  ...submits(RoleChange, teamPage, async (c, { role }) => {
    await changeRole(c.var.ctx, idIn(c), role);
    return c.redirect(doneAt(PATH, "role_changed"), 303);
  }),
);

teamPages.post(
  `${PATH}/:id/remove`,
  audited("Removed a team member"),
  ...submits(Removal, teamPage, async (c, { keep_keys }) => {
    await removeColleague(c.var.ctx, idIn(c), keep_keys);
    return c.redirect(doneAt(PATH, "removed"), 303);
  }),
);
