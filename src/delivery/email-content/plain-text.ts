import type { Link, Parts } from "./email-parts";

/** The plain-text version: the same texts, with all URLs written out. */
export function textOf({
  message,
  panel,
  progress,
  rows = [],
  shares,
  button,
  sender,
  reason,
  unsubscribe,
}: Parts): string {
  const footer = [reason, sender.url ? `${sender.name} · ${sender.url}` : sender.name, written(unsubscribe)];
  const parts = [
    message.text,
    panel && said([panel.label, panel.value, panel.note ?? null], "\n"),
    progress && `${progress.label}\n${progress.said}\n${progress.note}`,
    rows
      .map(({ label, value, note }) =>
        [value ? `${label}: ${value}` : label, note && `(${note})`].filter(Boolean).join(" "),
      )
      .join("\n"),
    shares && said([shares.label, ...shares.links.map(written)], "\n"),
    written(button),
    said(["-- ", ...footer], "\n"),
  ];
  return `${said(parts, "\n\n")}\n`;
}

const written = (link: Link | null) => link && `${link.label}\n${link.url}`;
const said = (parts: (string | null)[], between: string) => parts.filter(Boolean).join(between);
