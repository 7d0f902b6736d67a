import type { ContestState } from "../../campaigns/contest/contest";
import type { Contest } from "../../campaigns/contest/contest-schema";
import { shownDomain } from "../../lib/domain";
import { Check, Input, Problems, Select, TextArea } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Card, Confirm, Copy, count, Empty, Stat, Stats, Table, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import { ContestTerms } from "./contest-terms";

export const contestPath = (campaignId: number) => `/campaigns/${campaignId}/contest`;
const verificationPath = (campaignId: number) => `/contest/${campaignId}`;

type View = { state: ContestState; form: Form<unknown>; now: Date; origin: string; mayChange: boolean };

/** The form values of an existing contest, or the defaults for a new one. */
export const formValues = (contest: Contest | null) =>
  contest
    ? {
        contest_name: contest.contest_name,
        description: contest.description,
        start_date: contest.start_date.toISOString(),
        end_date: contest.end_date.toISOString(),
        max_winners: contest.max_winners,
        max_display: contest.max_display,
        weighting: contest.weighting,
        is_on: contest.is_on,
      }
    : { max_winners: 1, max_display: 10, weighting: "entries", is_on: true };

export const contestView = ({ state, form, now, origin, mayChange }: View) => {
  const { contest, head } = state;
  if (!contest)
    return mayChange ? (
      <Card title="Create a contest">
        <p class="quiet">
          Everyone who signs up during the contest takes part. When it ends, winners are drawn automatically, and anyone
          can verify the draw.
        </p>
        <Fields form={form} contest={null} now={now} path={contestPath(head.id)} />
      </Card>
    ) : (
      <Empty title="No contest yet" icon="trophy" />
    );
  return (
    <>
      <State contest={contest} now={now} />
      {contest.drawn_at ? <Winners contest={contest} /> : <Standings state={state} />}
      <Card title="Public proof">
        <p class="quiet">
          Share this page. Before the draw it shows your commitment. After the draw, each visitor's browser repeats it
          and confirms the winners.
        </p>
        <Copy value={`${origin}${verificationPath(head.id)}`} label="the page's URL" />
        <p>
          <a href={verificationPath(head.id)}>Open page</a>
          {head.publish === "public" && (
            <>
              {" · "}
              <a href={`/p/${encodeURIComponent(head.brand_slug)}/draws`}>
                All draws of {shownDomain(head.brand_name)}
              </a>
            </>
          )}
        </p>
      </Card>
      {mayChange && !contest.drawn_at && (
        <Card title="Settings">
          <Fields form={form} contest={contest} now={now} path={contestPath(head.id)} />
        </Card>
      )}
      {mayChange && (
        <Confirm
          action={`${contestPath(head.id)}/deletion`}
          button={contest.drawn_at ? "Remove contest" : "Delete contest"}
          question={
            contest.drawn_at
              ? "The campaign can then have a new contest. The proof stays public, and a new draw's proof mentions this one."
              : "No winners will be drawn. Participants stay. Its public proof will show that it was removed."
          }
        />
      )}
    </>
  );
};

function stateOf({ drawn_at, is_on, start_date, end_date }: Contest, now: Date) {
  if (drawn_at) return ["good", "Drawn"] as const;
  if (!is_on) return ["warn", "Switched off"] as const;
  if (now < start_date) return ["plain", "Planned"] as const;
  return now <= end_date ? (["good", "Running"] as const) : (["warn", "Drawing"] as const);
}

const State = ({ contest, now }: { contest: Contest; now: Date }) => {
  const [tone, said] = stateOf(contest, now);
  return (
    <Card title={contest.contest_name} actions={<Badge tone={tone}>{said}</Badge>}>
      {contest.description && <p>{contest.description}</p>}
      <p class="quiet">
        <ContestTerms {...contest} />
      </p>
      {said === "Drawing" && <p>The contest has ended. Winners are drawn within a few minutes.</p>}
      {said === "Switched off" && <p>While it is off, no winners are drawn.</p>}
    </Card>
  );
};

