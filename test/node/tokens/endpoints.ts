import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Anvil } from "../../../demo/tokens/anvil.ts";

export type Call = { endpoint: 0 | 1; method: string; params: unknown[] };
/** An endpoint's response: `result`, or none. */
type Answer = { result: unknown } | { error: { code: number; message: string } } | "hangs up";
export type Behavior = (call: Call, forward: () => Promise<Answer>) => Promise<Answer>;

/** Two endpoints of one chain, with configurable behavior. */
export async function openEndpoints(anvil: Anvil) {
  let behave: Behavior = (_, forward) => forward();
  const calls: Call[] = [];
  const servers = [0, 1].map((n) =>
    createServer(async (request, response) => {
      const { method, params } = JSON.parse(await text(request));
      const call = { endpoint: n as 0 | 1, method, params };
      calls.push(call);
      const forward = async (): Promise<Answer> => {
        const answer = await fetch(anvil.url, {
          method: "POST",
          body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
          headers: { "Content-Type": "application/json" },
        });
        return (await answer.json()) as Answer;
      };
      const answer = await behave(call, forward).catch(() => "hangs up" as const);
      if (answer === "hangs up") return void response.destroy();
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, ...answer }));
    }).listen(0, "127.0.0.1"),
  );
  // A connection closed while it is idle may lose the next call.
  for (const server of servers) server.keepAliveTimeout = 0;
  await Promise.all(servers.map((server) => server.listening || new Promise((done) => server.once("listening", done))));
  return {
    urls: servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    calls,
    /** The behavior from now on. Without an argument: normal. */
    behave: (behavior: Behavior = (_, forward) => forward()) => {
      behave = behavior;
    },
    close: () => {
      for (const server of servers) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}
