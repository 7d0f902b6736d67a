import type { Child } from "hono/jsx";
import { type PublicContest, proofPath } from "../../campaigns/contest/proof";
import { shownDomain } from "../../lib/domain";
import type { Page } from "../../lib/html";
import { plainText } from "../../lib/richtext";
import { proof } from "../../texts/en/proof";
import { count, fill, momentIn, numberIn, type Texts, textsOf } from "../../texts/text";
import { cardOf } from "../ui/layout";

type ProofProps = { contest: PublicContest; texts: Texts; language: string };

/**
 * The public proof of a draw: the commitment made before it, its result, and how to verify it. `chosen` is the language
 * in the URL.
 */
export function verificationPage(contest: PublicContest, language: string, chosen: string | undefined): Page {
  const texts = textsOf(language);
  const props = { contest, texts, language };
  const title = contest.contest_name
    ? plainText(contest.contest_name)
    : fill(texts.proof_title, { id: contest.campaign_id });
  const { contest_name, description, brand_slug, brand_name, campaign_id } = contest;
  const slug = encodeURIComponent(brand_slug ?? "");
  const query = chosen ? `?lang=${chosen}` : "";
  const page = cardOf(
    title,
    <>
      {description && (
        <p>
          <bdi>{description}</bdi>
        </p>
      )}
      <Terms {...props} />
      {brand_slug && contest_name !== null && (
        <p class="quiet">
          <a href={`/p/${slug}/campaign/${campaign_id}${query}`}>{texts.proof_campaign}</a> ·{" "}
          <a href={`/p/${slug}/draws${query}`}>{fill(texts.draws_of, { brand: shownDomain(brand_name ?? "") })}</a>
        </p>
      )}
      {contest.removed_at && (
        <p class="notice warn">{fill(texts.proof_removed, { time: momentIn(language, contest.removed_at) })}</p>
      )}
      {contest.drawn_at ? <Drawn {...props} drawnAt={contest.drawn_at} /> : <NotYet {...props} />}
      <Others {...props} />
      <ByHand {...props} />
    </>,
    {},
    { language, source: texts.source },
  );
  return { ...page, bodyClass: "alone draw" };
}

const Terms = ({ contest: { start_date, end_date, weighting, max_winners }, texts, language }: ProofProps) => (
  <p class="quiet">
    {fill(texts.proof_period, { start: momentIn(language, start_date), end: momentIn(language, end_date) })}
    <br />
    {weighting === "entries" ? texts.proof_weighted : texts.proof_uniform}
    <br />
    {count(texts, language, "draw_winners", max_winners)}
  </p>
);

const Promised = ({ contest, texts, language }: ProofProps) => (
  <section>
    <h2>{texts.proof_commitment}</h2>
    <p>{fill(texts.proof_promised, { time: momentIn(language, contest.committed_at) })}</p>
    <Value label={texts.proof_fingerprint} value={contest.commitment} />
  </section>
);

const NotYet = (props: ProofProps) => (
  <>
    <Promised {...props} />
    {props.contest.removed_at === null && (
      <p class="notice warn">{props.contest.is_on ? props.texts.proof_waiting : props.texts.proof_off}</p>
    )}
  </>
);

const listPath = ({ campaign_id, number }: PublicContest) =>
  `/api/v1/contests/${campaign_id}/entrants?number=${number}`;

/** The texts for the script. */
const scriptTexts = (texts: Texts) =>
  Object.fromEntries((Object.keys(proof) as (keyof typeof proof)[]).map((name) => [name, texts[name]]));

const Drawn = ({ drawnAt, ...props }: ProofProps & { drawnAt: Date }) => {
  const { contest, texts, language } = props;
  return (
    <>
      <section
        data-verify={JSON.stringify(contest)}
        data-entrants={listPath(contest)}
        data-texts={JSON.stringify(scriptTexts(texts))}
        hidden
      >
        <h2>{texts.proof_verified}</h2>
        <p class="notice warn" role="status" data-verdict>
          {texts.proof_working}
        </p>
        <section class="scroll" aria-label={texts.proof_steps} tabindex={0}>
          <ol data-steps class="steps" />
        </section>
      </section>
      <Promised {...props} />
      <section>
        <h2>{texts.proof_result}</h2>
        <p>
          {fill(texts.proof_drawn, { time: momentIn(language, drawnAt) })}
          <br />
          {count(texts, language, "draw_entrants", contest.entrants_count ?? 0)}
          <br />
          {fill(texts.proof_total, { count: numberIn(language, contest.total_entries ?? 0) })}
        </p>
        <Value label={texts.proof_seed} value={contest.seed ?? ""} />
        <Value label={texts.proof_list_hash} value={contest.entrants_hash ?? ""} />
        <p>
          <a href={listPath(contest)}>{texts.proof_list}</a>
          <br />
          {texts.proof_list_help}
        </p>
        {contest.winners.length === 0 ? (
          <p>{texts.proof_nobody}</p>
        ) : (
          <>
            <h3>{texts.proof_winners}</h3>
            <ol aria-label={texts.proof_winners}>
              {contest.winners.map(({ participant_id, index, entries }) => (
                <li>{fill(texts.proof_winner, { id: participant_id, line: index, count: entries })}</li>
              ))}
            </ol>
          </>
        )}
      </section>
    </>
  );
};

/** The campaign's removed contests. This reveals a repeated draw. */
const Others = ({ contest, texts, language }: ProofProps) => {
  const { campaign_id, number, latest_number, changes, changed_at } = contest;
  const others = contest.records.filter((record) => record.number !== number);
  const timeOf = (time: Date | string) => momentIn(language, new Date(time));
  return (
    <section>
      <h2>{texts.proof_contests}</h2>
      <p>{fill(texts.proof_number, { number, latest: latest_number })}</p>
      {latest_number !== number && (
        <p>
          <a href={proofPath(campaign_id, latest_number)}>{texts.proof_latest}</a>
        </p>
      )}
      {others.length > 0 && (
        <ul>
          {others.map((other) => (
            <li>
              <a href={proofPath(campaign_id, other.number)}>
                {fill(other.drawn_at ? texts.proof_past_drawn : texts.proof_past_removed, {
                  number: other.number,
                  drawn: other.drawn_at ? timeOf(other.drawn_at) : "",
                  removed: timeOf(other.removed_at),
                })}
              </a>
            </li>
          ))}
        </ul>
      )}
      {changes > 0 && (
        <p>
          {fill(texts.proof_changed, {
            count: numberIn(language, changes),
            time: changed_at ? timeOf(changed_at) : "",
          })}
        </p>
      )}
    </section>
  );
};

const ByHand = ({ contest, texts }: ProofProps) => (
  <section>
    <h2>{texts.proof_yourself}</h2>
    <p class="quiet">
      {fill(texts.proof_rules_help, { algorithm: contest.algorithm, script: "scripts/verify-draw.mjs" })}{" "}
      {texts.proof_limits}
    </p>
    <p>
      <a href="/docs#/Contests/getContestDraw">{texts.proof_rules}</a>
    </p>
  </section>
);

const Value = ({ label, value }: { label: string; value: string }): Child => (
  <div class="field">
    <span>{label}</span>
    <code class="value" dir="ltr">
      {value}
    </code>
  </div>
);
