/** A brand's logo, or the first letter of its domain. It stands beside its name, so nobody needs to be told of it. */
export const Logo = ({ url, domain }: { url: string | null; domain: string }) =>
  url ? (
    <img class="logo" src={url} alt="" width="24" height="24" loading="lazy" referrerpolicy="no-referrer" />
  ) : (
    <span class="logo letter" aria-hidden="true">
      {domain.charAt(0)}
    </span>
  );
