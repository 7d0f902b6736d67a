import { decisionWords, outcomeWords } from "../ui/decision-words";
import type { ListColumn } from "../ui/list-columns";
import { Badge, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import type { ListedDecision } from "./decision-list";

/** What the decision is about, with a link to it. */
const What = ({ row: { subject, campaign_id, order_id, type, reward_id } }: { row: ListedDecision }) => {
  if (subject.type === "signup") return <strong>Signup</strong>;
  if (subject.type === "visit") return <strong>Visit to their link</strong>;
  if (subject.type === "conversion" || subject.type === "refund") {
    const said = `${subject.type === "refund" ? "Refund of" : "Purchase"} ${order_id ?? "an unknown purchase"}`;
    return subject.id === null ? (
      <strong>{said}</strong>
    ) : (
      <a class="person" href={`/campaigns/${campaign_id}/conversions/${subject.id}`}>
        {said}
      </a>
    );
  }
  const said = type === "reward.held" ? "Reward, held" : subject.type === "hold" ? "Reward, released" : "Reward";
  return reward_id === null ? (
    <strong>{said}</strong>
  ) : (
    <a class="person" href={`/rewards/${reward_id}`}>
      {said}
    </a>
  );
};

/** Each reason once, in a sentence, with what would change it. */
const Why = ({ row: { reasons, subject } }: { row: ListedDecision }) =>
  [...new Set(reasons.map(({ code }) => code))].map((code) => {
    const { said, change } = decisionWords(code, subject.type);
    return (
      <div>
        {said} {change && <span class="quiet">{change}</span>}
      </div>
    );
  });

/** The list of a campaign's decisions, on the page and as a file. */
export const decisionColumns: ListColumn<ListedDecision>[] = [
  { name: "id", value: ({ id }) => id },
  {
    name: "subject",
    value: ({ subject }) => subject.type,
    page: {
      at: 1,
      heading: "What happened",
      cell: (row) => (
        <>
          <What row={row} />
          <Why row={row} />
        </>
      ),
    },
  },
  { name: "subject_id", value: ({ subject }) => subject.id },
  { name: "conversion_id", value: ({ order_id }) => order_id },
  {
    name: "participant_id",
    value: ({ participant_id }) => participant_id,
    page: {
      at: 2,
      heading: "Participant",
      cell: ({ participant_id, person }) =>
        participant_id === null ? (
          <span class="quiet">Unknown</span>
        ) : (
          <Person id={participant_id} name={person.name} email={person.email} />
        ),
    },
  },
  { name: "name", value: ({ person }) => person.name },
  { name: "email", value: ({ person }) => person.email },
  {
    name: "outcome",
    value: ({ outcome }) => outcome,
    page: {
      at: 3,
      heading: "Outcome",
      cell: ({ outcome }) => <Badge tone={outcomeWords[outcome].tone}>{outcomeWords[outcome].said}</Badge>,
    },
  },
  { name: "reasons", value: ({ reasons }) => [...new Set(reasons.map(({ code }) => code))].join(" ") },
  { name: "why", value: ({ reasons }) => [...new Set(reasons.map(({ message }) => message))].join(" ") },
  { name: "rule_id", value: ({ rule_id }) => rule_id },
  { name: "reward_id", value: ({ reward_id }) => reward_id },
  {
    name: "at",
    value: ({ at }) => at,
    page: { at: 4, heading: "When", cell: ({ at }) => <Time at={at} /> },
  },
];
