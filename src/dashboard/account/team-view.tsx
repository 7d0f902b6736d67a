import type { team } from "../../accounts/team/team";
import { shownEmail } from "../../lib/email-address";
import { Check, Refusal } from "../ui/field";
import { blank, type Form } from "../ui/form";
import { Badge, Card, Confirm, Table, Time } from "../ui/parts";
import { Picture } from "../ui/picture";

/** The path of the team's page. */
export const TEAM = "/team";

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
        <form method="post" action={`${TEAM}/${colleague.id}/role`} class="in-row">
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
          action={`${TEAM}/${colleague.id}/remove`}
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

/** The members, the account's owner first. */
export const People = ({ owner, colleagues, isOwner }: Omit<Team, "invitations"> & { isOwner: boolean }) => (
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

/** The open invitations. */
export const Invitations = ({ invitations, isOwner }: Pick<Team, "invitations"> & { isOwner: boolean }) => (
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
                action={`${TEAM}/invitations/${id}/cancel`}
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

/** Whether the team needs two-step verification. */
export const Security = ({ owner, form }: { owner: Team["owner"]; form: Form<unknown> | undefined }) => (
  <Card title="Two-step verification">
    {form && <Refusal form={form} />}
    {owner.has_second_factor ? (
      <form method="post" action={`${TEAM}/security`}>
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
