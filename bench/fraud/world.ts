import type { Random } from "../../chaos/random.ts";
import { agentOf } from "./agents.ts";
import { pick, weighted } from "./chance.ts";

/** A person with a mailbox, a device, and a place on the net. */
export type Person = {
  first: string;
  last: string;
  email: string;
  agent: string;
  languages: string;
  protocol: string;
  address: string;
  asn: number;
  country: string;
  /** Their identity across campaigns. Names are few here, so strangers often share a mailbox. */
  self?: string;
};

const FIRST =
  "emma olivia ava sophia mia lena marie anna julia laura sarah lisa clara hannah ines camille chloe lucie manon giulia sofia aurora martina beatriz mariana camila valentina lucia paula carmen elena ana maria priya ananya diya aisha fatima zainab nur siti dewi linh mai yuki hana sakura jisoo minji wei fang li noah liam oliver james lucas leon ben paul felix max jonas tim luca matteo lorenzo marco andrea hugo louis arthur jules gabriel pedro joao miguel mateus rafael diego carlos javier alejandro pablo daniel arjun rahul rohan amit imran ahmed omar yusuf budi agus minh tuan kenji haruto minjun wei jun chen peter tom jack george harry oscar theo nina ella zoe grace chloe ruby lily freya".split(
    " ",
  );
const LAST =
  "smith johnson williams brown jones miller davis wilson anderson taylor moore jackson martin lee thompson white harris clark lewis walker hall young king wright green baker adams nelson carter mueller schmidt schneider fischer weber meyer wagner becker hoffmann schulz koch bauer richter klein wolf neumann schwarz braun hofmann dubois moreau laurent simon michel lefebvre leroy roux fournier girard rossi russo ferrari esposito bianchi romano colombo ricci marino greco silva santos oliveira souza lima pereira costa ferreira almeida garcia rodriguez martinez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz sharma patel singh kumar gupta khan ali hussain rahman nguyen tran le pham sato suzuki takahashi tanaka kim park choi wang zhang liu chen yang novak kowalski nowak jansen devries bakker visser larsen nielsen hansen johansson karlsson virtanen".split(
    " ",
  );

/** A country's share, languages, home providers, and carriers. */
export const COUNTRIES: {
  code: string;
  share: number;
  languages: [string, number][];
  homes: number[];
  mobiles: number[];
  mail: string[];
}[] = [
  {
    code: "US",
    share: 0.4,
    languages: [
      ["en-US,en;q=0.9", 0.9],
      ["es-US,es;q=0.9,en;q=0.8", 0.07],
      ["zh-CN,zh;q=0.9", 0.03],
    ],
    homes: [7922, 7018, 701, 20001, 22773],
    mobiles: [21928, 20057, 6167],
    mail: ["yahoo.com", "icloud.com", "outlook.com", "hotmail.com", "aol.com", "comcast.net"],
  },
  {
    code: "DE",
    share: 0.18,
    languages: [
      ["de-DE,de;q=0.9,en;q=0.8", 0.85],
      ["en-US,en;q=0.9", 0.1],
      ["ru-RU,ru;q=0.9", 0.05],
    ],
    homes: [3320, 31334, 8881, 6805],
    mobiles: [25135, 206067, 12638],
    mail: ["gmx.de", "web.de", "icloud.com", "t-online.de", "outlook.de"],
  },
  {
    code: "GB",
    share: 0.14,
    languages: [
      ["en-GB,en;q=0.9", 0.95],
      ["pl-PL,pl;q=0.9", 0.05],
    ],
    homes: [2856, 5089, 5607, 13285],
    mobiles: [12576, 21334, 35228],
    mail: ["hotmail.co.uk", "yahoo.co.uk", "icloud.com", "btinternet.com", "outlook.com"],
  },
  {
    code: "BR",
    share: 0.12,
    languages: [
      ["pt-BR,pt;q=0.9,en;q=0.8", 0.97],
      ["en-US,en;q=0.9", 0.03],
    ],
    homes: [28573, 27699, 18881, 7738],
    mobiles: [26599, 26615, 53006],
    mail: ["hotmail.com", "yahoo.com.br", "outlook.com", "uol.com.br"],
  },
  {
    code: "FR",
    share: 0.09,
    languages: [
      ["fr-FR,fr;q=0.9,en;q=0.8", 0.95],
      ["en-GB,en;q=0.9", 0.05],
    ],
    homes: [3215, 12322, 15557],
    mobiles: [51207, 5410, 21502],
    mail: ["orange.fr", "free.fr", "hotmail.fr", "icloud.com", "laposte.net"],
  },
  {
    code: "IN",
    share: 0.07,
    languages: [
      ["en-IN,en;q=0.9", 0.8],
      ["hi-IN,hi;q=0.9,en;q=0.8", 0.2],
    ],
    homes: [9829, 24560, 17488],
    mobiles: [55836, 45609, 38266],
    mail: ["yahoo.co.in", "outlook.com", "rediffmail.com"],
  },
];

