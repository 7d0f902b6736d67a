import type { Random } from "../../chaos/random.ts";
import { pick, weighted } from "./chance.ts";

const MODELS = [
  "SM-S911B",
  "SM-A546B",
  "SM-G991B",
  "Pixel 8",
  "Pixel 7a",
  "2201117TY",
  "CPH2449",
  "moto g54",
  "M2101K6G",
  "SM-A137F",
];
const ANDROIDS = ["13", "14", "15", "16"];

const iPhoneAgent = (version: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${version.replace(".", "_")} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version} Mobile/15E148 Safari/604.1`;

export function phoneAgent(random: Random): string {
  return weighted<() => string>(random, [
    [() => iPhoneAgent(pick(random, ["18.5", "18.6", "26.0", "26.1"])), 40],
    [
      () =>
        `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${random.int(139, 142)}.0.0.0 Mobile Safari/537.36`,
      33,
    ],
    [
      () =>
        `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/${pick(random, ["27.0", "28.0"])} Chrome/125.0.0.0 Mobile Safari/537.36`,
      7,
    ],
    [
      () =>
        `Mozilla/5.0 (Linux; Android ${pick(random, ANDROIDS)}; ${pick(random, MODELS)} Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/${random.int(138, 142)}.0.7258.94 Mobile Safari/537.36 Instagram ${random.int(390, 405)}.0.0.50`,
      8,
    ],
    [
      () =>
        `Mozilla/5.0 (iPhone; CPU iPhone OS ${pick(random, ["18_5", "18_6", "26_1"])} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22F76 Instagram ${random.int(390, 405)}.0.0.29 (iPhone15,3)`,
      8,
    ],
    [
      () =>
        `Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/${random.int(139, 142)}.0.0.0 Mobile/15E148 Safari/604.1`,
      4,
    ],
  ])();
}

export function desktopAgent(random: Random): string {
  return weighted<() => string>(random, [
    [
      () =>
        `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${random.int(139, 142)}.0.0.0 Safari/537.36`,
      45,
    ],
    [
      () =>
        `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${random.int(140, 142)}.0.0.0 Safari/537.36 Edg/${random.int(140, 142)}.0.0.0`,
      17,
    ],
    [
      () =>
        `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${pick(random, ["18.5", "18.6", "26.0"])} Safari/605.1.15`,
      16,
    ],
    [
      () =>
        `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${random.int(139, 142)}.0.0.0 Safari/537.36`,
      12,
    ],
    [
      () =>
        `Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:${pick(random, ["142.0", "143.0", "144.0"])}) Gecko/20100101 Firefox/${pick(random, ["142.0", "143.0", "144.0"])}`,
      7,
    ],
    [
      () =>
        `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${random.int(139, 142)}.0.0.0 Safari/537.36`,
      3,
    ],
  ])();
}

export const agentOf = (random: Random) => (random.chance(0.64) ? phoneAgent(random) : desktopAgent(random));
