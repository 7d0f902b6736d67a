import type { Child } from "hono/jsx";

export const ColumnList = ({ columns }: { columns: [name: string, about: Child][] }) => (
  <dl class="columns">
    {columns.map(([name, about]) => (
      <div>
        <dt>
          <code>{name}</code>
        </dt>
        <dd>{about}</dd>
      </div>
    ))}
  </dl>
);
