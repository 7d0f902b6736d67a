/** Fills in the browser's time zone. */
export function enhanceZones(root: ParentNode) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  for (const field of root.querySelectorAll<HTMLInputElement>("input[data-zone]")) field.value = timeZone;
}

/** Shows times in the browser's time zone for readers who did not choose one. The server writes these times in UTC. */
export function enhanceTimes(root: ParentNode) {
  const format = new Intl.DateTimeFormat("en", {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  });
  for (const time of root.querySelectorAll<HTMLTimeElement>("time[data-time]")) {
    time.title = time.textContent ?? "";
    time.textContent = format.format(new Date(time.dateTime));
  }
}
