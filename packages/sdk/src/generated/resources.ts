// Written by `npm run sdk` from the OpenAPI document.
import type { Paged } from "../paged.js";
import type { RequestOptions } from "../request.js";
import type { components, operations } from "./schemas.js";

export type Schemas = components["schemas"];
type Query<Id extends keyof operations> = NonNullable<operations[Id]["parameters"]["query"]>;

/** What an endpoint receives, told apart by `type`. */
export type WebhookEvent =
  | Schemas["ParticipantSignupEvent"]
  | Schemas["ParticipantAttributedEvent"]
  | Schemas["ParticipantConfirmedEvent"]
  | Schemas["ParticipantAdmittedEvent"]
  | Schemas["ParticipantPendingEvent"]
  | Schemas["ParticipantBlockedEvent"]
  | Schemas["ParticipantUpdatedEvent"]
  | Schemas["ParticipantErasedEvent"]
  | Schemas["ParticipantShareEvent"]
  | Schemas["ConversionCreatedEvent"]
  | Schemas["ConversionRefundedEvent"]
  | Schemas["ConversionRefund_reversedEvent"]
  | Schemas["RewardHeldEvent"]
  | Schemas["RewardPendingEvent"]
  | Schemas["RewardFulfilledEvent"]
  | Schemas["RewardRevokedEvent"]
  | Schemas["RewardExpiredEvent"]
  | Schemas["CreditRedeemedEvent"]
  | Schemas["ReviewOpenedEvent"]
  | Schemas["ReviewDecidedEvent"]
  | Schemas["CouponsLowEvent"]
  | Schemas["CouponsExhaustedEvent"]
  | Schemas["ContestEndedEvent"]
  | Schemas["WebhookTestEvent"];

export interface ApiKeys {
  /** Create an API key
   * 
   * Older keys stay valid until they are revoked. An account can have 100 keys. When a team member leaves, the keys they created stop working. */
  create(options?: RequestOptions): Promise<Schemas["MintedKey"]>;
  /** Get the newest API key, masked
   * 
   * Only the first characters are shown. The full key is shown once, when it is created. */
  get(options?: RequestOptions): Promise<Schemas["ApiKey"]>;
  /** List API keys
   * 
   * The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(query?: Query<"listApiKeys">, options?: RequestOptions): Paged<Schemas["ApiKeyList"], Schemas["ApiKeyList"]["api_keys"][number]>;
  /** Revoke an API key
   * 
   * Takes effect immediately. A key can revoke itself. */
  revoke(id: number, options?: RequestOptions): Promise<Schemas["RevokedKey"]>;
}

export interface Brands {
  /** List brands
   * 
   * Newest first. */
  list(query?: Query<"listBrands">, options?: RequestOptions): Paged<Schemas["BrandList"], Schemas["BrandList"]["brands"][number]>;
  /** Create a brand
   * 
   * A brand is a website. Only the URL is required; the domain and slug are derived from it. */
  create(body: Schemas["NewBrand"], options?: RequestOptions): Promise<Schemas["Brand"]>;
  /** Get a brand
   * 
   * Includes the verification status of its domain. */
  get(brandId: number, options?: RequestOptions): Promise<Schemas["Brand"]>;
  /** Change a brand
   * 
   * Send any subset of the fields. An explicit null clears a nullable field. A new URL updates the domain. A different domain removes the link to VNOC and must be verified again. */
  update(brandId: number, body: Schemas["BrandChange"], options?: RequestOptions): Promise<Schemas["Brand"]>;
  /** Delete a brand
   * 
   * Deletes the brand, its campaigns, and everything in them. Either all of it is deleted, or nothing. */
  delete(brandId: number, options?: RequestOptions): Promise<Schemas["DeletedBrand"]>;
  /** Verify a brand's domain
   * 
   * Checks for the TXT record, file, or widget described in `verification`. Campaigns send email once the domain and your own email address are verified. A verification lasts while its proof can be found, and covers only this domain. */
  verify(brandId: number, options?: RequestOptions): Promise<Schemas["VerifiedBrand"]>;
  /** Get a brand's totals
   * 
   * Totals come from stored counters, so the request is equally fast at any size. */
  stats(brandId: number, options?: RequestOptions): Promise<Schemas["BrandStats"]>;
}

export interface Campaigns {
  /** List campaigns
   * 
   * Filter by `brand_id`. Another account's brand returns an empty list. The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(query?: Query<"listCampaigns">, options?: RequestOptions): Paged<Schemas["CampaignList"], Schemas["CampaignList"]["campaigns"][number]>;
  /** Create a campaign
   * 
   * A brand's referral program. Its widget and reward settings are created with it. */
  create(body: Schemas["NewCampaign"], options?: RequestOptions): Promise<Schemas["Campaign"]>;
  /** Get a campaign
   * 
   * Includes the widget, reward, lander, contest, and coupon counts. */
  get(campaignId: number, options?: RequestOptions): Promise<Schemas["CampaignDetail"]>;
  /** Change a campaign
   * 
   * Send any subset of the fields, and of the widget's and reward's fields. An explicit null clears a nullable field. */
  update(campaignId: number, body: Schemas["CampaignChange"], options?: RequestOptions): Promise<Schemas["CampaignDetail"]>;
  /** Delete a campaign
   * 
   * Deletes the campaign with its participants, rewards, coupon codes, webhooks, and contest. Either all of it is deleted, or nothing. */
  delete(campaignId: number, options?: RequestOptions): Promise<Schemas["DeletedCampaign"]>;
  /** Duplicate a campaign
   * 
   * Creates a draft with the campaign's settings, texts, widget, landing page, reward, and rules, for the same brand or another one of the account. Participants, coupon codes, the contest, webhooks, dates, and secrets such as Turnstile keys are not copied. For another brand, `landing_url` is not copied either. */
  duplicate(campaignId: number, body: Schemas["NewDuplicate"], options?: RequestOptions): Promise<Schemas["Campaign"]>;
  /** Create or replace the secret that signs identities
   * 
   * Your server uses this secret to sign the identity of its signed-in customer, and the widget shows them their own link. See `identify()` in the widget guide. Hashes made with the previous secret stay valid for `grace_hours`. */
  rotateIdentitySecret(campaignId: number, body: Schemas["NewIdentitySecret"], options?: RequestOptions): Promise<Schemas["IdentitySecret"]>;
  /** Get a campaign's metrics
   * 
   * Counts, rates, and cohorts by day, week, month, channel, or source, with an optional comparison period. The response includes each metric's definition. Sources and sales have been counted since this release. Use `Accept: text/csv` or `format=csv` for a CSV file. */
  analytics(campaignId: number, query?: Query<"getCampaignAnalytics">, options?: RequestOptions): Promise<Schemas["Analytics"]>;
  /** Get a campaign's totals
   * 
   * Days are in UTC. Only days with signups are listed. */
  stats(campaignId: number, options?: RequestOptions): Promise<Schemas["CampaignStats"]>;
  /** Get a campaign's leaderboard
   * 
   * Ranked by referrals, then clicks. Equal scores share a rank and are sorted by ID, regardless of an imported `date_signedup`. */
  leaderboard(campaignId: number, query?: Query<"getLeaderboard">, options?: RequestOptions): Promise<Schemas["LeaderboardEntryList"]>;
}

