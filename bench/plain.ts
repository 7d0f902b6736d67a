import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { root } from "../scripts/root.ts";
import { LEAST, OWNER } from "./least.ts";

/**
 * A bound that no Worker reaches: the minimum of a signup on the product's tables, in the process that responds,
 * without D1 in between. One transaction per request, on disk before the response. It is started with the path of its
 * database and sends its port to its parent.
 */
const [file = ""] = process.argv.slice(2);
const db = new DatabaseSync(file);
db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
const migrations = join(root, "migrations");
for (const name of readdirSync(migrations).sort())
  if (name.endsWith(".sql")) db.exec(readFileSync(join(migrations, name), "utf8"));
db.exec(OWNER);

const begin = db.prepare("BEGIN IMMEDIATE");
const participant = db.prepare(LEAST.PARTICIPANT);
const event = db.prepare(LEAST.EVENT);
const counter = db.prepare(LEAST.COUNTER);
const commit = db.prepare("COMMIT");

function signUp({ email, name }: { email: string; name: string }) {
  const id = `evt_${randomUUID()}`;
  const now = Date.now();
  begin.run();
  participant.run(email, name, now, id);
  event.run(id, now);
  counter.run();
  commit.run();
  return JSON.stringify({ success: true, data: { id } });
}

const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part) => {
    body += part;
  });
  request.on("end", () => {
    const answer = signUp(JSON.parse(body));
    response.writeHead(201, { "Content-Type": "application/json" }).end(answer);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
