import { QR_CODE } from "../../ledger/records/referral-code";
import type { Texts } from "../../texts/text";
import type { Me } from "./me";

/** The QR code for the participant's link, and a file to download. Its link counts as its own channel. */
export function QrCode({ me, texts }: { me: Me | null; texts: Texts }) {
  const scanned = me?.links.find(({ social_type }) => social_type === QR_CODE)?.url.split("/t/")[1];
  const code = scanned ?? me?.referral_code;
  return (
    <details class="panel-more">
      <summary>{texts.qr_code}</summary>
      <img
        class="panel-qr"
        src={code && `/qr/${code}.svg`}
        alt={texts.your_link}
        width="200"
        height="200"
        loading="lazy"
        data-qr
      />
      <a class="panel-quiet" href={code && `/qr/${code}.png`} download="qr-code.png" data-qr-file>
        {texts.qr_download}
      </a>
    </details>
  );
}
