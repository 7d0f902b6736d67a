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

/** What reviews confirmed in a campaign, and the endpoint that decides about its rewards. */
export const FraudView = ({ path, veto, reasons, form, mayChange }: Shown) => (
  <>
    <Card title="What your reviews confirmed">
      <p>
        Each decision of yours teaches this campaign how much a reason is worth. A referrer counts once. How strict the
        campaign is, you choose under <a href={`${path.replace(/\/fraud$/, "")}/settings`}>Settings</a>.
      </p>
      {reasons.length === 0 ? (
        <p class="quiet">Nobody has decided a review yet.</p>
      ) : (
        <Table label="Reasons" columns={["Reason", "Confirmed", "Weight"]}>
          {reasons.map(({ message, reviewed, confirmed, factor }) => (
            <tr>
              <td>{message}</td>
              <td>{`${count(confirmed)} of ${count(reviewed)}`}</td>
              <td>{factor === 1 ? "As before" : `× ${factor.toFixed(2)}`}</td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
    <Card title="Veto" {...(veto && { actions: <Standing veto={veto} /> })}>
      <p>
        Your server is asked before a reward is given: a 200 gives it, a 4xx refuses it. Until then it is held. See{" "}
        <a href="/docs/fraud">how the question looks</a>.
      </p>
      {veto && veto.waiting > 0 && (
        <p>
          {veto.waiting === 1 ? "1 reward waits" : `${count(veto.waiting)} rewards wait`} for an answer.
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
            label="Without an answer for 72 hours"
            options={[
              ["hold", "Keep it held for a person"],
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
          question="You get a new secret. The old one also signs for 24 hours."
        />
      </Card>
    )}
  </>
);

const Standing = ({ veto: { is_on, last_error } }: { veto: Veto }) =>
  is_on ? <Badge tone={last_error ? "warn" : "good"}>{last_error ? "Failing" : "On"}</Badge> : <Badge>Off</Badge>;