export interface Contests {
  /** Get a campaign's contest
   * 
   * `GET /contests/{campaignId}/draw` explains how winners are drawn and how to verify the draw. */
  get(campaignId: number, options?: RequestOptions): Promise<Schemas["Contest"]>;
  /** Create or change a campaign's contest
   * 
   * The first PUT creates the contest and requires `contest_name` and a future `end_date`. Later ones take any subset of the fields.
   * Once the contest has started, its weighting is fixed and its start can only move earlier. Its end can move to any time from now on, up to 20 times. An
   * `end_date` of now ends it. After the end, everything that decides the winners is fixed. With `is_on: false`, no winners are drawn. After the draw, nothing
   * can change. Delete the contest to create the next one. */
  update(campaignId: number, body: Schemas["ContestChange"], options?: RequestOptions): Promise<Schemas["Contest"]>;
  /** Delete a campaign's contest
   * 
   * Removes the contest from the campaign. It stays in the public record (`GET /contests/{campaignId}/draw`), whether or not it was drawn. A new contest gets the next number and a new commitment. */
  delete(campaignId: number, options?: RequestOptions): Promise<Schemas["DeletedContest"]>;
  /** Verify a contest's draw
   * 
   * Public. Everything needed to recompute the winners, who appear by ID only. Removed contests stay on record.
   * 
   * Winners are drawn once, after `end_date`, by the rules named `hmac-sha256-v1`:
   * 
   * 1. **Seed.** 32 random bytes, generated when the contest is created. `commitment`, the SHA-256 of these bytes in lowercase hex, is public from then on
   *    (`committed_at`) and never changes. The seed itself, in hex, is published with the draw.
   * 2. **List.** One line for every participant who is `active` at the draw and signed up between `start_date` and `end_date`, inclusive:
   *    `participant_id:entries` and a line feed, in ASCII, ascending by id. With `weighting` `uniform`, `entries` is 1. With `entries`, it is 1 plus
   *    the referrals credited to the participant whose own signup lies in the same period, without blocked or pending ones.
   *    `entrants_hash` is the SHA-256 of the whole list in lowercase hex.
   * 3. **Numbers.** `key` = HMAC-SHA256 with the seed's 32 bytes as the key and the 64 characters of `entrants_hash` as the message. Block *n* = HMAC-SHA256
   *    with `key` as the key and *n* in decimal ("0", "1", "2", …) as the message. Each block is four unsigned 64-bit big-endian integers. Read in order,
   *    block by block, they are the numbers x.
   * 4. **Winners.** Let T be the sum of the entries of everyone who has not won yet. Take the next x; if x ≥ 2^64 − (2^64 mod T), drop it and take the
   *    next. The ticket is x mod T. Walk down the list, skipping winners: the new winner is the first participant whose entries, added
   *    to those of all before them, exceed the ticket. A winner leaves with all their entries. Repeat until `max_winners` have won or nobody is left.
   * 5. `winner_indices` are the winners' lines in the list, starting at 0, in the order in which they won.
   * 
   * The commitment proves that the seed was chosen before the list was known, if it was published before the end, and before all entrants had signed up
   * (`known_participant`). The key depends on both, so neither alone decides. Contests are numbered, and a removed one stays in `records`: so a repeated draw
   * is visible. Each record has a hash, which the next contest publishes from its creation on as `previous_hash`: the SHA-256, in hex, of the JSON array
   * `[number, campaign_id, commitment, committed_at, start_date, end_date, max_winners, weighting, drawn_at, seed, entrants_hash, removed_at, previous_hash]`
   * without spaces.
   * 
   * No draw on one server can prove that its operator, who can read the server's secrets, used the seed honestly: they could look at it, and then add or
   * block participants, or end the contest at a moment that suits them. Save the commitment and the number before the end, and compare the list with what you
   * know of the participants. `scripts/verify-draw.mjs` in the product's repository performs steps 1 to 5 and these checks for you. */
  draw(campaignId: number, query?: Query<"getContestDraw">, options?: RequestOptions): Promise<Schemas["PublicContestDraw"]>;
  /** Get the entrants of a contest's draw
   * 
   * Public after the draw. One `participant_id:entries` line per entrant, in ascending order of ID. */
  entrants(campaignId: number, query?: Query<"getContestEntrants">, options?: RequestOptions): Promise<string>;
}

export interface Conversions {
  /** Record a conversion
   * 
   * A purchase, or any other event that counts. The campaign's rules for this event are applied in the same transaction. Sending the same `conversion_id` again changes nothing. */
  record(body: Schemas["NewConversion"], options?: RequestOptions): Promise<Schemas["Converted"]>;
  /** List conversions
   * 
   * Newest first; with `after`, oldest first. With `event_name`, we search the newest 10,000; with `after`, the next 10,000, so a page may have fewer rows than `limit` and still have a `next_after`. In lists of the whole account, each campaign gets an equal share of the 10,000. The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(query?: Query<"listConversions">, options?: RequestOptions): Paged<Schemas["ConversionList"], Schemas["ConversionList"]["conversions"][number]>;
  /** Get a conversion
   * 
   * Includes its rewards, and each rule's decision. */
  get(conversionId: number, options?: RequestOptions): Promise<Schemas["ConversionDetails"]>;
  /** Refund a conversion
   * 
   * Reduces each reward by the refunded share. A pending reward gets smaller. For a reward that was already paid, `owed_back` has the difference. A full refund revokes unpaid rewards. */
  refund(conversionId: number, body: Schemas["NewRefund"], options?: RequestOptions): Promise<Schemas["Refunded"]>;
}

