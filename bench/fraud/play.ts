import { createHmac } from "node:crypto";
import { disposableEmailBlocklist } from "disposable-email-domains-js";
import { randomOf } from "../../chaos/random.ts";
import { networkOf } from "../../src/auth/address.ts";
import { type Assessment, THRESHOLDS, verdictOf } from "../../src/fraud/assess.ts";
import { FARMING } from "../../src/fraud/farming.ts";
import { scoreProven } from "../../src/fraud/proof.ts";
import type { Found } from "../../src/fraud/reasons.ts";
import { Watch } from "../../src/fraud/watch.ts";
import { canonicalEmail } from "../../src/participants/mailbox.ts";
import { Account } from "./account.ts";
import { attackKinds } from "./attacks.ts";
import { honestKinds } from "./honest.ts";
import { DAY, type Happening, Story } from "./story.ts";

const DISPOSABLE = disposableEmailBlocklist();
const KNOWN = new Set(DISPOSABLE);
const BEGIN = Date.UTC(2026, 8, 7);
const DAYS = 60;
/** Days 35 to 52 are reported: the engine learns before them, and refunds and later friends add evidence after them. */
const [REPORTED_FROM, REPORTED_TO] = [BEGIN + 35 * DAY, BEGIN + 52 * DAY];
const CAMPAIGNS = 8;

/** Creates a story, the same one for the same seed. `scale` shrinks it. */
export function storyOf(seed: number, scale = 1): Happening[] {
  const story = new Story(randomOf(seed), BEGIN, DAYS, CAMPAIGNS);
  for (const { tell, times } of [
    ...Object.values(honestKinds),
    ...Object.values(attackKinds(DISPOSABLE.slice(0, 3_000))),
  ])
    for (let i = 0; i < Math.max(1, Math.round(times * scale)); i++) tell(story);
  return story.told();
}

/** A referral or a sale to decide. */
type Unit = {
  kind: string;
  at: number;
  is_fraud: boolean;
  is_found: boolean;
  is_held: boolean;
  /** Found, and released because the friend confirmed their email. */
  is_proven: boolean;
  confirms: boolean;
  /** The reasons found. */
  why: Found[];
};
export type Played = { units: Unit[]; micros: number; decisions: number; writes: number };

/** Feeds the engine a story like the ledger, and records its findings. */
export function play(story: Happening[], observe?: (one: Happening, assessment: Assessment) => void): Played {
  const rules = { mode: "hold" as const };
  const watches = new Map<number, Watch>();
  const account = new Account();
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
  /** Each inviter's friends who came back. */
  const back = new Map<number, Set<number>>();
  const began = process.cpuUsage();
  let decisions = 0;
  /** A review opens once. If the friend can, they confirm their email, and it stays approved. */
  const open = (unit: Unit | undefined, why: Found[], is_held: boolean) => {
    if (!unit || unit.why.length > 0) return;
    const is_proven = unit.confirms && (scoreProven(why) ?? 1) < THRESHOLDS[rules.mode];
    Object.assign(unit, { why, is_proven, is_found: !is_proven, is_held: is_held && !is_proven });
  };
  const found = ({ is_suspect, also, reasons }: Assessment, id?: number) => {
    if (!is_suspect) return;
    if (id !== undefined) open(units.get(id), reasons, true);
    for (const other of also) open(units.get(other), reasons, false);
  };
  for (const one of story) {
    const watch = watchOf(one.campaign);
    let assessment: Assessment | null = null;
    const unit: Unit = {
      kind: one.kind,
      at: one.at,
      is_fraud: false,
      is_found: false,
      is_held: false,
      is_proven: false,
      confirms: false,
      why: [],
    };
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
      noted.keep(who, [...(back.get(inviter) ?? [])]);
      const { weight, others } = account.join(who, one.campaign, person.self ?? `${who}`, inviter, one.at);
      if (inviter !== 0) {
        const farmed = weight === 0 ? [] : [{ code: FARMING, weight, with: [] }];
        assessment = verdictOf([...noted.assessment.reasons, ...farmed], rules.mode);
        if (assessment.is_suspect && weight >= THRESHOLDS[rules.mode])
          for (const other of others) open(units.get(other), farmed, false);
        units.set(who, { ...unit, is_fraud: one.is_fraud, confirms: one.confirms });
        id = who;
      }
    } else if (one.type === "erasure") {
      watch.forget(one.who, one.inviter);
      account.erase(one.who);
    } else if (one.type === "return") {
      const own = back.get(one.inviter) ?? new Set();
      back.set(one.inviter, own.add(one.who));
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
