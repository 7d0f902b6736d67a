import { z } from "zod";
import { Icon } from "../../lib/icon";
import { createPages } from "../doors/pages";
import { show } from "../ui/layout";
import { Empty, Head } from "../ui/parts";
import { type Hits, search } from "./search";

const PATH = "/search";

export const searchPages = createPages([PATH]);

const Q_MAX = 200;
const Query = z.object({ q: z.string().trim().max(Q_MAX).catch("") });

/** The search page. The command menu shows its results in a dialog (`browser/command.ts`). */
searchPages.get(PATH, async (c) => {
  const { q } = Query.parse({ q: c.req.query("q") ?? "" });
  const hits = await search(c.var.ctx, q);
  const body = (
    <>
      <Head title="Search" />
      <search>
        <form method="get" action={PATH} class="search">
          <input
            type="search"
            name="q"
            value={q}
            maxlength={Q_MAX}
            aria-label="Search"
            placeholder="Participants, campaigns, brands, webhooks, pages"
            autocomplete="off"
            autofocus
          />
          <button type="submit" class="button">
            Search
          </button>
        </form>
      </search>
      <div id="found" class="found">
        <Found hits={hits} q={q} />
      </div>
    </>
  );
  return show(c, { title: "Search", section: PATH, body });
});

const Found = ({ hits, q }: { hits: Hits; q: string }) => (
  <>
    {hits.map(({ name, hits: found }) => (
      <section aria-label={name}>
        <p class="menu-group-name">{name}</p>
        {found.map(({ path, label, about, icon }) => (
          <a href={path}>
            <Icon of={icon} />
            <span>{label}</span>
            {about && <span class="quiet">{about}</span>}
          </a>
        ))}
      </section>
    ))}
    {hits.length === 0 && <Empty title="No matches" icon="search" />}
    {q !== "" && (
      <section aria-label="More">
        <a href={`/participants?${new URLSearchParams({ name: q })}`}>
          <Icon of="search" />
          <span>Search all participants for “{q}”</span>
        </a>
      </section>
    )}
  </>
);