export interface CouponUploads {
  /** List a campaign's last coupon uploads
   * 
   * Uploads that added no new codes are not listed. */
  list(campaignId: number, options?: RequestOptions): Paged<Schemas["CouponUploadSummaryList"], Schemas["CouponUploadSummaryList"]["uploads"][number]>;
  /** Undo a coupon upload
   * 
   * Deletes the upload's unused codes. Assigned codes stay. */
  delete(campaignId: number, uploadId: number, options?: RequestOptions): Promise<Schemas["CouponsDeleted"]>;
}

export interface Coupons {
  /** List a campaign's coupons
   * 
   * Totals cover the whole pool, regardless of the filter. */
  list(campaignId: number, query?: Query<"listCoupons">, options?: RequestOptions): Paged<Schemas["CouponList"], Schemas["CouponList"]["coupons"][number]>;
  /** Upload coupon codes
   * 
   * Up to 100,000 codes as JSON, text/plain (one per line), or text/csv. In CSV, codes are in the column with a name like `code`, or else in the first. The header is optional. Codes that are marked as spent in a column like `used` or `status` are skipped. A `valid_until` column has each code's last day. Plain text that is a single JSON value is read as JSON. Codes are unique per campaign and not case-sensitive. A number beyond 2^53 is invalid: send it as a string. Pending rewards are fulfilled immediately, oldest first. If an unused code already exists, its `valid_until` is updated, which also restores an expired one. */
  upload(campaignId: number, body: Schemas["CouponUpload"] | string, options?: RequestOptions): Promise<Schemas["UploadResult"]>;
  /** Delete unused coupon codes
   * 
   * Also deletes expired codes. Assigned codes stay with their rewards. */
  deleteUnused(campaignId: number, options?: RequestOptions & { query?: Query<"deleteCoupons"> }): Promise<Schemas["CouponsDeleted"]>;
  /** Delete an unused coupon code
   * 
   * Returns 409 if the code was assigned to a participant. */
  delete(campaignId: number, couponId: number, options?: RequestOptions): Promise<Schemas["CouponsDeleted"]>;
}

export interface Decisions {
  /** List decisions
   * 
   * Decisions of the account, of a campaign, or about a participant: their signup, their friends', visits, conversions, refunds, and holds. Newest first; with `after`, oldest first. A page examines 1,000 events of one campaign, or 200 of each, so it may have fewer rows than `limit` and still have a `next_after`. For a participant, the newest 10,000 friends and rewards are searched. A campaign's list has the visits that earned something; a participant's list has all that counted. */
  list(query?: Query<"listDecisions">, options?: RequestOptions): Paged<Schemas["LoggedDecisionList"], Schemas["LoggedDecisionList"]["decisions"][number]>;
  /** Get a decision
   * 
   * The ID stays the same. The content reflects the current state of the data it is based on. */
  get(decisionId: string, options?: RequestOptions): Promise<Schemas["LoggedDecision"]>;
}

export interface Deliveries {
  /** List a webhook's deliveries
   * 
   * Newest first. Finished deliveries are kept for 30 days. The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(webhookId: number, query?: Query<"listDeliveries">, options?: RequestOptions): Paged<Schemas["DeliveryList"], Schemas["DeliveryList"]["deliveries"][number]>;
  /** Deliver what a webhook missed
   * 
   * Restarts up to 1,000 failed deliveries since the given time, and adds up to 1,000 deliveries of events from while the webhook was disabled, oldest first. It reaches back 29 days, but not before the webhook's creation, and examines 20,000 events per call. Repeat it, with `after` while `next` is not null, until it returns 0. Each event is delivered once. */
  recover(webhookId: number, body: Schemas["Recovery"], options?: RequestOptions): Promise<Schemas["Recovered"]>;
  /** Redeliver an event
   * 
   * Restarts the delivery's schedule, whether it failed, succeeded, or is waiting. `webhook-id` stays the same. */
  retry(deliveryId: number, options?: RequestOptions): Promise<Schemas["Delivery"]>;
}

export interface Domains {
  /** List a brand's custom hosts
   * 
   * Includes their DNS records, and the errors of failed hosts. */
  list(brandId: number, options?: RequestOptions): Paged<Schemas["Domains"], Schemas["Domains"]["domains"][number]>;
  /** A subdomain, like `refer.acme.com`. Publish its `records`, then verify it. Adding the same host again returns the existing one.
   * 
   * A subdomain, like `refer.acme.com`. Publish its `records`, then verify it. Adding one again returns it as it is. */
  create(brandId: number, body: Schemas["NewDomain"], options?: RequestOptions): Promise<Schemas["Domain"]>;
  /** Verify a host
   * 
   * Checks the TXT record, then requests the certificate. Once the host is `active`, the brand's share links and pages use it. Old links keep working. */
  verify(domainId: number, options?: RequestOptions): Promise<Schemas["Domain"]>;
  /** Remove a host
   * 
   * Links on this host stop working. The brand's links return to this installation's own host. */
  delete(domainId: number, options?: RequestOptions): Promise<Schemas["DeletedDomain"]>;
}

export interface Draws {
  /** List a brand's past draws
   * 
   * Public. The draws of the brand's public campaigns, newest first, including removed contests. `proof_url` is the page that verifies the draw. */
  list(slug: string, query?: Query<"listDraws">, options?: RequestOptions): Paged<Schemas["BrandDrawList"], Schemas["BrandDrawList"]["draws"][number]>;
}

export interface Events {
  /** List events
   * 
   * Your account's events of the last 30 days, in the order they happened, each with the body that webhooks send. Save `pagination.after` and send it with the next request: you get each event once, even while new ones arrive. A page examines a limited number of events, so with filters it may have fewer than `limit`, or none. Continue while `has_more` is true. Silent imports are not included. */
  list(query?: Query<"listEvents">, options?: RequestOptions): Paged<Schemas["EventList"], Schemas["EventList"]["items"][number]>;
  /** Get an event
   * 
   * Get an event by its ID, for 30 days. The response is the body that webhooks send. */
  get(eventId: string, options?: RequestOptions): Promise<Schemas["Event"]>;
  /** Replay events to a webhook
   * 
   * Sends the events of a range of time or numbers to this webhook, even if it already got them, failed, was disabled, or did not exist yet. Each event keeps its `webhook-id` and body, and is retried like any other delivery. A call examines 1,000 events. Continue with `next` until it is null. */
  replay(webhookId: number, body: Schemas["Replay"], options?: RequestOptions): Promise<Schemas["ReplayedEvents"]>;
}

