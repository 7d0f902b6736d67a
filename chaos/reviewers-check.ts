import type { Question } from "./receiver.ts";
import { FAKES, FRIENDS_FOR_THEIR_REWARD } from "./reviewed.ts";
import type { Review, ReviewedTables } from "./reviewed-tables.ts";
import type { Reviewing } from "./reviewers.ts";
import { countBy, missing, repeated, type Verdict, verdict } from "./verdict.ts";

/** Longer than the time between a request's timestamp and its commit. */
const IN_DOUBT_MS = 20_000;

/** Compares reviews, vetoes, and held rewards with the history of friends, reviewers, and the endpoint. */
export const checkReviewing = (reviewing: Reviewing, questions: Question[], tables: ReviewedTables): Verdict[] => [
  ...checkReviews(reviewing, tables),
  ...checkQuestions(questions, tables),
  ...checkHeld(questions, tables),
];

type Decision = { id: number; state: Review["state"]; by: string; at: number };

const decisionsIn = ({ events }: ReviewedTables): Map<number, Decision[]> =>
  Map.groupBy(
    events
      .filter(({ type }) => type === "review.decided")
      .map(({ data, date }) => ({ ...(JSON.parse(data) as Omit<Decision, "at">), at: date })),
    ({ id }) => id,
  );

function checkReviews({ friends, verdicts }: Reviewing, tables: ReviewedTables) {
  const { participants, reviews, events } = tables;
  const byEmail = new Map(participants.map((one) => [one.email, one]));
  const byId = new Map(reviews.map((one) => [one.id, one]));
  const opened = countBy(
    events.filter(({ type }) => type === "review.opened"),
    ({ data }) => Number(JSON.parse(data).id),
  );
  const decided = decisionsIn(tables);
  const decisionsOf = (id: number) => decided.get(id) ?? [];
  const isSent = ({ id, state }: Decision) =>
    verdicts.some(
      (one) =>
        one.outcome !== "failed" &&
        { approve: "approved", deny: "denied", reopen: "open" }[one.verdict] === state &&
        (one.review === id || (one.isOfAll && byId.get(one.review)?.referrer_id === byId.get(id)?.referrer_id)),
    );
  const effective = (id: number) => decisionsOf(id).reduce((sum, { state }) => sum + (state === "open" ? -1 : 1), 0);
  return [
    verdict(
      "acknowledged friends that were lost",
      friends.filter(({ email, referrer, outcome }) => outcome === "ok" && byEmail.get(email)?.invited_by !== referrer),
    ),
    verdict(
      "friends of a blocked domain without a review, or others with one",
      participants.filter(
        ({ id, email, invited_by }) => byId.has(id * 2) !== (invited_by !== null && email.endsWith(`@${FAKES}`)),
      ),
    ),
    verdict(
      "reviews without exactly one opening",
      reviews.filter(({ id }) => opened.get(id) !== 1),
    ),
    verdict(
      "reviews with other than one effective decision",
      reviews.filter(({ id, state }) => effective(id) !== 1 || !decisionsOf(id).some((one) => one.state === state)),
    ),
    verdict(
      "acknowledged verdicts without a decision",
      verdicts.filter(
        (one) =>
          one.outcome === "ok" &&
          one.verdict !== "reopen" &&
          !decisionsOf(one.review).some(({ state }) => state === (one.verdict === "deny" ? "denied" : "approved")),
      ),
    ),
    verdict(
      "decisions that nobody made",
      [...decided.values()].flat().filter((one) => one.by !== "rule" && !isSent(one)),
    ),
    verdict(
      "reviews that are not decided, or that rewards do not follow",
      reviews.filter(({ state, settles_at }) => state === "open" || settles_at !== null),
    ),
  ];
}

const [GIVES, REFUSES] = [200, [403, 404]];

function checkQuestions(questions: Question[], { calls, rewards }: ReviewedTables) {
  const asked = Map.groupBy(questions, ({ reward }) => reward);
  const isTold = (id: number, says: (status: number) => boolean, isSaid = false) =>
    (asked.get(id) ?? []).some((one) => says(one.says) && (one.isSaid || !isSaid));
  const gives = (status: number) => status === GIVES;
  const refuses = (status: number) => REFUSES.includes(status);
  return [
    verdict(
      "questions with an invalid signature",
      questions.filter(({ isValid }) => !isValid),
    ),
    verdict(
      "rewards that nobody was asked about",
      missing(
        rewards.map(({ id }) => id),
        new Set(calls.map(({ id }) => id)),
      ),
    ),
    verdict(
      "questions that still wait",
      calls.filter(({ status }) => status !== "done"),
    ),
    verdict(
      "answers that were lost",
      calls.filter(
        ({ id, state }) =>
          (isTold(id, gives, true) && state !== "given" && state !== "cancelled") ||
          (isTold(id, refuses, true) && state !== "refused" && state !== "cancelled"),
      ),
    ),
    verdict(
      "answers that the endpoint never gave",
      calls.filter(
        ({ id, state }) => (state === "given" && !isTold(id, gives)) || (state === "refused" && !isTold(id, refuses)),
      ),
    ),
  ];
}

