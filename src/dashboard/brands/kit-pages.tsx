import { audited, unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { calledBrand } from "../../campaigns/brand-kit";
import { brandOf, changeBrand } from "../../campaigns/brands/brand";
import { type Brand, BrandChange } from "../../campaigns/brands/brand-schema";
import { takesUploads } from "../../lib/body-limit";
import { sendPage } from "../../lib/html";
import { createPages } from "../doors/pages";
import { uploadsIn } from "../editors/image-upload";
import { asSent, lookedAt } from "../editors/sent-form";
import { edits } from "../ui/edits";
import type { Form } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { shown } from "../ui/seen";
import { brandIdIn, framedBrand } from "./brand-frame";
import { BrandKitForm, kitFields } from "./kit-form";
import { kitPreview } from "./kit-preview";

const PATH = "/brands/:brandId/kit";
const IMAGES = ["logo_url", "background_image"] as const;

const KitChange = BrandChange.pick({
  name: true,
  color: true,
  button_color: true,
  font_family: true,
  logo_url: true,
  background_image: true,
});

export const brandKitPages = createPages([PATH]);

const kitOf = ({ name, color, button_color, font_family, logo_url, background_image }: Brand) => ({
  name,
  color,
  button_color,
  font_family,
  logo_url,
  background_image,
});

async function showKit(c: PageContext, form?: Form<unknown>) {
  const brand = await brandOf(c.var.ctx, brandIdIn(c));
  const body =
    c.var.session.role === "viewer" ? (
      <p>You can view this brand but not change it.</p>
    ) : (
      <BrandKitForm form={form ?? shown(kitOf(brand))} brand={brand} />
    );
  return show(c, {
    title: `Brand kit · ${calledBrand(brand)}`,
    section: "/brands",
    body: framedBrand(brand, "/kit", body),
    frames: ["'self'"],
    ...(form && { status: 400 }),
  });
}

brandKitPages.get(PATH, (c) => showKit(c));

brandKitPages.post(
  PATH,
  takesUploads,
  audited("Updated a brand kit"),
  edits({
    schema: KitChange,
    stored: async (c: PageContext) => kitOf(await brandOf(c.var.ctx, brandIdIn(c))),
    page: showKit,
    files: (c) => uploadsIn(c, IMAGES),
    run: async (c, input) => {
      const { id } = await changeBrand(c.var.ctx, brandIdIn(c), input);
      return c.redirect(doneAt(`/brands/${id}/kit`, "saved"), 303);
    },
  }),
);

/** The submitted kit on top of the stored one. Nothing is stored. */
async function preview(c: PageContext, sent: Partial<Brand> | null) {
  const brand = await brandOf(c.var.ctx, brandIdIn(c));
  return sendPage(c, kitPreview({ ...brand, ...sent }));
}

brandKitPages.get(`${PATH}/preview`, async (c) => {
  const fields = Object.entries(c.req.query()).filter(([name]) => kitFields.some((one) => one === name));
  const sent = Object.fromEntries(fields.map(([name, value]) => [name, value.trim() || null]));
  const read = KitChange.safeParse(sent);
  return preview(c, read.success ? read.data : null);
});
brandKitPages.post(`${PATH}/preview`, unaudited("It shows a preview and changes nothing."), async (c) =>
  preview(c, await lookedAt(c, KitChange, asSent)),
);
