import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Person = { name: string; email: string; invited_by: string };

/** The rows of a file in this folder, without its header. No value in these files is quoted. */
const rows = (file: string) =>
  readFileSync(join(import.meta.dirname, file), "utf8")
    .trimEnd()
    .split("\n")
    .slice(1);

/** The first `count` people, each after the person who invited them. */
export const readPeople = (count: number): Person[] =>
  rows("people.csv")
    .slice(0, count)
    .map((row) => {
      const [name = "", email = "", invited_by = ""] = row.split(",");
      return { name, email, invited_by };
    });

export const readCodes = (file: string, count?: number) => rows(file).slice(0, count);

export const toCsv = (codes: string[]) => ["code", ...codes].join("\n");

/** The expected results, from the files alone, without any code of the product. */
export function expected(people: Person[], goal: number, coupons: number, moreCoupons: number) {
  const invited = people.filter((p) => p.invited_by !== "");
  const friends = new Map<string, number>();
  for (const { invited_by } of invited) friends.set(invited_by, (friends.get(invited_by) ?? 0) + 1);
  const inviters = people.filter((p) => (friends.get(p.email) ?? 0) >= goal);
  const rewards = inviters.length + invited.length;
  const given = Math.min(rewards, coupons);
  const waiting = rewards - given;
  const filled = Math.min(waiting, moreCoupons);
  const events = {
    "participant.signup": people.length,
    "reward.fulfilled": given + filled,
    "reward.pending": waiting,
    "coupons.low": 1,
    "coupons.exhausted": 1,
  };
  return {
    people: people.length,
    inviters: inviters.map((p) => p.email),
    invited: invited.map((p) => p.email),
    rewards,
    given,
    waiting,
    filled,
    left: coupons + moreCoupons - given - filled,
    events,
    allEvents: Object.values(events).reduce((sum, n) => sum + n, 0),
  };
}
