import { type PublicContest, proofPath } from "../../campaigns/contest/proof";
import { shownDomain } from "../../lib/domain";
import { plainText } from "../../lib/richtext";
import { cardOf } from "../ui/layout";
import { count, Time } from "../ui/parts";
import { ContestTerms } from "./contest-terms";

/** The public proof of a draw: what was committed to before, what was drawn, and how to verify it. */
export function verificationPage(contest: PublicContest) {
  const title = contest.contest_name ? plainText(contest.contest_name) : `Contest of campaign ${contest.campaign_id}`;
  const page = cardOf(
    title,
    <>
      {contest.description && <p>{contest.description}</p>}
      <p class="quiet">
        <ContestTerms {...contest} />
        {contest.brand_slug && (
          <>
            {" "}
            <a href={`/p/${contest.brand_slug}/campaign/${contest.campaign_id}`}>Go to campaign</a>{" "}
            <a href={`/p/${encodeURIComponent(contest.brand_slug)}/draws`}>
              All draws of {shownDomain(contest.brand_domain ?? "")}
            </a>
          </>
        )}
      </p>
      {contest.removed_at && (
        <p class="notice warn">
          The organizer removed this contest <Time at={contest.removed_at} />. It stays on record.
        </p>
      )}
      {contest.drawn_at ? <Drawn contest={contest} /> : <NotYet contest={contest} />}
      <Others contest={contest} />
      <ByHand contest={contest} />
    </>,
  );
  return { ...page, bodyClass: "alone draw" };
}

const Promised = ({ contest }: { contest: PublicContest }) => (
  <section>
    <h2>Commitment</h2>
    <p>
      Before the draw, a secret number was chosen and its fingerprint published <Time at={contest.committed_at} />.
      Together with the list of entrants, the number decides the winners. It can no longer be changed.
    </p>
    <Value label="Fingerprint (SHA-256 of the secret number)" value={contest.commitment} />
  </section>
);

const NotYet = ({ contest }: { contest: PublicContest }) => (
  <>
    <Promised contest={contest} />
    {contest.removed_at === null && (
      <p class="notice warn">
        {contest.is_on
          ? "The winners have not been drawn yet. Save the fingerprint: after the draw this page shows the secret number, and it must match."
          : "This contest is switched off. No winners are drawn."}
      </p>
    )}
  </>
);

const listPath = ({ campaign_id, number }: PublicContest) =>
  `/api/v1/contests/${campaign_id}/entrants?number=${number}`;

const Drawn = ({ contest }: { contest: PublicContest }) => (
  <>
    <section data-verify={JSON.stringify(contest)} data-entrants={listPath(contest)} hidden>
      <h2>Verified in your browser</h2>
      <p class="notice warn" role="status" data-verdict>
        Your browser is repeating the draw…
      </p>
      <section class="scroll" aria-label="Verification steps" tabindex={0}>
        <ol data-steps class="steps" />
      </section>
    </section>
    <Promised contest={contest} />
    <section>
      <h2>Result</h2>
      <p>
        Drawn <Time at={contest.drawn_at} /> from {count(contest.entrants_count ?? 0)} participants with{" "}
        {count(contest.total_entries ?? 0)} entries.
      </p>
      <Value label="The secret number" value={contest.seed ?? ""} />
      <Value label="Fingerprint of the list" value={contest.entrants_hash ?? ""} />
      <p>
        <a href={listPath(contest)}>The list</a>: one line per entrant, by number, with their entries. Names are kept
        private.
      </p>
      {contest.winners.length === 0 ? (
        <p>No entrants, so no winners.</p>
      ) : (
        <>
          <h3>Winners, in drawing order</h3>
          <ol aria-label="Winners">
            {contest.winners.map((winner) => (
              <li>
                Participant {winner.participant_id}{" "}
                <span class="quiet">
                  (line {winner.index}, {count(winner.entries)} {winner.entries === 1 ? "entry" : "entries"})
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  </>
);

/** The campaign's other contests that were removed. A draw that was repeated shows here. */
const Others = ({ contest }: { contest: PublicContest }) => {
  const others = contest.records.filter(({ number }) => number !== contest.number);
  return (
    <section>
      <h2>Contests of this campaign</h2>
      <p>
        This is contest {contest.number} of {contest.latest_number}.{" "}
        {contest.latest_number !== contest.number && (
          <a href={proofPath(contest.campaign_id, contest.latest_number)}>Go to the latest</a>
        )}
      </p>
      {others.length > 0 && (
        <ul>
          {others.map(({ number, drawn_at, removed_at }) => (
            <li>
              <a href={proofPath(contest.campaign_id, number)}>Contest {number}</a>:{" "}
              {drawn_at ? (
                <>
                  drawn <Time at={drawn_at} />, removed <Time at={removed_at} />
                </>
              ) : (
                <>
                  removed before its draw, <Time at={removed_at} />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {contest.changes > 0 && (
        <p>
          After the start, its dates or the number of winners were changed {count(contest.changes)}{" "}
          {contest.changes === 1 ? "time" : "times"}, last <Time at={contest.changed_at} />.
        </p>
      )}
    </section>
  );
};

const ByHand = ({ contest }: { contest: PublicContest }) => (
  <section>
    <h2>Verify it yourself</h2>
    <p class="quiet">
      The <a href="/docs#/Contests/getContestDraw">rules of the draw</a>, named <code>{contest.algorithm}</code>, are
      exact enough for anyone to implement, and <code>scripts/verify-draw.mjs</code> in the product's source verifies a
      draw outside this site. They cannot show that no made-up entrant was added to the list, or that the operator of
      this server, who can read the secret number, did not use it. Save the fingerprint before the end, and compare the
      list with what you know.
    </p>
  </section>
);

const Value = ({ label, value }: { label: string; value: string }) => (
  <div class="field">
    <span>{label}</span>
    <code class="value">{value}</code>
  </div>
);
