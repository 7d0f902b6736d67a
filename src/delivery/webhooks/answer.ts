import type { Answer } from "../../../drizzle/schema";
import { within } from "../../lib/deadline";

const KEPT_BYTES = 1024;
const [TYPE_MAX, LOCATION_MAX] = [200, 500];
/**
 * The status arrived before the body, and other deliveries are waiting. A body that takes longer is slow or held back
 * on purpose.
 */
const BODY_WITHIN_MS = 2_000;
/** Line breaks and tabs are text. Other control characters indicate binary data. */
const CONTROLS = /[^\P{Cc}\t\n\f\r]/u;

/** An endpoint's response with the start of its body. The rest is not read. */
export async function answerIn(response: Response): Promise<Answer> {
  const { bytes, is_cut } = await beginning(response);
  return {
    content_type: response.headers.get("content-type")?.slice(0, TYPE_MAX) ?? null,
    location: response.headers.get("location")?.slice(0, LOCATION_MAX) ?? null,
    body: textIn(bytes, is_cut),
    is_cut,
  };
}

/**
 * Reads one byte more than is kept, to detect whether there is more. If a body stalls or breaks off, the received part
 * is kept.
 */
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

/** Null if the bytes are not UTF-8 text. A character split by the cut is dropped. */
function textIn(bytes: Uint8Array, isCut: boolean): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes, { stream: isCut });
    return CONTROLS.test(text) ? null : text;
  } catch {
    return null;
  }
}
