import type { wordsOf } from "../../campaigns/widget/widget";
import { Rich } from "../../lib/html";
import { fill } from "../../texts/text";
import { addressOf, channelsAllowed, withLink } from "./channels";
import { ClosedNotice } from "./closed";
import { Credit } from "./credit";
import { ChannelIcon, CheckIcon, CopyIcon, ShareIcon } from "./icons";
import { InviteForm } from "./invite";
import { Leaders } from "./leaderboard";
import type { PanelProps, PanelState } from "./panel";
import { Place } from "./place";
import { Progress } from "./progress";
import { Promises } from "./promises";
import { Rewards } from "./rewards";

type ShareProps = PanelProps & { words: ReturnType<typeof wordsOf>; state: PanelState; level: number };

/** The participant's step. It is always rendered, because the script fills the same elements after a signup. */
export function ShareStep({ config, texts, words, state, level, language }: ShareProps) {
  const me = state.step === "share" ? state.me : null;
  const id = `panel-${config.campaign_id}`;
  return (
    <div class="panel-step panel-share" data-step-of="share" hidden={me === null}>
      <div class="panel-welcome">
        <span class="panel-badge">
          <CheckIcon />
        </span>
        {/* biome-ignore lint/a11y/useSemanticElements: a setting may hold elements that a heading cannot. */}
        <div class="panel-done" role="heading" aria-level={level + 1} tabindex={-1} data-focus>
          <Rich text={words.success_message} />
        </div>
      </div>

      <ClosedNotice config={config} texts={texts} />

      <Place me={me} waitlist={config.waitlist} texts={texts} language={language} />
      <Credit me={me} texts={texts} language={language} />
      <Rewards me={me} texts={texts} language={language} level={level + 2} />

      <div class="panel-link">
        <label for={`${id}-link`}>{texts.your_link}</label>
        <div class="panel-copy">
          <input id={`${id}-link`} type="text" readonly dir="ltr" value={me?.share_url ?? ""} data-link />
          <button class="panel-button" type="button" data-copy hidden>
            <CopyIcon />
            <span data-copy-label>{texts.copy}</span>
          </button>
        </div>
      </div>
      <div class="panel-link" data-code-box hidden={!me?.checkout_code}>
        <span class="panel-label">{texts.your_code}</span>
        <p class="panel-coupon">
          <code dir="ltr" data-code>
            {me?.checkout_code}
          </code>
          <button class="panel-quiet" type="button" data-copy-coupon hidden>
            <CopyIcon />
            <span data-copy-label>{texts.copy}</span>
          </button>
        </p>
      </div>

      <ul class="panel-channels">
        <li hidden data-native>
          <button class="panel-channel" type="button" data-share data-message={texts.share_message}>
            <ShareIcon />
            <span>{texts.share}</span>
          </button>
        </li>
        {channelsAllowed(config.widget.socials_allowed).map(({ social_type, name, href }) => {
          const address = addressOf(href, texts, config.campaign_name);
          const link = me?.links.find((one) => one.social_type === social_type)?.url ?? me?.share_url;
          return (
            <li>
              <a
                class="panel-channel"
                href={link && withLink(address, link)}
                data-channel={String(social_type)}
                data-address={address}
                target="_blank"
                rel="noopener noreferrer"
                aria-label={name ? fill(texts.share_on, { channel: name }) : texts.by_email}
              >
                <ChannelIcon social_type={social_type} />
                <span>{name ?? texts.by_email}</span>
              </a>
            </li>
          );
        })}
      </ul>

      <Progress
        me={me}
        goal={me?.goal ?? { ...config.goal, current: 0, met: false }}
        texts={texts}
        language={language}
      />
      <Promises rules={config.rules} texts={texts} language={language} />

      {config.leaderboard && (
        <Leaders
          goal={config.goal.type}
          leaders={state.step === "share" ? state.leaders : undefined}
          texts={texts}
          language={language}
        />
      )}
      {config.allow_email && <InviteForm texts={texts} id={id} hidden />}
      <details class="panel-more">
        <summary>{texts.qr_code}</summary>
        <img
          class="panel-qr"
          src={me ? `/qr/${me.referral_code}.svg` : undefined}
          alt={texts.your_link}
          width="200"
          height="200"
          loading="lazy"
          data-qr
        />
      </details>
      <p class="panel-foot" data-forget hidden>
        <bdi data-hello>{me?.name ? fill(texts.hello, { name: me.name }) : ""}</bdi>{" "}
        <button class="panel-quiet" type="button">
          {texts.not_you}
        </button>
      </p>
    </div>
  );
}
