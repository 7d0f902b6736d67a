import type { PublicContest } from "../../campaigns/contest/contest";
import { plainText } from "../../lib/richtext";
import { cardOf } from "../ui/layout";
import { count, Time } from "../ui/parts";
import { ContestTerms } from "./contest-terms";

/** What anybody can see of a contest: what was promised, what came of it, and that the one follows from the other. */
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
            <a href={`/p/${contest.brand_slug}/campaign/${contest.campaign_id}`}>To the campaign</a>
          </>
        )}
      </p>
      {contest.drawn_at ? <Drawn contest={contest} /> : <NotYet contest={contest} />}
      <ByHand contest={contest} />
    </>,
  );
  return { ...page, bodyClass: "alone draw" };
}

const Promised = ({ contest }: { contest: PublicContest }) => (
  <section>
    <h2>What was promised</h2>
    <p>
      Before anybody was in the draw, a secret number was chosen, and its fingerprint published{" "}
      <Time at={contest.committed_at} />. The number decides the winners together with the list of who takes part, and
      cannot be another one any more.
    </p>
    <Value label="Fingerprint (SHA-256 of the secret number)" value={contest.commitment} />
  </section>
);

const NotYet = ({ contest }: { contest: PublicContest }) => (
  <>
    <Promised contest={contest} />
    <p class="notice warn">
      {contest.is_on
        ? "The winners have not been drawn yet. Write down the fingerprint: after the draw this page shows the secret number, and it must fit."
        : "This contest is switched off at the moment: nobody is drawn."}
    </p>
  </>
);

const Drawn = ({ contest }: { contest: PublicContest }) => (
  <>
    <section
      class="verdict"
      data-verify={JSON.stringify(contest)}
      data-entrants={`/api/v1/contests/${contest.campaign_id}/entrants`}
      hidden
    >
      <h2>Checked in your browser</h2>
      <p class="notice warn" role="status" data-verdict>
        Your browser is drawing once more…
      </p>
      <section class="scroll" aria-label="Steps of the check" tabindex={0}>
        <ol data-steps class="steps" />
      </section>
    </section>
    <Promised contest={contest} />
    <section>
      <h2>What came of it</h2>
      <p>
        Drawn <Time at={contest.drawn_at} /> from {count(contest.entrants_count ?? 0)} people with{" "}
        {count(contest.total_entries ?? 0)} entries.
      </p>
      <Value label="The secret number" value={contest.seed ?? ""} />
      <Value label="Fingerprint of the list" value={contest.entrants_hash ?? ""} />
      <p>
        <a href={`/api/v1/contests/${contest.campaign_id}/entrants`}>The list</a>: a line for everybody who took part,
        by number, with their entries. Names are nobody's business.
      </p>
      {contest.winners.length === 0 ? (
        <p>Nobody took part, so nobody won.</p>
      ) : (
        <>
          <h3>Winners, in the order drawn</h3>
          <ol class="winners">
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

const ByHand = ({ contest }: { contest: PublicContest }) => (
  <section>
    <h2>Check it yourself</h2>
    <p class="quiet">
      The <a href="/docs#/Contests/getContestDraw">rules of the draw</a>, named <code>{contest.algorithm}</code>, are
      exact enough to be written again by anyone, and <code>scripts/verify-draw.mjs</code> of the product's source
      checks a draw outside of this site. What they cannot show is that nobody was added to the list who does not exist:
      compare it with what you know.
    </p>
  </section>
);

const Value = ({ label, value }: { label: string; value: string }) => (
  <div class="field">
    <span>{label}</span>
    <code class="value">{value}</code>
  </div>
);
