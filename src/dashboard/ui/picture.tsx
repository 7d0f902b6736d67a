import { isWordmarkAt } from "../../lib/image-key";

/**
 * A brand's logo or a person's photo, or the first letter of the name. It is hidden from screen readers, because the
 * name is beside it. A wordmark would repeat the name, too small to read.
 */
export const Picture = ({ url, name, isRound = false }: { url: string | null; name: string; isRound?: boolean }) => {
  const kind = isRound ? "picture round" : "picture";
  return url && (isRound || !isWordmarkAt(url)) ? (
    <img class={kind} src={url} alt="" width="24" height="24" loading="lazy" referrerpolicy="no-referrer" />
  ) : (
    <span class={`${kind} letter`} aria-hidden="true">
      {[...name][0]}
    </span>
  );
};
