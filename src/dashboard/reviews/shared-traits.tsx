import { type KindClass, wordsOf } from "../../fraud/reasons.ts";
import { count } from "../ui/parts";
import type { Group } from "./review-queue";

const [SIZE, RADIUS, DOT] = [220, 88, 5];

/** A trait that one referrer's friends share, and the pairs of friends who share it. */
type Trait = { message: string; kind: KindClass; pairs: (readonly [number, number])[]; friends: Set<number> };

/**
 * A referrer's friends arranged around them, with lines between those who share something, and a list of what they
 * share.
 */
export const SharedTraits = ({ group: { reviews, referrer_id } }: { group: Group }) => {
  const traits = traitsOf(reviews, referrer_id);
  const reviewed = new Map(
    reviews.filter(({ about }) => about === "referral").map((one) => [one.participant_id, one.participant] as const),
  );
  const ids = [...new Set([...reviewed.keys(), ...traits.flatMap(({ friends }) => [...friends])])];
  if (ids.length < 3 || traits.length === 0) return null;
  const placed = new Map(ids.map((id, i) => [id, pointAt(i / ids.length)]));
  const [middle, pairs] = [SIZE / 2, traits.reduce((sum, trait) => sum + trait.pairs.length, 0)];
  return (
    <figure class="traits">
      <svg
        viewBox={`0 0 ${SIZE} ${SIZE}`}
        width={SIZE}
        height={SIZE}
        role="img"
        aria-label={`${count(ids.length)} friends of one referrer. ${count(pairs)} pairs of them have something in common.`}
      >
        {traits.map(({ message, kind, pairs }) => (
          <g class={`trait-${kind}`}>
            <title>{message}</title>
            {pairs.map(([from, to]) => {
              const [a, b] = [placed.get(from), placed.get(to)];
              return a && b && <line x1={a.x} y1={a.y} x2={b.x} y2={b.y} />;
            })}
          </g>
        ))}
        {[...placed].map(([id, { x, y }]) => (
          <circle cx={x} cy={y} r={DOT} class={reviewed.has(id) ? "trait-friend" : "trait-earlier"}>
            <title>{reviewed.get(id)?.name ?? reviewed.get(id)?.email ?? `Participant ${id}`}</title>
          </circle>
        ))}
        <circle cx={middle} cy={middle} r={DOT * 1.6} class="trait-referrer">
          <title>The referrer</title>
        </circle>
      </svg>
      <figcaption>
        <ul class="trait-words">
          {traits.map(({ message, kind, friends }) => (
            <li class={`trait-${kind}`}>
              {message}{" "}
              <span class="quiet">
                {count(friends.size)} {friends.size === 1 ? "friend" : "friends"}
              </span>
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
};

/** The most shared first. */
function traitsOf(reviews: Group["reviews"], referrer: number): Trait[] {
  const traits = new Map<string, Trait>();
  for (const { about, participant_id, reasons } of reviews) {
    if (about !== "referral") continue;
    for (const { code, with: others } of reasons) {
      const friends = others.filter((id) => id !== referrer && id !== participant_id);
      if (friends.length === 0) continue;
      const trait = traits.get(code) ?? { ...wordsOf(code), pairs: [], friends: new Set() };
      traits.set(code, trait);
      for (const id of [participant_id, ...friends]) trait.friends.add(id);
      trait.pairs.push(...friends.map((id) => [participant_id, id] as const));
    }
  }
  return [...traits.values()].sort((a, b) => b.friends.size - a.friends.size);
}

const pointAt = (turn: number) => {
  const at = (part: number) => Math.round((SIZE / 2 + RADIUS * part) * 10) / 10;
  return { x: at(Math.sin(2 * Math.PI * turn)), y: at(-Math.cos(2 * Math.PI * turn)) };
};
