import { Hono } from "hono";
import { audited } from "../../auth/audited";
import { addressOf } from "../../auth/caller";
import { limit } from "../../auth/limit";
import { deleteImage, imageBytes, imageCopy, imagesOf, keepImage } from "../../campaigns/images/image";
import { type ImageKind, ImageParam, imageTypes } from "../../campaigns/images/image-schema";
import { takesUploads } from "../../lib/body-limit";
import { cachedFile } from "../../lib/edge";
import { AppError, notFound } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import { createPages } from "../doors/pages";
import { Problems } from "../ui/field";
import { blank, type Form, submit } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Confirm, Copy, Empty, Head, Time } from "../ui/parts";
import { fileIn } from "./image-upload";

const PATH = "/images" as const;
/** How long an image that the operator suspended may stay in other data centers. */
const COPY_SECONDS = 600;

export const imageFiles = new Hono<HonoEnv>();

imageFiles.get(`${PATH}/:key`, async (c) => {
  await limit(c.var.ctx, "public", addressOf(c));
  const param = ImageParam.safeParse(c.req.param());
  if (!param.success) throw notFound("image");
  const { key } = param.data;
  const file = await cachedFile(c, imageCopy(key), COPY_SECONDS, () => imageBytes(c.var.ctx, key));
  return c.body(file as ArrayBuffer, 200, {
    "Content-Type": imageTypes[key.split(".").at(-1) as ImageKind],
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
  });
});

export const imagePages = createPages([PATH]);

imagePages.get(PATH, async (c) => sendImages(c, blank()));

const sendImages = async (c: Parameters<typeof show>[0], form: Form<unknown>) => {
  const images = await imagesOf(c.var.ctx);
  const maySend = c.var.session.role !== "viewer";
  const body = (
    <>
      <Head title="Images" about="Images for your landing pages, widgets, and brands." />
      {maySend && (
        <Card title="Upload an image">
          <Problems form={form} />
          <form method="post" action={PATH} enctype="multipart/form-data">
            <div class="field">
              <label for="file">Image</label>
              <input
                id="file"
                name="file"
                type="file"
                accept={Object.values(imageTypes).join(",")}
                aria-describedby="file-hint"
                required
              />
              <p class="hint" id="file-hint">
                PNG, JPEG, WebP, or GIF, up to 2 MB.
              </p>
            </div>
            <button type="submit">Upload</button>
          </form>
        </Card>
      )}
      {images.length === 0 ? (
        <Empty title="No images yet" icon="image">
          <p>Upload a logo or a picture, then use its URL in your landing pages, widgets, and emails.</p>
        </Empty>
      ) : (
        <ul class="images">
          {images.map((image) => (
            <li class="card">
              <img src={image.url} alt="" loading="lazy" />
              <Copy value={image.url} label="the image URL" />
              <p class="quiet">
                {Math.ceil(image.bytes / 1024)} kB, <Time at={image.date_added} />
              </p>
              {maySend && (
                <Confirm
                  action={`${PATH}/${image.key}/delete`}
                  button="Delete"
                  question="Pages that use this image will show a gap."
                />
              )}
            </li>
          ))}
        </ul>
      )}
    </>
  );
  return show(c, { title: "Images", section: PATH, body, status: form.ok || isBlank(form) ? 200 : 400 });
};

const isBlank = (form: Form<unknown>) => Object.keys(form.errors).length === 0;

/** A script that asks for JSON gets the new image's URL. A browser gets the list of images. */
imagePages.post(PATH, takesUploads, audited("Uploaded an image"), async (c) => {
  const file = await fileIn(c, "file");
  const { done, form } = await submit({ ok: true, value: file, values: {}, errors: {} }, (sent) => {
    if (!sent) throw new AppError("invalid_request", "Choose an image.");
    return keepImage(c.var.ctx, sent);
  });
  const isScript = c.req.header("Accept")?.includes("application/json") === true;
  if (isScript && form) return c.json({ error: Object.values(form.errors)[0] ?? "" }, 400);
  if (isScript && done) return c.json({ url: done.url }, 201);
  if (form) return sendImages(c, { ...form, errors: { "": Object.values(form.errors)[0] ?? "" } });
  return c.redirect(doneAt(PATH, "uploaded"), 303);
});

imagePages.post(`${PATH}/:key/delete`, audited("Deleted an image"), async (c) => {
  const param = ImageParam.safeParse(c.req.param());
  if (!param.success) throw notFound("image");
  await deleteImage(c.var.ctx, param.data.key);
  return c.redirect(doneAt(PATH, "deleted"), 303);
});
