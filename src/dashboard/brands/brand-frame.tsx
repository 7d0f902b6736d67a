import type { Child } from "hono/jsx";
import type { PageContext } from "../../auth/page-session";
import { calledBrand } from "../../campaigns/brand-kit";
import { type Brand, BrandParam } from "../../campaigns/brands/brand-schema";
import { notFound } from "../../lib/errors";
import { Head, Tabs } from "../ui/parts";
import { Picture } from "../ui/picture";

/** @throws 404 if the ID is invalid */
export function brandIdIn(c: PageContext): number {
  const param = BrandParam.safeParse(c.req.param());
  if (!param.success) throw notFound("brand");
  return param.data.brandId;
}

export const framedBrand = (brand: Brand, at: "" | "/kit" | "/settings", body: Child, actions?: Child) => (
  <>
    <Head
      crumbs={[["/brands", "Brands"]]}
      title={calledBrand(brand)}
      about={
        <>
          <Picture url={brand.logo_url} name={calledBrand(brand)} />{" "}
          <a href={brand.url} rel="noreferrer">
            {brand.url}
          </a>
        </>
      }
    >
      {actions}
    </Head>
    <Tabs
      label="Brand"
      tabs={[
        [`/brands/${brand.id}`, "Overview"],
        [`/brands/${brand.id}/kit`, "Brand kit"],
        [`/brands/${brand.id}/settings`, "Settings"],
      ]}
      at={`/brands/${brand.id}${at}`}
    />
    {body}
  </>
);
