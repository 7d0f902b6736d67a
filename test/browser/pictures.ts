import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "../../demo/api.ts";
import { startLocal } from "../../scripts/local.ts";
import { root } from "../../scripts/root.ts";
import { newSecret } from "../../scripts/secrets.ts";
import { openBrowser } from "./support/browser.ts";

// Takes the pictures of the home page that the README and the front page show. Needs `apt-get install ffmpeg`.
const FRONT = join(root, "src/visitors/front");
const README = join(root, "docs/screenshots/dashboard-home.jpg");
const LAPTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 590 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const SCHEMES = ["light", "dark"] as const;
const DAY_MS = 86_400_000;
const DAYS = 60;

const folder = mkdtempSync(join(tmpdir(), "referrals-pictures-"));
const vars = { OPERATOR_TOKEN: newSecret(), RATE_LIMITS: "off" };
const product = await startLocal({ port: 0, stateDir: join(folder, "state"), logs: false, crons: [], vars });
const browser = await openBrowser(true);
try {
  const member = { name: "Maya Ortiz", email: "maya@fernwoodcoffee.example", password: newSecret() };
  await fill(member);
  for (const colorScheme of SCHEMES) {
    const overview = await shot({ ...LAPTOP, colorScheme, deviceScaleFactor: 1.5 }, member, `overview-${colorScheme}`);
    encode(overview, join(FRONT, `overview-${colorScheme}.webp`), "-quality", "80");
    const phone = await shot({ ...PHONE, colorScheme }, member, `phone-${colorScheme}`);
    encode(phone, join(FRONT, `phone-${colorScheme}.webp`), "-quality", "80");
  }
  encode(await shot(LAPTOP, member, "readme"), README, "-q:v", "3");
} finally {
  await browser.close();
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** A coffee roaster's two brands after two good months. */
async function fill(member: { email: string; name: string; password: string }) {
  const visitor = openApi(product.url);
  const { id } = await visitor.post<{ id: number }>("/members", member);
  const operator = visitor.as({ Authorization: `Bearer ${vars.OPERATOR_TOKEN}` });
  await operator.put(`/operator/members/${id}/plan`, { plan_id: 3, plan_expiry: "2099-01-01T00:00:00.000Z" });
  const { token } = await visitor.post<{ token: string }>("/auth/token", member);
  const api = visitor.as({ Authorization: `Bearer ${token}` });
  const db = await product.runtime.getD1Database("DB");
  await db.prepare("UPDATE members SET is_verified = 1").run();
  for (const [n, url] of ["https://fernwoodcoffee.example", "https://fernwoodtea.example"].entries()) {
    const brand = await api.post<{ id: number }>("/brands", { url });
    const campaign = await api.post<{ id: number }>("/campaigns", {
      brand_id: brand.id,
      name: "Give $10, get $10",
      publish: "public",
      num_signups: 1,
      reward_type: 1,
    });
    await api.post(`/campaigns/${campaign.id}/coupons`, {
      codes: Array.from({ length: 400 }, (_, code) => `FERN-${n}-${code}`),
    });
    for (let day = 0; day < DAYS; day++) {
      const signups = Math.round(
        (14 + day / 4 + 5 * Math.sin(day / 4 + n) + 2 * Math.sin(day)) * (n === 0 ? 1.4 : 0.8),
      );
      const referrals = Math.round(signups * 0.54);
      await db
        .prepare(
          "INSERT INTO campaign_days (campaign_id, day, signups, referrals, shares, clicks, impressions, revenue) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(
          campaign.id,
          new Date(Date.now() - (DAYS - 1 - day) * DAY_MS).toISOString().slice(0, 10),
          signups,
          referrals,
          signups * 2,
          Math.round(referrals * 4.2),
          signups * 6,
          referrals * 2_800,
        )
        .run();
    }
    await db
      .prepare("UPDATE campaign_stats SET total_participants = 900, rewards_pending = 26 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
  }
}

async function shot(options: object, { email, password }: { email: string; password: string }, name: string) {
  const person = await browser.person({ ...options, reducedMotion: "reduce" });
  const page = await person.newPage();
  await page.goto(`${product.url}/home`);
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await page.locator(".chart").waitFor();
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path });
  await person.close();
  return path;
}

function encode(from: string, to: string, ...options: string[]) {
  execFileSync("ffmpeg", ["-loglevel", "error", "-y", "-i", from, ...options, to]);
}