export interface ExportFiles {
  /** Download an export
   * 
   * Current rows, oldest first. Rows that are added or deleted during the download do not cause others to be skipped or repeated. */
  get(exportId: number, options?: RequestOptions): Promise<string>;
}

export interface Exports {
  /** Export a list
   * 
   * Participants, rewards, conversions, or a campaign's coupon codes, with the filters of their list, as CSV or JSON Lines. `file_url` works immediately and for one week, whatever the number of rows. */
  create(body: Schemas["NewExport"], options?: RequestOptions): Promise<Schemas["Export"]>;
  /** List exports
   * 
   * Exports of the last week, newest first. */
  list(query?: Query<"listExports">, options?: RequestOptions): Paged<Schemas["ExportList"], Schemas["ExportList"]["exports"][number]>;
  /** Get an export
   * 
   * Includes its filters, the URL of its file, and its expiry. */
  get(exportId: number, options?: RequestOptions): Promise<Schemas["Export"]>;
}

export interface FraudEntries {
  /** List your allow and block list entries
   * 
   * Includes expired entries until you delete them. */
  list(query?: Query<"listFraudEntries">, options?: RequestOptions): Paged<Schemas["ListEntryList"], Schemas["ListEntryList"]["entries"][number]>;
  /** Add an entry to your lists
   * 
   * Up to 1,000 entries. An entry applies to future referrals in all campaigns. Networks are compared with the visitor's IP address, or with the `ip_address` that your server sends. An entry with the same value is replaced. */
  create(body: Schemas["NewListEntry"], options?: RequestOptions): Promise<Schemas["ListEntry"]>;
  /** Delete a list entry
   * 
   * Future referrals are judged without this entry. Earlier decisions stay. */
  delete(entryId: number, options?: RequestOptions): Promise<Schemas["ListEntry"]>;
}

export interface Imports {
  /** Import participants or coupon codes
   * 
   * Up to 20,000 rows, as the text of a CSV file or as objects. With `dry_run`, it only returns a preview. Otherwise it returns immediately and continues in the background: poll `GET /imports/{importId}` until `status` is `done`. Existing participants do not change, referrers may be in the same file, and repeating an import adds nobody twice. By default, no emails or webhooks are sent, so the import can be undone. */
  create(body: Schemas["NewImport"], options?: RequestOptions): Promise<Schemas["Import"]>;
  /** List imports
   * 
   * Imports made with the API in the last 30 days, newest first, without their `problems`. */
  list(query?: Query<"listImports">, options?: RequestOptions): Paged<Schemas["ImportList"], Schemas["ImportList"]["imports"][number]>;
  /** Get an import
   * 
   * Its progress, and the rows with a result other than a plain addition. */
  get(importId: number, options?: RequestOptions): Promise<Schemas["Import"]>;
  /** Undo an import
   * 
   * Removes the participants that it added, except those who have since shared, been referred to, or earned something. For codes, removes those that were not assigned yet. A large import is `undoing` for a while. Returns 409 if it sent emails or webhooks, is running, or was already undone. */
  undo(importId: number, options?: RequestOptions): Promise<Schemas["Import"]>;
}

export interface InputEvents {
  /** List an input's last events
   * 
   * Newest first, with the result of each event. Finished events are kept for 30 days. The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(campaignId: number, inputId: number, query?: Query<"listInputEvents">, options?: RequestOptions): Paged<Schemas["InputEventList"], Schemas["InputEventList"]["events"][number]>;
}

export interface Inputs {
  /** List a campaign's inputs
   * 
   * Secrets are not included. They are never shown again. */
  list(campaignId: number, options?: RequestOptions): Paged<Schemas["Inputs"], Schemas["Inputs"]["inputs"][number]>;
  /** Create an input
   * 
   * An input receives a payment provider's events, and records its payments, refunds, and disputes as conversions and refunds. Enter its `url` at the provider, with the event types in `events`. A campaign can have 20. */
  create(campaignId: number, body: Schemas["NewInput"], options?: RequestOptions): Promise<Schemas["SavedInput"]>;
  /** Get an input
   * 
   * The secret is not included. It is never shown again. */
  get(campaignId: number, inputId: number, options?: RequestOptions): Promise<Schemas["Input"]>;
  /** Change an input
   * 
   * Send any subset of the fields. A new secret replaces the old one immediately. */
  update(campaignId: number, inputId: number, body: Schemas["InputChange"], options?: RequestOptions): Promise<Schemas["SavedInput"]>;
  /** Delete an input
   * 
   * Its URL replies with 404 from now on. Conversions and rewards stay. */
  delete(campaignId: number, inputId: number, options?: RequestOptions): Promise<Schemas["DeletedInput"]>;
}

export interface Keys {
  /** List named keys
   * 
   * Newest first, in one response. Revoked keys are not listed, and expired keys only for 30 days. */
  list(query?: Query<"listKeys">, options?: RequestOptions): Paged<Schemas["KeyList"], Schemas["KeyList"]["keys"][number]>;
  /** Create a named key
   * 
   * The full key is only in this response. An account can have 100 keys, including classic ones. Named keys cannot create keys. When the person who created a key leaves the team, the key stops working. */
  create(body: Schemas["NewKey"], options?: RequestOptions): Promise<Schemas["CreatedKey"]>;
  /** Get a named key
   * 
   * Returns 404 if the key was revoked, or expired more than 30 days ago. */
  get(keyId: number, options?: RequestOptions): Promise<Schemas["Key"]>;
  /** Change a named key
   * 
   * Takes effect immediately, except that signups may use the old scopes and websites for up to one minute. */
  update(keyId: number, body: Schemas["KeyChange"], options?: RequestOptions): Promise<Schemas["Key"]>;
  /** Revoke a named key
   * 
   * Takes effect immediately. */
  delete(keyId: number, options?: RequestOptions): Promise<Schemas["RevokedKey"]>;
  /** Replace a named key
   * 
   * Creates a key with the same name, kind, mode, scopes, and websites. The old key keeps working for `grace_hours`, so you can switch without downtime. */
  rotate(keyId: number, body: Schemas["KeyRoll"], options?: RequestOptions): Promise<Schemas["RolledKey"]>;
}

