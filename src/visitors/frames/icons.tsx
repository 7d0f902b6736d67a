import type { Child } from "hono/jsx";

/**
 * Our own icons on a 24 × 24 grid, in the color of the surrounding text. They are hidden from screen readers, because
 * the text beside them says the same.
 */
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
export const ClockIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5l3.5 2" />
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
    <path d="M4 11h16v8a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 19zM3 7.5h18V11H3zM12 7.5v13M12 7.5S10.5 3 8 3.5 7.5 7.5 12 7.5m0 0S13.5 3 16 3.5 16.5 7.5 12 7.5" />
  </Icon>
);

const channelPaths: Record<number, Child> = {
  1: (
    <path d="M13.6 21v-7.6h2.7l.5-3.2h-3.2V8.2c0-.9.4-1.7 1.8-1.7h1.5V3.7s-1.3-.2-2.5-.2c-2.6 0-4.2 1.5-4.2 4.3v2.4H7.3v3.2h2.9V21z" />
  ),
  2: <path d="M4 4h4.7l4 5.5L17.5 4H20l-6.1 7.2L20.5 20h-4.7l-4.4-6L6.2 20H3.7l6.6-7.7zm3.4 1.9H7l9.6 12.2h.9z" />,
  3: (
    <path d="M5.2 3.8a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8M3.6 9.2h3.2V20H3.6zm5.3 0H12v1.5c.5-.9 1.6-1.8 3.2-1.8 3.3 0 3.9 2.1 3.9 4.9V20h-3.2v-5.6c0-1.3 0-3-1.9-3s-2.1 1.4-2.1 2.9V20H8.9z" />
  ),
  5: (
    <path d="M12 3.5a8.5 8.5 0 0 0-7.3 12.8L3.5 20.5l4.3-1.1A8.5 8.5 0 1 0 12 3.5m0 1.8a6.7 6.7 0 1 1-3.6 12.4l-.3-.2-2.3.6.6-2.2-.2-.4A6.7 6.7 0 0 1 12 5.3M9.2 8c-.2 0-.5.1-.7.3-.3.3-.9.9-.9 2.1s.9 2.4 1 2.6c.1.1 1.7 2.7 4.2 3.7 2.1.8 2.5.6 3 .6s1.4-.6 1.6-1.2c.2-.6.2-1 .1-1.1l-.5-.3-1.5-.7c-.2-.1-.4-.1-.6.1l-.7.9c-.1.2-.3.2-.5.1a6 6 0 0 1-3.1-2.7c-.2-.3.2-.3.6-1.1.1-.1 0-.3 0-.4l-.8-1.7c-.2-.4-.4-.4-.6-.4z" />
  ),
};

export const ChannelIcon = ({ social_type }: { social_type: number }) =>
  channelPaths[social_type] ? <Icon filled>{channelPaths[social_type]}</Icon> : <MailIcon />;
