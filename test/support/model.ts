/** The simplest model of a campaign. The real one must never differ from it. */

export type Person = {
  id: number;
  email: string;
  inviter: number | null;
  /** Whether the inviter has the credit, which waits until the friend is active. */
  isCredited: boolean;
  count: number;
  status: "active" | "pending" | "blocked" | "erased";
  /** Whether they still have to confirm their email. */
  isWaiting: boolean;
};
type Role = "referrer" | "invited";
export type Reward = {
  person: number;
  role: Role;
  type: "coupon" | "cash";
  status: "pending" | "fulfilled" | "revoked";
  coupon: string | null;
  /** The date it was earned, once it is known. */
  at: string;
};

/** A reward's id, which also orders those that one request earned. */
export const rewardId = ({ person, role }: { person: number; role: Role }) =>
  person * 64 + (role === "invited" ? 1 : 0);

/** The mailbox of an address. */
export const mailbox = (email: string) => {
  const [local = "", domain = ""] = email.replace(/\+.*@/, "@").split("@");
  return domain === "gmail.com" ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
};

export class Model {
  goal = 1;
  type: Reward["type"] = "coupon";
  rewardsInvited = false;
  /** Whether visitors have to confirm their email. */
  confirms = false;
  people: Person[] = [];
  rewards: Reward[] = [];
  /** Mailboxes that have credited a referrer, including those of erased people. */
  credited = new Set<string>();
  /** Unused codes in upload order, and all codes of the campaign. */
  pool: string[] = [];
  codes = new Set<string>();
  signups = 0;
  referrals = 0;

  living = () => this.people.filter((person) => person.status !== "erased");
  byEmail = (email: string) => this.living().find((person) => person.email === email);
  byId = (id: number | null) => this.people.find((person) => person.id === id);
  /** Possible referrers. Codes of blocked and erased people name nobody. */
  referrer = (id: number) => this.living().find((person) => person.id === id && person.status !== "blocked");

  join(id: number, email: string, isWaiting = false): Person {
    const status = isWaiting ? "pending" : "active";
    const person: Person = { id, email, inviter: null, isCredited: false, count: 0, status, isWaiting };
    this.people.push(person);
    this.signups++;
    return person;
  }

  /** Sets a person's referrer, once. @returns the rewards that this earned */
  attribute(friend: Person, referrer: Person): Reward[] {
    friend.inviter = referrer.id;
    return friend.status === "active" ? this.earn(this.#credit(friend)) : [];
  }

  /** Activates the person if they were only waiting for this. */
  confirm(person: Person): Reward[] {
    const isLetIn = person.isWaiting && person.status === "pending";
    person.isWaiting = false;
    return isLetIn ? this.become(person, "active") : [];
  }

  /** Credits and rewards that waited for the person to become active. */
  become(person: Person, status: Person["status"]): Reward[] {
    person.status = status;
    if (status === "active") person.isWaiting = false;
    this.#fill();
    if (status !== "active") return [];
    const own = this.#reached(person);
    return this.earn(person.inviter !== null && !person.isCredited ? [...own, ...this.#credit(person)] : own);
  }

  /** A mailbox credits once, in any spelling, however often it comes back. */
  #credit(friend: Person): [Person, Role][] {
    if (this.credited.has(mailbox(friend.email))) return [];
    this.credited.add(mailbox(friend.email));
    friend.isCredited = true;
    this.referrals++;
    const referrer = this.byId(friend.inviter);
    if (referrer) referrer.count++;
    const invited: [Person, Role][] = this.rewardsInvited ? [[friend, "invited"]] : [];
    return [...(referrer ? this.#reached(referrer) : []), ...invited];
  }

  /** People who already have enough friends reach it by the change. */
  setGoal(goal: number): Reward[] {
    const isLower = goal < this.goal;
    this.goal = goal;
    return isLower ? this.earn(this.living().flatMap(this.#reached)) : [];
  }

  /** The current goal counts. */
  #reached = (person: Person): [Person, Role][] =>
    person.status === "active" && person.count >= this.goal ? [[person, "referrer"]] : [];

  /** Everybody earns each kind of reward once. Referrers come first if codes are scarce. */
  earn(due: [Person, Role][]): Reward[] {
    const fresh = due
      .filter(([{ id }, role]) => !this.rewards.some((reward) => reward.person === id && reward.role === role))
      .sort(([, a], [, b]) => Number(a === "invited") - Number(b === "invited"))
      .map(
        ([{ id }, role]): Reward => ({ person: id, role, type: this.type, status: "pending", coupon: null, at: "" }),
      );
    this.#give(fresh.filter((reward) => reward.type === "coupon").slice(0, this.pool.length));
    this.rewards.push(...fresh);
    return fresh;
  }

  /** Codes are given in upload order. */
  #give(rewards: Reward[]) {
    for (const reward of rewards.toSorted((a, b) => rewardId(a) - rewardId(b))) {
      reward.coupon = this.pool.shift() ?? null;
      reward.status = "fulfilled";
    }
  }

  upload(codes: string[]) {
    const fresh = codes.filter((code) => !this.codes.has(code.toLowerCase()));
    for (const code of fresh) this.codes.add(code.toLowerCase());
    this.pool.push(...fresh);
    const filled = this.#fill();
    return { added: fresh.length, duplicates: codes.length - fresh.length, invalid: 0, filled };
  }

  /** Waiting rewards get codes, oldest first; blocked people keep waiting. */
  #fill() {
    const waiting = this.rewards
      .filter((reward) => reward.status === "pending" && reward.type === "coupon")
      .filter((reward) => ["active", "pending"].includes(this.byId(reward.person)?.status ?? ""))
      .sort((a, b) => a.at.localeCompare(b.at) || rewardId(a) - rewardId(b))
      .slice(0, this.pool.length);
    for (const reward of waiting) this.#give([reward]);
    return waiting.length;
  }

  drop() {
    for (const code of this.pool) this.codes.delete(code.toLowerCase());
    return { deleted: this.pool.splice(0).length };
  }

  /** Deletes the person and their pending rewards; the credit and given codes stay. */
  erase(person: Person) {
    person.status = "erased";
    for (const reward of this.rewards)
      if (reward.person === person.id && reward.status === "pending") reward.status = "revoked";
  }
}
