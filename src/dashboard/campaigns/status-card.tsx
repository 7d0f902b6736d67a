import type { CampaignHead } from "../../campaigns/campaign-head";
import type { CampaignStatus } from "../../ledger/records/lifecycle";
import { Input, Seen } from "../ui/field";
import type { Form } from "../ui/form";
import { Card, Confirm, Time } from "../ui/parts";

type StatusCardProps = {
  head: CampaignHead;
  campaign: { starts_at: Date | null; ends_at: Date | null };
  form: Form<unknown>;
};

/** Each status's buttons, and the statuses they lead to. */
const STEPS: Record<CampaignStatus, readonly (readonly [button: string, status: CampaignStatus])[]> = {
  draft: [["Go live", "live"]],
  scheduled: [["Go live now", "live"]],
  live: [["Pause", "paused"]],
  paused: [["Resume", "live"]],
  ended: [["Reopen", "live"]],
  archived: [["Restore", "ended"]],
};

const SAID: Record<CampaignStatus, string> = {
  draft: "This campaign is a draft. Nobody can join it yet.",
  scheduled: "This campaign has not started yet. It goes live automatically at the time below.",
  live: "This campaign is live.",
  paused: "This campaign is paused. Share links keep working, but nobody can join.",
  ended: "This campaign has ended. Share links keep working, but nobody can join.",
  archived: "This campaign is archived. It is hidden from the list, and nobody can join.",
};

/** Where the owner starts, pauses, ends, and archives a campaign. */
export const StatusCard = ({ head, campaign, form }: StatusCardProps) => {
  const action = `/campaigns/${head.id}/status`;
  const { status } = head;
  const isOver = status === "ended" || status === "archived";
  return (
    <Card title="Status" id="status">
      <p>
        {SAID[status]}{" "}
        {isOver && campaign.ends_at && (
          <span class="quiet">
            It ended <Time at={campaign.ends_at} />.
          </span>
        )}
      </p>
      {Object.values(form.errors).length > 0 && (
        <div class="notice bad" role="alert">
          {form.errors[""] ?? Object.values(form.errors).join(" ")}
        </div>
      )}
      <div class="actions">
        {STEPS[status].map(([button, to]) => (
          <form method="post" action={action}>
            <input type="hidden" name="status" value={to} />
            <button type="submit" class="button">
              {button}
            </button>
          </form>
        ))}
        {(status === "live" || status === "paused" || status === "scheduled") && (
          <Confirm action={action} button="End" question="Nobody can join from now on. You can reopen it later.">
            <input type="hidden" name="status" value="ended" />
          </Confirm>
        )}
        {status !== "archived" && (
          <Confirm
            action={action}
            button="Archive"
            question="Ends the campaign and hides it from the list. You can restore it later."
          >
            <input type="hidden" name="status" value="archived" />
          </Confirm>
        )}
      </div>
      {!isOver && (
        <form method="post" action={action}>
          <Seen form={form} />
          <div class="row">
            {(status === "draft" || status === "scheduled") && (
              <>
                <input type="hidden" name="status" value="scheduled" />
                <Input form={form} name="starts_at" label="Campaign starts" type="datetime-local" required />
              </>
            )}
            <Input
              form={form}
              name="ends_at"
              label="Campaign ends"
              type="datetime-local"
              hint="If empty, it does not end automatically."
            />
          </div>
          <button type="submit" class="button">
            {status === "draft" || status === "scheduled" ? "Schedule" : "Save dates"}
          </button>
        </form>
      )}
    </Card>
  );
};
