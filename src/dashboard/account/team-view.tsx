import type { team } from "../../accounts/team/team";
import { shownDomain } from "../../lib/domain";
import { Email } from "../ui/email";
import { Check, labelOf, Problems, Refusal } from "../ui/field";
import { blank, type Form, valueAt } from "../ui/form";
import { problemIn } from "../ui/newer";
import { Badge, Card, Confirm, count, Table, Time } from "../ui/parts";
import { Picture } from "../ui/picture";
import { shown } from "../ui/seen";

/** The path of the team's page. */
export const TEAM = "/team";

const SHORT = [
  ["owner", "Owner"],
  ["editor", "Editor"],
  ["viewer", "Viewer"],
] as const;

type Team = Awaited<ReturnType<typeof team>>;

/** The brands that a person can see, in words. */
const seenInWords = (ids: number[] | null, brands: Team["brands"]) => {
  if (ids === null) return "All brands";
  const names = brands.filter(({ id }) => ids.includes(id)).map(({ name }) => shownDomain(name));
  return names.length > 0 && names.length <= 2 ? names.join(", ") : `${count(names.length)} brands`;
};

const seenIn = (ids: unknown, brands: Team["brands"]) => seenInWords(Array.isArray(ids) ? ids : null, brands);

/** Checkboxes for the brands a person can see. With only one brand there is nothing to choose. */
export const BrandsSeen = ({ brands, form, of }: { brands: Team["brands"]; form: Form<unknown>; of?: string }) => {
  const chosen = [valueAt(form.values, "brand_ids") ?? []].flat().map(Number);
  if (brands.length < 2 && chosen.length === 0) return null;
  return (
    <details class="brands-seen" open={form.errors.brand_ids !== undefined || (chosen.length > 0 && !of)}>
      <summary>{seenInWords(chosen.length > 0 ? chosen : null, brands)}</summary>
      <fieldset>
        <legend>{of ? `Brands that ${of} sees` : "Brands that they see"}</legend>
        <input type="hidden" name="@lists" value="brand_ids" />
        <p class="hint">
          Leave all unchecked to give access to every brand. Otherwise they see only the selected brands and nothing
          else in the account.
        </p>
        {form.errors.brand_ids && <p class="problem">{problemIn(form, "brand_ids", (ids) => seenIn(ids, brands))}</p>}
        {brands.map(({ id, name }) => (
          <label>
            <input type="checkbox" name="brand_ids" value={id} checked={chosen.includes(id)} /> {shownDomain(name)}
          </label>
        ))}
      </fieldset>
    </details>
  );
};

const Person = ({
  person: { name, email, photo, has_second_factor },
}: {
  person: { name: string; email: string; photo: string | null; has_second_factor: boolean };
}) => (
  <div class="who">
    <Picture url={photo} name={name} isRound />
    <div>
      <strong>{name}</strong>
      <div class="quiet">
        <Email of={email} />
      </div>
      {!has_second_factor && <div class="quiet">No two-step verification</div>}
    </div>
  </div>
);

const keysInWords = (keys: number) =>
  keys === 0
    ? ""
    : ` ${keys === 1 ? "The API key they created stops" : `The ${keys} API keys they created stop`} working.`;

type Colleague = Team["colleagues"][number];

/** The form of a colleague's access. */
export type Access = { id: number; form: Form<unknown> };

export const accessOf = ({ role, brand_ids }: Colleague) => ({ role, brand_ids });

const AccessForm = ({
  colleague,
  brands,
  form = shown(accessOf(colleague)),
}: {
  colleague: Colleague;
  brands: Team["brands"];
  form: Form<unknown> | undefined;
}) => (
  <form method="post" action={`${TEAM}/${colleague.id}/role`} class="in-row">
    <Problems form={form} />
    <select name="role" aria-label={`${colleague.name}'s role`}>
      {SHORT.map(([role, label]) => (
        <option value={role} selected={role === valueAt(form.values, "role")}>
          {label}
        </option>
      ))}
    </select>
    <button type="submit" class="button">
      Change
    </button>
    {form.errors.role && <p class="problem">{problemIn(form, "role", (role) => labelOf(SHORT, role))}</p>}
    <BrandsSeen brands={brands} form={form} of={colleague.name} />
  </form>
);

type ColleagueProps = { colleague: Colleague; brands: Team["brands"]; isOwner: boolean; refused?: Access };

const Colleague = ({ colleague, brands, isOwner, refused }: ColleagueProps) => (
  <tr>
    <td>
      <Person person={colleague} />
    </td>
    <td>
      {isOwner ? (
        <AccessForm
          colleague={colleague}
          brands={brands}
          form={refused?.id === colleague.id ? refused.form : undefined}
        />
      ) : (
        <>
          <Badge>{colleague.role}</Badge> <span class="quiet">{seenInWords(colleague.brand_ids, brands)}</span>
        </>
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
              hint="Only if your systems use them. Anyone who copied a key keeps full access to this account."
            />
          )}
        </Confirm>
      )}
    </td>
  </tr>
);

/** The members, the account's owner first. */
export const People = ({
  owner,
  colleagues,
  ...more
}: Pick<Team, "owner" | "colleagues"> & Omit<ColleagueProps, "colleague">) => (
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
      <Colleague colleague={colleague} {...more} />
    ))}
  </Table>
);

/** The open invitations. */
export const Invitations = ({
  invitations,
  brands,
  isOwner,
}: Pick<Team, "invitations" | "brands"> & { isOwner: boolean }) => (
  <Card title="Invited">
    <Table label="Invitations" columns={["Email", "Role", "Invited", "Actions"]}>
      {invitations.map(({ id, email, role, brand_ids, date_invited }) => (
        <tr>
          <td>
            <Email of={email} />
          </td>
          <td>
            <Badge>{role}</Badge> <span class="quiet">{seenInWords(brand_ids, brands)}</span>
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
            : "You can require it for everyone in this account. People cannot see the account until they turn it on."}
        </p>
        <input type="hidden" name="@flags" value="second_factor_required" />
        {!owner.needs_second_factor && <input type="hidden" name="second_factor_required" value="on" />}
        <button type="submit" class="button">
          {owner.needs_second_factor ? "Stop requiring it" : "Require it"}
        </button>
      </form>
    ) : (
      <p>
        Once the account's owner has <a href="/account/two-step">turned it on</a>, they can require it for everyone in
        this account.
      </p>
    )}
  </Card>
);
