/** The command is invalid. The message explains the problem. */
export class UsageError extends Error {}

export const HELP = `The referral platform on the command line.

  referrals login [--url URL] [--key KEY]     Save an API key on this computer
  referrals logout                            Delete the saved key
  referrals whoami                            Show the key's account
  referrals campaigns                         List campaigns
  referrals analytics --campaign ID           Show a campaign's numbers
            [--from DAY] [--to DAY]           Days to show; the last 30 by default
            [--by channel]                    Or utm_source, utm_medium, utm_campaign, referrer, country, device
  referrals import FILE.csv --campaign ID     Import participants, and wait until it is done
            [--kind coupons]                  Coupon codes instead
            [--dry-run]                       Only show what would happen
            [--emails] [--webhooks]           Email new participants; send webhooks
            [--upsert]                        Update existing participants; sends emails, cannot be undone
  referrals import --undo ID                  Undo an import
  referrals export KIND [--out FILE]          Save participants, rewards, conversions, or coupons
            [--campaign ID] [--status STATUS] [--format jsonl]
            [--filter NAME=VALUE]             Any filter of the API's list; repeatable
  referrals events tail [--campaign ID]       Print events as they happen
            [--type TYPE] [--after SEQUENCE]
  referrals listen --forward URL              Send events to a server on this computer, signed like webhooks
            [--campaign ID] [--type TYPE]
  referrals trigger TYPE --forward URL        Send a sample event there
  referrals help                              Show this text

Options of every command:
  --json     Print JSON, one value per line
  --url      The installation, such as https://referrals.example.com; or REFERRALS_URL
  --key      A key of your account; or REFERRALS_API_KEY

Exit codes: 0 success, 1 refused or failed, 2 invalid command.`;
