/** The product's mark and name, as in its icon (`src/docs/browser/icon.svg`). */
export const Mark = ({ href }: { href?: string }) => {
  const inside = (
    <>
      <svg class="mark-picture" viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="8" />
        <path d="M10.5 24.5V9M10.5 18c0-5 2.6-7.6 7.6-7.6" />
        <circle cx="22" cy="10.4" r="3.8" />
      </svg>
      Referrals
    </>
  );
  return href ? (
    <a class="mark" href={href}>
      {inside}
    </a>
  ) : (
    <p class="mark">{inside}</p>
  );
};
