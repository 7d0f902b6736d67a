import { isAddress } from "./frame-address";
import { type Answer, ask, type Joined } from "./frame-api";
import { all, find, write } from "./frame-dom";
import type { Texts } from "./frame-share";

/** The server rejects forms that come back within 1.5 seconds, so a form filled in by the browser waits this long. */
const FILL_MIN_MS = 2_000;

/** The form's minimum age. The server created it before its last byte arrived, maybe long after it was requested. */
function ageMs() {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return performance.now() - (visit?.responseEnd ?? 0);
}

/** An id that only this page knows. */
const newFormId = () => [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-");

/** The name prefix of the campaign's own questions. */
const ANSWER = "answers.";
const FIELDS = ".panel-field :is(input,select)";
/** The server checks the rest. */
const PHONE = /^\+?[\d\s()./-]{5,30}$/;

type Send = {
  campaign_id: number;
  host_url: string;
  utm: string | null;
  referrer: string | null;
  metadata: () => unknown;
};

export function enhanceForm(
  form: HTMLFormElement,
  texts: Texts,
  send: Send,
  joined: (data: Joined, name: string) => void,
) {
  const input = (name: string) => find<HTMLInputElement>(form, `[name="${name}"]`);
  const button = find<HTMLButtonElement>(form, "button[type=submit]");
  let isBusy = false;
  // Stays the same until a response arrives, so the server recognizes a form that it already answered.
  let form_id = newFormId();
  form.noValidate = true;

  function tell(name: string, text: string) {
    write(find(form, `[data-error="${name}"]`), text);
    if (text) input(name)?.setAttribute("aria-invalid", "true");
    else input(name)?.removeAttribute("aria-invalid");
  }

  function wrongWith(field: HTMLInputElement): string {
    if (field.type === "checkbox") return field.required && !field.checked ? (texts.must_agree ?? "") : "";
    if (field.type === "tel" && field.value !== "" && !PHONE.test(field.value)) return texts.bad_phone ?? "";
    if (field.value.trim() === "" && field.required) return texts.required ?? "";
    return field.name !== "email" || isAddress(field.value) ? "" : (texts.bad_email ?? "");
  }

  /** Validates all fields and focuses the first invalid one. @returns whether all are valid */
  function check(): boolean {
    const wrong = all<HTMLInputElement>(form, FIELDS).filter((field) => {
      const text = wrongWith(field);
      tell(field.name, text);
      return text !== "";
    });
    wrong[0]?.focus();
    return wrong.length === 0;
  }

  function busy(value: boolean) {
    isBusy = value;
    if (value) button?.setAttribute("aria-disabled", "true");
    else button?.removeAttribute("aria-disabled");
  }

  async function submit() {
    tell("form", "");
    if (isBusy || !check()) return;
    busy(true);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, FILL_MIN_MS - ageMs())));
    const { metadata, ...known } = send;
    const fields = Object.fromEntries(new FormData(form));
    const answers = Object.fromEntries(
      Object.entries(fields).flatMap(([name, value]) =>
        name.startsWith(ANSWER) ? [[name.slice(ANSWER.length), value]] : [],
      ),
    );
    const answer = await ask<Joined>("signup", null, { ...fields, ...known, answers, form_id, metadata: metadata() });
    busy(false);
    if (answer.data) {
      form_id = newFormId();
      joined(answer.data, String(fields.name ?? "").trim());
    } else refused(answer);
  }

  function refused({ code, details }: Answer<Joined>) {
    const wrong = details?.filter(({ path }) => path.startsWith(ANSWER)) ?? [];
    for (const { path } of wrong) tell(path, texts.required ?? "");
    if (wrong.length > 0) find<HTMLInputElement>(form, '[aria-invalid="true"]')?.focus();
    else if (details?.some(({ path }) => path === "email")) tell("email", texts.bad_email ?? "");
    else if (code === "disposable_email") tell("email", texts[code] ?? "");
    else
      tell(
        "form",
        texts[code ?? ""] ?? (code === "rate_limited" || code === "overloaded" ? texts.busy : texts.failed) ?? "",
      );
    find<HTMLInputElement>(form, '[aria-invalid="true"]')?.focus();
    // Turnstile's token is valid for only one request.
    (window as { turnstile?: { reset(): void } }).turnstile?.reset();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  for (const field of all<HTMLInputElement>(form, FIELDS)) field.addEventListener("input", () => tell(field.name, ""));

  /** Fills in what the surrounding page knows, without overwriting what the visitor typed. */
  const prefill = (name: string, value: unknown) => {
    const field = input(name);
    if (!field || typeof value !== "string" || (field.value !== "" && field.dataset.prefilled !== field.value)) return;
    field.value = field.dataset.prefilled = value.slice(0, field.maxLength);
  };
  return { prefill, input };
}
