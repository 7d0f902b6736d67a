import type { Session } from "../../auth/sessions/session";
import { shownEmail } from "../../lib/email-address";
import { Icon } from "../../lib/icon";
import { Mark } from "../../lib/mark";
import { isForAll } from "./brand-places";
import { menu, type Section } from "./menu";
import { Picture } from "./picture";

/** The full menu for people who see all brands, or the part that others may open. */
const menuOf = ({ brand_ids }: Session) =>
  menu
    .map(([name, entries]) => [name, entries.filter(([path]) => brand_ids === null || isForAll(path))] as const)
    .filter(([, entries]) => entries.length > 0);

/** The bar above the page on small screens, with the menu button. */
export const Bar = () => (
  <header class="top-bar">
    <button type="button" class="icon-button" popovertarget="side" aria-label="Open menu">
      <Icon of="menu" size={20} />
    </button>
    <Mark href="/home" />
    <a class="icon-button" href="/search" aria-label="Search" data-find>
      <Icon of="search" size={20} />
    </a>
  </header>
);

/** The account, the search, and the menu: next to the page, or in front of it on small screens. */
export const Side = ({ session, section }: { session: Session; section: Section }) => (
  <aside class="side" id="side" popover="auto">
    <Mark href="/home" />
    <Switcher session={session} />
    <a class="find" href="/search" data-find>
      <Icon of="search" />
      <span>Search</span>
      <kbd>Ctrl K</kbd>
    </a>
    <nav aria-label="Main" class="sections">
      {menuOf(session).map(([name, entries]) => (
        <div class="menu-group">
          {name && <p class="menu-group-name">{name}</p>}
          {entries.map(([path, label, icon]) => (
            <a href={path} aria-current={path === section ? "page" : undefined}>
              <Icon of={icon} />
              {label}
              {path === "/reviews" && <Waiting n={session.open_reviews} />}
            </a>
          ))}
        </div>
      ))}
    </nav>
  </aside>
);

/** How many reviews are waiting. The session counts up to a hundred. */
const Waiting = ({ n }: { n: number }) =>
  n === 0 ? null : (
    <span class="menu-count">
      {n > 99 ? "99+" : n}
      <span class="unseen"> open</span>
    </span>
  );

const Switcher = ({ session }: { session: Session }) => (
  <details class="account" data-menu>
    <summary class="who">
      <Picture url={session.person_photo} name={session.person_name} isRound />
      <span>
        <span class="account-name">{session.account_name}</span>
        <span class="quiet">{shownEmail(session.person_email)}</span>
      </span>
      <Icon of="chevrons-up-down" />
    </summary>
    <div class="menu">
      <a href="/account">
        <Icon of="settings" />
        Your account
      </a>
      {session.further_accounts > 0 && (
        <a href="/account/switch">
          <Icon of="arrow-left-right" />
          Switch account
        </a>
      )}
      <a href="/source">
        <Icon of="code" />
        Source code
      </a>
      <form method="post" action="/sign-out">
        <button type="submit">
          <Icon of="log-out" />
          Sign out
        </button>
      </form>
    </div>
  </details>
);
