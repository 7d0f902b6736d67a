/** The command was not understood. Its message says what is wrong. */
export class UsageError extends Error {}

export const HELP = `The referral platform on the command line.

  referrals login [--url URL] [--key KEY]     Keep a key of your account on this computer
  referrals logout                            Forget it
  referrals whoami                            Show whose key it is
  referrals campaigns                         List campaigns
  referrals analytics --campaign ID           Show how a campaign is doing
            [--from DAY] [--to DAY]           In these days, not the last 30
            [--by channel]                    Or utm_source, utm_medium, utm_campaign, referrer, country, device
  referrals import FILE.csv --campaign ID     Import participants, and wait for it
            [--kind coupons]                  Coupon codes instead
            [--dry-run]                       Only say what would happen
            [--emails] [--webhooks]           Tell new participants, or your systems
            [--upsert]                        Update existing participants; sends emails, cannot be undone
  referrals import --undo ID                  Undo an import
  referrals export KIND [--out FILE]          Save participants, rewards, conversions, or coupons
            [--campaign ID] [--status STATUS] [--format jsonl]
            [--filter NAME=VALUE]             Any filter of the list in the API, also several
  referrals events tail [--campaign ID]       Print events as they happen
            [--type TYPE] [--after SEQUENCE]
  referrals listen --forward URL              Send events to a server on this computer, signed as webhooks are
            [--campaign ID] [--type TYPE]
  referrals trigger TYPE --forward URL        Send a sample event there
  referrals help                              Show this text

Options of every command:
  --json     Print JSON, one value per line
  --url      The installation, such as https://referrals.example.com; or REFERRALS_URL
  --key      A key of your account; or REFERRALS_API_KEY

Exit codes: 0 done, 1 refused or failed, 2 not understood.`;
