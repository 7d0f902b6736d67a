import { call, type TestMember } from "./client";

type Options = Parameters<typeof call>[3];

/** An agent that speaks the protocol of 2026, without a session, with these headers as its credential. */
export function agentWith(headers: Record<string, string>, options: Options = {}) {
  let last = 0;
  const rpc = (method: string, params: Record<string, unknown> = {}) =>
    call(
      "POST",
      "/mcp",
      { jsonrpc: "2.0", id: ++last, method, params: { ...params, _meta: META } },
      {
        ...options,
        headers: {
          Accept: "application/json, text/event-stream",
          "MCP-Protocol-Version": VERSION,
          "Mcp-Method": method,
          ...(typeof params.name === "string" && { "Mcp-Name": params.name }),
          ...headers,
        },
      },
    );
  /** Calls a tool. @returns its result, with the structured content as `data` */
  async function use(name: string, args: Record<string, unknown> = {}) {
    const answer = await rpc("tools/call", { name, arguments: args });
    const message = JSON.parse(answer.text);
    const result = message.result ?? {};
    return {
      status: answer.status,
      isError: Boolean(result.isError),
      data: result.structuredContent,
      said: String(result.content?.[0]?.text ?? message.error?.message ?? answer.text),
    };
  }
  return { rpc, use };
}

const VERSION = "2026-07-28";
const META = {
  "io.modelcontextprotocol/protocolVersion": VERSION,
  "io.modelcontextprotocol/clientInfo": { name: "test", version: "1" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

export const agentOf = ({ key }: Pick<TestMember, "key">, options?: Options) =>
  agentWith({ "X-API-Key": key }, options);
