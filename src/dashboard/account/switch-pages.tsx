import { accountsOf, leave } from "../../accounts/team/team";
import { TeamParam } from "../../accounts/team/team-schema";
import { audited } from "../../auth/audited";
import { enterAccount } from "../../auth/sessions/session";
import { AppError } from "../../lib/errors";
import { createOwnPages } from "../doors/pages";
import { doneAt, show } from "../ui/layout";
import { Badge, Confirm, Head, Table } from "../ui/parts";

const PATH = "/account/switch";

export const switchPages = createOwnPages([PATH]);

switchPages.get(PATH, async (c) => {
  const { session, ctx } = c.var;
  const own = { id: session.person_id, name: session.person_name, role: "owner" as const };
  const accounts = [own, ...(await accountsOf(ctx))];
  const body = (
    <>
      <Head
        crumbs={[["/account", "Your account"]]}
        title="Switch account"
        about="Your own account and the accounts you were invited to."
      />
      <Table label="Accounts" columns={["Account", "Your role", "Actions"]}>
        {accounts.map(({ id, name, role }) => (
          <tr>
            <td>
              <strong>{name}</strong> {id === session.home_id && <Badge tone="good">current</Badge>}
            </td>
            <td>{id === own.id ? "Owner (your own)" : `${role.charAt(0).toUpperCase()}${role.slice(1)}`}</td>
            <td>
              <div class="actions">
                {id !== session.home_id && (
                  <form method="post" action={`${PATH}/${id}`}>
                    <button type="submit">Switch</button>
                  </form>
                )}
                {id !== own.id && (
                  <Confirm
                    action={`${PATH}/${id}/leave`}
                    button="Leave"
                    question={`You need a new invitation to return to ${name}'s account.`}
                  />
                )}
              </div>
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
  return show(c, { title: "Switch account", section: "/account", body });
});

const idIn = (params: Record<string, string>) => {
  const param = TeamParam.safeParse(params);
  if (!param.success) throw new AppError("not_found");
  return param.data.id;
};

switchPages.post(`${PATH}/:id`, audited("Switched to another account"), async (c) => {
  await enterAccount(c.var.ctx, c.var.session, idIn(c.req.param()));
  return c.redirect(doneAt("/home", "switched"), 303);
});

switchPages.post(`${PATH}/:id/leave`, audited("Left another account"), async (c) => {
  await leave(c.var.ctx, idIn(c.req.param()));
  return c.redirect(doneAt(PATH, "left"), 303);
});
