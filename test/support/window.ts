const minuteNow = () => Math.floor(Date.now() / 60_000);

/** Rate limits use the clock's minutes. Work that spans two minutes is repeated for a new caller. */
export async function inOneWindow<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    const minute = minuteNow();
    const done = await work();
    if (minuteNow() === minute) return done;
  }
}
