import { z } from "zod";

/** A slower endpoint counts as silent. Its request may still arrive. */
const PATIENCE_MS = 8_000;
const ANSWER_MAX_BYTES = 1_000_000;

/**
 * `silent`: no readable answer, so the result is unknown. `refused`: the node rejected the request. Never contains the
 * URL.
 */
export class RpcFailure extends Error {
  override name = "RpcFailure";
  constructor(
    readonly kind: "silent" | "refused",
    message: string,
    readonly code = 0,
  ) {
    super(message);
  }
}

const Answer = z.object({
  id: z.literal(1),
  result: z.unknown(),
  error: z.object({ code: z.number().catch(0), message: z.string().catch("") }).optional(),
});

/** Asks an endpoint. @throws RpcFailure */
export async function ask(url: string, method: string, params: unknown[]): Promise<unknown> {
  const { result, error } = await answerOf(url, method, params);
  if (error) throw new RpcFailure("refused", error.message.slice(0, 300), error.code);
  return result ?? null;
}

async function answerOf(url: string, method: string, params: unknown[]) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      headers: { "Content-Type": "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return Answer.parse(JSON.parse(await textOf(response)));
  } catch {
    // The error of fetch may contain the URL, and with it the operator's key for the endpoint.
    throw new RpcFailure("silent", "no readable answer");
  }
}

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ["", 0];
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > ANSWER_MAX_BYTES) throw new Error("too long");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
