import type { Random } from "../../chaos/random.ts";
import type { ClickSight } from "../../src/fraud/sale-signals.ts";
import type { Person } from "./world.ts";

/** An event with the fields of a request. The engine never sees its author, `kind`. */
export type Happening = { at: number; campaign: number; kind: string } & (
  | {
      type: "signup";
      who: number;
      inviter: number;
      person: Person;
      took: number | null;
      is_fraud: boolean;
      confirms: boolean;
    }
  | { type: "click"; inviter: number; click: ClickSight }
  | { type: "sale"; id: number; inviter: number; by_code: boolean; is_fraud: boolean }
  | { type: "refund"; id: number; inviter: number }
  | { type: "return"; who: number; inviter: number }
  | { type: "erasure"; who: number; inviter: number }
);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** All events of a run of the benchmark. */
export class Story {
  readonly happenings: Happening[] = [];
  #lastId = 0;
  readonly random: Random;
  readonly begin: number;
  readonly days: number;
  readonly campaigns: number;
  constructor(random: Random, begin: number, days: number, campaigns: number) {
    this.random = random;
    this.begin = begin;
    this.days = days;
    this.campaigns = campaigns;
  }

  newId() {
    this.#lastId += 1;
    return this.#lastId;
  }

  campaign() {
    return this.random.int(1, this.campaigns);
  }

  /** A moment at which people are awake. */
  moment() {
    const day = this.random.int(0, this.days - 1);
    const hour = 7 + 16 * Math.sqrt(this.random.next() * this.random.next());
    return this.begin + day * DAY + hour * HOUR;
  }

  signUp(
    at: number,
    campaign: number,
    kind: string,
    person: Person,
    { inviter = 0, took = null as number | null, is_fraud = false, confirms = false } = {},
  ): number {
    const who = this.newId();
    this.happenings.push({ type: "signup", at, campaign, kind, who, inviter, person, took, is_fraud, confirms });
    return who;
  }

  /** A friend shares, buys, or brings someone. */
  comeBack(at: number, campaign: number, kind: string, inviter: number, who: number) {
    this.happenings.push({ type: "return", at, campaign, kind, inviter, who });
  }

  erase(at: number, campaign: number, kind: string, inviter: number, who: number) {
    this.happenings.push({ type: "erasure", at, campaign, kind, inviter, who });
  }

  click(at: number, campaign: number, kind: string, inviter: number, click: ClickSight) {
    this.happenings.push({ type: "click", at, campaign, kind, inviter, click });
  }

  sale(
    at: number,
    campaign: number,
    kind: string,
    inviter: number,
    { by_code = false, is_fraud = false } = {},
  ): number {
    const id = this.newId();
    this.happenings.push({ type: "sale", at, campaign, kind, id, inviter, by_code, is_fraud });
    return id;
  }

  refund(at: number, campaign: number, kind: string, inviter: number, id: number) {
    this.happenings.push({ type: "refund", at, campaign, kind, id, inviter });
  }

  /** In chronological order. */
  told() {
    const end = this.begin + this.days * DAY;
    return this.happenings.filter(({ at }) => at < end).sort((a, b) => a.at - b.at);
  }
}
