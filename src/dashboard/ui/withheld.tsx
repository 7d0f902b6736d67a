import { type WithheldFor, withheldReasons } from "../../campaigns/sending/may-send";
import { shownDomain } from "../../lib/domain";

type Props = { reason: WithheldFor; brand: { id: number; domain: string } };

/** Why a brand's campaigns send no email, and where to fix it. */
export const Withheld = ({ reason, brand }: Props) => {
  if (reason === "domain_unproven")
    return (
      <>
        Emails wait until you prove that {shownDomain(brand.domain)} is yours.{" "}
        <a href={`/brands/${brand.id}/settings#domain`}>Verify domain</a>.
      </>
    );
  if (reason === "member_unverified")
    return (
      <>
        Emails wait until you verify your email address. <a href="/account">Verify email</a>.
      </>
    );
  return <>Emails wait: {withheldReasons[reason].charAt(0).toLowerCase() + withheldReasons[reason].slice(1)}</>;
};
