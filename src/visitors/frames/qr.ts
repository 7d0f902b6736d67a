import { encode, renderSVG } from "uqr";
import { readSignedCode, shareUrl } from "../../ledger/records/referral-code";
import type { Ctx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { png } from "../share-images/png";
import { newCanvas } from "../share-images/raster";

const LOOK = { ecc: "M", border: 2 } as const;
/** Pixels per module, enough for print. */
const MODULE = 20;

/** A share link's QR code as SVG, or as PNG if the name ends with that. @throws 404 if we did not sign the code */
export async function qrOf(ctx: Pick<Ctx, "env" | "origin">, name: string) {
  const code = name.replace(/\.(svg|png)$/, "");
  if ((await readSignedCode(ctx.env, code))?.code !== code) throw notFound("code");
  const url = shareUrl(ctx.origin, code);
  return name.endsWith(".png")
    ? { type: "image/png", body: drawn(url) }
    : { type: "image/svg+xml", body: renderSVG(url, LOOK) };
}

function drawn(text: string) {
  const { data, size } = encode(text, LOOK);
  const canvas = newCanvas(size * MODULE, size * MODULE);
  for (const [y, row] of data.entries())
    for (const [x, isDark] of row.entries()) {
      if (!isDark) continue;
      for (let line = y * MODULE; line < (y + 1) * MODULE; line++)
        canvas.pixels.fill(1, line * canvas.width + x * MODULE, line * canvas.width + (x + 1) * MODULE);
    }
  return png(canvas, [
    [255, 255, 255],
    [0, 0, 0],
  ]);
}
