import type { Page } from "../../lib/html";
import { fill, textsOf } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";
import { card } from "./card";
import { CheckIcon, GiftIcon } from "./icons";

type Shown = { address: string | null; typed?: string; isSaved?: boolean };

/** Asks participants for their wallet address and shows the saved one. */
export function walletPage(config: WidgetConfig, language: string, { address, typed, isSaved = false }: Shown): Page {
  const texts = textsOf(language, config.widget.texts);
  const isWrong = typed !== undefined;
  const page = card(config.widget, {
    language,
    title: address === null ? texts.wallet_missing : texts.wallet_known,
    help: isSaved && address !== null ? fill(texts.wallet_saved, { address }) : texts.wallet_help,
    icon: isSaved ? <CheckIcon /> : <GiftIcon />,
    action: (
      <form method="post" action="" class="wallet">
        <div class="panel-field">
          <label for="wallet">{texts.wallet_label}</label>
          <input
            id="wallet"
            name="address"
            type="text"
            required
            maxlength={60}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            dir="ltr"
            value={typed ?? address ?? ""}
            aria-invalid={isWrong ? "true" : undefined}
            aria-describedby={isWrong ? "wrong" : undefined}
          />
          {isWrong && (
            <p id="wrong" class="panel-error" role="alert">
              {texts.wallet_wrong}
            </p>
          )}
        </div>
        <button class="panel-button" type="submit">
          {texts.wallet_button}
        </button>
      </form>
    ),
  });
  return { ...page, css: page.css + walletCss };
}

const walletCss = `
.wallet{display:grid;gap:8px;inline-size:100%;text-align:start}
.panel-mail>p{overflow-wrap:anywhere}
.panel .wallet .panel-error{color:var(--bad)}
.wallet .panel-button{margin-block-start:8px;justify-self:center}`;