export interface Lander {
  /** Get a landing page's content
   * 
   * Public campaigns are open to everyone. Responses are cached at the edge with an `ETag`, so a change can take a minute to appear everywhere. A private campaign requires its owner's credential. */
  get(query: Query<"getLander">, options?: RequestOptions): Promise<Schemas["PublicLander"]>;
}

export interface LanderSettings {
  /** Get a campaign's lander settings
   * 
   * Returns the default lander if none is stored. */
  get(campaignId: number, options?: RequestOptions): Promise<Schemas["Lander"]>;
  /** Create or change a campaign's lander
   * 
   * Send any subset. Unset or empty fields use their default. For the title, description, and button, this is the widget's text. HTML is sanitized. */
  update(campaignId: number, body: Schemas["LanderChange"], options?: RequestOptions): Promise<Schemas["Lander"]>;
}

export interface Participants {
  /** Set a participant's codes from other products
   * 
   * The referral codes that the participant had in other products, so their old links keep working: `/t/{campaign_id}/{code}`, and pages with the widget, which recognize other products' parameters. Replaces the existing codes. Returns 409 if another participant of the campaign has one of them. */
  updateAliases(participantId: number, body: Schemas["Aliases"], options?: RequestOptions): Promise<Schemas["Aliases"]>;
  /** List participants
   * 
   * Newest first by ID, in order of arrival. An earlier `date_signedup` from an import does not change the order. With `after`, oldest first. With `name`, `q`, `brand_id`, dates, or `metadata`, we search the newest 10,000; with `after`, the next 10,000, so a page may have fewer rows than `limit` and still have a `next_after`. For filtered lists: The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(query?: Query<"listParticipants">, options?: RequestOptions): Paged<Schemas["ParticipantList"], Schemas["ParticipantList"]["participants"][number]>;
  /** Get a participant with shares, rewards, and referrals
   * 
   * Includes all shares, and the newest 100 rewards. */
  get(participantId: number, options?: RequestOptions): Promise<Schemas["ParticipantDetails"]>;
  /** Change a participant
   * 
   * When a participant becomes active, their referrer gets a pending credit. If the plan's participant limit is reached, nobody can become active (403). Blocked participants earn nothing and are hidden from the leaderboard. */
  update(participantId: number, body: Schemas["ParticipantChange"], options?: RequestOptions): Promise<Schemas["Participant"]>;
  /** Erase a participant
   * 
   * Permanently deletes the email, name, metadata, and hashes, except a keyed hash that prevents the same mailbox from crediting a referrer again. The referrer keeps their count and credit. Pending rewards are revoked. */
  delete(participantId: number, options?: RequestOptions): Promise<Schemas["Deleted"]>;
}

export interface Payouts {
  /** List owed amounts and payouts
   * 
   * Pending cash rewards of active participants, minus amounts that were refunded after an earlier payout. `page` and `limit` apply to both lists. */
  list(query?: Query<"listPayouts">, options?: RequestOptions): Paged<Schemas["PayoutList"], Schemas["PayoutList"]["payouts"][number]>;
  /** Mark cash rewards as paid
   * 
   * Pays rewards by ID, or all owed rewards that match a filter, up to 500 at a time. Each becomes `fulfilled` exactly once, even with several payouts at the same time. Amounts that were refunded after a participant's earlier payouts are deducted. */
  create(body: Schemas["NewPayout"], options?: RequestOptions): Promise<Schemas["PayoutMade"]>;
  /** Export owed amounts as CSV
   * 
   * One line per participant and currency, up to 10,000. Amounts are in the currency's major unit. */
  exportOwed(query?: Query<"exportOwedRewards">, options?: RequestOptions): Promise<string>;
  /** Undo a payout
   * 
   * Allowed for one day. Its rewards become pending again, minus amounts that were refunded since. If it was already undone, nothing changes. */
  undo(payoutId: number, options?: RequestOptions): Promise<Schemas["Payout"]>;
}

export interface Plans {
  /** List plans
   * 
   * 0 means unlimited. */
  list(options?: RequestOptions): Paged<Schemas["PlanList"], Schemas["PlanList"]["plans"][number]>;
}

export interface Privacy {
  /** Export a person's data
   * 
   * For access requests (GDPR Article 15): returns everything that your account stores about an email address, in all campaigns. Each request covers 500 campaigns, so most accounts need only one. */
  access(body: Schemas["PersonRequest"], options?: RequestOptions): Promise<Schemas["PersonData"]>;
  /** Erase a person
   * 
   * For erasure requests (GDPR Article 17): erases the participants with an email address in all of your campaigns, like `DELETE /participants/{participantId}`, and deletes invitations to the address and the metadata of its purchases. Repeat with `next_after` until it is null. */
  erase(body: Schemas["PersonRequest"], options?: RequestOptions): Promise<Schemas["PersonErased"]>;
}

export interface Profile {
  /** Resend the verification email
   * 
   * Sent at most three times a day, and only while the email address is unverified. */
  requestVerification(options?: RequestOptions): Promise<Schemas["MailSent"]>;
  /** Get your profile
   * 
   * With an API key, this is the account that owns the key. */
  get(options?: RequestOptions): Promise<Schemas["Profile"]>;
  /** Change your name and time zone
   * 
   * The dashboard uses this time zone. The API always uses UTC. */
  update(body: Schemas["ProfileChange"], options?: RequestOptions): Promise<Schemas["Profile"]>;
}

export interface Redemptions {
  /** List a participant's store credit and its redemptions
   * 
   * The balance does not include held and pending credit. */
  list(participantId: number, query?: Query<"listRedemptions">, options?: RequestOptions): Paged<Schemas["RedemptionList"], Schemas["RedemptionList"]["redemptions"][number]>;
  /** Redeem a participant's store credit
   * 
   * Deducts the amount from the balance, oldest credit first, and never below zero. Returns 409 if the balance is too low. Sending the same `redemption_id` again changes nothing, or returns 409 if the amount differs. */
  create(participantId: number, body: Schemas["NewRedemption"], options?: RequestOptions): Promise<Schemas["Redeemed"]>;
}

