import { type Note, type Outcome, type Ready, type Result, resultOf } from "./import-plan";

/** Active and pending participants can be referrers. */
export const mayInvite = (status: string) => status === "active" || status === "pending";

/** The row without its referrer, with the reason. The participant is still added. */
export const withoutReferrer = (row: Ready, note: Note): Ready => ({
  ...row,
  inviter: null,
  notes: [...row.notes, note],
});

type Known = { status: string; invited_by: number | null };
/** The campaign's participants by email and by ID, and whether it has referrals at all. */
type Campaign = { known: Map<string, Known>; knownIds: Map<number, { status: string }>; hasReferrals: boolean };

/**
 * The planned outcome of each row, and the lines of the rows in sending order: referrers before their friends. Each row
 * is visited once, however long the chains are.
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

  /** The row in the form for signing up. */
  function kept(row: Ready): Ready {
    if (row.inviter && !hasReferrals) return withoutReferrer(row, "goal");
    return isFound(row) ? row : withoutReferrer(row, "unknown_inviter");
  }
  function outcomeOf({ person, inviter }: Ready): Outcome {
    const here = known.get(person.email);
    if (!here) return "add";
    return inviter && here.invited_by === null ? "attribute" : "known";
  }
  function place(row: Ready) {
    const { email } = row.person;
    const outcome = outcomeOf(row);
    results.push(resultOf(row.line, email, outcome, row.notes));
    if (outcome === "add") isIn.add(email);
    open.delete(email);
    placed.push(row.line);
  }

  /** The email of the row's referrer, if the referrer's own row must come first. */
  const awaited = ({ inviter }: Ready) =>
    inviter && "email" in inviter && !isIn.has(inviter.email) && open.has(inviter.email) ? inviter.email : null;
  const friends = Map.groupBy(open.values(), awaited);
  const next = friends.get(null) ?? [];
  for (const row of next) {
    place(kept(row));
    for (const friend of friends.get(row.person.email) ?? []) next.push(friend);
  }
  for (const row of open.values()) place(withoutReferrer(row, "circle"));
  return { results, placed };
}