export const countryOf = (random: Random) =>
  weighted(
    random,
    COUNTRIES.map((country) => [country, country.share] as [(typeof COUNTRIES)[number], number]),
  );

export const protocolOf = (random: Random) => (random.chance(0.03) ? "TLSv1.2" : "TLSv1.3");

export const v4 = (random: Random) =>
  `${random.int(11, 223)}.${random.int(0, 255)}.${random.int(0, 255)}.${random.int(1, 254)}`;
const hex = (random: Random) => random.int(1, 0xffff).toString(16);
export const v6 = (random: Random) => `2a0${random.int(0, 9)}:${hex(random)}:${hex(random)}:${hex(random)}::/64`;

export const words = { FIRST, LAST };

export function mailboxOf(random: Random, first: string, last: string, providers: readonly string[]): string {
  const n = () => String(random.chance(0.5) ? random.int(60, 99) : random.int(1, 999));
  const nick = pick(random, ["sunny", "captain", "moon", "tiger", "happy", "green", "lazy", "mr", "miss", "the"]);
  const local = weighted<() => string>(random, [
    [() => `${first}.${last}`, 30],
    [() => `${first}${last}`, 17],
    [() => `${first}.${last}${n()}`, 10],
    [() => `${first}${last}${n()}`, 9],
    [() => `${first[0]}${last}${random.chance(0.5) ? n() : ""}`, 10],
    [() => `${first}${n()}`, 8],
    [() => `${last}.${first}`, 5],
    [() => `${first}_${last}`, 4],
    [() => `${nick}${first}${random.chance(0.4) ? n() : ""}`, 5],
    [() => `${first[0]}${last[0]}${random.int(1000, 99999)}`, 2],
  ])();
  return `${local}@${random.chance(0.55) ? "gmail.com" : pick(random, providers)}`;
}

const WORDS =
  "fallen stencil rebus parsec glimpse trotter savory fjord quartz bovine lisping tulle harbor violet marble candle pepper wander meadow copper lantern basket thimble garnet saffron walnut cobalt feather hammock juniper kettle ladder magnet nectar orchid pastel quiver ribbon sapling tassel umbra velvet willow yonder zephyr anchor bramble cinder dapple ember".split(
    " ",
  );
/** A hidden address made up by iCloud. */
export function hiddenMailbox(random: Random) {
  const mark = pick(random, ["._-", "-.", "_.", ".", "-", "_"])[0] ?? ".";
  return `${pick(random, WORDS)}${mark}${pick(random, WORDS)}${pick(random, [".", "-", "_", ""])}${random.int(0, 9)}${anyLetters(random, 1, 1)}@icloud.com`;
}

export const languagesOf = (random: Random, country: (typeof COUNTRIES)[number]) => weighted(random, country.languages);

const RELAYED = ["privaterelay.appleid.com", "duck.com", "mozmail.com"];
export const anyLetters = (
  random: Random,
  from: number,
  to: number,
  alphabet = "abcdefghijklmnopqrstuvwxyz0123456789",
) => Array.from({ length: random.int(from, to) }, () => alphabet[random.int(0, alphabet.length - 1)]).join("");

/** A person at home or on the go. */
export function newPerson(random: Random, country = countryOf(random)): Person {
  const [first, last] = [pick(random, FIRST), pick(random, LAST)];
  const agent = agentOf(random);
  const isPhone = /Mobile/.test(agent);
  const isOut = isPhone && random.chance(0.45);
  const email =
    random.chance(0.02) && agent.includes("iPhone")
      ? `${anyLetters(random, 10, 10)}@${pick(random, RELAYED)}`
      : random.chance(0.05)
        ? `${first}@${last}${pick(random, ["", "-design", "family", "-consulting"])}.${pick(random, ["com", "de", "net", "me"])}`
        : mailboxOf(random, first, last, country.mail);
  const vpn = random.chance(0.03);
  return {
    first,
    last,
    email,
    agent,
    languages: languagesOf(random, country),
    protocol: protocolOf(random),
    address: random.chance(0.35) ? v6(random) : v4(random),
    asn: vpn ? pick(random, [9009, 60068, 212238, 136787]) : pick(random, isOut ? country.mobiles : country.homes),
    country: country.code,
  };
}
