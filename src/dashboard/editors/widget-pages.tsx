import { audited, unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { kitValue } from "../../campaigns/brand-kit";
import { dropDraft, saveDraft } from "../../campaigns/drafts/draft";
import { publishWidget } from "../../campaigns/widget/widget";
import { type Widget, WidgetGate, WidgetLooks } from "../../campaigns/widget/widget-schema";
import { takesUploads } from "../../lib/body-limit";
import { sendPage } from "../../lib/html";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { Check, Input, Problems } from "../ui/field";
import { blank, type Form, submit, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card } from "../ui/parts";
import { Editor } from "./editor";
import { editedForm, lookedAt, lookIn } from "./sent-form";
import { changeGate, widgetInEditor, widgetSent } from "./widget-editor";
import { WidgetFields } from "./widget-fields";
import { widgetLooks, widgetPreview } from "./widget-preview";

const PATH = "/campaigns/:campaignId/widget";
const pathOf = (campaignId: number) => `/campaigns/${campaignId}/widget`;
const IMAGES = ["banner_image_url", "left_image", "background_image"] as const;
const LOOKS = [
  ["form", "Form"],
  ["share", "Joined"],
  ["mail", "Check your email"],
  ["closed", "Closed"],
] as const;

export const widgetPages = createPages([PATH]);

type Sent = { looks?: Form<unknown>; gate?: Form<unknown> };

async function sendEditor(c: PageContext, sent: Sent = {}) {
  const id = campaignIdIn(c);
  const { head, settings, published, unset, kit, draft } = await widgetInEditor(c.var.ctx, id);
  const form = sent.looks ?? blank(settings);
  const gate = sent.gate ?? blank({ ...published });
  const maySend = c.var.session.role !== "viewer";
  const body = campaignBody(
    head,
    "/widget",
    <Editor
      path={pathOf(id)}
      form={form}
      draft={draft}
      maySend={maySend}
      looks={LOOKS}
      further={<Gate path={pathOf(id)} form={gate} published={published} />}
    >
      <WidgetFields
        form={form}
        unset={unset}
        kit={{ path: `/brands/${head.brand_id}/kit`, has: (name) => kitValue(kit, name) !== null }}
      />
    </Editor>,
    <a class="button" href={`/campaigns/${id}/install`}>
      Install
    </a>,
  );
  const status = sent.looks || sent.gate ? 400 : 200;
  return show(c, { title: `Widget · ${head.name}`, section: "/campaigns", body, frames: ["'self'"], status });
}

/** The entry rules do not affect appearance, so they are not part of the draft. */
const Gate = ({ path, form, published }: { path: string; form: Form<unknown>; published: Widget }) => (
  <Card title="Entry rules">
    <p class="quiet">Not part of the draft. Applies immediately.</p>
    <Problems form={form} />
    <form method="post" action={`${path}/gate`}>
      <Check
        form={form}
        name="block_disposable"
        label="Block disposable email addresses"
        hint="Fake signups cost you rewards."
      />
      <Input
        form={form}
        name="turnstile_site_key"
        label="Turnstile site key"
        hint="From the Cloudflare dashboard. With both keys set, every visitor must pass Turnstile."
        autocomplete="off"
      />
      <Input
        form={form}
        name="turnstile_secret"
        label="Turnstile secret key"
        type="password"
        placeholder={published.has_turnstile_secret ? "A key is stored. Enter another to replace it." : "Not set"}
        autocomplete="off"
      />
      <button type="submit" class="button">
        Save
      </button>
    </form>
  </Card>
);

widgetPages.get(PATH, (c) => sendEditor(c));

widgetPages.post(PATH, takesUploads, audited("Saved a draft of a widget"), async (c) => {
  const id = campaignIdIn(c);
  const { form } = await submit(await editedForm(c, WidgetLooks, IMAGES, widgetSent), (settings) =>
    saveDraft(c.var.ctx, id, "widget", settings),
  );
  return form ? sendEditor(c, { looks: form }) : c.redirect(doneAt(pathOf(id), "draft_saved"), 303);
});

widgetPages.post(`${PATH}/publish`, takesUploads, audited("Published a widget"), async (c) => {
  const id = campaignIdIn(c);
  const { form } = await submit(await editedForm(c, WidgetLooks, IMAGES, widgetSent), (settings) =>
    publishWidget(c.var.ctx, id, settings),
  );
  return form ? sendEditor(c, { looks: form }) : c.redirect(doneAt(pathOf(id), "published"), 303);
});

widgetPages.post(`${PATH}/revert`, audited("Discarded the draft of a widget"), async (c) => {
  const id = campaignIdIn(c);
  await dropDraft(c.var.ctx, id, "widget");
  return c.redirect(doneAt(pathOf(id), "reverted"), 303);
});

widgetPages.post(
  `${PATH}/gate`,
  audited("Changed who can sign up"),
  ...submits(
    WidgetGate,
    (c: PageContext, gate) => sendEditor(c, { gate }),
    async (c, gate) => {
      const id = campaignIdIn(c);
      await changeGate(c.var.ctx, id, gate);
      return c.redirect(doneAt(pathOf(id), "saved"), 303);
    },
  ),
);

widgetPages.get(`${PATH}/preview`, async (c) => sendPreview(c, null));
widgetPages.post(`${PATH}/preview`, unaudited("It shows a preview and changes nothing."), async (c) =>
  sendPreview(c, await lookedAt(c, WidgetLooks, widgetSent)),
);

const sendPreview = async (c: PageContext, settings: WidgetLooks | null) =>
  sendPage(c, await widgetPreview(c.var.ctx, campaignIdIn(c), await lookIn(c, widgetLooks), settings));
