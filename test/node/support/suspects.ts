import type { Api } from "../../../demo/api.ts";

const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
const NAMES = ["olivia.smith", "liam.garcia", "emma.jones", "noah.davis", "amelia.lopez", "oliver.moore"];

/** Signs up a referrer with suspicious friends from one browser. @returns an open review */
export async function suspected(url: string, api: Api, campaign_id: number) {
  const join = async (name: string, ref?: string) => {
    const answer = await fetch(`${url}/api/widget/signup`, {
      method: "POST",
      body: JSON.stringify({ campaign_id, email: `${name}@gmail.com`, ref }),
      headers: {
        "Content-Type": "application/json",
        "CF-Connecting-IP": "81.2.69.142",
        "User-Agent": CHROME,
        "Accept-Language": "en-GB,en;q=0.9",
      },
    });
    return ((await answer.json()) as { data: { referral_code: string } }).data.referral_code;
  };
  const [first = "", ...friends] = NAMES;
  const code = await join(first);
  for (const friend of friends) await join(friend, code);
  // The ledger opens reviews of earlier friends after its response.
  for (;;) {
    const { reviews } = await api.get<{ reviews: { id: number; state: string }[] }>(
      `/reviews?campaign_id=${campaign_id}`,
    );
    if (reviews[0]) return reviews[0];
  }
}
