import { type AddressInfo, createServer } from "node:net";

/** A free port, kept over restarts so that clients can reconnect. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