export interface Refunds {
  /** Refund a conversion by your own IDs
   * 
   * You can report every refund, in any order, even before its conversion: the rewards end up the same. A refund without a conversion has no effect. */
  record(body: Schemas["NewNamedRefund"], options?: RequestOptions): Promise<Schemas["Refunded"]>;
}

export interface Releases {
  /** Admit participants from the waitlist
   * 
   * Admits the first `count` participants in line, everyone who matches `filter`, or the first `count` of those. Each is admitted once, even with concurrent requests. Webhooks get `participant.admitted` with the `release_id`, and the participant gets the campaign's email if it is on. More than 2,000 are admitted over the next minutes. Send an `Idempotency-Key`, so a repeated request admits nobody else. */
  create(campaignId: number, body: Schemas["NewRelease"], options?: RequestOptions): Promise<Schemas["ReleaseResult"]>;
  /** List a waitlist's releases
   * 
   * Newest first. The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(campaignId: number, query?: Query<"listReleases">, options?: RequestOptions): Paged<Schemas["ReleaseList"], Schemas["ReleaseList"]["releases"][number]>;
}

export interface Reviews {
  /** List reviews
   * 
   * Referrals and sales that look like fraud, latest participants first. While a review is open, the rewards of its referrer and friend are held, unless the campaign only watches. The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(query?: Query<"listReviews">, options?: RequestOptions): Paged<Schemas["ReviewList"], Schemas["ReviewList"]["reviews"][number]>;
  /** Get a review
   * 
   * Includes its reasons, and the rewards that it holds. */
  get(reviewId: number, options?: RequestOptions): Promise<Schemas["Review"]>;
  /** Decide a review
   * 
   * `reopen` undoes a decision within five minutes. After that, the rewards follow: rewards of approved referrals are released, unless another review of their participant is open. Rewards that a denied friend earned are revoked. Decides up to 200 reviews of a referrer at once. */
  update(reviewId: number, body: Schemas["ReviewDecision"], options?: RequestOptions): Promise<Schemas["Review"]>;
  /** Get the results of reviews
   * 
   * For each reason, how often people denied the referrers, and how this changes its weight in later reviews. */
  feedback(campaignId: number, options?: RequestOptions): Promise<Schemas["FraudFeedback"]>;
}

export interface RewardSettings {
  /** Get a campaign's reward settings
   * 
   * The kind of reward is set by the campaign's `reward_type`. */
  get(campaignId: number, options?: RequestOptions): Promise<Schemas["RewardSettings"]>;
  /** Change a campaign's reward settings
   * 
   * Send any subset; an explicit null clears a field. Existing rewards keep their values. */
  update(campaignId: number, body: Schemas["RewardSettingsChange"], options?: RequestOptions): Promise<Schemas["RewardSettings"]>;
}

export interface Rewards {
  /** List earned rewards
   * 
   * Newest first; with `after`, in the order they were earned. For lists filtered by participant or type: The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(query?: Query<"listRewards">, options?: RequestOptions): Paged<Schemas["RewardList"], Schemas["RewardList"]["rewards"][number]>;
  /** Get a reward
   * 
   * Includes its history, step by step. */
  get(rewardId: number, options?: RequestOptions): Promise<Schemas["RewardDetails"]>;
  /** Mark a reward as paid or revoke it
   * 
   * Cash and tokens can be marked as fulfilled. A revoked reward stays revoked, and its coupon code is never assigned again. */
  update(rewardId: number, body: Schemas["RewardChange"], options?: RequestOptions): Promise<Schemas["Reward"]>;
  /** Approve, fulfill, or revoke many rewards
   * 
   * Each reward is processed separately, and the response has a result for each. An approved reward stays on hold until its days are over. With a `filter`, repeat the request while `has_more` is true. */
  updateMany(body: Schemas["RewardActions"], options?: RequestOptions): Promise<Schemas["RewardResults"]>;
  /** Give a participant a reward manually
   * 
   * No rule applies, so no cap or budget counts it. Otherwise, it works like an earned reward: store credit, links, and messages are given immediately, a coupon takes the next code or waits for one, and cash waits until you pay it. To undo it, revoke it. Returns 409 if the participant is not active. */
  create(participantId: number, body: Schemas["NewReward"], options?: RequestOptions): Promise<Schemas["Reward"]>;
}

export interface Rules {
  /** List a campaign's rules
   * 
   * The first ones are views of the campaign's own goal and reward. The others are those that you created. */
  list(campaignId: number, options?: RequestOptions): Paged<Schemas["RuleList"], Schemas["RuleList"]["rules"][number]>;
  /** Create a rule
   * 
   * It rewards friends' signups, visitors, or conversions from now on. A campaign can have 20. A rule that rewards `once` also rewards participants who already have enough friends or visitors. */
  create(campaignId: number, body: Schemas["NewRule"], options?: RequestOptions): Promise<Schemas["SavedRule"]>;
  /** Get a rule
   * 
   * Includes the totals that count toward its caps and budget. */
  get(campaignId: number, ruleId: number, options?: RequestOptions): Promise<Schemas["Rule"]>;
  /** Change a rule
   * 
   * Send any subset. `reward` is replaced as a whole. Earned rewards keep the rule's earlier values. */
  update(campaignId: number, ruleId: number, body: Schemas["RuleChange"], options?: RequestOptions): Promise<Schemas["SavedRule"]>;
  /** Remove a rule
   * 
   * The rule stops giving rewards. Earned rewards stay. */
  delete(campaignId: number, ruleId: number, options?: RequestOptions): Promise<Schemas["RemovedRule"]>;
}

export interface Signups {
  /** Sign up a participant
   * 
   * If the plan's participant limit is reached, the participant is recorded as `pending`, never dropped. With `upsert=true`, an existing participant is updated, and the response is 200. */
  create(body: Schemas["NewSignup"], options?: RequestOptions & { query?: Query<"createSignup"> }): Promise<Schemas["Participant"]>;
  /** Sign up to 1,000 participants
   * 
   * Each row is an independent signup, in order: a rejected row does not stop the others. A row with an existing participant's email changes nothing (`is_new: false`), unless `upsert=true`. Send an `Idempotency-Key`, so a repeated request gets the same results. */
  createBatch(body: Schemas["NewSignupBatch"], options?: RequestOptions & { query?: Query<"createSignupBatch"> }): Promise<Schemas["BatchResults"]>;
  /** Sign up a participant with a referral code
   * 
   * Records the referral and grants rewards. The first referrer stays: if the participant was already referred, the response is 200 with `attributed: false`. */
  createReferral(body: Schemas["NewReferral"], options?: RequestOptions): Promise<Schemas["ReferralSignup"]>;
}

