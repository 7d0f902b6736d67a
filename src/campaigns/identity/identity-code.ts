/** Code that signs an identity on the host site's server, in the most common languages. */
export const identityCode = {
  "Node.js": `import { createHmac } from "node:crypto";

export function referralIdentity(campaignId, customer) {
  const time = Math.floor(Date.now() / 1000);
  const text = [campaignId, time, customer.id, customer.email].join("\\n");
  const mac = createHmac("sha256", process.env.REFERRALS_IDENTITY_SECRET).update(text).digest("hex");
  return { external_id: String(customer.id), email: customer.email, hash: \`\${time}.\${mac}\` };
}`,
  PHP: `function referral_identity($campaign_id, $customer) {
    $time = time();
    $text = implode("\\n", [$campaign_id, $time, $customer['id'], $customer['email']]);
    $mac = hash_hmac('sha256', $text, getenv('REFERRALS_IDENTITY_SECRET'));
    return ['external_id' => (string) $customer['id'], 'email' => $customer['email'], 'hash' => "$time.$mac"];
}`,
  Ruby: `require "openssl"

def referral_identity(campaign_id, customer)
  time = Time.now.to_i
  text = [campaign_id, time, customer[:id], customer[:email]].join("\\n")
  mac = OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("REFERRALS_IDENTITY_SECRET"), text)
  { external_id: customer[:id].to_s, email: customer[:email], hash: "#{time}.#{mac}" }
end`,
  Python: `import hashlib, hmac, os, time

def referral_identity(campaign_id, customer):
    now = int(time.time())
    text = "\\n".join(str(part) for part in [campaign_id, now, customer["id"], customer["email"]])
    mac = hmac.new(os.environ["REFERRALS_IDENTITY_SECRET"].encode(), text.encode(), hashlib.sha256).hexdigest()
    return {"external_id": str(customer["id"]), "email": customer["email"], "hash": f"{now}.{mac}"}`,
} as const;
