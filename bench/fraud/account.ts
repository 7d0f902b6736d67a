import { DatabaseSync } from "node:sqlite";
import { farmingWeights } from "../../src/fraud/farming.ts";
import { farmingPoints } from "../../src/ledger/reviews/farming.ts";

const { weights } = farmingWeights();
const POINTS = farmingPoints("f", "r.email_canonical").replaceAll("?2", "f.campaign_id");

/** An account's participants. Answers like the ledger's transaction what a mailbox did in other campaigns. */
export class Account {
  readonly #db = new DatabaseSync(":memory:");
  readonly #join;
  readonly #look;
  readonly #others;
  readonly #erase;
  constructor() {
    this.#db.exec(`CREATE TABLE participants (id INTEGER PRIMARY KEY, member_id, campaign_id, email_canonical, invited_by, date_invited);
      CREATE INDEX participants_of_mailbox ON participants (member_id, email_canonical) WHERE invited_by IS NOT NULL`);
    this.#join = this.#db.prepare("INSERT INTO participants VALUES (?, 1, ?, ?, nullif(?, 0), ?)");
    this.#look = this.#db.prepare(`SELECT ${POINTS} AS points FROM (
        SELECT campaign_id, date_invited AS at, member_id AS member, email_canonical AS mailbox, invited_by FROM participants WHERE id = ?) f
      CROSS JOIN participants r ON r.id = f.invited_by`);
    this.#others = this.#db.prepare(`SELECT o.id FROM participants p CROSS JOIN participants o ON o.member_id = 1
      AND o.email_canonical = p.email_canonical AND o.invited_by IS NOT NULL AND o.campaign_id <> p.campaign_id WHERE p.id = ?`);
    this.#erase = this.#db.prepare("UPDATE participants SET email_canonical = NULL WHERE id = ?");
  }

  /** @returns the weight of a friend's activity elsewhere, from 0 to 1, and their identity there */
  join(
    who: number,
    campaign: number,
    mailbox: string,
    inviter: number,
    at: number,
  ): { weight: number; others: number[] } {
    this.#join.run(who, campaign, mailbox, inviter, at);
    const points = inviter === 0 ? 0 : Number(this.#look.get(who)?.points ?? 0);
    const weight = (weights[Math.min(points, weights.length - 1)] ?? 0) / 1000;
    return { weight, others: weight === 0 ? [] : this.#others.all(who).map(({ id }) => Number(id)) };
  }

  erase(who: number) {
    this.#erase.run(who);
  }
}
