import type { ApiKey } from "../../accounts/account-schema";
import type { Key } from "../../accounts/keys/key-schema";
import { Input, Problems, Select, TextArea } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Card, Confirm, Empty, Table, Time } from "../ui/parts";
import { accesses } from "./key-form";

export const PATH = "/api-keys";
export const NAMED = `${PATH}/named`;

type Listed<K> = { keys: K[]; isOwner: boolean };

const CreatedBy = ({ of: { created_by } }: { of: Pick<Key, "created_by"> }) =>
  created_by ? <span>{created_by.name}</span> : <span class="quiet">unknown</span>;

const whatItMay = ({ kind, scopes, allowed_origins }: Key) =>
  kind === "publishable"
    ? `Sign visitors up on ${allowed_origins?.join(", ")}`
    : (accesses.find(([access]) => access === scopes.join(","))?.[1] ?? scopes.join(", "));

const Ending = ({ named }: { named: Key }) =>
  named.expires_at === null ? (
    <span class="quiet">never</span>
  ) : (
    <>
      <Time at={named.expires_at} />{" "}
      {new Date(named.expires_at) <= new Date() ? (
        <Badge tone="bad">Expired</Badge>
      ) : (
        named.rolled_at !== null && <Badge tone="warn">Rolled</Badge>
      )}
    </>
  );

export const NamedKeys = ({ keys, isOwner }: Listed<Key>) =>
  keys.length === 0 ? (
    <Empty title="No named keys yet" icon="key-round">
      <p>
        {isOwner
          ? "Give each program its own key with only the permissions it needs. You can replace one key without affecting the others."
          : "Only owners can create keys."}
      </p>
    </Empty>
  ) : (
    <Table label="Named keys" columns={["Key", "Access", "Last used", "Ends", "Actions"]}>
      {keys.map((key) => (
        <tr>
          <td>
            {isOwner ? <a href={`${NAMED}/${key.id}`}>{key.name}</a> : <strong>{key.name}</strong>}
            <div>
              <code>{key.prefix}…</code> {key.mode === "test" && <Badge tone="warn">Test</Badge>}{" "}
              {key.kind === "publishable" && <Badge>Publishable</Badge>}
            </div>
            <div class="quiet">
              Created by <CreatedBy of={key} />
            </div>
          </td>
          <td>{whatItMay(key)}</td>
          <td>
            <Time at={key.last_used_at} />
          </td>
          <td>
            <Ending named={key} />
          </td>
          <td>{isOwner && <KeyActions named={key} />}</td>
        </tr>
      ))}
    </Table>
  );

const KeyActions = ({ named: { id, rolled_at } }: { named: Key }) => (
  <div class="actions">
    <a class="button" href={`${NAMED}/${id}`}>
      Change
    </a>
    {rolled_at === null && (
      <Confirm
        action={`${NAMED}/${id}/roll`}
        button="Roll"
        question="You get a new key with the same permissions. The old one works for another 24 hours."
      />
    )}
    <Confirm
      action={`${NAMED}/${id}/revoke`}
      button="Revoke"
      question="Anything that uses this key stops working immediately."
    />
  </div>
);

export const ClassicKeys = ({ keys, isOwner }: Listed<ApiKey>) =>
  keys.length === 0 ? (
    <Empty title="No classic keys" icon="key-round" />
  ) : (
    <Table label="Classic keys" columns={["Key", "Created by", "Created", "Last used", "Actions"]}>
      {keys.map((key) => (
        <tr>
          <td>
            <code>{key.api_key}</code>
          </td>
          <td>
            <CreatedBy of={key} />
          </td>
          <td>
            <Time at={key.date_generated} />
          </td>
          <td>
            <Time at={key.last_used_at} />
          </td>
          <td>
            {isOwner && (
              <Confirm
                action={`${PATH}/${key.id}/revoke`}
                button="Revoke"
                question="Anything that uses this key stops working immediately."
              />
            )}
          </td>
        </tr>
      ))}
    </Table>
  );

export const NewKeyForm = ({ form, mode }: { form: Form<unknown>; mode: "live" | "test" }) => (
  <Card title={mode === "test" ? "Create test key" : "Create named key"}>
    <Problems form={form} />
    <form method="post" action={NAMED}>
      <input type="hidden" name="mode" value={mode} />
      <div class="row">
        <Input
          form={form}
          name="name"
          label="Name"
          hint="For example, the program that uses it."
          required
          maxlength={200}
        />
        <Select form={form} name="access" label="Access" options={accesses} />
      </div>
      <TextArea
        form={form}
        name="allowed_origins"
        label="Websites (for publishable keys)"
        hint="One per line, like https://shop.example.com. The key only works on these."
        rows={2}
      />
      <Input form={form} name="expires_at" label="Ends" type="datetime-local" hint="Leave empty if it never expires." />
      <button type="submit">Create key</button>
    </form>
  </Card>
);
