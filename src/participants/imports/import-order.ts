import { type Outcome, type Ready, type Result, resultOf } from "./import-plan";

/** Active and pending participants can be referrers. */
export const mayInvite = (status: string) => status === "active" || status === "pending";

type Known = { status: string; invited_by: number | null };
/** Who is in the campaign already, by email and by ID, and whether it has referrals at all. */
type Campaign = { known: Map<string, Known>; knownIds: Map<number, { status: string }>; hasReferrals: boolean };

/**
 * What would become of each row, and the lines of the rows in an order in which they can be sent: referrers before
 * their friends. Each row is looked at once, however long the chains are.
 */
export function inOrder(ready: Ready[], { known, knownIds, hasReferrals }: Campaign) {
  const results: Result[] = [];
  const placed: number[] = [];
  const open = new Map<string, Ready>();
  for (const row of ready) {
    const { email } = row.person;
    if (open.has(email)) results.push(resultOf(row.line, email, "twice"));
    else open.set(email, row);
  }
  const isIn = new Set([...known].filter(([, { status }]) => mayInvite(status)).map(([email]) => email));
  const isFound = ({ inviter }: Ready) =>
    !inviter || ("id" in inviter ? mayInvite(knownIds.get(inviter.id)?.status ?? "") : isIn.has(inviter.email));

  function outcomeOf(row: Ready): Outcome {
    const here = known.get(row.person.email);
    if (row.inviter && !hasReferrals) return "goal";
    if (!isFound(row)) return "unknown_inviter";
    if (!here) return "add";
    return row.inviter && here.invited_by === null ? "attribute" : "known";
  }

  /** The email of the row's referrer, if the referrer is a row that must come first. */
  const awaited = ({ inviter }: Ready) =>
    inviter && "email" in inviter && !isIn.has(inviter.email) && open.has(inviter.email) ? inviter.email : null;
  const friends = Map.groupBy(open.values(), awaited);
  const next = friends.get(null) ?? [];
  for (const row of next) {
    const { email } = row.person;
    const outcome = outcomeOf(row);
    results.push(resultOf(row.line, email, outcome));
    if (outcome === "add") isIn.add(email);
    open.delete(email);
    placed.push(row.line);
    for (const friend of friends.get(email) ?? []) next.push(friend);
  }
  for (const [email, row] of open) results.push(resultOf(row.line, email, "circle"));
  return { results, placed };
}