const Winners = ({ contest }: { contest: Contest }) => (
  <Card title="Winners">
    <Stats>
      <Stat label="Entrants" value={contest.draw.entrants_count ?? 0} />
      <Stat label="Entries" value={contest.draw.total_entries ?? 0} />
      <Stat label="Winners" value={contest.winners.length} />
    </Stats>
    <p class="quiet">
      Drawn <Time at={contest.drawn_at} />, in this order.
    </p>
    {contest.winners.length === 0 ? (
      <Empty title="No entrants, so no winners" icon="trophy" />
    ) : (
      <Table label="Winners" columns={["", "Participant", { number: "Entries" }, { number: "Line in the list" }]}>
        {contest.winners.map((winner, i) => (
          <tr>
            <td>{i + 1}</td>
            <td>
              {winner.name === null ? (
                <span class="quiet">Erased (no. {winner.participant_id})</span>
              ) : (
                <a href={`/participants/${winner.participant_id}`}>{winner.name || `No. ${winner.participant_id}`}</a>
              )}
            </td>
            <td class="number">{count(winner.entries)}</td>
            <td class="number">{count(winner.index)}</td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);

const Standings = ({ state: { contest, standings } }: { state: ContestState }) => {
  if (contest?.weighting === "uniform")
    return <p class="quiet">Everyone has the same chance, so there are no standings.</p>;
  return (
    <Card title="Most entries so far">
      {standings.length === 0 ? (
        <Empty title="No referrals within the contest yet">
          <p>Everyone who signed up during the contest has one entry.</p>
        </Empty>
      ) : (
        <>
          <Table label="Most entries so far" columns={["Participant", { number: "Entries" }]}>
            {standings.map((entrant) => (
              <tr>
                <td>
                  <Person id={entrant.participant_id} name={entrant.name} email={entrant.email} />
                </td>
                <td class="number">{count(entrant.entries)}</td>
              </tr>
            ))}
          </Table>
          <p class="hint">The campaign's top referrers. More entries improve the odds but don't guarantee a win.</p>
        </>
      )}
    </Card>
  );
};

const WEIGHTINGS = [
  ["entries", "One extra entry per referred friend"],
  ["uniform", "The same for everyone"],
] as const;

type FieldsProps = { form: Form<unknown>; contest: Contest | null; now: Date; path: string };

const Fields = ({ form, contest, now, path }: FieldsProps) => {
  const hasStarted = contest !== null && contest.start_date <= now;
  return (
    <form method="post" action={path}>
      <Problems form={form} />
      <Input form={form} name="contest_name" label="Name" required maxlength={200} />
      <TextArea
        form={form}
        name="description"
        label="Prize"
        hint="Shown on the public proof page if the campaign is public."
        maxlength={5000}
      />
      {contest && (
        <>
          <input type="hidden" name="shown_start" value={contest.start_date.toISOString()} />
          <input type="hidden" name="shown_end" value={contest.end_date.toISOString()} />
        </>
      )}
      <div class="row">
        {!hasStarted && (
          <Input
            form={form}
            name="start_date"
            label="Starts"
            type="datetime-local"
            hint={
              contest
                ? "Everyone who signs up after this takes part."
                : "Defaults to now. To include earlier signups, set an earlier start; the public proof will show this."
            }
          />
        )}
        <Input form={form} name="end_date" label="Ends" type="datetime-local" required />
        <Input form={form} name="max_winners" label="Winners" type="number" min="1" max="1000" required />
        <Input form={form} name="max_display" label="Number in standings" type="number" min="1" max="1000" required />
      </div>
      {!hasStarted && <Select form={form} name="weighting" label="Chances" options={WEIGHTINGS} />}
      <Check form={form} name="is_on" label="On" hint="If off, no winners are drawn." />
      {hasStarted && (
        <p class="hint">
          The contest has started, so its start and the chances are fixed. You can still change the end date until it
          has passed. The public proof shows how often you did.
        </p>
      )}
      <button type="submit">{contest ? "Save" : "Create contest"}</button>
    </form>
  );
};
