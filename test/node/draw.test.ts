import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

type Published = { draw: Record<string, unknown> & { winner_indices: number[]; seed: string }; entrants: string };
const read = async (): Promise<Published> =>
  JSON.parse(await readFile(new URL("../support/known-draw.json", import.meta.url), "utf8"));

const program = new URL("../../scripts/verify-draw.mjs", import.meta.url).pathname;
const run = (...args: string[]) =>
  new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(process.execPath, [program, ...args], (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, output: stdout + stderr }),
    );
  });

async function verify({ draw, entrants }: Published) {
  const folder = await mkdtemp(join(tmpdir(), "draw-"));
  const files = [join(folder, "draw.json"), join(folder, "entrants.txt")] as const;
  await writeFile(files[0], JSON.stringify({ success: true, data: draw }));
  await writeFile(files[1], entrants);
  const result = await run(...files);
  await rm(folder, { recursive: true });
  return result;
}

describe("the program that verifies a draw", () => {
  it("accepts the published draw", async () => {
    const { code, output } = await verify(await read());
    assert.equal(code, 0, output);
    assert.doesNotMatch(output, /NOT OK/);
    assert.match(output, /line 91: participant 16974, entries 41/);
  });

  it("fetches it from the server of the draw", async () => {
    const { draw, entrants } = await read();
    const server = createServer((request, response) => {
      if (request.url === "/api/v1/contests/42/draw?number=7") response.writeHead(404).end();
      else if (request.url === "/api/v1/contests/42/draw") response.end(JSON.stringify({ success: true, data: draw }));
      else if (request.url === "/api/v1/contests/42/entrants") response.end(entrants);
      else response.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    assert.equal((await run(origin, "42")).code, 0);
    assert.equal((await run(origin, "43")).code, 2);
    assert.equal((await run(origin, "42", "7")).code, 2);
    server.close();
  });

  const forgeries: [string, (published: Published) => void, RegExp][] = [
    ["another seed", (p) => (p.draw.seed = "00".repeat(32)), /NOT OK the seed/],
    ["another commitment", (p) => (p.draw.commitment = "00".repeat(32)), /NOT OK the seed/],
    ["an entry more", (p) => (p.entrants = p.entrants.replace(/:1\n/, ":2\n")), /NOT OK the list/],
    ["an entrant more", (p) => (p.entrants += "999999:1\n"), /NOT OK the list/],
    ["an entrant less", (p) => (p.entrants = p.entrants.replace(/^.*\n/, "")), /NOT OK the list/],
    [
      "a list in another order",
      (p) =>
        (p.entrants = p.entrants
          .split(/(?<=\n)/)
          .reverse()
          .join("")),
      /not in order/,
    ],
    ["a list that is cut off", (p) => (p.entrants = p.entrants.slice(0, -1)), /incomplete/],
    ["winners in another order", (p) => p.draw.winner_indices.reverse(), /NOT OK the seed and the list/],
    ["another winner", (p) => (p.draw.winner_indices[0] = 1), /NOT OK the seed and the list/],
    ["a winner less", (p) => p.draw.winner_indices.pop(), /NOT OK the seed and the list/],
    ["a winner's place with another's id", (p) => (p.draw.winners = []), /NOT OK the winners/],
    ["a wrong count", (p) => (p.draw.entrants_count = 499), /NOT OK the number of entrants/],
    ["a commitment after the end", (p) => (p.draw.committed_at = "2026-03-08T00:00:01.000Z"), /NOT OK the commitment/],
    ["a draw before the end", (p) => (p.draw.drawn_at = "2026-03-07T00:00:00.000Z"), /NOT OK the commitment/],
    ["a commitment when everyone was known", (p) => (p.draw.known_participant = 1e9), /NOT OK the commitment/],
    ["a contest before it that is missing", (p) => (p.draw.number = 2), /NOT OK the campaign's earlier/],
    ["a first contest after another", (p) => (p.draw.previous_hash = "00".repeat(32)), /NOT OK the campaign's earlier/],
    ["a wrong total", (p) => (p.draw.total_entries = 1), /NOT OK the number of entries/],
  ];
  for (const [what, forge, says] of forgeries)
    it(`refuses ${what}`, async () => {
      const published = await read();
      forge(published);
      const { code, output } = await verify(published);
      assert.equal(code, 1, output);
      assert.match(output, says);
    });

  it("accepts a draw from before contests had numbers, and lists what is unknown", async () => {
    const { draw, entrants } = await read();
    for (const field of ["number", "latest_number", "known_participant", "records", "previous_hash"])
      delete draw[field];
    const { code, output } = await verify({ draw, entrants });
    assert.equal(code, 0, output);
    assert.match(output, /NOTE {3}it is not recorded who had signed up/);
  });

  it("reports that nothing has been drawn yet", async () => {
    const { draw } = await read();
    const { code, output } = await verify({ draw: { ...draw, seed: "" }, entrants: "" });
    assert.equal(code, 2);
    assert.match(output, /not been drawn/);
  });
});
