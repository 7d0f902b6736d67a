import { raw } from "hono/html";
import activity from "lucide/dist/esm/icons/activity.mjs";
import arrowDown from "lucide/dist/esm/icons/arrow-down.mjs";
import arrowLeftRight from "lucide/dist/esm/icons/arrow-left-right.mjs";
import arrowUp from "lucide/dist/esm/icons/arrow-up.mjs";
import bookOpen from "lucide/dist/esm/icons/book-open.mjs";
import check from "lucide/dist/esm/icons/check.mjs";
import chevronDown from "lucide/dist/esm/icons/chevron-down.mjs";
import chevronRight from "lucide/dist/esm/icons/chevron-right.mjs";
import chevronsUpDown from "lucide/dist/esm/icons/chevrons-up-down.mjs";
import circleAlert from "lucide/dist/esm/icons/circle-alert.mjs";
import circleCheck from "lucide/dist/esm/icons/circle-check.mjs";
import code from "lucide/dist/esm/icons/code.mjs";
import creditCard from "lucide/dist/esm/icons/credit-card.mjs";
import download from "lucide/dist/esm/icons/download.mjs";
import externalLink from "lucide/dist/esm/icons/external-link.mjs";
import flaskConical from "lucide/dist/esm/icons/flask-conical.mjs";
import funnel from "lucide/dist/esm/icons/funnel.mjs";
import gift from "lucide/dist/esm/icons/gift.mjs";
import house from "lucide/dist/esm/icons/house.mjs";
import image from "lucide/dist/esm/icons/image.mjs";
import inbox from "lucide/dist/esm/icons/inbox.mjs";
import info from "lucide/dist/esm/icons/info.mjs";
import keyRound from "lucide/dist/esm/icons/key-round.mjs";
import logOut from "lucide/dist/esm/icons/log-out.mjs";
import mail from "lucide/dist/esm/icons/mail.mjs";
import megaphone from "lucide/dist/esm/icons/megaphone.mjs";
import menu from "lucide/dist/esm/icons/menu.mjs";
import plus from "lucide/dist/esm/icons/plus.mjs";
import redo from "lucide/dist/esm/icons/redo-2.mjs";
import scrollText from "lucide/dist/esm/icons/scroll-text.mjs";
import search from "lucide/dist/esm/icons/search.mjs";
import settings from "lucide/dist/esm/icons/settings.mjs";
import store from "lucide/dist/esm/icons/store.mjs";
import ticket from "lucide/dist/esm/icons/ticket.mjs";
import trash from "lucide/dist/esm/icons/trash.mjs";
import triangleAlert from "lucide/dist/esm/icons/triangle-alert.mjs";
import trophy from "lucide/dist/esm/icons/trophy.mjs";
import undo from "lucide/dist/esm/icons/undo-2.mjs";
import upload from "lucide/dist/esm/icons/upload.mjs";
import userRound from "lucide/dist/esm/icons/user-round.mjs";
import userRoundPlus from "lucide/dist/esm/icons/user-round-plus.mjs";
import users from "lucide/dist/esm/icons/users.mjs";
import webhook from "lucide/dist/esm/icons/webhook.mjs";
import x from "lucide/dist/esm/icons/x.mjs";

/** The icons in use. The build inlines only these. */
const ICONS = {
  activity,
  "arrow-down": arrowDown,
  "arrow-left-right": arrowLeftRight,
  "arrow-up": arrowUp,
  "book-open": bookOpen,
  check,
  "chevron-down": chevronDown,
  "chevron-right": chevronRight,
  "chevrons-up-down": chevronsUpDown,
  "circle-alert": circleAlert,
  "circle-check": circleCheck,
  code,
  "credit-card": creditCard,
  download,
  "external-link": externalLink,
  "flask-conical": flaskConical,
  funnel,
  gift,
  house,
  image,
  inbox,
  info,
  "key-round": keyRound,
  "log-out": logOut,
  mail,
  megaphone,
  menu,
  plus,
  redo,
  "scroll-text": scrollText,
  search,
  settings,
  store,
  ticket,
  trash,
  "triangle-alert": triangleAlert,
  trophy,
  undo,
  upload,
  "user-round": userRound,
  "user-round-plus": userRoundPlus,
  users,
  webhook,
  x,
} as const;
export type IconName = keyof typeof ICONS;

const drawn = (name: IconName) =>
  ICONS[name]
    .map(([tag, attributes]) => {
      const written = Object.entries(attributes).map(([key, value]) => `${key}="${value}"`);
      return `<${tag} ${written.join(" ")}/>`;
    })
    .join("");

/** An icon next to text with the same meaning. Screen readers skip it. */
export const Icon = ({ of, size = 16 }: { of: IconName; size?: 16 | 20 | 32 }) => (
  <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
    {raw(drawn(of))}
  </svg>
);
