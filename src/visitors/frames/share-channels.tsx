import {
  addressOf,
  type Channel,
  channelName,
  channelsAllowed,
  firstName,
  messageFor,
  withLink,
} from "../../campaigns/widget/channels";
import { fill, type Texts } from "../../texts/text";
import type { WidgetConfig } from "../widget-api/widget-config";
import { ChannelIcon, CopyIcon, ShareIcon } from "./icons";
import type { Me } from "./me";

type ChannelsProps = { config: WidgetConfig; texts: Texts; me: Me | null };

/** The share buttons. Most of them also work without the script. */
export function ShareChannels({ config, texts, me }: ChannelsProps) {
  const allowed = channelsAllowed(config.widget.socials_allowed);
  const isChosen = config.widget.socials_allowed.length > 0;
  const [first, more] = [allowed.filter((one) => isChosen || one.place !== "more"), isChosen ? [] : allowed.slice(7)];
  const message = messageFor(config, texts, 6);
  const name = firstName(me?.name ?? null, texts);
  const link = (channel: Channel) => <ChannelLink channel={channel} config={config} texts={texts} me={me} />;
  return (
    <>
      <ul class="panel-channels">
        <li hidden data-native>
          <button class="panel-channel" type="button" data-share data-message={message}>
            <ShareIcon />
            <span>{texts.share}</span>
          </button>
        </li>
        {first.map(link)}
        <li hidden data-copies>
          <button class="panel-channel" type="button" data-copy-message>
            <CopyIcon />
            <span data-copy-label>{texts.copy_message}</span>
          </button>
        </li>
      </ul>
      <span class="panel-sr" aria-hidden="true" data-whole-message>
        {me && `${message.replaceAll("{name}", name)} ${me.share_url}`}
      </span>
      {more.length > 0 && (
        <details class="panel-more">
          <summary>{texts.more_channels}</summary>
          <ul class="panel-channels">{more.map(link)}</ul>
        </details>
      )}
    </>
  );
}

function ChannelLink({ channel, config, texts, me }: ChannelsProps & { channel: Channel }) {
  const { social_type, href, place } = channel;
  const name = channelName(channel, texts);
  const address = addressOf(href, messageFor(config, texts, social_type), config.campaign_name);
  const link = me?.links.find((one) => one.social_type === social_type)?.url ?? me?.share_url;
  return (
    <li class={place === "phone" ? "phone" : undefined}>
      <a
        class="panel-channel"
        href={link && withLink(address, link, firstName(me?.name ?? null, texts))}
        data-channel={String(social_type)}
        data-address={address}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={name === channel.name ? fill(texts.share_on, { channel: name }) : name}
      >
        <ChannelIcon social_type={social_type} />
        <span>{name}</span>
      </a>
    </li>
  );
}
