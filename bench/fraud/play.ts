import { createHmac } from "node:crypto";
import { disposableEmailBlocklist } from "disposable-email-domains-js";
import { randomOf } from "../../chaos/random.ts";
import { networkOf } from "../../src/auth/address.ts";
import type { Assessment } from "../../src/fraud/assess.ts";
import { Watch } from "../../src/fraud/watch.ts";
import { canonicalEmail } from "../../src/participants/mailbox.ts";
import { attackKinds } from "./attacks.ts";
import { honestKinds } from "./honest.ts";
import { DAY, type Happening, Story } from "./story.ts";

const DISPOSABLE = disposableEmailBlocklist();
const KNOWN = new Set(DISPOSABLE);
const BEGIN = Date.UTC(2026, 8, 7);
const DAYS = 60;
/** Reported are days 35 to 52: before them the engine learns, and after them refunds and later friends tell more. */
const [REPORTED_FROM, REPORTED_TO] = [BEGIN + 35 * DAY, BEGIN + 52 * DAY];
const CAMPAIGNS = 8;

/** Makes a story: the same one for the same seed. `scale` shrinks it. */
export function storyOf(seed: number, scale = 1): Happening[] {
  const story = new Story(randomOf(seed), BEGIN, DAYS, CAMPAIGNS);
  for (const { tell, times } of [
    ...Object.values(honestKinds),
    ...Object.values(attackKinds(DISPOSABLE.slice(0, 3_000))),
  ])
    for (let i = 0; i < Math.max(1, Math.round(times * scale)); i++) tell(story);
  return story.told();
}

/** A referral or a sale whose credit is decided. */
type Unit = { kind: string; at: number; is_fraud: boolean; is_found: boolean; is_held: boolean };
export type Played = { units: Unit[]; micros: number; decisions: number; writes: number };

/** Tells the engine a story as the ledger would, and notes what it found. */
export function play(story: Happening[], observe?: (one: Happening, assessment: Assessment) => void): Played {
  const rules = { mode: "hold" as const };
  const watches = new Map<number, Watch>();
  let writes = 0;
  const watchOf = (campaign: number) => {
    const shelf = new Map<string, string>();
    const put = (key: string, text: string) => {
      writes += 1;
      shelf.set(key, text);
    };
    const hash = (week: number, text: string) =>
      createHmac("sha256", `${campaign}:${week}`).update(text).digest("base64url").slice(0, 11);
    const watch =
      watches.get(campaign) ?? new Watch({ get: (key) => shelf.get(key), put, drop: (key) => shelf.delete(key) }, hash);
    watches.set(campaign, watch);
    return watch;
  };
  const units = new Map<number, Unit>();
  const began = process.cpuUsage();
  let decisions = 0;
  const found = ({ is_suspect, also }: Assessment, id?: number) => {
    if (!is_suspect) return;
    const own = id === undefined ? undefined : units.get(id);
    if (own) Object.assign(own, { is_found: true, is_held: true });
    for (const other of also) {
      const unit = units.get(other);
      if (unit) unit.is_found = true;
    }
  };
  for (const one of story) {
    const watch = watchOf(one.campaign);
    let assessment: Assessment | null = null;
    const unit = { kind: one.kind, at: one.at, is_found: false, is_held: false };
    let id: number | undefined;
    if (one.type === "signup") {
      const { person, took, who, inviter } = one;
      const mailbox = canonicalEmail(person.email);
      const { agent, languages, protocol, address, asn, country } = person;
      const network = networkOf(address);
      const is_disposable = KNOWN.has(person.email.slice(person.email.indexOf("@") + 1));
      const sight = {
        at: one.at,
        mailbox,
        is_disposable,
        address,
        network,
        agent,
        languages,
        protocol,
        asn,
        country,
        took,
      };
      const noted = watch.arrive(sight, inviter, rules);
      noted.keep(who);
      if (inviter !== 0) {
        assessment = noted.assessment;
        units.set(who, { ...unit, is_fraud: one.is_fraud });
        id = who;
      }
    } else if (one.type === "click") watch.click(one.inviter, one.click, one.at, rules);
    else if (one.type === "sale") {
      units.set(one.id, { ...unit, is_fraud: one.is_fraud });
      id = one.id;
      assessment = watch.sell(one.inviter, { id: one.id, at: one.at, by_code: one.by_code }, rules);
    } else assessment = watch.refund(one.inviter, one.id, one.at, rules);
    if (assessment) {
      decisions += 1;
      found(assessment, id);
      observe?.(one, assessment);
    }
  }
  const { user, system } = process.cpuUsage(began);
  return {
    units: [...units.values()].filter(({ at }) => at >= REPORTED_FROM && at < REPORTED_TO),
    micros: user + system,
    decisions,
    writes,
  };
}
