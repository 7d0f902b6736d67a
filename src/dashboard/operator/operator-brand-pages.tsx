import { type Context, Hono } from "hono";
import { unaudited } from "../../auth/audited";
import { anyBrandOf, linkToVnoc } from "../../campaigns/brands/brand";
import { BrandParam, VnocLink } from "../../campaigns/brands/brand-schema";
import { shownDomain } from "../../lib/domain";
import { notFound } from "../../lib/errors";
import type { HonoEnv } from "../../lib/http";
import { edits } from "../ui/edits";
import { Check, Input, Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { doneAt } from "../ui/layout";
import { Card, Head } from "../ui/parts";
import { shown } from "../ui/seen";
import { suspensionOfBrand } from "./operator";
import { showOperator } from "./operator-layout";
import { SuspensionCard } from "./suspension-card";

export const operatorBrandPages = new Hono<HonoEnv>();

function brandIdIn(c: Context<HonoEnv>) {
  const param = BrandParam.safeParse(c.req.param());
  if (!param.success) throw notFound("brand");
  return param.data.brandId;
}

const LINK_HINT =
  "Linked brands can offer token rewards. Changing the domain removes the link. After unlinking, campaigns that already offer tokens keep granting them as pending rewards.";

const linkOf = ({ in_vnoc, vnoc_id }: VnocLink) => ({ in_vnoc, vnoc_id });

async function showBrand(c: Context<HonoEnv>, id: number, form?: Form<unknown>) {
  const [brand, suspension] = await Promise.all([anyBrandOf(c.var.ctx, id), suspensionOfBrand(c.var.ctx, id)]);
  const { domain, url } = brand;
  const link = form ?? shown(linkOf(brand));
  const body = (
    <>
      <Head title={shownDomain(domain)} about={url} />
      <Card title="VNOC">
        <form method="post" action={`/operator/brands/${id}`}>
          <Problems form={link} />
          <Check form={link} name="in_vnoc" label="Linked" hint={LINK_HINT} />
          <Input form={link} name="vnoc_id" label="VNOC ID" inputmode="numeric" />
          <button type="submit">Save</button>
        </form>
      </Card>
      <SuspensionCard path={`/operator/brands/${id}`} what="brand" {...suspension} />
    </>
  );
  return showOperator(c, { title: domain, at: "/operator/members", body, ...(form && { status: 400 }) });
}

operatorBrandPages.get("/operator/brands/:brandId", (c) => showBrand(c, brandIdIn(c)));

operatorBrandPages.post(
  "/operator/brands/:brandId",
  unaudited("The transaction that changes the brand writes the entry."),
  edits({
    schema: VnocLink,
    stored: async (c: Context<HonoEnv>) => linkOf(await anyBrandOf(c.var.ctx, brandIdIn(c))),
    page: (c, form) => showBrand(c, brandIdIn(c), form),
    run: async (c, link) => {
      const id = brandIdIn(c);
      await linkToVnoc(c.var.ctx, id, link);
      return c.redirect(doneAt(`/operator/brands/${id}`, "saved"), 303);
    },
  }),
);
