import type { Veto } from "../../campaigns/veto/veto-schema";
import type { FraudFeedback } from "../../participants/fraud/feedback-schema";
import { Check, Input, Problems, Select } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Card, Confirm, count, Table } from "../ui/parts";

type Shown = {
  path: string;
  veto: Veto | null;
  reasons: FraudFeedback["reasons"];
  form: Form<unknown>;
  mayChange: boolean;
};

/** What a campaign's reviews confirmed, and the endpoint that decides about its rewards. */
export const FraudView = ({ path, veto, reasons, form, mayChange }: Shown) => (
  <>
    <Card title="What your reviews confirmed">
      <p>
        Each of your decisions adjusts how much a reason counts in this campaign. Each referrer counts once. Choose how
        strict the campaign is under <a href={`${path.replace(/\/fraud$/, "")}/settings`}>Settings</a>.
      </p>
      {reasons.length === 0 ? (
        <p class="quiet">No review has been decided yet.</p>
      ) : (
        <Table label="Reasons" columns={["Reason", "Confirmed", "Weight"]}>
          {reasons.map(({ message, reviewed, confirmed, factor }) => (
            <tr>
              <td>{message}</td>
              <td>{`${count(confirmed)} of ${count(reviewed)}`}</td>
              <td>{factor === 1 ? "Unchanged" : `× ${factor.toFixed(2)}`}</td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
    <Card title="Veto" {...(veto && { actions: <Standing veto={veto} /> })}>
      <p>
        We ask your server before giving a reward: a 200 response gives it, a 4xx response refuses it. Until then it is
        held. See <a href="/docs/fraud">the request format</a>.
      </p>
      {veto && veto.waiting > 0 && (
        <p>
          {veto.waiting === 1 ? "1 reward is waiting" : `${count(veto.waiting)} rewards are waiting`} for a decision.
          {veto.last_error && ` The last attempt failed: ${veto.last_error}.`}
        </p>
      )}
      {mayChange ? (
        <form method="post" action={path}>
          <Problems form={form} />
          <Input
            form={form}
            name="link"
            label="Endpoint URL"
            type="url"
            required
            placeholder="https://example.com/veto"
          />
          <Check form={form} name="is_on" label="Ask before each new reward" />
          <Select
            form={form}
            name="ending"
            label="If there is no decision within 72 hours"
            options={[
              ["hold", "Keep it held for manual review"],
              ["give", "Give it"],
              ["refuse", "Refuse it"],
            ]}
          />
          <button type="submit">Save</button>
        </form>
      ) : (
        <p>{veto ? veto.link : "None."}</p>
      )}
    </Card>
    {veto && mayChange && (
      <Card title="Secret">
        <Confirm
          action={`${path}/secret`}
          button="Rotate secret"
          question="You get a new secret. The old one stays valid for 24 hours."
        />
      </Card>
    )}
  </>
);

const Standing = ({ veto: { is_on, last_error } }: { veto: Veto }) =>
  is_on ? <Badge tone={last_error ? "warn" : "good"}>{last_error ? "Failing" : "On"}</Badge> : <Badge>Off</Badge>;