/** The endpoint's answer. If a Worker was killed before it recorded the answer, there may be nothing left to do afterward. */
function answerOf({ id, state }: ReviewedTables["calls"][number], questions: Question[]) {
  if (state !== "cancelled") return state;
  const own = questions.filter(({ reward }) => reward === id);
  if (own.some(({ says }) => says === GIVES)) return "given";
  return own.some(({ says }) => REFUSES.includes(says)) ? "refused" : state;
}

function checkHeld(questions: Question[], tables: ReviewedTables) {
  const { participants, reviews, rewards, credits, calls, events, lines } = tables;
  const byId = new Map(reviews.map((one) => [one.id, one]));
  const said = new Map(calls.map((call) => [call.id, answerOf(call, questions)]));
  const friends = Map.groupBy(
    participants.filter(({ credit_event }) => credit_event !== null),
    ({ invited_by }) => invited_by,
  );
  const isDenied = (participant: number) => byId.get(participant * 2)?.state === "denied";
  const steps = countBy(credits, ({ reward_id, status }) => `${reward_id} ${status}`);
  const told = countBy(events, ({ reward_id, type }) => `${reward_id} ${type}`);
  const isGiven = ({ status }: (typeof rewards)[number]) => status !== "revoked";
  const isRevokedRightly = ({ id, participant_id, role }: (typeof rewards)[number]) =>
    said.get(id) === "refused" ||
    said.get(id) === "unanswered" ||
    (role === "invited" ? isDenied(participant_id) : friends.get(participant_id)?.some((one) => isDenied(one.id)));
  const isGivenRightly = ({ id, participant_id, role }: (typeof rewards)[number]) =>
    said.get(id) === "given" && (role === "referrer" || !isDenied(participant_id));
  return [
    verdict(
      "rewards that are held for nothing",
      rewards.filter(({ is_held }) => is_held === 1),
    ),
    verdict(
      "rewards given while a review of them was open",
      rewards.filter((one) => wasGivenEarly(one, tables)),
    ),
    verdict(
      "rewards of friends or referrers that should not have been given",
      rewards.filter((one) => isGiven(one) && !isGivenRightly(one)),
    ),
    verdict(
      "rewards of friends or referrers that were lost",
      rewards.filter((one) => !isGiven(one) && !isRevokedRightly(one)),
    ),
    verdict(
      "goals that were met without a reward",
      participants.filter(({ id }) => {
        const count = (friends.get(id) ?? []).filter((one) => !isDenied(one.id)).length;
        return count >= FRIENDS_FOR_THEIR_REWARD && !rewards.some((one) => one.id === id * 64);
      }),
    ),
    verdict(
      "rewards that nobody earned",
      rewards.filter(
        ({ participant_id, role }) =>
          role === "referrer" && (friends.get(participant_id)?.length ?? 0) < FRIENDS_FOR_THEIR_REWARD,
      ),
    ),
    verdict(
      "rewards paid twice, or without a payout",
      rewards.filter(
        ({ id, status, payout_id }) =>
          (steps.get(`${id} fulfilled`) ?? 0) !== (status === "fulfilled" ? 1 : 0) ||
          (payout_id !== null) !== (status === "fulfilled"),
      ),
    ),
    verdict(
      "payouts whose amounts are not those of their rewards",
      lines.filter(({ payout_id, participant_id, amount }) => {
        const own = rewards.filter((one) => one.payout_id === payout_id && one.participant_id === participant_id);
        return own.reduce((sum, { cash_cents }) => sum + cash_cents, 0) !== amount;
      }),
    ),
    // A released reward may be held for another friend, and released again.
    verdict(
      "given rewards that were not told once with each step",
      rewards.filter((one) => {
        const [due, seen] = [steps.get(`${one.id} pending`) ?? 0, told.get(`${one.id} reward.pending`) ?? 0];
        return due !== seen || (isGiven(one) && due === 0);
      }),
    ),
    verdict("duplicate participants of the reviewed campaign", repeated(participants.map(({ email }) => email))),
  ];
}

/** Whether an open review covered the reward when it was released. A concurrent request may have come first. */
function wasGivenEarly(reward: ReviewedTables["rewards"][number], tables: ReviewedTables) {
  const { reviews, credits, events } = tables;
  const released = credits.find(({ reward_id, reason }) => reward_id === reward.id && reason === "released");
  if (!released) return false;
  const decided = decisionsIn(tables);
  const own = reviews.filter(
    ({ id, referrer_id }) =>
      referrer_id === reward.participant_id || (reward.role === "invited" && id === reward.participant_id * 2),
  );
  return own.some(({ id }) => {
    const opened = events.find(({ type, data }) => type === "review.opened" && Number(JSON.parse(data).id) === id);
    const steps = [{ state: "open", at: opened?.date ?? 0 }, ...(decided.get(id) ?? [])].sort((a, b) => a.at - b.at);
    const since = steps.findLast(({ at }) => at <= released.date);
    return since?.state === "open" && since.at < released.date - IN_DOUBT_MS;
  });
}
