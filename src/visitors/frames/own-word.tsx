import type { Texts } from "../../texts/text";

/** The participant's own word for their link. Works only with the script, which sends it with their token. */
export const OwnWord = ({ texts, id }: { texts: Texts; id: string }) => (
  <details class="panel-more" data-word-box hidden>
    <summary>{texts.own_word}</summary>
    <form class="panel-invite" data-word novalidate>
      <div class="panel-field">
        <label for={`${id}-word`}>{texts.own_word_hint}</label>
        <input
          id={`${id}-word`}
          name="word"
          type="text"
          maxlength={30}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          dir="ltr"
          aria-describedby={`${id}-word-error`}
        />
        <p class="panel-error" id={`${id}-word-error`} data-error="word"></p>
      </div>
      <button class="panel-button" type="submit">
        <span>{texts.own_word_save}</span>
      </button>
    </form>
  </details>
);
