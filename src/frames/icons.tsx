import type { Child } from "hono/jsx";

/** Drawn by us on a grid of 24, in the colour of the text around them; words beside them say what they mean. */
const Icon = ({ children, filled = false }: { children?: Child; filled?: boolean }) => (
  <svg class={filled ? "panel-icon filled" : "panel-icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

export const CheckIcon = () => (
  <Icon>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);
export const MailIcon = () => (
  <Icon>
    <rect x="3" y="5" width="18" height="14" rx="2.5" />
    <path d="m4 7.5 8 6 8-6" />
  </Icon>
);
export const CopyIcon = () => (
  <Icon>
    <rect x="9" y="9" width="11" height="11" rx="2.5" />
    <path d="M15 6.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h.5" />
  </Icon>
);
export const ShareIcon = () => (
  <Icon>
    <path d="M12 15V4m0 0L8 8m4-4 4 4M5 13v5a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2v-5" />
  </Icon>
);
export const GiftIcon = () => (
  <Icon>
    <path d="M4 11h16v8a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19zM3 7.5h18V11H3zM12 7.5v13M12 7.5S10.5 3 8 3.5 7.5 7.5 12 7.5m0 0S13.500 3 16 3.500 16.500 7.500 12 7.500" />
  </Icon>
);

const channelPaths: Record<number, Child> = {
  1: (
    <path d="M13.600 21v-7.600h2.700l.5-3.200h-3.200V8.200c0-.9.4-1.700 1.800-1.700h1.500V3.700s-1.300-.2-2.500-.2c-2.600 0-4.200 1.500-4.200 4.300v2.400H7.300v3.200h2.900V21z" />
  ),
  2: (
    <path d="M4 4h4.700l4 5.500L17.500 4H20l-6.100 7.200L20.500 20h-4.700l-4.400-6L6.200 20H3.700l6.600-7.700zm3.400 1.900H7l9.600 12.200h.9z" />
  ),
  3: (
    <path d="M5.200 3.800a1.900 1.900 0 1 1 0 3.800 1.900 1.900 0 0 1 0-3.800M3.600 9.200h3.200V20H3.600zm5.300 0H12v1.500c.5-.9 1.600-1.800 3.200-1.800 3.300 0 3.900 2.100 3.900 4.900V20h-3.200v-5.600c0-1.300 0-3-1.900-3s-2.100 1.400-2.100 2.900V20H8.900z" />
  ),
  5: (
    <path d="M12 3.500a8.500 8.500 0 0 0-7.300 12.800L3.500 20.500l4.300-1.100A8.500 8.500 0 1 0 12 3.500m0 1.800a6.700 6.700 0 1 1-3.600 12.400l-.3-.2-2.300.6.6-2.200-.2-.4A6.700 6.700 0 0 1 12 5.300M9.200 8c-.2 0-.5.1-.7.3-.3.300-.9.900-.9 2.100s.9 2.400 1 2.600c.1.100 1.700 2.700 4.200 3.700 2.100.8 2.500.6 3 .6s1.400-.6 1.600-1.200c.2-.6.2-1 .1-1.100l-.5-.3-1.500-.7c-.2-.1-.4-.1-.6.1l-.7.9c-.1.200-.3.200-.5.100a6 6 0 0 1-3.100-2.700c-.2-.3.200-.3.600-1.100.1-.1 0-.3 0-.4l-.8-1.700c-.2-.4-.4-.4-.6-.4z" />
  ),
};

export const ChannelIcon = ({ social_type }: { social_type: number }) =>
  channelPaths[social_type] ? <Icon filled>{channelPaths[social_type]}</Icon> : <MailIcon />;
