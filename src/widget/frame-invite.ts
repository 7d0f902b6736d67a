import { addressesIn, isAddress } from "./frame-address";
import { ask } from "./frame-api";
import { find, write } from "./frame-dom";
import type { Texts } from "./frame-share";

const FRIENDS_MAX = 10;
const SHOWN_MAX = 60;

export function enhanceInvitations(
  root: HTMLElement,
  texts: Texts,
  token: () => string | undefined,
  announce: (text: string) => void,
) {
  const form = find<HTMLFormElement>(root, "form[data-invite]");
  const box = form && find<HTMLTextAreaElement>(form, "textarea");
  if (!form || !box) return;
  const tell = (text: string, isError: boolean) => {
    const place = find(form, "[data-error=emails]");
    write(place, text);
    place?.classList.toggle("fine", !isError);
    if (isError) {
      box.setAttribute("aria-invalid", "true");
      box.focus();
    } else box.removeAttribute("aria-invalid");
    announce(text);
  };
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const emails = addressesIn(box.value);
    /** The error text after an invalid email address. Both are isolated, because either may run from right to left. */
    const wrong = (email = "") => `\u2068${email.slice(0, SHOWN_MAX)}\u2069: ${texts.bad_email}`;
    const bad = emails.find((email) => !isAddress(email));
    if (isBusy) return;
    if (emails.length === 0) return tell(texts.required ?? "", true);
    if (bad !== undefined) return tell(wrong(bad), true);
    if (emails.length > FRIENDS_MAX) return tell(texts.invite_hint ?? "", true);
    isBusy = true;
    const { data, code, details } = await ask("invite", token(), { emails });
    isBusy = false;
    if (data) {
      box.value = "";
      tell(texts.invite_sent ?? "", false);
    } else if (details) tell(wrong(emails[Number(details[0]?.path.split(".")[1])]), true);
    else tell((code === "rate_limited" ? texts.busy : texts.failed) ?? "", true);
  });
}
