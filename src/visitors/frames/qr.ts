import { renderSVG } from "uqr";
import { readSignedCode, shareUrl } from "../../ledger/referral-code";
import type { Ctx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";

/**
 * A share link's QR code as SVG.
 * @throws 404 if we did not sign the code
 */
export async function qrOf(ctx: Pick<Ctx, "env" | "origin">, name: string): Promise<string> {
  const code = name.replace(/\.svg$/, "");
  if ((await readSignedCode(ctx.env, code))?.code !== code) throw notFound("code");
  return renderSVG(shareUrl(ctx.origin, code), { ecc: "M", border: 2 });
}
