/** A field of a form as a browser would send it untouched. */
export type Field = {
  name: string;
  type: string;
  value: string;
  checked: boolean;
  options: string[];
  required: boolean;
  min: string | null;
  accept: string | null;
};
/** `buttons`: the field that each button adds; null for none. */
export type SeenForm = {
  id: string | null;
  action: string;
  method: string;
  fields: Field[];
  buttons: ({ name: string; value: string } | null)[];
};
export type SeenPage = { links: string[]; forms: SeenForm[]; headings: string[]; loads: string[] };

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
export const decoded = (text: string) => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => NAMED[name] ?? "");

/** The contents of a page: its links, its forms, its first headings, and the files it loads. */
export async function readPage(html: string, at: string): Promise<SeenPage> {
  const page: SeenPage = { links: [], forms: [], headings: [], loads: [] };
  const pathOf = (url: string) => {
    const { origin, pathname, search } = new URL(decoded(url), `https://referrals.test${at}`);
    return origin === "https://referrals.test" ? pathname + search : null;
  };
  const noted = (list: string[], url: string | null) => {
    const path = url === null || url.startsWith("#") ? null : pathOf(url);
    if (path !== null) list.push(path);
  };
  let form: SeenForm | undefined;
  let field: Field | undefined;
  const begin = (element: Element, type: string) => {
    field = {
      name: decoded(element.getAttribute("name") ?? ""),
      type,
      value: decoded(element.getAttribute("value") ?? ""),
      checked: element.hasAttribute("checked"),
      options: [],
      required: element.hasAttribute("required"),
      min: element.getAttribute("min"),
      accept: element.getAttribute("accept"),
    };
    const id = element.getAttribute("form");
    const of = id ? page.forms.find((one) => one.id === id) : form;
    if (field.name && !element.hasAttribute("disabled")) of?.fields.push(field);
  };
  const rewriter = new HTMLRewriter()
    .on("a[href]", { element: (a) => noted(page.links, a.getAttribute("href")) })
    .on("img[src], script[src], iframe[src]", { element: (e) => noted(page.loads, e.getAttribute("src")) })
    .on("link[href]", { element: (e) => noted(page.loads, e.getAttribute("href")) })
    .on("h1", {
      element: () => void page.headings.push(""),
      text: ({ text }) => void page.headings.push((page.headings.pop() ?? "") + decoded(text)),
    })
    .on("form", {
      element: (element) => {
        const action = element.getAttribute("action");
        form = {
          action: (action === null ? at : pathOf(action)) ?? "",
          method: (element.getAttribute("method") ?? "get").toUpperCase(),
          fields: [],
          id: element.getAttribute("id"),
          buttons: [],
        };
        page.forms.push(form);
      },
    })
    .on("input", { element: (element) => begin(element, element.getAttribute("type") ?? "text") })
    .on("select", { element: (element) => begin(element, "select") })
    .on("option", {
      element: (element) => {
        const value = decoded(element.getAttribute("value") ?? "");
        field?.options.push(value);
        if (field && element.hasAttribute("selected")) field.value = value;
      },
    })
    .on("textarea", {
      element: (element) => begin(element, "textarea"),
      text: ({ text }) => {
        if (field?.type === "textarea") field.value += decoded(text);
      },
    })
    .on("button", {
      element: (element) => {
        if ((element.getAttribute("type") ?? "submit") !== "submit") return;
        const [name, value, id] = ["name", "value", "form"].map((attribute) => element.getAttribute(attribute));
        const of = id ? page.forms.find((one) => one.id === id) : form;
        of?.buttons.push(name ? { name, value: decoded(value ?? "") } : null);
      },
    });
  await rewriter.transform(new Response(html)).text();
  return page;
}
