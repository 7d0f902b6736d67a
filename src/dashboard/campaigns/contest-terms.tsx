import type { PublicContest } from "../../campaigns/contest/contest";
import { count, Time } from "../ui/parts";

type Terms = Pick<PublicContest, "start_date" | "end_date" | "weighting" | "max_winners">;

/** When a contest runs, how many entries each participant has, and how many win. */
export const ContestTerms = ({ start_date, end_date, weighting, max_winners }: Terms) => (
  <>
    <Time at={start_date} /> to <Time at={end_date} />.{" "}
    {weighting === "entries"
      ? "Everybody has one entry, and one more for each friend who signs up."
      : "Everybody has one entry."}{" "}
    {max_winners === 1 ? "One winner." : `${count(max_winners)} winners.`}
  </>
);