export interface TeamSecurity {
  /** Get the team's security settings
   * 
   * Whether everyone on the team must have two-step verification. */
  get(options?: RequestOptions): Promise<Schemas["TeamSecurity"]>;
  /** Require two-step verification for the team
   * 
   * Takes effect with each person's next request: team members without two-step verification cannot see the account until they turn it on. The account's owner must have turned it on first. API keys keep working. */
  update(body: Schemas["TeamSecurity"], options?: RequestOptions): Promise<Schemas["TeamSecurity"]>;
}

export interface TestDatas {
  /** Delete all test data
   * 
   * Deletes everything in test mode: brands, campaigns, participants, rewards, webhooks, and emails. Live data is not touched, even if you use a live key. Test keys keep working. */
  delete(options?: RequestOptions): Promise<Schemas["TestDataDeleted"]>;
}

export interface Transfers {
  /** List transfers of token rewards
   * 
   * Newest first. Owners approve, cancel, and retry them in the dashboard, under Rewards, Transfers. Keys cannot. The total is counted up to 10,000. Beyond that, `totalPages` is the requested page plus one while that page is full. */
  list(query?: Query<"listTransfers">, options?: RequestOptions): Paged<Schemas["TransferList"], Schemas["TransferList"]["transfers"][number]>;
}

export interface Vetoes {
  /** Get a campaign's veto
   * 
   * The endpoint that we ask before giving rewards, and the number of rewards that wait for it. */
  get(campaignId: number, options?: RequestOptions): Promise<Schemas["Veto"]>;
  /** Set a campaign's veto
   * 
   * Before a reward of the campaign is given, we POST `{id, type: "reward.veto", data}` to the endpoint, signed like a webhook. The reward is held until the endpoint decides. A 200 gives the reward. A 4xx revokes it, with the `code` of a JSON response as the reason. After any other response, including 408, 425, 429, and redirects, we retry for 72 hours; then `ending` decides. Earlier rewards are not affected. */
  update(campaignId: number, body: Schemas["VetoChange"], options?: RequestOptions): Promise<Schemas["SavedVeto"]>;
  /** Rotate a veto's secret
   * 
   * Both secrets sign for 24 hours. During this time, the secret cannot be rotated again. */
  rotateSecret(campaignId: number, options?: RequestOptions): Promise<Schemas["NewWebhookSecret"]>;
}

export interface Webhooks {
  /** List webhooks
   * 
   * Includes the reason why a webhook is disabled. */
  list(query?: Query<"listWebhooks">, options?: RequestOptions): Paged<Schemas["WebhookList"], Schemas["WebhookList"]["webhooks"][number]>;
  /** Create a webhook
   * 
   * We POST `{type, timestamp, livemode, data}` as JSON, signed according to Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`). A 2xx within 15 seconds is a success. After anything else, including redirects, we retry after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, and 24 h. A 410 disables the webhook immediately, and so do 5 days with only failures. Events can arrive more than once and in any order; `webhook-id` identifies them. If a webhook with the same URL, campaign, and events exists, the request enables and returns it with its secret instead of creating another. */
  create(body: Schemas["NewWebhook"], options?: RequestOptions): Promise<Schemas["WebhookWithSecret"]>;
  /** Get a webhook
   * 
   * The secret is not included. It is shown when the webhook is created. */
  get(webhookId: number, options?: RequestOptions): Promise<Schemas["Webhook"]>;
  /** Change a webhook
   * 
   * Send any subset of the fields. `status: active` re-enables a disabled webhook. */
  update(webhookId: number, body: Schemas["WebhookChange"], options?: RequestOptions): Promise<Schemas["Webhook"]>;
  /** Delete a webhook and its deliveries
   * 
   * Also deletes its deliveries and their attempts. */
  delete(webhookId: number, options?: RequestOptions): Promise<Schemas["DeletedWebhook"]>;
  /** Rotate a webhook's secret
   * 
   * Both secrets sign for 24 hours, unless you end the old one. During this time, the secret cannot be rotated again. */
  rotateSecret(webhookId: number, options?: RequestOptions): Promise<Schemas["NewWebhookSecret"]>;
  /** End a webhook's old secret
   * 
   * For a leaked secret: rotate it, then end the old one. From then on, only the new secret signs. */
  deletePreviousSecret(webhookId: number, options?: RequestOptions): Promise<Schemas["Webhook"]>;
  /** Send a test event
   * 
   * Sends a `webhook.test` event to this webhook, with the data of a fictional participant's signup. */
  test(webhookId: number, options?: RequestOptions): Promise<Schemas["Delivery"]>;
}

export interface Widget {
  /** Get a campaign's widget settings
   * 
   * Settings that were never changed return their defaults. */
  get(campaignId: number, options?: RequestOptions): Promise<Schemas["Widget"]>;
  /** Change a campaign's widget settings
   * 
   * Send any subset. An explicit null clears a nullable field. HTML is sanitized: scripts and other disallowed elements are removed. */
  update(campaignId: number, body: Schemas["WidgetChange"], options?: RequestOptions): Promise<Schemas["Widget"]>;
}

/** The client's resources. */
export interface Resources {
  apiKeys: ApiKeys;
  brands: Brands;
  campaigns: Campaigns;
  contests: Contests;
  conversions: Conversions;
  couponUploads: CouponUploads;
  coupons: Coupons;
  decisions: Decisions;
  deliveries: Deliveries;
  domains: Domains;
  draws: Draws;
  events: Events;
  exportFiles: ExportFiles;
  exports: Exports;
  fraudEntries: FraudEntries;
  imports: Imports;
  inputEvents: InputEvents;
  inputs: Inputs;
  keys: Keys;
  lander: Lander;
  landerSettings: LanderSettings;
  participants: Participants;
  payouts: Payouts;
  plans: Plans;
  privacy: Privacy;
  profile: Profile;
  redemptions: Redemptions;
  refunds: Refunds;
  releases: Releases;
  reviews: Reviews;
  rewardSettings: RewardSettings;
  rewards: Rewards;
  rules: Rules;
  signups: Signups;
  teamSecurity: TeamSecurity;
  testDatas: TestDatas;
  transfers: Transfers;
  vetoes: Vetoes;
  webhooks: Webhooks;
  widget: Widget;
}

