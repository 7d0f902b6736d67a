import type { Texts } from "../../texts/text";

type InviteProps = { texts: Texts; id: string; hidden: boolean };

/** Hidden until the script runs, because it sends through the API with the participant's token. */
export const InviteForm = ({ texts, id, hidden }: InviteProps) => (
  <details class="panel-more" data-invite-box hidden={hidden}>
    <summary>{texts.invite}</summary>
    <form class="panel-invite" data-invite novalidate>
      <div class="panel-field">
        <label for={`${id}-friends`}>{texts.invite_hint}</label>
        <textarea
          id={`${id}-friends`}
          name="emails"
          rows={2}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          inputmode="email"
          dir="ltr"
          aria-describedby={`${id}-friends-error`}
        ></textarea>
        <p class="panel-error" id={`${id}-friends-error`} data-error="emails"></p>
      </div>
      <button class="panel-button" type="submit">
        <span>{texts.invite_send}</span>
      </button>
    </form>
  </details>
);
