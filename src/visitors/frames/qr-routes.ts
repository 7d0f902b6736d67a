import { z } from "zod";
import { publicRoute } from "../../auth/route";
import { createRouter, fails } from "../../lib/http";
import { sendFrameFailure } from "./frame-failure";
import { CodeParam } from "./frame-schema";
import { qrOf } from "./qr";

export const qrRoutes = createRouter();
qrRoutes.onError(sendFrameFailure);

qrRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/qr/{code}",
    operationId: "getQrCode",
    summary: "Get the QR code of a share link",
    description: "`.svg` or `.png` can follow the code. Signed codes only.",
    tags: ["Pages"],
    request: { params: CodeParam },
    responses: {
      200: {
        description: "An image.",
        content: { "image/svg+xml": { schema: z.string() }, "image/png": { schema: z.string() } },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { type, body } = await qrOf(c.var.ctx, c.req.valid("param").code);
    return c.body(body, 200, {
      "Content-Type": type,
      "Cache-Control": "public, max-age=31536000, immutable",
      "Content-Security-Policy": "default-src 'none'",
    });
  },
);
