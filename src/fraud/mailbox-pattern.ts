/** Providers open to everybody. Two mailboxes at the same one have nothing in common. */
const FREE = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com aol.com icloud.com me.com mac.com
  gmx.de gmx.net gmx.com web.de t-online.de freenet.de mail.ru yandex.ru proton.me protonmail.com pm.me tuta.com zoho.com fastmail.com
  hotmail.co.uk yahoo.co.uk btinternet.com hotmail.fr yahoo.fr orange.fr free.fr laposte.net wanadoo.fr libero.it hotmail.it yahoo.it
  hotmail.es yahoo.es terra.com.br uol.com.br bol.com.br yahoo.com.br hotmail.com.br sapo.pt qq.com 163.com 126.com naver.com daum.net
  yahoo.co.jp docomo.ne.jp ezweb.ne.jp softbank.ne.jp comcast.net verizon.net att.net sbcglobal.net cox.net charter.net rediffmail.com
  yahoo.co.in outlook.de outlook.fr live.co.uk live.nl ziggo.nl kpnmail.nl telenet.be skynet.be bluewin.ch wp.pl o2.pl onet.pl seznam.cz`.split(
    /\s+/,
  ),
);

/** Services that give people random addresses to protect their own. */
const RELAYS = new Set(
  "privaterelay.appleid.com mozmail.com duck.com simplelogin.com slmail.me aleeas.com anonaddy.com anonaddy.me addy.io passmail.net passmail.com fastmail.fm".split(
    " ",
  ),
);

const STEM_MIN = 4;
const NAMES_MIN = 8;
/** Most first names are shorter than this, and many people share a first name. */
const FULL_NAME_MIN = 8;

/** Addresses that iCloud generates to hide a person's own: two words, then two characters including a digit. */
const HIDDEN = /^[a-z]{3,12}[._-][a-z]{3,12}[._-]?(?:\d[a-z0-9]|[a-z]\d)$|^\d[a-z0-9][._-][a-z]{3,12}[._-][a-z]{3,12}$/;

/** The patterns of a mailbox in canonical form. */
export function patternOf(mailbox: string) {
  const at = mailbox.lastIndexOf("@");
  const [local, domain] = [mailbox.slice(0, at), mailbox.slice(at + 1)];
  const isRelay =
    RELAYS.has(domain) ||
    [...RELAYS].some((relay) => domain.endsWith(`.${relay}`)) ||
    (domain === "icloud.com" && HIDDEN.test(local));
  const words = local.split(/[^\p{L}]+/u).filter((word) => word !== "");
  const letters = words.join("");
  return {
    domain,
    /**
     * The local part without digits and separators. Short stems are initials. Long stems have their letters sorted,
     * because a name may come first or last.
     */
    stem:
      isRelay || letters.length < STEM_MIN ? null : letters.length < NAMES_MIN ? letters : [...letters].sort().join(""),
    has_full_name: letters.length >= FULL_NAME_MIN || words.filter((word) => word.length >= 3).length >= 2,
    is_relay: isRelay,
    is_private: !FREE.has(domain) && !isRelay,
    is_generated: !isRelay && looksGenerated(local),
  };
}

const VOWELS = /[aeiouyàáâäãåèéêëìíîïòóôöõøùúûüæœ]/;
/** No name has this many consonants in a row, or this many switches between letters and digits. */
const CONSONANTS_MAX = 4;
const TURNS_MAX = 3;

/**
 * Whether a local part looks random: unpronounceable, or letters alternating with digits. Digits after a name do not
 * count.
 */
function looksGenerated(local: string): boolean {
  if (local.length < 7 || /[^\x20-\x7e]/.test(local)) return false;
  const turns = (local.match(/[a-z](?=\d)|\d(?=[a-z])/g) ?? []).length;
  if (turns >= TURNS_MAX) return true;
  return local.split(/[^a-z]+/).some((word) => word.length >= 6 && isUnpronounceable(word));
}

function isUnpronounceable(word: string) {
  let run = 0;
  let vowels = 0;
  let longest = 0;
  for (const letter of word) {
    const isVowel = VOWELS.test(letter);
    vowels += isVowel ? 1 : 0;
    run = isVowel ? 0 : run + 1;
    longest = Math.max(longest, run);
  }
  return (
    longest > CONSONANTS_MAX || vowels / word.length < 0.18 || RARE.filter((pair) => word.includes(pair)).length >= 2
  );
}

/** Letter pairs that almost no name in Latin script has. */
const RARE =
  "bq bx cj cv cx dx fq fv fx fz gq gv gx hx jb jc jf jg jl jm jp jq jr js jt jv jw jx jy jz kq kx mq mx pq pv px qb qc qd qe qf qg qh qj qk ql qm qn qo qp qr qs qt qv qw qx qy qz sx tq vb vc vf vg vh vj vk vm vp vq vt vw vx wq wv wx xd xg xj xk xn xq xr xz yq zb zf zj zq zr zv zx hq iq lx rx uq vd wj".split(
    " ",
  );
