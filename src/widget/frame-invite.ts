import { isAddress } from "./frame-address";
import { ask } from "./frame-api";
import { find, write } from "./frame-dom";
import type { Texts } from "./frame-share";

const FRIENDS_MAX = 10;

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
    const emails = box.value.split(/[\s,;]+/).filter(Boolean);
    const isWrong = emails.length > FRIENDS_MAX || !emails.every(isAddress);
    if (isBusy) return;
    if (emails.length === 0) return tell(texts.required ?? "", true);
    if (isWrong) return tell(texts.bad_email ?? "", true);
    isBusy = true;
    const { data, code } = await ask("invite", token(), { emails });
    isBusy = false;
    if (data) {
      box.value = "";
      tell(texts.invite_sent ?? "", false);
    } else
      tell(
        (code === "rate_limited" ? texts.busy : code === "invalid_request" ? texts.bad_email : texts.failed) ?? "",
        true,
      );
  });
}
