import { type Field, readPage, type SeenForm } from "./html";
import type { Browser, Fields } from "./session";

/** What a field sends, or a group of radio buttons or checkboxes with one name. */
type Sent = Fields[string];
/** An edit form, and the page that shows it. */
export type EditForm = { page: string; action: string; opened: Browser };
/** A form as a page shows it: its visible fields by name, and what a browser sends of it. */
export type Shown = { fields: Map<string, Field[]>; sent: Fields; problems: string };

export const shapeOf = (path: string) => path.replace(/\?.*/, "").replace(/\/\d+(?=\/|$)/g, "/:id");

const isVisible = ({ name, type }: Field) =>
  !["hidden", "file", "password"].includes(type) && name !== "" && !name.startsWith("@");

const sentBy = ({ type, value, checked, options }: Field): Sent => {
  if (type === "file") return null;
  if (type === "checkbox" || type === "radio") return checked ? value || "on" : null;
  if (type === "select") return options.includes(value) ? value : (options[0] ?? "");
  return value;
};

/** A page's forms that change something, by their actions. */
export async function formsIn(html: string, at: string): Promise<Map<string, Shown>> {
  const { forms } = await readPage(html, at);
  const problems = [...html.matchAll(/class="problem"[^>]*>([^<]*)/g)].map(([, said]) => said).join("\n");
  const posted = forms.filter(({ method }) => method === "POST").map((form) => [form.action, shownBy(form, problems)]);
  return new Map(posted as [string, Shown][]);
}

function shownBy(form: SeenForm, problems: string): Shown {
  const fields = new Map<string, Field[]>();
  const sent: Fields = {};
  for (const field of form.fields) {
    if (isVisible(field)) fields.set(field.name, [...(fields.get(field.name) ?? []), field]);
    const value = sentBy(field);
    if (value === null || value === undefined) continue;
    const before = sent[field.name];
    sent[field.name] = before === undefined ? value : ([before, value].flat() as string[]);
  }
  return { fields, sent, problems };
}

/** Texts that a field accepts, by its name and type. The first that matches. */
const texts: [RegExp, (n: number) => string][] = [
  [/\.social$/, (n) => `network ${n}`],
  [/slug/, () => `slug-${crypto.randomUUID().slice(0, 8)}`],
  [/email|reply_to/, () => `person-${crypto.randomUUID()}@example.com`],
  [/checkout_code/, (n) => `ADA${n}${crypto.randomUUID().slice(0, 4)}`],
  [/metadata/, (n) => `{"n": ${n}}`],
  [/allowed_origins/, (n) => `https://s${n}.example.com`],
  [/turnstile_site_key/, (n) => `key-${n}`],
  [/token_address/, (n) => `0x${String(n).repeat(40)}`],
  [/language/, (n) => ["de", "fr", "es"][n % 3] ?? ""],
  [/font_family/, (n) => ["Inter", "Arial", "Verdana"][n % 3] ?? ""],
  [/color/, (n) => `#33669${n}`],
  [/url|link|image|logo|photo|left_image/, (n) => `https://site-${crypto.randomUUID()}.example/${n}.png`],
  [/amount|value|percent|budget|chain_id|vnoc_id|days|num_|max_/, (n) => String(n + 3)],
  [/event_name/, (n) => `event_${n}`],
  [/name$/, (n) => `${["Ann", "Bea", "Cleo"][n % 3]} ${crypto.randomUUID().slice(0, 4)}`],
  [/\.key$/, (n) => `key_${n}`],
];

/** Another value of a field, the first or the second one. Undefined if there is none. */
export function another(fields: readonly Field[], n: 0 | 1): Sent {
  const [field] = fields;
  if (!field) return undefined;
  const { type, name } = field;
  if (type === "checkbox" && fields.length === 1) return n === 0 ? !field.checked : undefined;
  if (type === "checkbox") return fields[n + 1] && [fields[n + 1]?.value ?? ""];
  if (type === "radio") return fields.filter(({ checked }) => !checked)[n]?.value;
  if (type === "select") return field.options.filter((option) => option !== sentBy(field))[n];
  if (type === "number") return String(Number(field.min ?? 0) + n + 2);
  if (type === "date") return `2127-02-0${n + 1}`;
  if (type === "datetime-local") return `2127-02-0${n + 1}T00:00`;
  return (texts.find(([pattern]) => pattern.test(name))?.[1] ?? ((i) => `Text ${i} ${crypto.randomUUID()}`))(n);
}

/** A form again, as its page shows it now. */
export async function open({ page, action, opened }: EditForm): Promise<Shown> {
  const answer = await opened.page(page);
  const shown = (await formsIn(answer.text, page)).get(action);
  if (!shown) throw new Error(`${page} shows no form for ${action}`);
  return shown;
}
