import type { PublicContest } from "../../campaigns/contest/proof";
import { count, Time } from "../ui/parts";

type Terms = Pick<PublicContest, "start_date" | "end_date" | "weighting" | "max_winners">;

export const ContestTerms = ({ start_date, end_date, weighting, max_winners }: Terms) => (
  <>
    <Time at={start_date} /> to <Time at={end_date} />.{" "}
    {weighting === "entries"
      ? "Everyone has one entry, plus one for each friend who signs up."
      : "Everyone has one entry."}{" "}
    {max_winners === 1 ? "One winner." : `${count(max_winners)} winners.`}
  </>
);
