/**
 * The generator of people.csv, coupons.csv and more-coupons.csv: node demo/tree.ts [seed]
 * People arrive one by one. A few come on their own; the others are invited by earlier ones. Warm and recent people
 * invite more often, so most invite nobody and a few invite dozens.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const PEOPLE = 1000;
const COME_BY_THEMSELVES = 0.06;
const COUPONS = 150;
const MORE_COUPONS = 1100;
/** After this many later arrivals, a person invites a third as often. */
const NEWNESS = 150;
/** The smaller the shape, the heavier the tail of invitations per person. */
const PARETO_SHAPE = 1.05;

const FIRST =
  "Ada Alan Amara Anouk Arjun Aya Bao Beatriz Björn Carlos Chidi Chloé Dalia Daniel Devi Diego Edsger Elif Emeka Emma Esra Fatima Felix Grace Hana Hedy Ines Ivan Jamal Joan José Jun Kaito Kofi Lars Leila Lena Liam Linus Łukasz Mai Malik Margaret Maya Mei Milan Nadia Naomi Niklas Noor Olga Omar Priya Radia Ravi Rosa Sami Sofia Tariq Tuğba Uma Viktor Wanjiru Xin Yara Yusuf Zoë".split(
    " ",
  );
const LAST =
  "Abara Almeida Andersson Bakker Banerjee Boateng Carvalho Castillo Çelik Chen Cohen Costa Demir Diaz Dubois Eriksen Fischer Fuentes García Haddad Hansen Hernández Hoang Ito Ivanova Jansen Kaplan Keller Khan Kim Kowalski Kumar Lindqvist Lopez Mbeki Mendes Meyer Mori Müller Nakamura Ndiaye Nguyen Novák Nowak O'Brien Okafor Oliveira Osei Park Patel Petrov Popescu Rahman Reyes Ricci Rossi Sato Schmidt Silva Singh Sørensen Suzuki Tanaka Torres Tran Varga Weber Wójcik Yılmaz Zhang".split(
    " ",
  );
const MAIL_DOMAINS = ["example.com", "example.org", "example.net"];
/** Without letters and digits that look alike. */
const CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

type Person = { name: string; email: string; invitedBy: string; warmth: number };

const random = mulberry32(Number(process.argv[2] ?? 2026));
const pick = <T>(from: readonly T[] | string) => from[Math.floor(random() * from.length)] as T;

write("people.csv", ["name,email,invited_by", ...people().map((p) => `${p.name},${p.email},${p.invitedBy}`)]);
const codes = couponCodes(COUPONS + MORE_COUPONS);
write("coupons.csv", ["code", ...codes.slice(0, COUPONS)]);
write("more-coupons.csv", ["code", ...codes.slice(COUPONS)]);

function people() {
  const arrived: Person[] = [];
  const emails = new Set<string>();
  while (arrived.length < PEOPLE) {
    const name = `${pick(FIRST)} ${pick(LAST)}`;
    const email = `${asciiOf(name)}@${pick(MAIL_DOMAINS)}`;
    if (emails.has(email)) continue;
    emails.add(email);
    const isAlone = arrived.length < 5 || random() < COME_BY_THEMSELVES;
    const invitedBy = isAlone ? "" : inviter(arrived).email;
    arrived.push({ name, email, invitedBy, warmth: (1 - random()) ** (-1 / PARETO_SHAPE) });
  }
  return arrived;
}

function inviter(arrived: Person[]) {
  const weights = arrived.map((p, i) => p.warmth * 3 ** -((arrived.length - i) / NEWNESS));
  let left = random() * weights.reduce((sum, w) => sum + w, 0);
  const found = arrived.find((_, i) => {
    left -= weights[i] ?? 0;
    return left < 0;
  });
  return found ?? (arrived[arrived.length - 1] as Person);
}

function asciiOf(name: string) {
  const plain = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll(/[łŁ]/g, "l")
    .replaceAll("ø", "o")
    .replaceAll("ı", "i");
  return plain
    .toLowerCase()
    .replace(" ", ".")
    .replace(/[^a-z.]/g, "");
}

function couponCodes(count: number) {
  const made = new Set<string>();
  while (made.size < count) made.add(`SPRING-${Array.from({ length: 6 }, () => pick(CODE_LETTERS)).join("")}`);
  return [...made];
}

function write(file: string, lines: string[]) {
  writeFileSync(join(import.meta.dirname, file), `${lines.join("\n")}\n`);
}

/**
 * A small seeded generator by Tommy Ettinger, in the public domain. The same seed makes the same files on every
 * machine.
 */
function mulberry32(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
