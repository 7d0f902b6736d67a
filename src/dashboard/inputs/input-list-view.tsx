import type { Input } from "../../participants/inputs/input-schema";
import { providers } from "../../participants/inputs/providers";
import { Check, Input as Field, Problems, Select } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Card, Empty, Table, Time } from "../ui/parts";
import { kindOptions } from "./input-words";

export const listPath = (campaignId: number) => `/campaigns/${campaignId}/inputs`;

export const InputList = ({ inputs }: { inputs: Input[] }) =>
  inputs.length === 0 ? (
    <Empty title="No inputs yet" icon="webhook">
      <p>Stripe, Shopify, Paddle, and Lemon Squeezy can report payments, refunds, and disputes here automatically.</p>
    </Empty>
  ) : (
    <Table label="Inputs" columns={["Provider", "Status", "Event", "Created"]}>
      {inputs.map((input) => (
        <tr>
          <td>
            <a href={`${listPath(input.campaign_id)}/${input.id}`}>{providers[input.kind].name}</a>
            {input.test_mode && <div class="quiet">Test events count</div>}
          </td>
          <td>
            <InputBadge input={input} />
          </td>
          <td>{input.event_name}</td>
          <td>
            <Time at={input.date_added} />
          </td>
        </tr>
      ))}
    </Table>
  );

const InputBadge = ({ input: { status, has_secret } }: { input: Pick<Input, "status" | "has_secret"> }) =>
  status === "disabled" ? (
    <Badge>Disabled</Badge>
  ) : has_secret ? (
    <Badge tone="good">Active</Badge>
  ) : (
    <Badge tone="warn">Needs its secret</Badge>
  );

export const NewInputForm = ({ campaignId, form }: { campaignId: number; form: Form<unknown> }) => (
  <Card title="Add input">
    <Problems form={form} />
    <form method="post" action={listPath(campaignId)}>
      <div class="row">
        <Select form={form} name="kind" label="Provider" options={kindOptions} />
        <Field
          form={form}
          name="event_name"
          label="Event"
          hint="The event that your rules reward."
          required
          maxlength={64}
          autocapitalize="none"
        />
      </div>
      <Check form={form} name="test_mode" label="Count test events" hint="For testing. Leave it off for real sales." />
      <p class="hint">The next page shows the URL for the provider and asks for its signing secret.</p>
      <button type="submit">Add input</button>
    </form>
  </Card>
);