/**
 * A method's verb and path. After `+` it takes a query or a body. LIST and WALK are lists: by pages, or by `after`. A
 * third word is where a list's rows are, if that is not the last part of its path.
 */
export const OPERATIONS = {
  apiKeys: { create: "POST members/api-key", get: "GET members/api-key", list: "LIST members/api-keys api_keys", revoke: "DELETE members/api-keys/{}" },
  brands: { list: "LIST brands", create: "POST+ brands", get: "GET brands/{}", update: "PUT+ brands/{}", delete: "DELETE brands/{}", verify: "POST brands/{}/verify", stats: "GET brands/{}/stats" },
  campaigns: { list: "LIST campaigns", create: "POST+ campaigns", get: "GET campaigns/{}", update: "PUT+ campaigns/{}", delete: "DELETE campaigns/{}", duplicate: "POST+ campaigns/{}/duplicate", rotateIdentitySecret: "POST+ campaigns/{}/identity-secret", analytics: "GET+ campaigns/{}/analytics", stats: "GET campaigns/{}/stats", leaderboard: "GET+ campaigns/{}/leaderboard" },
  contests: { get: "GET campaigns/{}/contest", update: "PUT+ campaigns/{}/contest", delete: "DELETE campaigns/{}/contest", draw: "GET+ contests/{}/draw", entrants: "GET+ contests/{}/entrants" },
  conversions: { record: "POST+ conversions", list: "WALK conversions", get: "GET conversions/{}", refund: "POST+ conversions/{}/refunds" },
  couponUploads: { list: "LIST campaigns/{}/coupon-uploads uploads", delete: "DELETE campaigns/{}/coupon-uploads/{}" },
  coupons: { list: "WALK campaigns/{}/coupons", upload: "POST+ campaigns/{}/coupons", deleteUnused: "DELETE campaigns/{}/coupons", delete: "DELETE campaigns/{}/coupons/{}" },
  decisions: { list: "WALK decisions", get: "GET decisions/{}" },
  deliveries: { list: "WALK webhooks/{}/deliveries", recover: "POST+ webhooks/{}/recover", retry: "POST deliveries/{}/retry" },
  domains: { list: "LIST brands/{}/domains", create: "POST+ brands/{}/domains", verify: "POST domains/{}/verify", delete: "DELETE domains/{}" },
  draws: { list: "LIST brands/{}/draws" },
  events: { list: "WALK events items", get: "GET events/{}", replay: "POST+ webhooks/{}/replay" },
  exportFiles: { get: "GET exports/{}/file" },
  exports: { create: "POST+ exports", list: "LIST exports", get: "GET exports/{}" },
  fraudEntries: { list: "LIST lists entries", create: "POST+ lists", delete: "DELETE lists/{}" },
  imports: { create: "POST+ imports", list: "LIST imports", get: "GET imports/{}", undo: "POST imports/{}/undo" },
  inputEvents: { list: "LIST campaigns/{}/inputs/{}/events" },
  inputs: { list: "LIST campaigns/{}/inputs", create: "POST+ campaigns/{}/inputs", get: "GET campaigns/{}/inputs/{}", update: "PUT+ campaigns/{}/inputs/{}", delete: "DELETE campaigns/{}/inputs/{}" },
  keys: { list: "LIST keys", create: "POST+ keys", get: "GET keys/{}", update: "PATCH+ keys/{}", delete: "DELETE keys/{}", rotate: "POST+ keys/{}/roll" },
  lander: { get: "GET+ lander" },
  landerSettings: { get: "GET campaigns/{}/lander", update: "PUT+ campaigns/{}/lander" },
  participants: { updateAliases: "PUT+ participants/{}/aliases", list: "WALK participants", get: "GET participants/{}", update: "PATCH+ participants/{}", delete: "DELETE participants/{}" },
  payouts: { list: "LIST payouts", create: "POST+ payouts", exportOwed: "GET+ payouts/owed.csv", undo: "DELETE payouts/{}" },
  plans: { list: "LIST billing/plans" },
  privacy: { access: "POST+ privacy/access", erase: "POST+ privacy/erasure" },
  profile: { requestVerification: "POST auth/verification", get: "GET members/profile", update: "PATCH+ members/profile" },
  redemptions: { list: "LIST participants/{}/redemptions", create: "POST+ participants/{}/redemptions" },
  refunds: { record: "POST+ refunds" },
  releases: { create: "POST+ campaigns/{}/releases", list: "LIST campaigns/{}/releases" },
  reviews: { list: "LIST reviews", get: "GET reviews/{}", update: "POST+ reviews/{}", feedback: "GET campaigns/{}/fraud" },
  rewardSettings: { get: "GET campaigns/{}/reward", update: "PUT+ campaigns/{}/reward" },
  rewards: { list: "WALK rewards", get: "GET rewards/{}", update: "PATCH+ rewards/{}", updateMany: "POST+ rewards/actions", create: "POST+ participants/{}/rewards" },
  rules: { list: "LIST campaigns/{}/rules", create: "POST+ campaigns/{}/rules", get: "GET campaigns/{}/rules/{}", update: "PUT+ campaigns/{}/rules/{}", delete: "DELETE campaigns/{}/rules/{}" },
  signups: { create: "POST+ signups", createBatch: "POST+ signups/batch", createReferral: "POST+ signups/referral" },
  teamSecurity: { get: "GET members/team-security", update: "PUT+ members/team-security" },
  testDatas: { delete: "DELETE test-data" },
  transfers: { list: "LIST transfers" },
  vetoes: { get: "GET campaigns/{}/veto", update: "PUT+ campaigns/{}/veto", rotateSecret: "POST campaigns/{}/veto/secret" },
  webhooks: { list: "LIST webhooks", create: "POST+ webhooks", get: "GET webhooks/{}", update: "PUT+ webhooks/{}", delete: "DELETE webhooks/{}", rotateSecret: "POST webhooks/{}/secret", deletePreviousSecret: "DELETE webhooks/{}/secret/previous", test: "POST webhooks/{}/test" },
  widget: { get: "GET campaigns/{}/widget", update: "PUT+ campaigns/{}/widget" },
};
