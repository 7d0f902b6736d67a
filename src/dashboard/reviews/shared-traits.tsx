import type { Group } from "./review-queue";

const [SIZE, RADIUS, DOT] = [220, 88, 5];

/** The friends of a referrer around them, and a line between those who share something. Words beside it say what. */
export const SharedTraits = ({ group: { reviews, referrer_id } }: { group: Group }) => {
  const shown = reviews.filter(({ about }) => about === "referral");
  const ids = [...new Set(shown.flatMap((review) => [review.participant_id, ...sharedWith(review)]))].filter(
    (id) => id !== referrer_id,
  );
  if (ids.length < 3) return null;
  const placed = new Map(ids.map((id, i) => [id, pointAt(i / ids.length)]));
  const pairs = shown.flatMap((review) => sharedWith(review).map((other) => [review.participant_id, other] as const));
  const middle = SIZE / 2;
  return (
    <svg
      class="traits"
      viewBox={`0 0 ${SIZE} ${SIZE}`}
      width={SIZE}
      height={SIZE}
      role="img"
      aria-label={`${ids.length} friends of one referrer; ${pairs.length} pairs of them have something in common.`}
    >
      {pairs.map(([from, to]) => {
        const [a, b] = [placed.get(from), placed.get(to)];
        return a && b && <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} stroke="currentColor" stroke-opacity="0.25" />;
      })}
      {[...placed.values()].map(({ x, y }) => (
        <circle cx={x} cy={y} r={DOT} fill="currentColor" />
      ))}
      <circle cx={middle} cy={middle} r={DOT * 1.6} fill="none" stroke="currentColor" stroke-width="2" />
    </svg>
  );
};

const sharedWith = ({ reasons }: Group["reviews"][number]) => [...new Set(reasons.flatMap((reason) => reason.with))];

const pointAt = (turn: number) => {
  const at = (part: number) => Math.round((SIZE / 2 + RADIUS * part) * 10) / 10;
  return { x: at(Math.sin(2 * Math.PI * turn)), y: at(-Math.cos(2 * Math.PI * turn)) };
};
