import type { Answer } from "../../../drizzle/schema";
import { within } from "../../lib/deadline";

const KEPT_BYTES = 1024;
const [TYPE_MAX, LOCATION_MAX] = [200, 500];
/** So little has come by then, or it is held back on purpose: the status came before it, and others wait for their turn. */
const BODY_WITHIN_MS = 2_000;
/** Line breaks and tabs are text; other control characters say that it is something else. */
const CONTROLS = /[^\P{Cc}\t\n\f\r]/u;

/** What an endpoint answered, the beginning of its body only: the rest is let go of, however long it is. */
export async function answerIn(response: Response): Promise<Answer> {
  const { bytes, is_cut } = await beginning(response);
  return {
    content_type: response.headers.get("content-type")?.slice(0, TYPE_MAX) ?? null,
    location: response.headers.get("location")?.slice(0, LOCATION_MAX) ?? null,
    body: textIn(bytes, is_cut),
    is_cut,
  };
}

/** One byte more than is kept tells whether there is more. A body that hangs or breaks is as long as what has come of it. */
async function beginning(response: Response) {
  const bytes = new Uint8Array(KEPT_BYTES + 1);
  let [length, isWhole] = [0, false];
  const reader = response.body?.getReader({ mode: "byob" });
  const read = async () => {
    while (reader && length < bytes.length) {
      const { value, done } = await reader.read(new Uint8Array(bytes.length - length));
      if (value) bytes.set(value, length);
      length += value?.length ?? 0;
      if (done) break;
    }
    isWhole = length < bytes.length;
  };
  try {
    await within(BODY_WITHIN_MS, read(), () => new Error("the body takes too long"));
  } catch {
    isWhole = false;
  }
  reader?.cancel().catch(() => {});
  return { bytes: bytes.slice(0, Math.min(length, KEPT_BYTES)), is_cut: !isWhole };
}

/** Null for what is no text in UTF-8. A character that the cut goes through is left out. */
function textIn(bytes: Uint8Array, isCut: boolean): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes, { stream: isCut });
    return CONTROLS.test(text) ? null : text;
  } catch {
    return null;
  }
}
