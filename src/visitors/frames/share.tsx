import type { wordsOf } from "../../campaigns/widget/widget";
import { Rich } from "../../lib/html";
import { fill } from "../../texts/text";
import { ClosedNotice, isOver } from "./closed";
import { Credit } from "./credit";
import { Friends } from "./friends";
import { CheckIcon, ClockIcon, CopyIcon } from "./icons";
import { InviteForm } from "./invite";
import { Ladder, promisedBesides } from "./ladder";
import { Leaders } from "./leaderboard";
import { OwnWord } from "./own-word";
import type { PanelProps, PanelState } from "./panel";
import { Place } from "./place";
import { Progress } from "./progress";
import { Promises } from "./promises";
import { QrCode } from "./qr-code";
import { Rewards } from "./rewards";
import { ShareChannels } from "./share-channels";

type ShareProps = PanelProps & { words: ReturnType<typeof wordsOf>; state: PanelState; level: number };

/** The participant's step. Always rendered, because the script fills in the same elements after a signup. */
export function ShareStep({ config, texts, words, state, level, language }: ShareProps) {
  const me = state.step === "share" ? state.me : null;
  const id = `panel-${config.campaign_id}`;
  return (
    <div class="panel-step panel-share" data-step-of="share" hidden={me === null}>
      <div class="panel-welcome">
        <span class="panel-badge">{isOver(config) ? <ClockIcon /> : <CheckIcon />}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a setting may hold elements that a heading cannot. */}
        <div class="panel-done" role="heading" aria-level={level + 1} tabindex={-1} data-focus>
          {isOver(config) ? texts.closed_ended : <Rich text={words.success_message} />}
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

      <ShareChannels config={config} texts={texts} me={me} />
      {config.widget.own_words && <OwnWord texts={texts} id={id} />}

      <Progress
        me={me}
        goal={me?.goal ?? { ...config.goal, current: 0, met: false }}
        texts={texts}
        language={language}
      />
      <Ladder config={config} current={me?.goal.current ?? 0} texts={texts} language={language} />
      <Friends friends={me?.friends} texts={texts} />
      <Promises rules={promisedBesides(config)} texts={texts} language={language} />

      {config.leaderboard && (
        <Leaders
          goal={config.goal.type}
          leaders={state.step === "share" ? state.leaders : undefined}
          texts={texts}
          language={language}
        />
      )}
      {config.allow_email && <InviteForm texts={texts} id={id} hidden />}
      <QrCode me={me} texts={texts} />
      <p class="panel-foot" data-forget hidden>
        <bdi data-hello>{me?.name ? fill(texts.hello, { name: me.name }) : ""}</bdi>{" "}
        <button class="panel-quiet" type="button">
          {texts.not_you}
        </button>
      </p>
    </div>
  );
}
