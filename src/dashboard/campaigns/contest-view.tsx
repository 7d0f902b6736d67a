import type { ContestState } from "../../campaigns/contest/contest";
import { type Contest, minuteOf } from "../../campaigns/contest/contest-schema";
import { Check, Input, Problems, Select, TextArea } from "../ui/field";
import type { Form } from "../ui/form";
import { Badge, Card, Confirm, Copy, count, Empty, Stat, Stats, Table, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import { ContestTerms } from "./contest-terms";

export const contestPath = (campaignId: number) => `/campaigns/${campaignId}/contest`;
const verificationPath = (campaignId: number) => `/contest/${campaignId}`;

type View = { state: ContestState; form: Form<unknown>; now: Date; origin: string; mayChange: boolean };

/** What a form shows of a contest that is there, or offers for a new one. */
export const formValues = (contest: Contest | null) =>
  contest
    ? {
        ...contest,
        start_date: minuteOf(contest.start_date),
        end_date: minuteOf(contest.end_date),
        shown_start: contest.start_date.toISOString(),
        shown_end: contest.end_date.toISOString(),
      }
    : { max_winners: 1, max_display: 10, weighting: "entries", is_on: true };

export const contestView = ({ state, form, now, origin, mayChange }: View) => {
  const { contest, head } = state;
  if (!contest)
    return mayChange ? (
      <Card title="Make a contest">
        <p class="quiet">
          Everybody who signs up within its time takes part. When it ends the winners are drawn by themselves, and
          anybody can check that it was fair.
        </p>
        <Fields form={form} contest={null} now={now} path={contestPath(head.id)} />
      </Card>
    ) : (
      <Empty title="No contest yet" />
    );
  return (
    <>
      <State contest={contest} now={now} />
      {contest.drawn_at ? <Winners contest={contest} /> : <Standings state={state} />}
      <Card title="For everybody to check">
        <p class="quiet">
          Share this page. Until the draw it shows what you are committed to, and afterwards every browser draws once
          more and says whether the winners are the same.
        </p>
        <Copy value={`${origin}${verificationPath(head.id)}`} label="the page's address" />
        <p>
          <a href={verificationPath(head.id)}>Open the page</a>
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
          button="Delete the contest"
          question={
            contest.drawn_at
              ? "The winners and everything to check them by will be gone. The participants stay."
              : "Nobody will be drawn. The participants stay, and a contest that you make later starts with a commitment of its own."
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
  return now <= end_date ? (["good", "Running"] as const) : (["warn", "Being drawn"] as const);
}

const State = ({ contest, now }: { contest: Contest; now: Date }) => {
  const [tone, said] = stateOf(contest, now);
  return (
    <Card title={contest.contest_name} actions={<Badge tone={tone}>{said}</Badge>}>
      {contest.description && <p>{contest.description}</p>}
      <p class="quiet">
        <ContestTerms {...contest} />
      </p>
      {said === "Being drawn" && <p>The contest is over. The winners are drawn within a few minutes.</p>}
      {said === "Switched off" && <p>Nobody is drawn while it is off, whatever its end.</p>}
    </Card>
  );
};

const Winners = ({ contest }: { contest: Contest }) => (
  <Card title="Winners">
    <Stats>
      <Stat label="Took part" value={contest.draw.entrants_count ?? 0} />
      <Stat label="Entries" value={contest.draw.total_entries ?? 0} />
      <Stat label="Winners" value={contest.winners.length} />
    </Stats>
    <p class="quiet">
      Drawn <Time at={contest.drawn_at} />, in this order.
    </p>
    {contest.winners.length === 0 ? (
      <Empty title="Nobody took part, so nobody won" />
    ) : (
      <Table label="Winners" columns={["", "Who", { number: "Entries" }, { number: "Line of the list" }]}>
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
    return <p class="quiet">Everybody's chance is the same here, so that there are no standings.</p>;
  return (
    <Card title="Most entries so far">
      {standings.length === 0 ? (
        <Empty title="Nobody has brought a friend within the contest yet">
          <p>Everybody who has signed up within the contest's time has one entry.</p>
        </Empty>
      ) : (
        <>
          <Table label="Most entries so far" columns={["Who", { number: "Entries" }]}>
            {standings.map((entrant) => (
              <tr>
                <td>
                  <Person id={entrant.participant_id} name={entrant.name} email={entrant.email} />
                </td>
                <td class="number">{count(entrant.entries)}</td>
              </tr>
            ))}
          </Table>
          <p class="hint">Of the campaign's best referrers. More entries are more tickets, and no promise.</p>
        </>
      )}
    </Card>
  );
};

const WEIGHTINGS = [
  ["entries", "More for who brings friends: an entry each"],
  ["uniform", "The same for everybody"],
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
        label="What can be won"
        hint="Shown on the page where the draw is checked, if the campaign is public."
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
            label="Starts (UTC)"
            type="datetime-local"
            hint={
              contest
                ? "Who signs up from then on takes part."
                : "Empty: now. Who signed up before does not take part, so reach back for those."
            }
          />
        )}
        <Input form={form} name="end_date" label="Ends (UTC)" type="datetime-local" required />
        <Input form={form} name="max_winners" label="Winners" type="number" min="1" max="1000" required />
        <Input form={form} name="max_display" label="Shown in standings" type="number" min="1" max="1000" required />
      </div>
      {!hasStarted && <Select form={form} name="weighting" label="Chances" options={WEIGHTINGS} />}
      <Check form={form} name="is_on" label="On" hint="A contest that is off is not drawn." />
      {hasStarted && (
        <p class="hint">
          The contest has started, so that its start and everybody's chances stay as they were promised. Its end can
          still be moved.
        </p>
      )}
      <button type="submit">{contest ? "Save" : "Make the contest"}</button>
    </form>
  );
};
