// Written by `npm run sdk` from the OpenAPI document.

export interface components {
    schemas: {
        /** @description A new account. */
        Registration: {
            /** Format: email */
            email: string;
            name: string;
            /** Format: password */
            password: string;
            /** @description The token of an invitation from the administrator or to a team, if this installation requires one. */
            invitation?: string | null;
            /** @description The response of the Turnstile widget, if this installation requires it. */
            turnstile_token?: string | null;
        };
        /** @description The account that was created. */
        RegisteredMember: {
            /** Format: int64 */
            id: number;
            email: string;
            name: string;
            /** Format: date-time */
            date_signedup: string;
        };
        /** @description The response to a failed request. `code` is for programs, `error` is for people. */
        Error: {
            /** @constant */
            success: false;
            /** @description A sentence for people. */
            error: string;
            code: components["schemas"]["ErrorCode"];
            /**
             * Format: uri
             * @description What the code means.
             */
            doc_url: string;
            /**
             * Format: int64
             * @description With `already_signed_up`: the participant with this email address.
             */
            participant_id?: number;
            /** @description With `scope_missing`: the scope that the API key lacks. */
            missing_scope?: string;
            details?: components["schemas"]["ErrorDetail"][];
        };
        /** @description A registration link for one account. */
        RegistrationInvitation: {
            /** @description The page for creating an account. The link works once. */
            url: string;
            token: string;
            /** Format: date-time */
            expires_at: string;
        };
        /** @description An email address and a password, and a code if the account has two-step verification. */
        SignIn: {
            email: string;
            /** Format: password */
            password: string;
            /** @description For accounts with two-step verification: six digits, or a recovery code. */
            code?: string;
        };
        /** @description A token, and its account. */
        SignedIn: {
            /** @description For `Authorization: Bearer`. HS256; `sub` is the member's ID. */
            token: string;
            /**
             * Format: int64
             * @description Seconds.
             */
            expires_in: number;
            member: components["schemas"]["Member"];
        };
        /** @description An account. */
        Member: {
            /** Format: int64 */
            id: number;
            email: string;
            name: string;
        };
        /** @description Confirms that an email was requested. */
        MailSent: {
            /**
             * @description Whether an email was sent. False if none was needed.
             * @constant
             */
            sent: true;
        };
        /** @description The account whose password is to be reset. */
        ResetRequest: {
            email: string;
        };
        /** @description The account behind the credential. */
        Profile: {
            /** Format: int64 */
            id: number;
            email: string;
            name: string;
            is_verified: boolean;
            /** Format: int64 */
            plan_id: number;
            plan_expiry: string | null;
            /** Format: date-time */
            date_signedup: string;
            photo: string | null;
            /**
             * @description An IANA time zone. The dashboard uses it to show and read times.
             * @default UTC
             */
            time_zone: string;
            /**
             * Format: int64
             * @description The number of successful sign-ins.
             */
            num_of_logins: number;
        };
        /** @description The fields to change. Other fields keep their values. */
        ProfileChange: {
            name?: string;
            time_zone?: string;
        };
        /** @description A new API key in full. */
        MintedKey: {
            /** Format: int64 */
            id: number;
            /** @description The full key. It is shown once and not stored. */
            api_key: string;
            prefix: string;
            /** Format: date-time */
            date_generated: string;
        };
        /** @description An API key, without its secret part. */
        ApiKey: {
            /** Format: int64 */
            id: number;
            /** @description The first characters of the key. */
            api_key: string;
            prefix: string;
            /** @constant */
            masked: true;
            /** Format: date-time */
            date_generated: string;
            /** @description Accurate to one minute. */
            last_used_at: string | null;
            /** @description The person who created the key. Null for keys from before this was recorded. */
            created_by: components["schemas"]["ApiKeyCreatedBy"] | null;
        };
        /** @description The position of this page in the list. */
        Pagination: {
            /** Format: int64 */
            page: number;
            /** Format: int64 */
            limit: number;
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            totalPages: number;
            /**
             * Format: int64
             * @description With `after`: its value for the next request. Null at the end of the list.
             */
            next_after?: number | null;
            /** @description With `updated_since`: its value for the next request, whenever you make it. */
            next_updated_since?: string;
            /** @description With `updated_since`: whether to request the next page right away. With filters, a page may be empty even though there is more. */
            has_more?: boolean;
        };
        /** @description An API key that no longer works. */
        RevokedKey: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description An account's plan and its expiry. */
        PlanChange: {
            /** Format: int64 */
            plan_id: number;
            /** @description The date when the account returns to the free plan. Null: never. */
            plan_expiry?: string | null;
        };
        /** @description An account whose two-step verification was turned off. */
        SecondFactorReset: {
            /**
             * Format: int64
             * @description The member's ID.
             */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description All named keys of the account. */
        KeyList: {
            keys: components["schemas"]["Key"][];
        };
        /** @description A named key, without its secret part. */
        Key: {
            /** Format: int64 */
            id: number;
            name: string;
            /** @description `secret` keys are for your servers. `publishable` keys are for website code: they can only sign up visitors. */
            kind: components["schemas"]["KeyKind"];
            /** @description A `test` key sees and changes test data only. A `live` key sees and changes live data only. */
            mode: components["schemas"]["KeyMode"];
            scopes: components["schemas"]["KeyScope"][];
            /** @description The first characters of the key. */
            prefix: string;
            /** @description Null for secret keys. */
            allowed_origins: string[] | null;
            expires_at: string | null;
            /** @description The time when a new key replaced this one. This key works until `expires_at`. */
            rolled_at: string | null;
            /** @description Accurate to one hour. */
            last_used_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description The person who created the key, if they still have an account. */
            created_by: components["schemas"]["ApiKeyCreatedBy"] | null;
        };
        /** @description A key to create. A secret key needs `scopes`, a publishable one `allowed_origins`. */
        NewKey: {
            /** @description Your own name for the key, such as the program that uses it. */
            name: string;
            /**
             * @description `secret` keys are for your servers. `publishable` keys are for website code: they can only sign up visitors.
             * @default secret
             */
            kind?: components["schemas"]["KeyKind"];
            /**
             * @description A `test` key sees and changes test data only. A `live` key sees and changes live data only.
             * @default live
             */
            mode?: components["schemas"]["KeyMode"];
            /** @description What a secret key may do. `read`: every GET. `write`: every change, including signups. `signup`: only sign up participants. */
            scopes?: components["schemas"]["KeyScope"][];
            /** @description The origins of the websites where a publishable key works. Up to 20. It does not work anywhere else. */
            allowed_origins?: string[];
            /** @description When the key expires. Null: never. */
            expires_at?: string | null;
        };
        /** @description A new named key in full. */
        CreatedKey: {
            /** Format: int64 */
            id: number;
            name: string;
            /** @description `secret` keys are for your servers. `publishable` keys are for website code: they can only sign up visitors. */
            kind: components["schemas"]["KeyKind"];
            /** @description A `test` key sees and changes test data only. A `live` key sees and changes live data only. */
            mode: components["schemas"]["KeyMode"];
            scopes: components["schemas"]["KeyScope"][];
            /** @description The first characters of the key. */
            prefix: string;
            /** @description Null for secret keys. */
            allowed_origins: string[] | null;
            expires_at: string | null;
            /** @description The time when a new key replaced this one. This key works until `expires_at`. */
            rolled_at: string | null;
            /** @description Accurate to one hour. */
            last_used_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** @description The person who created the key, if they still have an account. */
            created_by: components["schemas"]["ApiKeyCreatedBy"] | null;
            /** @description The full key. It is shown once and not stored. */
            key: string;
        };
        /** @description The fields to change. Other fields keep their values. */
        KeyChange: {
            /** @description Your own name for the key, such as the program that uses it. */
            name?: string;
            /** @description What a secret key may do. `read`: every GET. `write`: every change, including signups. `signup`: only sign up participants. */
            scopes?: components["schemas"]["KeyScope"][];
            /** @description The origins of the websites where a publishable key works. Up to 20. It does not work anywhere else. */
            allowed_origins?: string[];
            /** @description When the key expires. Null: never. */
            expires_at?: string | null;
        };
        /** @description How to replace a key. */
        KeyRoll: {
            /** @description How long the old key keeps working. Up to seven days. With 0, it stops working immediately. */
            grace_hours?: number;
            /** @description When the new key expires. If omitted, the old key's expiry applies. */
            expires_at?: string | null;
        };
        /** @description The new key in full, and the old one, which works until its `expires_at`. */
        RolledKey: {
            key: components["schemas"]["CreatedKey"];
            old_key: components["schemas"]["Key"];
        };
        /** @description Confirms that the account has no test data anymore. */
        TestDataDeleted: {
            /** @constant */
            deleted: true;
        };
        /** @description A plan and its limits; 0 is unlimited. */
        Plan: {
            /** Format: int64 */
            id: number;
            name: string;
            /** @description Dollars per period. */
            price: number;
            /**
             * Format: int64
             * @description Participants across the account. 0: unlimited.
             */
            campaigns_participants: number;
            /**
             * Format: int64
             * @description Brands. 0: unlimited.
             */
            no_of_domains: number;
            /** @description The unit of a period. */
            unit: string;
            /**
             * Format: int64
             * @description Units in a period.
             */
            no_unit: number;
            /**
             * Format: int64
             * @description Days in a period.
             */
            days: number;
        };
        /** @description The result of a Stripe event. */
        BillingEventHeard: {
            /** @description Whether the event belongs to an account of this installation. */
            heard: boolean;
        };
        /** @description A change to a suspension, with the reason. */
        SuspensionChange: {
            suspended: boolean;
            /**
             * @description For the operator and the audit log. Visitors never see it.
             * @default null
             */
            reason?: string | null;
        };
        /** @description The state of a suspension. */
        Suspension: {
            suspended_at: string | null;
            reason: string | null;
        };
        /** @description An account that sends email, with its delivery results. */
        Sender: {
            /** Format: int64 */
            member_id: number;
            email: string;
            name: string;
            is_verified: boolean;
            /** Format: int64 */
            mails_today: number;
            /**
             * Format: int64
             * @description In the last seven days.
             */
            mails: number;
            /** Format: int64 */
            bounces: number;
            /** Format: int64 */
            complaints: number;
            /** @description The newest brands. */
            domains: components["schemas"]["SenderDomain"][];
            /** @description The newest campaigns' email subjects. */
            subjects: string[];
            sending_paused_at: string | null;
            suspended_at: string | null;
        };
        /** @description Whether an account's campaigns may send email. */
        SendingState: {
            /** Format: int64 */
            member_id: number;
            sending_paused_at: null;
        };
        /** @description The team's security settings. */
        TeamSecurity: {
            /** @description Whether everyone on the team needs two-step verification, including the owner. */
            second_factor_required: boolean;
        };
        /** @description A website that runs campaigns. */
        Brand: {
            /** Format: int64 */
            id: number;
            url: string;
            domain: string;
            slug: string;
            /** @description The brand's display name. Null: its domain. */
            name: string | null;
            color: string | null;
            button_color: string | null;
            font_family: string | null;
            description: string | null;
            logo_url: string | null;
            background_image: string | null;
            socials: components["schemas"]["BrandSocial"][];
            in_vnoc: boolean;
            /** Format: int64 */
            vnoc_id: number | null;
            /** Format: int64 */
            total_campaigns: number;
            /** Format: date-time */
            date_added: string;
            reply_to: string | null;
            verification: components["schemas"]["Verification"];
            sending: components["schemas"]["Sending"];
        };
        /** @description Publish the TXT record, the file, or the widget on the home page. Then start a check. */
        Verification: {
            status: components["schemas"]["VerificationStatus"];
            /** @description The method that verified the domain: the TXT record, the file, a campaign's widget on the home page, or the installation's settings. */
            method: components["schemas"]["VerificationMethod"] | null;
            proven_at: string | null;
            checked_at: string | null;
            dns: components["schemas"]["VerificationDns"];
            file: components["schemas"]["VerificationFile"];
        };
        /** @description Whether this brand's campaigns send email. If not, emails wait up to 72 hours. */
        Sending: {
            allowed: boolean;
            reason: components["schemas"]["SendingReason"] | null;
        };
        /** @description A new brand. Only the URL is required. */
        NewBrand: {
            /** @description The website. If the scheme is missing, https is assumed. */
            url: string;
            slug?: string;
            /** @description The brand's display name. Null: its domain. */
            name?: string;
            /** @description The main color. Campaigns use it unless they have their own. */
            color?: string | null;
            /** @description The color of buttons and links. Null: `color`. */
            button_color?: string | null;
            /** @description The font of widgets, pages, and emails. Null: the system font. */
            font_family?: string | null;
            description?: string | null;
            logo_url?: string | null;
            background_image?: string | null;
            socials?: components["schemas"]["Social"][];
        };
        /** @description A profile of the brand on a social network. */
        Social: {
            social: string;
            /** Format: uri */
            profile_url: string;
        };
        /** @description The fields of a brand to change. Null clears a field. */
        BrandChange: {
            url?: string;
            slug?: string;
            /** @description The brand's display name. Null: its domain. */
            name?: string;
            /** @description The main color. Campaigns use it unless they have their own. */
            color?: string | null;
            /** @description The color of buttons and links. Null: `color`. */
            button_color?: string | null;
            /** @description The font of widgets, pages, and emails. Null: the system font. */
            font_family?: string | null;
            description?: string | null;
            logo_url?: string | null;
            background_image?: string | null;
            socials?: components["schemas"]["Social"][];
            /** @description The reply-to address of campaign emails: an address on the verified domain, or your own verified one. */
            reply_to?: string | null;
        };
        /** @description The brand, and the result of its domain check. */
        VerifiedBrand: {
            /** Format: int64 */
            id: number;
            url: string;
            domain: string;
            slug: string;
            /** @description The brand's display name. Null: its domain. */
            name: string | null;
            color: string | null;
            button_color: string | null;
            font_family: string | null;
            description: string | null;
            logo_url: string | null;
            background_image: string | null;
            socials: components["schemas"]["BrandSocial"][];
            in_vnoc: boolean;
            /** Format: int64 */
            vnoc_id: number | null;
            /** Format: int64 */
            total_campaigns: number;
            /** Format: date-time */
            date_added: string;
            reply_to: string | null;
            verification: components["schemas"]["Verification"];
            sending: components["schemas"]["Sending"];
            /** @description The result of this check. It stops at the first proof. */
            checked: components["schemas"]["VerifiedBrandChecked"];
        };
        /** @description The deleted brand. Its campaigns were deleted with it. */
        DeletedBrand: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description The totals of a brand's campaigns. */
        BrandStats: {
            /** Format: int64 */
            brand_id: number;
            /** Format: int64 */
            total_campaigns: number;
            /** Format: int64 */
            total_participants: number;
            /** Format: int64 */
            total_shares: number;
            /** Format: int64 */
            total_clicks: number;
            /** Format: int64 */
            total_impressions: number;
        };
        /** @description Whether the brand is linked to VNOC. */
        VnocLink: {
            in_vnoc: boolean;
            vnoc_id?: number | null;
        };
        /** @description A brand's custom hosts. */
        Domains: {
            domains: components["schemas"]["Domain"][];
        };
        /** @description A custom host and its status. */
        Domain: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            brand_id: number;
            hostname: string;
            /** @description `unverified` until we find its TXT record, `pending` until its certificate is issued, then `active`. `failed`: see `error`. */
            state: components["schemas"]["DomainState"];
            /** @description The certificate's status, as reported by Cloudflare. */
            ssl_state: string | null;
            /** @description The problem, and how to fix it. */
            error: string | null;
            /** @description The DNS records to publish. */
            records: components["schemas"]["DomainRecord"][];
            checked_at: string | null;
            /** Format: date-time */
            date_added: string;
        };
        /** @description A custom host for a brand's pages and share links. */
        NewDomain: {
            /** @description A subdomain that you own. */
            hostname: string;
        };
        /** @description The removed host. */
        DeletedDomain: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description A brand's referral program. */
        Campaign: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            brand_id: number;
            /**
             * Format: int64
             * @description Same as `brand_id`.
             */
            url_id: number;
            /** Format: int64 */
            member_id: number;
            name: string;
            /** Format: int64 */
            type_id: number;
            goal_type: components["schemas"]["GoalType"];
            /** Format: int64 */
            num_signups: number;
            /** Format: int64 */
            num_visits: number | null;
            reward_type: components["schemas"]["RewardType"];
            reward_invited: boolean;
            publish: components["schemas"]["CampaignPublish"];
            currency: string;
            landing_url: string | null;
            allow_email: boolean;
            campaign_entry_subject: string | null;
            campaign_entry_message: string | null;
            reward_notify_subject: string | null;
            reward_notify_message: string | null;
            twoway_reward_notify_subject: string | null;
            twoway_reward_notify_message: string | null;
            admitted_notify_subject: string | null;
            admitted_notify_message: string | null;
            default_emails: components["schemas"]["CampaignDefaultEmail"][];
            friend_emails: components["schemas"]["CampaignFriendEmail"][];
            allow_countdown: boolean;
            countdown_end: string | null;
            double_opt_in: boolean;
            waitlist_enabled: boolean;
            /** Format: int64 */
            waitlist_places_per_friend: number;
            fraud_mode: components["schemas"]["CampaignFraudMode"];
            /** Format: int64 */
            review_days: number;
            review_ending: components["schemas"]["CampaignReviewEnding"];
            status: components["schemas"]["CampaignStatus"];
            starts_at: string | null;
            ends_at: string | null;
            /** Format: date-time */
            date_added: string;
        };
        /**
         * @description What counts toward the goal: friends' signups, or visits.
         * @enum {string}
         */
        GoalType: "signup" | "visit";
        /**
         * Format: int64
         * @description A kind of reward: 1 coupon, 2 redirect, 3 message, 4 token, 5 cash, 6 credit.
         * @enum {integer}
         */
        RewardType: 1 | 2 | 3 | 4 | 5 | 6;
        /**
         * @description A campaign's status. People can sign up while it is `live`.
         * @enum {string}
         */
        CampaignStatus: "draft" | "scheduled" | "live" | "paused" | "ended" | "archived";
        /** @description `name` and `brand_id` (or `url_id`) are required; everything else has a default. */
        NewCampaign: {
            name: string;
            /** Format: int64 */
            brand_id?: number;
            /**
             * Format: int64
             * @description Former name of `brand_id`. If both are sent, `brand_id` takes precedence.
             */
            url_id?: number;
            type_id?: number;
            /** @description What counts toward the goal. After a change, participants who have already reached the new goal are rewarded. */
            goal_type?: components["schemas"]["GoalType"];
            /** @description Referrals needed to reach the goal; null means 1. After the goal is lowered, participants who have already reached it are rewarded shortly. */
            num_signups?: number | null;
            /** @description Unique visitors needed to reach the goal; at least 1 if `goal_type` is `visit`. After the goal is lowered, participants who have already reached it are rewarded shortly. */
            num_visits?: number | null;
            /** @description 1 coupon, 2 redirect URL, 3 custom message, 4 crypto token (VNOC-linked brands only), 5 cash, 6 store credit. */
            reward_type?: number;
            /** @description Whether the referred friend also earns the same kind of reward. Has no effect if `goal_type` is `visit`, because visits refer nobody. */
            reward_invited?: boolean;
            /** @description Switching to `public` requires an active paid plan. */
            publish?: components["schemas"]["CampaignPublish"];
            /** @description The currency of its conversions and rewards. It cannot change once the campaign has rules or conversions. */
            currency?: string;
            landing_url?: string | null;
            allow_email?: boolean;
            /** @description For the email sent after joining. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            campaign_entry_subject?: string | null;
            /** @description For the email sent after joining. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            campaign_entry_message?: string | null;
            /** @description For the email sent when a referrer's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            reward_notify_subject?: string | null;
            /** @description For the email sent when a referrer's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            reward_notify_message?: string | null;
            /** @description For the email sent when a friend's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            twoway_reward_notify_subject?: string | null;
            /** @description For the email sent when a friend's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            twoway_reward_notify_message?: string | null;
            /** @description For the email sent when a participant is let in from the waitlist. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            admitted_notify_subject?: string | null;
            /** @description For the email sent when a participant is let in from the waitlist. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            admitted_notify_message?: string | null;
            /** @description The emails that use our default text if the campaign has neither a subject nor a message for them: `entry` after joining, `reward` and `twoway_reward` when a referrer's or a friend's reward is fulfilled, `admitted` when a participant is admitted from the waitlist. They go to participants who signed up themselves, in the widget or on a hosted page. A new campaign has all of them. An empty list turns them off. */
            default_emails?: components["schemas"]["CampaignDefaultEmail"][];
            /** @description More emails to participants, with our default text: `friend_joined` (at most one a day), `one_to_go` when they need one more friend for the goal, `reminder` once to participants who signed up themselves and have shared nothing for three days, `recap` on Mondays to participants whose friends joined in the previous week. All are off by default. */
            friend_emails?: components["schemas"]["CampaignFriendEmail"][];
            allow_countdown?: boolean;
            countdown_end?: string | null;
            /** @description Whether visitors who sign up through the widget or a hosted page must confirm their email address. Until they do, they are `pending` and earn nothing, and their referrer gets no credit. Signups with an API key need no confirmation. */
            double_opt_in?: boolean;
            /** @description Whether participants wait in line until you admit them (`POST /campaigns/{campaignId}/releases`). It cannot change while the campaign has participants. */
            waitlist_enabled?: boolean;
            /** @description How many places each friend moves a participant up. It cannot change while the campaign has participants. */
            waitlist_places_per_friend?: number;
            /** @description How to handle referrals and sales that look like fraud. `hold` opens a review, and holds the rewards of the referrer and the friend until you decide it. `strict` does the same with less evidence. `watch` opens reviews and holds nothing. `off` checks nothing. */
            fraud_mode?: components["schemas"]["CampaignFraudMode"];
            /** @description The number of days after which `review_ending` decides an open review. */
            review_days?: number;
            /** @description How an undecided review ends. `by_score` denies it at a score of 0.8 or higher. */
            review_ending?: components["schemas"]["CampaignReviewEnding"];
            /** @description Visitors and the API can sign up only while the campaign is `live`, which is the default. `scheduled` needs a `starts_at` in the future. `live` starts the campaign now, or reopens it after it ended. `ended` and `archived` end it now; an archived campaign is also hidden in the dashboard. A campaign that has started cannot become a draft again. */
            status?: components["schemas"]["CampaignStatus"];
            /** @description The time when a `scheduled` campaign becomes `live`. */
            starts_at?: string | null;
            /** @description The time when the campaign's status becomes `ended`. */
            ends_at?: string | null;
            widget?: components["schemas"]["WidgetChange"];
            reward?: components["schemas"]["RewardSettingsChange"];
        };
        /** @description The widget settings to change. */
        WidgetChange: {
            placement?: components["schemas"]["WidgetPlacement"];
            template_id?: number;
            font_family?: string;
            color?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            header_title?: string;
            header_font_color?: string;
            header_description_color?: string;
            header_background_type?: components["schemas"]["BackgroundType"];
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            description?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            body_text?: string;
            text_color?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            field_label_1?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            field_label_2?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            button_text?: string;
            button_color?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            join_button_text?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            success_message?: string;
            banner_image_url?: string | null;
            left_image?: string | null;
            background_type?: components["schemas"]["BackgroundType"];
            background_color?: string;
            background_image?: string | null;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            popup_button_text?: string;
            popup_button_color?: string;
            popup_button_position?: components["schemas"]["WidgetButtonPosition"];
            /** @description Pixels between the launcher button and the bottom of the window, such as to leave room for a chat button. */
            popup_button_offset?: number;
            widget_width?: number | null;
            widget_height?: number | null;
            /** @description Social types offered for sharing. Empty: all. */
            socials_allowed?: components["schemas"]["SocialType"][];
            /** @description Share messages by social type, replacing `texts.share_message`. Placeholders: `{name}` is the participant's short name; `{brand}`, `{campaign}`, and `{reward}` (the friend's reward) also work. The link follows the message. The object is replaced as a whole. */
            share_messages?: {
                [key: string]: string;
            };
            /** @description Form fields besides name and email. The answers appear in the participant's `metadata`, in webhooks, and in exports. */
            fields?: components["schemas"]["FormField"][];
            /** @description A link to your terms, below the form's button. */
            terms_url?: string | null;
            /** @description Whether participants can choose a custom word for their link, like `/t/42/rita`. */
            own_words?: boolean;
            stats_on?: boolean;
            stats_start_participants?: number;
            stats_start_shares?: number;
            stats_start_clicks?: number;
            stats_start_impressions?: number;
            /** @description Whether visitors see the leaderboard, with shortened names. Null: only if the campaign is public. */
            leaderboard_on?: boolean | null;
            allow_countdown?: boolean;
            countdown_end?: string | null;
            /**
             * @description The widget's language: a language tag, or `auto` for each visitor's own language (from `Accept-Language`; emails use the language at signup). Texts exist for en, ar, de, de-x-formal, es, fr, it, ja, nl, pl, pt, pt-PT. `de-x-formal` is German with Sie, and `pt` is Brazilian. Other languages use English unless `texts` provides them. Unset texts use this language.
             * @example auto
             * @example de
             */
            language?: string;
            /** @description Replacements for the widget's other default texts, by name. The object is replaced as a whole. */
            texts?: {
                [key: string]: string;
            };
            /** @description If both Turnstile keys are set, visitors to the widget and the hosted pages must pass Turnstile. */
            turnstile_site_key?: string | null;
            /** @description Whether disposable email addresses are blocked. */
            block_disposable?: boolean;
            /** @description The secret key of the same Turnstile widget. Stored encrypted and never returned. Null removes it. */
            turnstile_secret?: string | null;
        };
        /**
         * @description Where the widget appears.
         * @enum {string}
         */
        WidgetPlacement: "embed" | "popup" | "floating" | "topbar";
        /**
         * @description How the background is filled.
         * @enum {string}
         */
        BackgroundType: "color" | "image" | "transparent";
        /**
         * @description The corner of the launcher button.
         * @enum {string}
         */
        WidgetButtonPosition: "bottom-right" | "bottom-left";
        /** @description A form field. */
        FormField: {
            /** @description The name of the answer in the participant's `metadata`. */
            key: string;
            /** @description `consent` is a checkbox. Its answer is stored with its wording, link, and time: `{agreed, text, url, at}`. */
            type: components["schemas"]["FormFieldType"];
            label: string;
            /** @default false */
            required?: boolean;
            /**
             * @description The choices of a `select`.
             * @default []
             */
            options?: string[];
            /**
             * @description For `consent`: a link to the full document, such as your terms.
             * @default null
             */
            url?: string | null;
        };
        /** @description The reward settings to change. */
        RewardSettingsChange: {
            /** @description 1 coupon, 2 redirect URL, 3 custom message, 4 crypto token (VNOC-linked brands only), 5 cash, 6 store credit. */
            reward_type?: number;
            worth_value?: number | null;
            redirect_url?: string | null;
            custom_message?: string | null;
            token_symbol?: string | null;
            token_address?: string | null;
            /** @description A decimal number as text, because tokens can have many digits. */
            token_amount?: string | null;
            token_chain_id?: number | null;
            cash_value?: number | null;
            credit_value?: number | null;
            /** @description The reward's name, as part of a sentence: Get *a free bag of coffee*. Null: its amount or kind. */
            title?: string | null;
            /** @description An image of the reward, for the widget and the landing page. */
            image_url?: string | null;
        };
        /** @description A campaign with its settings. */
        CampaignDetail: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            brand_id: number;
            /**
             * Format: int64
             * @description Same as `brand_id`.
             */
            url_id: number;
            /** Format: int64 */
            member_id: number;
            name: string;
            /** Format: int64 */
            type_id: number;
            goal_type: components["schemas"]["GoalType"];
            /** Format: int64 */
            num_signups: number;
            /** Format: int64 */
            num_visits: number | null;
            reward_type: components["schemas"]["RewardType"];
            reward_invited: boolean;
            publish: components["schemas"]["CampaignPublish"];
            currency: string;
            landing_url: string | null;
            allow_email: boolean;
            campaign_entry_subject: string | null;
            campaign_entry_message: string | null;
            reward_notify_subject: string | null;
            reward_notify_message: string | null;
            twoway_reward_notify_subject: string | null;
            twoway_reward_notify_message: string | null;
            admitted_notify_subject: string | null;
            admitted_notify_message: string | null;
            default_emails: components["schemas"]["CampaignDefaultEmail"][];
            friend_emails: components["schemas"]["CampaignFriendEmail"][];
            allow_countdown: boolean;
            countdown_end: string | null;
            double_opt_in: boolean;
            waitlist_enabled: boolean;
            /** Format: int64 */
            waitlist_places_per_friend: number;
            fraud_mode: components["schemas"]["CampaignFraudMode"];
            /** Format: int64 */
            review_days: number;
            review_ending: components["schemas"]["CampaignReviewEnding"];
            status: components["schemas"]["CampaignStatus"];
            starts_at: string | null;
            ends_at: string | null;
            /** Format: date-time */
            date_added: string;
            widget: components["schemas"]["Widget"];
            reward: components["schemas"]["RewardSettings"];
            lander: components["schemas"]["Lander"];
            contest: components["schemas"]["Contest"] | null;
            coupons: components["schemas"]["CampaignDetailCoupons"];
        };
        /** @description The appearance and texts of the widget. */
        Widget: {
            /** Format: int64 */
            campaign_id: number;
            placement: components["schemas"]["WidgetPlacement"];
            /** Format: int64 */
            template_id: number;
            font_family: string;
            color: string;
            header_title: string;
            header_font_color: string;
            header_description_color: string;
            header_background_type: components["schemas"]["BackgroundType"];
            description: string;
            body_text: string;
            text_color: string;
            field_label_1: string;
            field_label_2: string;
            button_text: string;
            button_color: string;
            join_button_text: string;
            success_message: string;
            banner_image_url: string | null;
            left_image: string | null;
            background_type: components["schemas"]["BackgroundType"];
            background_color: string;
            background_image: string | null;
            popup_button_text: string;
            popup_button_color: string;
            popup_button_position: components["schemas"]["WidgetButtonPosition"];
            /** Format: int64 */
            popup_button_offset: number;
            /**
             * Format: int64
             * @description In pixels. Null: adapts to the available space.
             */
            widget_width: number | null;
            /**
             * Format: int64
             * @description In pixels. Null: adapts to the available space.
             */
            widget_height: number | null;
            socials_allowed: components["schemas"]["SocialType"][];
            share_messages: {
                [key: string]: string;
            };
            fields: components["schemas"]["WidgetFormField"][];
            terms_url: string | null;
            own_words: boolean;
            stats_on: boolean;
            /** Format: int64 */
            stats_start_participants: number;
            /** Format: int64 */
            stats_start_shares: number;
            /** Format: int64 */
            stats_start_clicks: number;
            /** Format: int64 */
            stats_start_impressions: number;
            leaderboard_on: boolean | null;
            allow_countdown: boolean;
            /** Format: date-time */
            countdown_end: string | null;
            language: string;
            texts: {
                [key: string]: string;
            };
            turnstile_site_key: string | null;
            block_disposable: boolean;
            has_turnstile_secret: boolean;
        };
        /**
         * @description A channel: 1 facebook, 2 twitter, 3 linkedin, 4 email, 5 whatsapp, 6 direct, 7 sms, 8 telegram, 9 messenger, 10 reddit, 11 pinterest, 12 QR code.
         * @enum {integer}
         */
        SocialType: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
        /** @description A form field besides name and email. */
        WidgetFormField: {
            key: string;
            type: components["schemas"]["FormFieldType"];
            label: string;
            required: boolean;
            options: string[];
            url: string | null;
        };
        /** @description The reward for the campaign's own goal. */
        RewardSettings: {
            /** Format: int64 */
            campaign_id: number;
            reward_type: components["schemas"]["RewardType"];
            /** @description The reward's value in dollars, for example what a coupon is worth. */
            worth_value: number | null;
            redirect_url: string | null;
            custom_message: string | null;
            token_symbol: string | null;
            token_address: string | null;
            token_amount: string | null;
            /** Format: int64 */
            token_chain_id: number | null;
            /** @description The currency's major unit. */
            cash_value: number | null;
            /** @description The currency's major unit. Redeemed in parts with `POST /participants/{id}/redemptions`. */
            credit_value: number | null;
            /** @description The reward's name, as part of a sentence: Get *a free bag of coffee*. Null: its amount or kind. */
            title: string | null;
            image_url: string | null;
        };
        /** @description The appearance and texts of the campaign's landing page. */
        Lander: {
            /** Format: int64 */
            campaign_id: number;
            /** @description `lander_<template_id>`, or `default` if none is stored. */
            lander: string;
            is_default: boolean;
            /** Format: int64 */
            template_id: number;
            header_title: string;
            header_description: string;
            footer_title: string;
            footer_description: string;
            background_type: components["schemas"]["BackgroundType"];
            background_color: string;
            background_image: string | null;
            font_color: string;
            font_family: string;
            button_text: string;
        };
        /** @description A prize draw among a campaign's participants. */
        Contest: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The contest's number in the campaign, including removed contests.
             */
            number: number;
            contest_name: string;
            description: string | null;
            /** Format: date-time */
            start_date: string;
            /** Format: date-time */
            end_date: string;
            /** Format: int64 */
            max_winners: number;
            /** Format: int64 */
            max_display: number;
            is_on: boolean;
            /** @description `entries`: 1 entry per participant plus 1 per credited referral. `uniform`: 1 entry each. */
            weighting: components["schemas"]["ContestWeighting"];
            drawn_at: string | null;
            /**
             * Format: int64
             * @description The number of changes to the dates or `max_winners` after the start.
             */
            changes: number;
            winners: components["schemas"]["NamedContestWinner"][];
            draw: components["schemas"]["ContestDraw"];
        };
        /** @description `name` is null if the participant was erased. */
        NamedContestWinner: {
            /** Format: int64 */
            participant_id: number;
            /** Format: int64 */
            index: number;
            /** Format: int64 */
            entries: number;
            name: string | null;
        };
        /** @description Everything needed to verify how the winners were drawn. */
        ContestDraw: {
            /** @constant */
            algorithm: "hmac-sha256-v1";
            /** @description SHA-256 of the seed, in hex. Public from the start; it never changes. */
            commitment: string;
            /** Format: date-time */
            committed_at: string;
            /** @description 32 bytes in hex. Null before the draw. */
            seed: string | null;
            /** @description SHA-256 of the list of entrants, in hex. */
            entrants_hash: string | null;
            /** Format: int64 */
            entrants_count: number | null;
            /** Format: int64 */
            total_entries: number | null;
            /** @description The winners' lines in the list, in drawing order. */
            winner_indices: number[];
            /** @description The list of entrants. Returns 404 before the draw. */
            entrants_url: string;
        };
        /** @description Any subset. `widget` and `reward` change only the fields they contain. */
        CampaignChange: {
            name?: string;
            /** Format: int64 */
            brand_id?: number;
            /**
             * Format: int64
             * @description Former name of `brand_id`. If both are sent, `brand_id` takes precedence.
             */
            url_id?: number;
            type_id?: number;
            /** @description What counts toward the goal. After a change, participants who have already reached the new goal are rewarded. */
            goal_type?: components["schemas"]["GoalType"];
            /** @description Referrals needed to reach the goal; null means 1. After the goal is lowered, participants who have already reached it are rewarded shortly. */
            num_signups?: number | null;
            /** @description Unique visitors needed to reach the goal; at least 1 if `goal_type` is `visit`. After the goal is lowered, participants who have already reached it are rewarded shortly. */
            num_visits?: number | null;
            /** @description 1 coupon, 2 redirect URL, 3 custom message, 4 crypto token (VNOC-linked brands only), 5 cash, 6 store credit. */
            reward_type?: number;
            /** @description Whether the referred friend also earns the same kind of reward. Has no effect if `goal_type` is `visit`, because visits refer nobody. */
            reward_invited?: boolean;
            /** @description Switching to `public` requires an active paid plan. */
            publish?: components["schemas"]["CampaignPublish"];
            /** @description The currency of its conversions and rewards. It cannot change once the campaign has rules or conversions. */
            currency?: string;
            landing_url?: string | null;
            allow_email?: boolean;
            /** @description For the email sent after joining. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            campaign_entry_subject?: string | null;
            /** @description For the email sent after joining. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            campaign_entry_message?: string | null;
            /** @description For the email sent when a referrer's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            reward_notify_subject?: string | null;
            /** @description For the email sent when a referrer's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            reward_notify_message?: string | null;
            /** @description For the email sent when a friend's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            twoway_reward_notify_subject?: string | null;
            /** @description For the email sent when a friend's reward is fulfilled. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            twoway_reward_notify_message?: string | null;
            /** @description For the email sent when a participant is let in from the waitlist. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            admitted_notify_subject?: string | null;
            /** @description For the email sent when a participant is let in from the waitlist. The email is sent if its subject or message is set. Placeholders: `{{name}}`, `{{email}}`, `{{referral_url}}`, `{{campaign_name}}`, `{{reward}}`. */
            admitted_notify_message?: string | null;
            /** @description The emails that use our default text if the campaign has neither a subject nor a message for them: `entry` after joining, `reward` and `twoway_reward` when a referrer's or a friend's reward is fulfilled, `admitted` when a participant is admitted from the waitlist. They go to participants who signed up themselves, in the widget or on a hosted page. A new campaign has all of them. An empty list turns them off. */
            default_emails?: components["schemas"]["CampaignDefaultEmail"][];
            /** @description More emails to participants, with our default text: `friend_joined` (at most one a day), `one_to_go` when they need one more friend for the goal, `reminder` once to participants who signed up themselves and have shared nothing for three days, `recap` on Mondays to participants whose friends joined in the previous week. All are off by default. */
            friend_emails?: components["schemas"]["CampaignFriendEmail"][];
            allow_countdown?: boolean;
            countdown_end?: string | null;
            /** @description Whether visitors who sign up through the widget or a hosted page must confirm their email address. Until they do, they are `pending` and earn nothing, and their referrer gets no credit. Signups with an API key need no confirmation. */
            double_opt_in?: boolean;
            /** @description Whether participants wait in line until you admit them (`POST /campaigns/{campaignId}/releases`). It cannot change while the campaign has participants. */
            waitlist_enabled?: boolean;
            /** @description How many places each friend moves a participant up. It cannot change while the campaign has participants. */
            waitlist_places_per_friend?: number;
            /** @description How to handle referrals and sales that look like fraud. `hold` opens a review, and holds the rewards of the referrer and the friend until you decide it. `strict` does the same with less evidence. `watch` opens reviews and holds nothing. `off` checks nothing. */
            fraud_mode?: components["schemas"]["CampaignFraudMode"];
            /** @description The number of days after which `review_ending` decides an open review. */
            review_days?: number;
            /** @description How an undecided review ends. `by_score` denies it at a score of 0.8 or higher. */
            review_ending?: components["schemas"]["CampaignReviewEnding"];
            /** @description Visitors and the API can sign up only while the campaign is `live`, which is the default. `scheduled` needs a `starts_at` in the future. `live` starts the campaign now, or reopens it after it ended. `ended` and `archived` end it now; an archived campaign is also hidden in the dashboard. A campaign that has started cannot become a draft again. */
            status?: components["schemas"]["CampaignStatus"];
            /** @description The time when a `scheduled` campaign becomes `live`. */
            starts_at?: string | null;
            /** @description The time when the campaign's status becomes `ended`. */
            ends_at?: string | null;
            widget?: components["schemas"]["WidgetChange"];
            reward?: components["schemas"]["RewardSettingsChange"];
        };
        /** @description Changes to make in the copy. */
        NewDuplicate: {
            /** @description Default: the original's name followed by `(copy)`. */
            name?: string;
            /**
             * Format: int64
             * @description Another brand of the account. Default: the original's brand.
             */
            brand_id?: number;
            /** @description Default: `draft`. */
            status?: components["schemas"]["NewDuplicateStatus"];
        };
        /** @description The deleted campaign. Its participants were deleted with it. */
        DeletedCampaign: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description A way for the referrer or the friend to earn a reward. */
        Rule: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            role: components["schemas"]["RewardRole"];
            trigger: components["schemas"]["RuleTrigger"];
            event_name: string | null;
            /** Format: int64 */
            min_amount: number;
            first_only: boolean;
            /** Format: int64 */
            threshold: number;
            repeat: components["schemas"]["RuleRepeat"];
            reward: components["schemas"]["RuleReward"];
            /** Format: int64 */
            max_per_participant: number | null;
            /** Format: int64 */
            max_per_month: number | null;
            /** Format: int64 */
            budget: number | null;
            /**
             * Format: int64
             * @description The rule's total rewards so far, in the currency's minor unit. 0 for the campaign's own goal.
             */
            spent: number;
            /** Format: int64 */
            hold_days: number;
            needs_approval: boolean;
            /** Format: int64 */
            expires_days: number | null;
            title: string | null;
            image_url: string | null;
            visible: boolean;
            /** Format: int64 */
            position: number;
        };
        /**
         * @description Who gets the reward: the referrer or the friend.
         * @enum {string}
         */
        RewardRole: "referrer" | "invited";
        /** @description A new rule. */
        NewRule: {
            /** @description Who gets the reward: the referrer, or the friend they invited. */
            role: components["schemas"]["RewardRole"];
            /**
             * @description What counts: friends' signups, visitors to the share link (each once a day), or conversions.
             * @default conversion
             */
            trigger?: components["schemas"]["RuleTrigger"];
            /**
             * @description The event of the conversions that count. Default: `purchase`.
             * @default null
             */
            event_name?: string | null;
            /**
             * Format: int64
             * @description The minimum amount of a conversion, in the currency's minor unit. Smaller ones do not count.
             * @default 0
             */
            min_amount?: number;
            /**
             * @description Only each participant's first conversion of this event counts.
             * @default false
             */
            first_only?: boolean;
            /** @description The number of friends, visitors, or conversions that earns the reward. */
            threshold?: number;
            /**
             * @description `once`, or again for every `threshold`. With `once`, earlier friends and visitors count too, and participants who already have enough get the reward right away.
             * @default every
             */
            repeat?: components["schemas"]["RuleRepeat"];
            reward: components["schemas"]["NewRuleReward"];
            /** @description The maximum number of rewards per participant. */
            max_per_participant?: number | null;
            /** @description The maximum number of rewards per participant in a UTC month. */
            max_per_month?: number | null;
            /**
             * @description For cash and store credit: the maximum total for all participants. The last percentage reward gets the rest; a fixed amount is given in full or not at all. Refunds do not restore the budget.
             * @default null
             */
            budget?: number | null;
            /** @description The number of days to hold the reward. If the conversion is refunded during that time, the reward is not given. */
            hold_days?: number;
            /**
             * @description The reward is held until you approve it.
             * @default false
             */
            needs_approval?: boolean;
            /** @description The number of days after which a pending reward expires, and unredeemed store credit too. Null: never. */
            expires_days?: number | null;
            /** @default null */
            title?: string | null;
            /**
             * @description Shown wherever the rule is promised.
             * @default null
             */
            image_url?: string | null;
            /**
             * @description Whether the widget, the hosted page, the landing page, and invitations show the rule. Hidden rules still earn rewards.
             * @default true
             */
            visible?: boolean;
            /** @description The sort order in lists. */
            position?: number;
        };
        /** @description A rule's reward. Its fields depend on `reward_type`. */
        NewRuleReward: {
            /** @description 1 coupon, 2 redirect URL, 3 custom message, 5 cash, 6 store credit. */
            reward_type: components["schemas"]["NewRuleRewardRewardType"];
            redirect_url?: string | null;
            custom_message?: string | null;
            /** @description For cash and store credit: a fixed amount, in the currency's minor unit. */
            amount?: number | null;
            /** @description For cash and store credit: a percentage of the conversion's amount, instead of a fixed amount. */
            percent?: number | null;
            /** @description The maximum that a percentage gives for one conversion. */
            max_amount?: number | null;
            /** @description Only conversions within this many months of the participant's first such conversion count. Null: no limit. */
            duration_months?: number | null;
        };
        /** @description The rule, and the request fields that were ignored. */
        SavedRule: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            role: components["schemas"]["RewardRole"];
            trigger: components["schemas"]["RuleTrigger"];
            event_name: string | null;
            /** Format: int64 */
            min_amount: number;
            first_only: boolean;
            /** Format: int64 */
            threshold: number;
            repeat: components["schemas"]["RuleRepeat"];
            reward: components["schemas"]["RuleReward"];
            /** Format: int64 */
            max_per_participant: number | null;
            /** Format: int64 */
            max_per_month: number | null;
            /** Format: int64 */
            budget: number | null;
            /**
             * Format: int64
             * @description The rule's total rewards so far, in the currency's minor unit. 0 for the campaign's own goal.
             */
            spent: number;
            /** Format: int64 */
            hold_days: number;
            needs_approval: boolean;
            /** Format: int64 */
            expires_days: number | null;
            title: string | null;
            image_url: string | null;
            visible: boolean;
            /** Format: int64 */
            position: number;
            /** @description Unknown fields in the request, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description Any subset. `reward` is replaced as a whole. */
        RuleChange: {
            /** @description Who gets the reward: the referrer, or the friend they invited. */
            role?: components["schemas"]["RewardRole"];
            trigger?: components["schemas"]["RuleTrigger"];
            event_name?: string | null;
            /** Format: int64 */
            min_amount?: number;
            first_only?: boolean;
            threshold?: number;
            repeat?: components["schemas"]["RuleRepeat"];
            reward?: components["schemas"]["NewRuleReward"];
            max_per_participant?: number | null;
            max_per_month?: number | null;
            budget?: number | null;
            hold_days?: number;
            needs_approval?: boolean;
            expires_days?: number | null;
            title?: string | null;
            image_url?: string | null;
            visible?: boolean;
            position?: number;
        };
        /** @description The rule that was removed. It gives no more rewards. */
        RemovedRule: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description Your endpoint that decides whether a campaign's rewards are given. */
        Veto: {
            /** Format: int64 */
            campaign_id: number;
            link: string;
            is_on: boolean;
            /** @description What happens to a reward if the endpoint gives no decision within 72 hours, or you turn the veto off while it waits. `hold`: it stays on hold until someone approves or revokes it. */
            ending: components["schemas"]["VetoEnding"];
            /**
             * Format: int64
             * @description The number of rewards that wait for a decision, counted up to 1,000.
             */
            waiting: number;
            /** @description The error of the latest attempt for the waiting rewards: `timeout`, `connect_error`, `redirect`, `http_<status>`, `url_blocked`, `dns_blocked`, or `dns_error`. Null if there was no error. */
            last_error: string | null;
            /** @description The time until which the old secret also signs, after a rotation. */
            previous_secret_expires: string | null;
            /** Format: date-time */
            date_added: string;
        };
        /** @description The endpoint that decides about rewards. */
        VetoChange: {
            /**
             * Format: uri
             * @description An https URL on a public host. We send it a POST request before a reward is given.
             */
            link: string;
            /** @description Whether the endpoint decides about new rewards. Default: true. */
            is_on?: boolean;
            /** @description What happens to a reward if the endpoint gives no decision within 72 hours, or you turn the veto off while it waits. `hold`: it stays on hold until someone approves or revokes it. */
            ending?: components["schemas"]["VetoEnding"];
        };
        /** @description The veto. Includes its secret if it is new. */
        SavedVeto: {
            /** Format: int64 */
            campaign_id: number;
            link: string;
            is_on: boolean;
            /** @description What happens to a reward if the endpoint gives no decision within 72 hours, or you turn the veto off while it waits. `hold`: it stays on hold until someone approves or revokes it. */
            ending: components["schemas"]["VetoEnding"];
            /**
             * Format: int64
             * @description The number of rewards that wait for a decision, counted up to 1,000.
             */
            waiting: number;
            /** @description The error of the latest attempt for the waiting rewards: `timeout`, `connect_error`, `redirect`, `http_<status>`, `url_blocked`, `dns_blocked`, or `dns_error`. Null if there was no error. */
            last_error: string | null;
            /** @description The time until which the old secret also signs, after a rotation. */
            previous_secret_expires: string | null;
            /** Format: date-time */
            date_added: string;
            /** @description Verifies our signatures (Standard Webhooks). Shown once: when the veto is created. */
            secret: string | null;
        };
        /** @description The new secret, which is shown once. */
        NewWebhookSecret: {
            secret: string;
            /**
             * Format: date-time
             * @description Both secrets sign until this time.
             */
            previous_secret_expires: string;
        };
        /** @description How to replace the secret that signs identities. */
        NewIdentitySecret: {
            /** @description How long the previous secret stays valid. Use 0 if it has leaked. */
            grace_hours?: number;
        };
        /** @description The secret that your server uses to sign its customers' identities. */
        IdentitySecret: {
            /** @description Keep it on your server. */
            secret: string;
            /** @description The time until which the previous secret is valid. Null if none is. */
            previous_secret_expires: string | null;
        };
        /** @description The landing page settings to change. */
        LanderChange: {
            template_id?: number;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            header_title?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            header_description?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            footer_title?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            footer_description?: string;
            background_type?: components["schemas"]["BackgroundType"];
            background_color?: string;
            background_image?: string | null;
            font_color?: string;
            font_family?: string;
            /** @description Plain text, or HTML with these elements: a, b, br, code, em, h3, h4, i, li, ol, p, s, small, span, strong, sub, sup, u, ul. Anything else is removed. */
            button_text?: string;
        };
        /** @description The content of the campaign's page. If the lander sets no title, description, or button, the widget's are used in the campaign's language. Each social profile of the brand adds a `<social>_url` field, such as `facebook_url`. */
        PublicLander: {
            /** @description `lander_<template_id>`, or `default` if none is stored. */
            lander: string;
            is_default: boolean;
            /** Format: int64 */
            template_id: number;
            header_title: string;
            header_description: string;
            footer_title: string;
            footer_description: string;
            background_type: components["schemas"]["BackgroundType"];
            background_color: string;
            background_image: string | null;
            font_color: string;
            font_family: string;
            button_text: string;
            /** Format: int64 */
            campaign_id: number;
            campaign_name: string;
            status: components["schemas"]["CampaignStatus"];
            /** Format: date-time */
            starts_at: string | null;
            /** Format: date-time */
            ends_at: string | null;
            /** @description The title to show instead of the form, in the campaign's language. Empty while the campaign is live. */
            status_title: string;
            /** @description The sentence below `status_title`. */
            status_text: string;
            brand_domain: string;
            /** @description The brand's display name: its name, or else its domain. */
            brand_name: string;
            brand_logo_url: string | null;
            brand_background_image: string | null;
            brand: components["schemas"]["PublicLanderBrand"];
            /** @description Other ways to earn a reward besides the campaign's own goal: the visible rules with budget left. */
            rules: components["schemas"]["PromisedRule"][];
            social_urls: components["schemas"]["BrandSocial"][];
        } & {
            [key: string]: unknown;
        };
        /** @description A visible rule of the campaign, besides its own goal and reward. */
        PromisedRule: {
            role: components["schemas"]["RewardRole"];
            trigger: components["schemas"]["RuleTrigger"];
            event_name: string | null;
            first_only: boolean;
            /** Format: int64 */
            threshold: number;
            repeat: components["schemas"]["RuleRepeat"];
            reward: components["schemas"]["PromisedRuleReward"];
            image_url: string | null;
        };
        /** @description A campaign's metrics in a period. */
        Analytics: {
            /** Format: int64 */
            campaign_id: number;
            timezone: string;
            interval: components["schemas"]["AnalyticsInterval"];
            group_by: components["schemas"]["AnalyticsGroupBy"] | null;
            /** @description The currency of all amounts. */
            currency: string;
            /** @description The definitions of the metrics. */
            metrics: components["schemas"]["AnalyticsMetric"][];
            from: string;
            to: string;
            /** @description The value of each metric. Money is in minor units. Null: too few people for a rate, or no cohort is old enough yet. */
            totals: {
                [key: string]: number | null;
            };
            rows: components["schemas"]["AnalyticsRow"][];
            /** @description Set with `compare`, otherwise null. */
            previous: components["schemas"]["AnalyticsPeriod"] | null;
        };
        /** @description A metric and its definition. */
        AnalyticsMetric: {
            name: components["schemas"]["AnalyticsMetricName"];
            label: string;
            unit: components["schemas"]["AnalyticsMetricUnit"];
            definition: string;
        };
        /** @description The metrics of one interval, and of one group if `group_by` is set. */
        AnalyticsRow: {
            /** @description The first day of the row's interval. Null if the interval is `total`. */
            date: string | null;
            /** @description The channel or source. Null without `group_by`. */
            group: string | null;
            /** @description The value of each metric. Money is in minor units. Null: too few people for a rate, or no cohort is old enough yet. */
            values: {
                [key: string]: number | null;
            };
        };
        /** @description The comparison period, right before this one. */
        AnalyticsPeriod: {
            from: string;
            to: string;
            /** @description The value of each metric. Money is in minor units. Null: too few people for a rate, or no cohort is old enough yet. */
            totals: {
                [key: string]: number | null;
            };
            rows: components["schemas"]["AnalyticsRow"][];
        };
        /** @description Totals of a campaign, and its signups of the last 30 days. */
        CampaignStats: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            total_participants: number;
            /** Format: int64 */
            total_referrals: number;
            /** Format: int64 */
            total_shares: number;
            /** Format: int64 */
            total_clicks: number;
            /** Format: int64 */
            total_impressions: number;
            /**
             * Format: int64
             * @description Fulfilled rewards of referrers and friends.
             */
            total_rewards_given: number;
            /** Format: int64 */
            rewards_pending: number;
            /** Format: int64 */
            coupons_available: number;
            /** @description Signups by UTC day for the last 30 days. Days without signups are omitted. */
            daily_signups: {
                [key: string]: number;
            };
        };
        /** @description The contest settings to change. */
        ContestChange: {
            contest_name?: string;
            description?: string | null;
            /** Format: date-time */
            start_date?: string;
            /** Format: date-time */
            end_date?: string;
            max_winners?: number;
            max_display?: number;
            is_on?: boolean;
            /** @description `entries`: 1 entry per participant plus 1 per credited referral. `uniform`: 1 entry each. */
            weighting?: components["schemas"]["ContestWeighting"];
        };
        /** @description The deleted contest. */
        DeletedContest: {
            /** Format: int64 */
            campaign_id: number;
            /** @constant */
            deleted: true;
        };
        /** @description One of the brand's contests, with its draw. */
        BrandDraw: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            number: number;
            /** @description Null if the campaign was deleted. */
            contest_name: string | null;
            /** Format: date-time */
            start_date: string;
            /** Format: date-time */
            end_date: string;
            /** Format: date-time */
            drawn_at: string;
            /** Format: int64 */
            entrants_count: number;
            /** Format: int64 */
            winners_count: number;
            removed_at: string | null;
            proof_url: string;
        };
        /** @description The public data of a contest's draw. */
        PublicContestDraw: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The contest's number in the campaign, including removed contests. Starts at 1.
             */
            number: number;
            /** Format: date-time */
            start_date: string;
            /** Format: date-time */
            end_date: string;
            /** Format: int64 */
            max_winners: number;
            /** @description `entries`: 1 entry per participant plus 1 per credited referral. `uniform`: 1 entry each. */
            weighting: components["schemas"]["ContestWeighting"];
            drawn_at: string | null;
            /** @constant */
            algorithm: "hmac-sha256-v1";
            /** @description SHA-256 of the seed, in hex. Public from the start; it never changes. */
            commitment: string;
            /** Format: date-time */
            committed_at: string;
            /** @description 32 bytes in hex. Null before the draw. */
            seed: string | null;
            /** @description SHA-256 of the list of entrants, in hex. */
            entrants_hash: string | null;
            /** Format: int64 */
            entrants_count: number | null;
            /** Format: int64 */
            total_entries: number | null;
            /** @description The winners' lines in the list, in drawing order. */
            winner_indices: number[];
            /** @description The list of entrants. Returns 404 before the draw. */
            entrants_url: string;
            winners: components["schemas"]["ContestWinner"][];
            /**
             * Format: int64
             * @description The campaign's highest participant ID when the commitment was published. Entrants up to this ID were known then. Null for contests from before this was recorded.
             */
            known_participant: number | null;
            /**
             * Format: int64
             * @description The number of changes to the dates or `max_winners` after the start.
             */
            changes: number;
            changed_at: string | null;
            /** @description The time when the organizer removed the contest. */
            removed_at: string | null;
            /**
             * Format: int64
             * @description The number of the campaign's latest contest.
             */
            latest_number: number;
            /** @description The hash of the record of the campaign's previous contest, published when this one was created. */
            previous_hash: string | null;
            /** @description The campaign's removed contests, newest first. Up to 100. */
            records: components["schemas"]["ContestRecord"][];
        };
        /** @description `index` is the line in the list of entrants, starting at 0. */
        ContestWinner: {
            /** Format: int64 */
            participant_id: number;
            /** Format: int64 */
            index: number;
            /** Format: int64 */
            entries: number;
        };
        /** @description The record of a draw. It is enough to recompute the winners. */
        ContestRecord: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The contest's number in the campaign, including removed contests. Starts at 1.
             */
            number: number;
            /** Format: date-time */
            start_date: string;
            /** Format: date-time */
            end_date: string;
            /** Format: int64 */
            max_winners: number;
            /** @description `entries`: 1 entry per participant plus 1 per credited referral. `uniform`: 1 entry each. */
            weighting: components["schemas"]["ContestWeighting"];
            drawn_at: string | null;
            commitment: string;
            /** Format: date-time */
            committed_at: string;
            /** @description Null if the contest was removed before its draw. */
            seed: string | null;
            entrants_hash: string | null;
            /** Format: date-time */
            removed_at: string;
            /** @description The hash of the record of the campaign's previous contest, published when this one was created. */
            previous_hash: string | null;
        };
        /** @description A code of the campaign's pool. */
        Coupon: {
            /** Format: int64 */
            id: number;
            code: string;
            /** @description `expired`: its last day passed before it was assigned. An assigned code stays `assigned`. */
            status: components["schemas"]["CouponStatus"];
            /** Format: int64 */
            participant_id: number | null;
            date_assigned: string | null;
            /** @description The last time when the code can be used. */
            valid_until: string | null;
        };
        /** @description Codes for the campaign's pool. */
        CouponUpload: {
            codes: string[];
            /** @description The last day when the codes can be used, in the account's time zone, or an exact time. Expired codes are never assigned. */
            valid_until?: string | null;
        };
        /** @description The results of an upload. */
        UploadResult: {
            /** Format: int64 */
            added: number;
            /**
             * Format: int64
             * @description Codes that already exist in the campaign or appear twice.
             */
            duplicates: number;
            /**
             * Format: int64
             * @description The number of duplicates that were unused and got a new `valid_until` from this upload. Omitted if zero.
             */
            prolonged?: number;
            /**
             * Format: int64
             * @description Codes that are not 1 to 100 printable characters, were damaged by a spreadsheet, like `4.00639E+12` or `#N/A`, or have a `valid_until` that is not a date.
             */
            invalid: number;
            /**
             * Format: int64
             * @description Pending rewards fulfilled by this upload, oldest first.
             */
            filled: number;
            /**
             * Format: int64
             * @description Codes that a CSV marks as used, given away, or expired. They were skipped. Omitted if zero.
             */
            used?: number;
        };
        /** @description The number of deleted codes. */
        CouponsDeleted: {
            /** Format: int64 */
            deleted: number;
        };
        /** @description An upload that added codes. */
        CouponUploadSummary: {
            /** Format: int64 */
            id: number;
            /** @description The file's name. Null for pasted codes and the API. */
            name: string | null;
            /**
             * Format: int64
             * @description The number of codes it added.
             */
            added: number;
            /** Format: date-time */
            date_added: string;
        };
        /** @description Participants or coupon codes to import. */
        NewImport: {
            /** Format: int64 */
            campaign_id: number;
            /** @default participants */
            kind?: components["schemas"]["NewImportKind"];
            /** @description The text of a CSV file, with any separator. The first line contains the column names. */
            csv?: string;
            /** @description Instead of `csv`: objects with the same keys. Codes can be plain strings. */
            rows?: {
                [key: string]: unknown;
            }[];
            /** @description The role of each column, by name. Other columns are ignored. By default, we recognize columns by their names. Only for participants. */
            mapping?: {
                [key: string]: components["schemas"]["NewImportMapping"];
            };
            /**
             * @description Preview the result without storing anything.
             * @default false
             */
            dry_run?: boolean;
            /**
             * @description Send new participants the campaign's emails. An import that sent any cannot be undone.
             * @default false
             */
            emails?: boolean;
            /**
             * @description Send webhooks about new participants. An import that sent any cannot be undone.
             * @default false
             */
            webhooks?: boolean;
        };
        /** @description An import of participants or coupon codes, and its progress. */
        Import: {
            /**
             * Format: int64
             * @description Null for a preview, because previews are not stored.
             */
            id: number | null;
            /** Format: int64 */
            campaign_id: number;
            kind: components["schemas"]["NewImportKind"];
            status: components["schemas"]["ImportStatus"];
            /** Format: int64 */
            rows: number;
            /** Format: int64 */
            rows_done: number;
            /** @description The number of rows with each outcome: `add`, `attribute`, `known`, `added`, `parked`, `attributed`, `twice`, `invalid`, `left_out`, `later`, `refused`, or for codes `added`, `duplicates`, `invalid`, `filled`, and `used`. */
            counts: {
                [key: string]: number;
            };
            /** @description The first 1,000 rows with a result other than a plain addition. */
            problems: components["schemas"]["ImportProblem"][];
            /** @description In a preview and a new import: the role that we recognized for each column. */
            columns?: components["schemas"]["ImportColumn"][];
            /**
             * Format: int64
             * @description After the import was undone: the number of participants or codes that stayed.
             */
            kept: number | null;
            date_added: string | null;
            date_done: string | null;
        };
        /** @description A row with a result other than a plain addition. Contains no personal data. */
        ImportProblem: {
            /**
             * Format: int64
             * @description The line number in the text, or the row number, starting at 1.
             */
            line: number;
            outcome: string;
            message: string;
        };
        /** @description A list to export. */
        NewExport: {
            kind: components["schemas"]["NewExportKind"];
            /**
             * @description `jsonl` contains the objects that the list returns, one JSON object per line.
             * @default csv
             */
            format?: components["schemas"]["NewExportFormat"];
            /** @description Filters of the list, like `campaign_id` or `status`. `campaign_id` is required for coupons. */
            filters?: {
                [key: string]: string | number;
            };
        };
        /** @description A list as a file, available for one week. Each download has the current rows. */
        Export: {
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["NewExportKind"];
            format: components["schemas"]["NewExportFormat"];
            filters: {
                [key: string]: string | number;
            };
            /**
             * @description Always `ready`: the file is generated while you download it.
             * @constant
             */
            status: "ready";
            /** @description Download it with the same API key. */
            file_url: string;
            /** Format: date-time */
            date_added: string;
            /** Format: date-time */
            expires_at: string;
        };
        /** @description A reward that a participant earned. */
        Reward: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            role: components["schemas"]["RewardRole"];
            reward_type: components["schemas"]["RewardType"];
            type: components["schemas"]["RewardKind"];
            /** @description `held` until its hold is over and, if its rule requires it, it is approved. `expired`: it was not given, or not fully redeemed, within its rule's `expires_days`. */
            status: components["schemas"]["RewardStatus"];
            held_until: string | null;
            /** @description When it expires, unless it is given or redeemed before. */
            expires_at: string | null;
            /** @description Whether the reward is held until someone approves it. */
            needs_approval: boolean;
            /** @description The coupon code, once assigned. */
            coupon: string | null;
            /** @description The last moment the code can be used. */
            coupon_valid_until: string | null;
            /** @description The day of that moment in the account's time zone. */
            coupon_last_day: string | null;
            redirect_url: string | null;
            custom_message: string | null;
            token_symbol: string | null;
            token_address: string | null;
            token_amount: string | null;
            /** @description The currency's major unit. */
            cash_value: number | null;
            /** @description The currency's major unit. Redeemed in parts with `POST /participants/{id}/redemptions`. */
            credit_value: number | null;
            /**
             * Format: int64
             * @description For cash and store credit: the amount in the currency's minor unit.
             */
            amount: number | null;
            /**
             * Format: int64
             * @description The part of `amount` that refunds took back after it was paid.
             */
            owed_back: number;
            /**
             * Format: int64
             * @description The part of `amount` that expired. For store credit, what was not redeemed.
             */
            expired_amount: number;
            /** @description ISO 4217. */
            currency: string;
            /**
             * Format: int64
             * @description The rule that gave it. Null for the campaign's own goal.
             */
            rule_id: number | null;
            /**
             * Format: int64
             * @description The `id` of the conversion that earned it, if any.
             */
            conversion_id: number | null;
            /**
             * Format: int64
             * @description The payout that it was paid with.
             */
            payout_id: number | null;
            /** @description The hash of the confirmed transaction. */
            token_transaction: string | null;
            /** @description The status of a token's transfer. The reward's `status` is `pending` until the transfer is confirmed. Null for other rewards. */
            token_state: components["schemas"]["RewardTokenState"] | null;
            /** @description Why the transfer is waiting or failed: a code from [the guide](/docs/tokens). `not_set_up`: no transfer was started. */
            token_reason: string | null;
            /** Format: date-time */
            date_earned: string;
            date_fulfilled: string | null;
            date_expired: string | null;
        };
        /**
         * @description A kind of reward, by its name.
         * @enum {string}
         */
        RewardKind: "coupon" | "redirect" | "message" | "token" | "cash" | "credit";
        /** @description A reward with its entries in the credit ledger. */
        RewardDetails: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            role: components["schemas"]["RewardRole"];
            reward_type: components["schemas"]["RewardType"];
            type: components["schemas"]["RewardKind"];
            /** @description `held` until its hold is over and, if its rule requires it, it is approved. `expired`: it was not given, or not fully redeemed, within its rule's `expires_days`. */
            status: components["schemas"]["RewardStatus"];
            held_until: string | null;
            /** @description When it expires, unless it is given or redeemed before. */
            expires_at: string | null;
            /** @description Whether the reward is held until someone approves it. */
            needs_approval: boolean;
            /** @description The coupon code, once assigned. */
            coupon: string | null;
            /** @description The last moment the code can be used. */
            coupon_valid_until: string | null;
            /** @description The day of that moment in the account's time zone. */
            coupon_last_day: string | null;
            redirect_url: string | null;
            custom_message: string | null;
            token_symbol: string | null;
            token_address: string | null;
            token_amount: string | null;
            /** @description The currency's major unit. */
            cash_value: number | null;
            /** @description The currency's major unit. Redeemed in parts with `POST /participants/{id}/redemptions`. */
            credit_value: number | null;
            /**
             * Format: int64
             * @description For cash and store credit: the amount in the currency's minor unit.
             */
            amount: number | null;
            /**
             * Format: int64
             * @description The part of `amount` that refunds took back after it was paid.
             */
            owed_back: number;
            /**
             * Format: int64
             * @description The part of `amount` that expired. For store credit, what was not redeemed.
             */
            expired_amount: number;
            /** @description ISO 4217. */
            currency: string;
            /**
             * Format: int64
             * @description The rule that gave it. Null for the campaign's own goal.
             */
            rule_id: number | null;
            /**
             * Format: int64
             * @description The `id` of the conversion that earned it, if any.
             */
            conversion_id: number | null;
            /**
             * Format: int64
             * @description The payout that it was paid with.
             */
            payout_id: number | null;
            /** @description The hash of the confirmed transaction. */
            token_transaction: string | null;
            /** @description The status of a token's transfer. The reward's `status` is `pending` until the transfer is confirmed. Null for other rewards. */
            token_state: components["schemas"]["RewardTokenState"] | null;
            /** @description Why the transfer is waiting or failed: a code from [the guide](/docs/tokens). `not_set_up`: no transfer was started. */
            token_reason: string | null;
            /** Format: date-time */
            date_earned: string;
            date_fulfilled: string | null;
            date_expired: string | null;
            /** @description The reward's history, step by step; at most 100 entries. */
            entries: components["schemas"]["RewardEntry"][];
        };
        /** @description A step in a reward's history, from the credit ledger. */
        RewardEntry: {
            /** Format: date-time */
            at: string;
            /** @description The status before. Null for the first step. */
            from: string | null;
            to: string;
            /**
             * Format: int64
             * @description The amount added or, if negative, taken back, in the currency's minor unit.
             */
            amount: number | null;
            reason: string;
            /** @description A rule, `hold`, `refund`, `expiry`, `erasure`, an API key's beginning, or a person. */
            by: string | null;
        };
        /** @description An action on rewards. */
        RewardActions: {
            ids?: number[] | null;
            /** @description Instead of `ids`: the oldest 100 rewards that match and that the action changes. */
            filter?: components["schemas"]["ActionFilter"] | null;
            action: components["schemas"]["RewardActionsAction"];
            note?: string | null;
        };
        /** @description Selects a campaign's rewards for an action. */
        ActionFilter: {
            /** Format: int64 */
            campaign_id: number;
            participant_id?: number | null;
            reward_type?: components["schemas"]["RewardType"] | null;
            /** @description Required to revoke. */
            status?: components["schemas"]["ActionFilterStatus"] | null;
            /** @description Earned at or after this moment. */
            earned_after?: string | null;
            /** @description Earned before this time. */
            earned_before?: string | null;
        };
        /** @description The result for each reward. */
        RewardResults: {
            results: components["schemas"]["RewardResultsResult"][];
            /** @description Whether the filter matches more rewards. If so, send the request again with a new Idempotency-Key. */
            has_more: boolean;
        };
        /** @description The new status of a reward. */
        RewardChange: {
            status: components["schemas"]["RewardChangeStatus"];
            note?: string | null;
        };
        /** @description A reward given by hand. Its fields depend on `reward_type`. */
        NewReward: {
            /** @description 1 coupon, 2 redirect URL, 3 custom message, 5 cash, 6 store credit. */
            reward_type: components["schemas"]["NewRewardRewardType"];
            /** @description For cash and store credit, in the minor unit of the campaign's currency. */
            amount?: number | null;
            redirect_url?: string | null;
            custom_message?: string | null;
            /** @description The reason. Participants do not see it. */
            note?: string | null;
        };
        /** @description The amounts owed per currency and participant, and a page of payouts. */
        PayoutList: {
            /** @description The total owed, per currency. */
            totals: components["schemas"]["OwedTotal"][];
            /** @description The amounts owed per participant and currency, largest first. */
            owed: components["schemas"]["Owed"][];
            /** @description False if there are more than 10,000 pending rewards. Pay some to see the rest. */
            is_complete: boolean;
            /** @description Payouts made, newest first. */
            payouts: components["schemas"]["Payout"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description The amount owed in one currency. */
        OwedTotal: {
            currency: string;
            /** Format: int64 */
            participants: number;
            /** Format: int64 */
            rewards: number;
            /** Format: int64 */
            earned: number;
            /** Format: int64 */
            owed_back: number;
            /**
             * Format: int64
             * @description The total of a payout to all of them. In minor units.
             */
            amount: number;
        };
        /** @description The amount owed to one participant in one currency. */
        Owed: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            name: string | null;
            email: string | null;
            currency: string;
            /**
             * Format: int64
             * @description Pending cash rewards.
             */
            rewards: number;
            /**
             * Format: int64
             * @description The total value of these rewards. In minor units.
             */
            earned: number;
            /**
             * Format: int64
             * @description The amount that was refunded after an earlier payout. In minor units.
             */
            owed_back: number;
            /**
             * Format: int64
             * @description The amount of the next payout: `earned` minus `owed_back`. A negative amount is offset by later rewards. In minor units.
             */
            amount: number;
        };
        /** @description A cash payout, with its reference. */
        Payout: {
            /** Format: int64 */
            id: number;
            reference: string;
            by: string | null;
            /** Format: date-time */
            date_added: string;
            date_undone: string | null;
            /** Format: date-time */
            may_undo_until: string;
            totals: components["schemas"]["PayoutTotal"][];
        };
        /** @description The rewards to mark as paid. */
        NewPayout: {
            reward_ids?: number[];
            /** @description Pays all rewards owed to these participants, oldest first. `{}` matches everyone. */
            filter?: components["schemas"]["NewPayoutFilter"];
            /** @description Your own reference, such as a bank transfer's. */
            reference: string;
        };
        /** @description The payout, and the rewards it skipped. */
        PayoutMade: {
            payout: components["schemas"]["Payout"];
            /** @description The rewards it paid. */
            paid: number[];
            skipped: components["schemas"]["PayoutMadeSkipped"][];
            /** @description Whether the filter matches more than the 500 rewards of one payout. If so, create another payout. */
            more: boolean;
        };
        /** @description The transfer of a token reward. */
        Transfer: {
            /** Format: int64 */
            reward_id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            state: components["schemas"]["RewardTokenState"];
            /** @description The reason why it waits or failed: a code from [the guide](/docs/tokens). */
            reason: string | null;
            /** Format: int64 */
            chain_id: number | null;
            token_address: string | null;
            token_symbol: string | null;
            token_amount: string | null;
            /** @description The destination. Null before it is approved. */
            address: string | null;
            /** @description The hash. It can change until the transfer is confirmed, because fees may need to be raised. */
            transaction: string | null;
            explorer_url: string | null;
            /**
             * Format: int64
             * @description Its block. Becomes null again after a reorganization.
             */
            block: number | null;
            /** Format: date-time */
            date_added: string;
            /** @description Null if no approval was needed, or it is not approved yet. */
            date_approved: string | null;
            /** @description The time when it was confirmed, failed, or was canceled. */
            date_settled: string | null;
        };
        /** @description A referral, or a referrer's sales, that look like fraud. */
        Review: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** @description The subject: one of the referrer's friends, or the referrer's sales. */
            about: components["schemas"]["ReviewAbout"];
            /** Format: int64 */
            referrer_id: number;
            referrer: components["schemas"]["ReviewReferrer"];
            /**
             * Format: int64
             * @description The friend, or the referrer, if the review is about their sales.
             */
            participant_id: number;
            participant: components["schemas"]["ReviewReferrer"];
            state: components["schemas"]["ReviewState"];
            score: number;
            reasons: components["schemas"]["ReviewReason"][];
            /**
             * Format: int64
             * @description The version of the engine and its weights.
             */
            version: number;
            /** @description Whether it holds rewards. False in `watch` campaigns. */
            is_holding: boolean;
            /** @description `asked`: we emailed the friend, who can resolve the review by confirming their address. `given`: they did, and the weights are updated accordingly. Null: confirming would prove nothing. */
            proof: components["schemas"]["ReviewProof"] | null;
            /**
             * Format: int64
             * @description The number of the referrer's and the friend's rewards that are held for reviews.
             */
            held_rewards: number;
            /**
             * Format: int64
             * @description The total amount of these rewards, in minor units.
             */
            held_amount: number;
            currency: string;
            /** Format: date-time */
            date_opened: string;
            /** @description The time when the campaign's `review_ending` decides it. Null: never. */
            decides_at: string | null;
            date_decided: string | null;
            decided_by: string | null;
            note: string | null;
            /** @description Until then, `reopen` can undo the decision. After that, the rewards follow. */
            undo_until: string | null;
        };
        /** @description A decision about a review. */
        ReviewDecision: {
            /** @description `reopen` undoes a decision until its `undo_until`. */
            verdict: components["schemas"]["ReviewDecisionVerdict"];
            /**
             * @description `all_of_referrer`: all reviews of the same referrer that are open, or can still be undone.
             * @default this
             */
            scope?: components["schemas"]["ReviewDecisionScope"];
            note?: string | null;
        };
        /** @description How often people confirmed suspected fraud in a campaign. */
        FraudFeedback: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The version of the engine and its weights.
             */
            version: number;
            /** @description The reasons that people decided about, most frequent first. */
            reasons: components["schemas"]["FraudFeedbackReason"][];
        };
        /** @description An entry of your fraud lists. */
        ListEntry: {
            /** Format: int64 */
            id: number;
            kind: components["schemas"]["ListEntryKind"];
            value: string;
            action: components["schemas"]["ListEntryAction"];
            note: string | null;
            expires_at: string | null;
            /** Format: date-time */
            date_added: string;
        };
        /** @description A value that is always, or never, suspicious in your account. */
        NewListEntry: {
            kind: components["schemas"]["ListEntryKind"];
            /** @description An email, a domain, a network (`203.0.113.0/24`), an AS number, a country (`DE`), or a referrer's ID. */
            value: string;
            /** @description `allow`: never suspicious, whatever the score. `block`: always suspicious. A block takes precedence over an allow. */
            action: components["schemas"]["ListEntryAction"];
            note?: string | null;
            /** @description The time when the entry expires. */
            expires_at?: string | null;
        };
        /** @description Store credit that a participant used. */
        Redemption: {
            redemption_id: string;
            /** Format: int64 */
            participant_id: number;
            /** Format: int64 */
            amount: number;
            currency: string;
            /** Format: date-time */
            date_added: string;
        };
        /** @description A participant's store credit in a currency, in minor units. */
        Balance: {
            currency: string;
            /**
             * Format: int64
             * @description All store credit that was given, except for rewards that you revoked. It equals `redeemed` plus `expired` plus `revoked` plus `balance`, minus `owed_back`.
             */
            granted: number;
            /**
             * Format: int64
             * @description The part taken back after refunds.
             */
            revoked: number;
            /**
             * Format: int64
             * @description The part that expired before it was redeemed.
             */
            expired: number;
            /**
             * Format: int64
             * @description The total given, without the parts that were taken back or expired.
             */
            earned: number;
            /** Format: int64 */
            redeemed: number;
            /**
             * Format: int64
             * @description The remaining credit. Never below zero.
             */
            balance: number;
            /**
             * Format: int64
             * @description The part of a refund that had already been redeemed. Later store credit offsets it.
             */
            owed_back: number;
        };
        /** @description Store credit to take from a participant's balance. */
        NewRedemption: {
            /** @description Your own ID for the redemption, such as the order's. Each counts once per participant. */
            redemption_id: string;
            /**
             * Format: int64
             * @description In the currency's minor unit.
             */
            amount: number;
            /** @description Default: the campaign's currency. */
            currency?: string | null;
        };
        /** @description The redemption, and the remaining balance. */
        Redeemed: {
            redemption: components["schemas"]["Redemption"];
            balance: components["schemas"]["Balance"];
            /** @description Whether an earlier request recorded it. If so, nothing changed. */
            duplicate: boolean;
        };
        /** @description The participant's codes in other products. */
        Aliases: {
            aliases: string[];
        };
        /** @description Someone who joined a campaign. */
        Participant: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            email: string;
            name: string | null;
            /** Format: date-time */
            date_signedup: string;
            /** Format: int64 */
            invited_by: number | null;
            invited_social: components["schemas"]["SocialType"] | null;
            referral_code: string;
            share_url: string;
            referral_url: string | null;
            /** @description The page where this participant's friends sign up; share_url redirects to it. */
            signup_url: string;
            external_id: string | null;
            /** @description What friends type at checkout. */
            checkout_code: string | null;
            /** @description The wallet address for tokens, in EIP-55 form. */
            wallet_address: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** Format: int64 */
            referral_count: number;
            /** Format: int64 */
            click_count: number;
            /**
             * Format: int64
             * @description Channels the participant shared on: their link was copied, sent, or clicked.
             */
            share_count: number;
            status: components["schemas"]["ParticipantStatus"];
        };
        /** @description A participant with their shares and rewards. */
        ParticipantDetails: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            email: string;
            name: string | null;
            /** Format: date-time */
            date_signedup: string;
            /** Format: int64 */
            invited_by: number | null;
            invited_social: components["schemas"]["SocialType"] | null;
            referral_code: string;
            share_url: string;
            referral_url: string | null;
            /** @description The page where this participant's friends sign up; share_url redirects to it. */
            signup_url: string;
            external_id: string | null;
            /** @description What friends type at checkout. */
            checkout_code: string | null;
            /** @description The wallet address for tokens, in EIP-55 form. */
            wallet_address: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** Format: int64 */
            referral_count: number;
            /** Format: int64 */
            click_count: number;
            /**
             * Format: int64
             * @description Channels the participant shared on: their link was copied, sent, or clicked.
             */
            share_count: number;
            status: components["schemas"]["ParticipantStatus"];
            shares: components["schemas"]["Share"][];
            /** @description The newest 100. GET /rewards returns all. */
            rewards: components["schemas"]["Reward"][];
            invited_emails: string[];
            /** Format: int64 */
            total_shares: number;
            /** Format: int64 */
            total_clicks: number;
            /** Format: int64 */
            total_rewards: number;
            /** @description Null if the campaign has no waitlist. */
            waitlist: components["schemas"]["WaitlistPlace"] | null;
            /** @description The participant's referral codes from other products. */
            aliases: string[];
        };
        /** @description A participant's link for one channel. */
        Share: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            social_type: components["schemas"]["SocialType"];
            /** Format: int64 */
            clicks: number;
            url: string;
            /** @description When the link was first copied, sent, or clicked. Null for a direct link (6) before that. */
            date_shared: string | null;
        };
        /** @description A participant's place on the waitlist. */
        WaitlistPlace: {
            /**
             * Format: int64
             * @description Null once they are admitted, and while they are not active.
             */
            position: number | null;
            /**
             * Format: int64
             * @description How many participants are waiting.
             */
            of: number;
            /** Format: int64 */
            ahead: number | null;
            admitted_at: string | null;
            /**
             * Format: int64
             * @description The order of signup. The line is sorted by `ticket - referral_count * places_per_friend`; on a tie, the later ticket comes first.
             */
            ticket: number;
            /** Format: int64 */
            places_per_friend: number;
        };
        /** @description The fields of a participant to change. */
        ParticipantChange: {
            /**
             * Format: email
             * @description Corrects the email address. Links, codes, counts, and rewards stay the same.
             */
            email?: string;
            name?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            external_id?: string | null;
            checkout_code?: string | null;
            /** @description An Ethereum address. If it mixes upper and lower case, its EIP-55 checksum must be right. */
            wallet_address?: string | null;
            status?: components["schemas"]["ParticipantStatus"];
            /**
             * Format: int64
             * @description Changes their referrer: the ID of an active participant in the campaign, or null for none. The friend counts for the new referrer, who earns rewards by the rules. Existing rewards stay.
             */
            invited_by?: number | null;
        };
        /** @description The erased participant. */
        Deleted: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description A participant's rank by referrals. */
        LeaderboardEntry: {
            /** Format: int64 */
            rank: number;
            /** Format: int64 */
            participant_id: number;
            name: string | null;
            /** Format: int64 */
            referral_count: number;
            /** Format: int64 */
            click_count: number;
        };
        /** @description The person of a request about personal data. */
        PersonRequest: {
            /**
             * Format: email
             * @description Sent in the body, so it does not appear in URL logs.
             */
            email: string;
            /**
             * Format: int64
             * @description `next_after` from the previous response.
             * @default 0
             */
            after?: number;
        };
        /** @description Everything that the account stores about a person. */
        PersonData: {
            email: string;
            /** Format: date-time */
            exported_at: string;
            /** @description Up to one per campaign. */
            participants: components["schemas"]["Membership"][];
            invitations: components["schemas"]["ReceivedInvitation"][];
            /** @description Conversions that were recorded with this address and a participant's code, without a signup. */
            purchases: components["schemas"]["Conversion"][];
            /** @description Whether the address is unsubscribed from your campaign email. */
            is_unsubscribed: boolean;
            /** @description The lists with more than 5,000 rows, which are cut to the newest ones. The API's own lists are complete. */
            cut: string[];
            /**
             * Format: int64
             * @description Null if all campaigns were covered. Otherwise, send it as `after` to continue.
             */
            next_after: number | null;
        };
        /** @description A campaign's data about a participant. */
        Membership: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            email: string;
            name: string | null;
            /** Format: date-time */
            date_signedup: string;
            /** Format: int64 */
            invited_by: number | null;
            invited_social: components["schemas"]["SocialType"] | null;
            referral_code: string;
            share_url: string;
            referral_url: string | null;
            /** @description The page where this participant's friends sign up; share_url redirects to it. */
            signup_url: string;
            external_id: string | null;
            /** @description What friends type at checkout. */
            checkout_code: string | null;
            /** @description The wallet address for tokens, in EIP-55 form. */
            wallet_address: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** Format: int64 */
            referral_count: number;
            /** Format: int64 */
            click_count: number;
            /**
             * Format: int64
             * @description Channels the participant shared on: their link was copied, sent, or clicked.
             */
            share_count: number;
            status: components["schemas"]["ParticipantStatus"];
            campaign_name: string;
            /** @description The browser's language at signup. */
            language: string | null;
            /** @description Whether they signed up themselves, in the widget or on a hosted page. */
            signed_up_themselves: boolean;
            /** @description When they confirmed their email address. Null if the campaign does not require it. */
            confirmation: components["schemas"]["MembershipConfirmation"] | null;
            aliases: string[];
            /** @description Newest first. */
            earlier_data: components["schemas"]["EarlierData"][];
            shares: components["schemas"]["Share"][];
            invited_emails: string[];
            rewards: components["schemas"]["Reward"][];
            conversions: components["schemas"]["Conversion"][];
            redemptions: components["schemas"]["Redemption"][];
            emails: components["schemas"]["SentEmail"][];
            /** @description Reviews of their signup or sales. */
            reviews: components["schemas"]["OwnReview"][];
        };
        /** @description A participant's data before a change. Kept for about 30 days, because earlier events still use it. */
        EarlierData: {
            email: string | null;
            name: string | null;
            external_id: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * Format: date-time
             * @description The time of the change.
             */
            until: string;
        };
        /** @description A purchase or another event of a participant or a friend. */
        Conversion: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The buyer. Null if the buyer is not a participant.
             */
            participant_id: number | null;
            /** Format: int64 */
            referrer_id: number | null;
            /** @description How the referrer was identified. `participant`: they had already referred the buyer. Null without a referrer. */
            attributed_by: components["schemas"]["ConversionAttributedBy"] | null;
            event_name: string;
            conversion_id: string;
            /**
             * Format: int64
             * @description In the currency's minor unit.
             */
            amount: number;
            /**
             * Format: int64
             * @description The amount that the buyer paid, including tax and shipping, if a payment provider reported it.
             */
            paid_amount: number | null;
            currency: string;
            /** Format: int64 */
            refunded_amount: number;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            occurred_at: string;
            /** Format: date-time */
            date_added: string;
        };
        /** @description An email to a participant within the last 30 days. */
        SentEmail: {
            kind: string;
            status: string;
            /** Format: date-time */
            date_added: string;
            date_sent: string | null;
        };
        /** @description A review of a participant's own signup or sales. */
        OwnReview: {
            about: components["schemas"]["ReviewAbout"];
            state: components["schemas"]["ReviewState"];
            /** @description From 0 to 1. */
            score: number;
            /** @description The kinds of the review's reasons. */
            kinds: components["schemas"]["FraudFeedbackReasonKind"][];
            /** Format: date-time */
            date_opened: string;
            date_decided: string | null;
            /** @description `rule` or `list` if no person decided. Otherwise, the beginning of an API key, or a person. */
            decided_by: string | null;
            note: string | null;
        };
        /** @description An invitation that a participant sent to this address. */
        ReceivedInvitation: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The participant who sent it.
             */
            participant_id: number;
            has_signedup: boolean;
            /** Format: date-time */
            date_invited: string;
        };
        /** @description The deleted data of a person. */
        PersonErased: {
            /** @description The erased participants. */
            erased: number[];
            /**
             * Format: int64
             * @description The number of deleted invitations to the address.
             */
            invitations: number;
            /**
             * Format: int64
             * @description Null if all campaigns were covered. Otherwise, send it as `after` to continue.
             */
            next_after: number | null;
        };
        /** @description Someone who joins a campaign. */
        NewSignup: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: email */
            email: string;
            name: string;
            referral_url?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            external_id?: string | null;
            checkout_code?: string | null;
            /** @description The participant's IP address. Only a keyed hash is stored. */
            ip_address?: string | null;
        };
        /** @description Someone who joins the campaign of a batch. */
        BatchSignup: {
            /** Format: email */
            email: string;
            name: string;
            referral_url?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            external_id?: string | null;
            checkout_code?: string | null;
            /** @description The participant's IP address. Only a keyed hash is stored. */
            ip_address?: string | null;
            /** @description The code of the friend who referred them. */
            referral_code?: string | null;
        };
        /** @description Participants to sign up to one campaign. */
        NewSignupBatch: {
            /** Format: int64 */
            campaign_id: number;
            signups: components["schemas"]["BatchSignup"][];
        };
        /** @description The results of all rows. */
        BatchResults: {
            /** @description One per row, in the same order. */
            results: components["schemas"]["BatchResult"][];
            /** @description Unknown fields in the request, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description The result of a row. */
        BatchResult: {
            /**
             * Format: int64
             * @description The row's index, starting at 0.
             */
            index: number;
            /**
             * Format: int64
             * @description The participant. Null if the row was rejected.
             */
            id: number | null;
            status: components["schemas"]["ParticipantStatus"] | null;
            /** @description Whether this row created the participant. */
            is_new: boolean;
            /** @description Whether this row recorded their referrer. */
            attributed: boolean;
            /** @description Whether this row changed an existing participant. */
            updated: boolean;
            /** @description Why the row was rejected. */
            error: components["schemas"]["BatchResultError"] | null;
        };
        /** @description Someone who joins with a referral code. */
        NewReferral: {
            /** @description Base64 of campaign_id:social_type:participant_id[:invited_id], plain or signed. */
            referral_code?: string | null;
            /** @description Former name of referral_code. */
            code?: string | null;
            /** @description Required for a participant's code from another product. Returns 404 if the code belongs to another campaign. */
            campaign_id?: number | null;
            /** Format: email */
            email: string;
            name: string;
            referral_url?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            external_id?: string | null;
            checkout_code?: string | null;
            /** @description The participant's IP address. Only a keyed hash is stored. */
            ip_address?: string | null;
            /** @description The participant's IP address. Only a keyed hash is stored. */
            ip?: string | null;
        };
        /** @description The result of a signup with a referral code. `attributed` distinguishes the cases. */
        ReferralSignup: components["schemas"]["Attributed"] | components["schemas"]["NotAttributed"];
        /** @description The referral counts. */
        Attributed: {
            message: string;
            /** Format: int64 */
            id: number;
            /** @constant */
            attributed: true;
            participant: components["schemas"]["Participant"];
            /** @description The reward this call earned the referrer. */
            reward: components["schemas"]["Reward"] | null;
            /** @description The reward this call earned the friend. */
            invited_reward: components["schemas"]["Reward"] | null;
        };
        /** @description The participant was already referred; nothing changed. */
        NotAttributed: {
            message: string;
            /** Format: int64 */
            id: number;
            /** @constant */
            attributed: false;
        };
        /** @description A visitor who joins in the widget. */
        WidgetSignup: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: email */
            email: string;
            name?: string | null;
            /** @description The referral code the visitor arrived with: our own signed code, or a participant's code from another product. Other codes are ignored. */
            ref?: string | null;
            /** @description The URL of the page with the widget. The query is dropped if the URL is longer than 250 characters. */
            host_url?: string | null;
            /** @description The `utm_*` parameters of the page, as in its query, for analytics. Those in `host_url` count as well. */
            utm?: string | null;
            /** @description The page that led to the page with the widget. Only its host is kept, for analytics. */
            referrer?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /** @description Answers to the questions in the widget's `fields`, by key. Required answers must be present. They become part of `metadata`. */
            answers?: {
                [key: string]: string | boolean | null;
            } | null;
            /** @description The response of the Turnstile widget. Required if the campaign has Turnstile keys. */
            turnstile_token?: string | null;
            /** @description From the served form, with the time it was served. A form sent back within 1.5 seconds is refused. */
            form_token?: string | null;
            /** @description A random string, new for each person who fills in the form. If the response was lost and the same form is sent again within 15 minutes, the new participant gets their own response again. For forms without a script, `form_token` does the same. */
            form_id?: string | null;
            /** @description A honeypot. Leave it empty; submissions that fill it in are discarded. */
            more_remarks?: string | null;
        };
        /** @description The result of a signup in the widget. `already_joined` tells them apart. */
        WidgetJoin: components["schemas"]["Joined"] | components["schemas"]["AlreadyJoined"];
        /** @description What a new participant may know. */
        Joined: {
            /** @constant */
            already_joined: false;
            /** @description True if the visitor must first confirm their email address; until then nothing counts. */
            needs_confirmation: boolean;
            /** @description Gives access to this participant's own data for one year. Null if `needs_confirmation` is true: the link in the email leads to the participant's own page. */
            participant_token: string | null;
            share_url: string;
            referral_code: string;
            /** Format: int64 */
            referral_count: number;
            /** Format: int64 */
            click_count: number;
            /** @description The share link for each channel, so visits are attributed to it. */
            links: components["schemas"]["JoinedLink"][];
            goal: components["schemas"]["Goal"];
            /** @description The reward the new participant earned by being referred. */
            reward: components["schemas"]["OwnReward"] | null;
        };
        /** @description How far a participant is from the campaign's goal. */
        Goal: {
            type: components["schemas"]["GoalType"];
            /** Format: int64 */
            target: number;
            /** Format: int64 */
            current: number;
            met: boolean;
        };
        /** @description A reward, as its participant sees it. */
        OwnReward: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            role: components["schemas"]["RewardRole"];
            reward_type: components["schemas"]["RewardType"];
            type: components["schemas"]["RewardKind"];
            /** @description `held` until its hold is over and, if its rule requires it, it is approved. `expired`: it was not given, or not fully redeemed, within its rule's `expires_days`. */
            status: components["schemas"]["RewardStatus"];
            held_until: string | null;
            /** @description When it expires, unless it is given or redeemed before. */
            expires_at: string | null;
            /** @description Whether the reward is held until someone approves it. */
            needs_approval: boolean;
            /** @description The coupon code, once assigned. */
            coupon: string | null;
            /** @description The last moment the code can be used. */
            coupon_valid_until: string | null;
            /** @description The day of that moment in the account's time zone. */
            coupon_last_day: string | null;
            redirect_url: string | null;
            custom_message: string | null;
            token_symbol: string | null;
            token_address: string | null;
            token_amount: string | null;
            /** @description The currency's major unit. */
            cash_value: number | null;
            /** @description The currency's major unit. Redeemed in parts with `POST /participants/{id}/redemptions`. */
            credit_value: number | null;
            /**
             * Format: int64
             * @description For cash and store credit: the amount in the currency's minor unit.
             */
            amount: number | null;
            /**
             * Format: int64
             * @description The part of `amount` that refunds took back after it was paid.
             */
            owed_back: number;
            /**
             * Format: int64
             * @description The part of `amount` that expired. For store credit, what was not redeemed.
             */
            expired_amount: number;
            /** @description ISO 4217. */
            currency: string;
            /**
             * Format: int64
             * @description The rule that gave it. Null for the campaign's own goal.
             */
            rule_id: number | null;
            /**
             * Format: int64
             * @description The `id` of the conversion that earned it, if any.
             */
            conversion_id: number | null;
            /**
             * Format: int64
             * @description The payout that it was paid with.
             */
            payout_id: number | null;
            /** @description The hash of the confirmed transaction. */
            token_transaction: string | null;
            /** @description The status of a token's transfer. The reward's `status` is `pending` until the transfer is confirmed. Null for other rewards. */
            token_state: components["schemas"]["RewardTokenState"] | null;
            /** @description Why the transfer is waiting or failed: a code from [the guide](/docs/tokens). `not_set_up`: no transfer was started. */
            token_reason: string | null;
            /** Format: date-time */
            date_earned: string;
            date_fulfilled: string | null;
            date_expired: string | null;
            /** @description Why the participant does not have it yet. `days`, `approval`, `review`: it is held for its days, the owner's approval, or a review. `not_counted`: a review denied it. `gone`: it was lost in another way. Null if they have it. */
            why: components["schemas"]["OwnRewardWhy"] | null;
            /** @description Whether confirming their email address may release it; we emailed them a link. True only if `why` is `review`. */
            confirm_email: boolean;
        };
        /** @description The email address is in the campaign already. */
        AlreadyJoined: {
            /** @constant */
            already_joined: true;
        };
        /** @description A purchase or another event. Identify the buyer by one of `participant_id`, `external_id`, and `email`, send the code they used in `referral_code` or `checkout_code`, or do both. */
        NewConversion: {
            /** Format: int64 */
            campaign_id: number;
            participant_id?: number | null;
            /** @description The participant's ID in your system. */
            external_id?: string | null;
            email?: string | null;
            /** @description The code of the link that brought the buyer. Its owner is the referrer. */
            referral_code?: string | null;
            /** @description The code that the buyer entered at checkout. If it is a participant's checkout code, they are the referrer. Otherwise, only the buyer counts. */
            checkout_code?: string | null;
            /** @default purchase */
            event_name?: string;
            /** @description Your own ID for the conversion, such as the order number. Unique per campaign and event name. */
            conversion_id: string;
            /**
             * Format: int64
             * @description In the currency's minor unit: 1999 is $19.99.
             * @default 0
             */
            amount?: number;
            /** @description An ISO 4217 code. Default: the campaign's currency. */
            currency?: string | null;
            /** @description Between the year 2000 and tomorrow. Default: now. */
            occurred_at?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description The conversion, and the rewards it earned. */
        Converted: {
            conversion: components["schemas"]["Conversion"];
            rewards: components["schemas"]["Reward"][];
            decision: components["schemas"]["Decision"];
            /** @description Whether an earlier request recorded it. If so, nothing changed. */
            duplicate: boolean;
            /** @description The request fields that we ignored, up to 20: unknown fields, and a code that did not determine the referrer. */
            ignored: string[];
        };
        /** @description A rule's decision about the event, with the reason. */
        Decision: {
            /** @description `credited` if a reward was earned. `capped` if only a cap or a budget prevented one. */
            outcome: components["schemas"]["DecisionOutcome"];
            reasons: components["schemas"]["DecisionReason"][];
        };
        /** @description A conversion with its rewards and refunds. */
        ConversionDetails: {
            conversion: components["schemas"]["Conversion"];
            rewards: components["schemas"]["Reward"][];
            decision: components["schemas"]["Decision"];
            /** @description Up to 100, by ID. */
            refunds: components["schemas"]["Refund"][];
        };
        /** @description A refund of a conversion. */
        Refund: {
            refund_id: string;
            /**
             * Format: int64
             * @description The requested amount. Null: the full remaining amount. Negative: a reversal, such as a dispute that was won.
             */
            amount: number | null;
            /** @description Null: the conversion's currency. */
            currency: string | null;
            /** @description Whether `amount` is the total refunded so far, as some providers report it. */
            is_total: boolean;
            /** @description Whether `amount` refers to the conversion's `paid_amount`. The same share of the conversion's `amount` is then refunded. */
            of_paid: boolean;
            reason: string | null;
            /** Format: date-time */
            date_added: string;
        };
        /** @description The participants to admit from the waitlist. */
        NewRelease: {
            /** @description The maximum number of participants, from the front of the line. */
            count?: number;
            /** @description Only participants who match. Without `count`, all of them. */
            filter?: components["schemas"]["NewReleaseFilter"];
            /** @description Preview who would be admitted. */
            dry_run?: boolean;
        };
        /** @description The release, or with `dry_run` its preview. */
        ReleaseResult: components["schemas"]["Release"] | components["schemas"]["DryRelease"];
        /** @description A release of participants from the waitlist. */
        Release: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            status: components["schemas"]["ReleaseStatus"];
            /** Format: int64 */
            count: number | null;
            filter: components["schemas"]["ReleaseFilter"];
            /**
             * Format: int64
             * @description The number of participants admitted so far.
             */
            admitted: number;
            /** Format: date-time */
            date_added: string;
            date_finished: string | null;
        };
        /** @description A preview of a release. */
        DryRelease: {
            /** @constant */
            dry_run: true;
            /** Format: int64 */
            would_admit: number;
            /** Format: int64 */
            waiting: number;
            /** @description The first 20 of them, in line order. */
            first: components["schemas"]["DryReleaseFirst"][];
        };
        /** @description A refund of the conversion. */
        NewRefund: {
            /** @description Your own ID for the refund. Each counts once per conversion. */
            refund_id: string;
            /** @description In the currency's minor unit. Default: the full remaining amount. A larger amount refunds what is left. */
            amount?: number | null;
            /** @description An ISO 4217 code. A refund in a different currency than its conversion is rejected: convert it first. */
            currency?: string | null;
            /** @description For your own records, like `chargeback`. */
            reason?: string | null;
        };
        /** @description The refund, and the resulting conversion and rewards. */
        Refunded: {
            refund: components["schemas"]["Refund"];
            /** @description Null if it was not reported yet. The refund waits for it. */
            conversion: components["schemas"]["Conversion"] | null;
            /** @description The conversion's rewards in their current state. */
            rewards: components["schemas"]["Reward"][];
            /** @description Whether an earlier request recorded it. If so, nothing changed. */
            duplicate: boolean;
            /** @description Unknown fields in the request, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description A refund of a conversion, identified by your own ID. */
        NewNamedRefund: {
            /** Format: int64 */
            campaign_id: number;
            /** @default purchase */
            event_name?: string;
            /** @description Your own ID for the conversion. */
            conversion_id: string;
            /** @description Your own ID for the refund. Each counts once per conversion. */
            refund_id: string;
            /** @description In the currency's minor unit. Default: the full remaining amount. A larger amount refunds what is left. */
            amount?: number | null;
            /** @description An ISO 4217 code. A refund in a different currency than its conversion is rejected: convert it first. */
            currency?: string | null;
            /** @description For your own records, like `chargeback`. */
            reason?: string | null;
        };
        /** @description The inputs of a campaign. */
        Inputs: {
            inputs: components["schemas"]["Input"][];
        };
        /** @description An endpoint for a payment provider's events about a campaign. */
        Input: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            kind: components["schemas"]["InputKind"];
            /**
             * Format: uri
             * @description The URL for the provider's events.
             */
            url: string;
            /** @description The event types to turn on at the provider. */
            events: string[];
            /** @description Without a secret, the input accepts no events. */
            has_secret: boolean;
            event_name: string;
            test_mode: boolean;
            status: components["schemas"]["InputStatus"];
            /** Format: date-time */
            date_added: string;
        };
        /**
         * @description A payment provider.
         * @enum {string}
         */
        InputKind: "stripe" | "shopify" | "paddle" | "lemonsqueezy";
        /**
         * @description The URL of a disabled input replies with 404.
         * @enum {string}
         */
        InputStatus: "active" | "disabled";
        /** @description A new input for a payment provider. */
        NewInput: {
            kind: components["schemas"]["InputKind"];
            /** @description Some providers show it only after you enter the input's URL. In that case, send it with PUT. */
            secret?: string | null;
            /**
             * @description The event name of the conversions it records. It cannot change, because refunds refer to it.
             * @default purchase
             */
            event_name?: string;
            /**
             * @description Whether the provider's test events count. If not, they appear as `ignored`.
             * @default false
             */
            test_mode?: boolean;
        };
        /** @description The input, and the request fields that were ignored. */
        SavedInput: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            kind: components["schemas"]["InputKind"];
            /**
             * Format: uri
             * @description The URL for the provider's events.
             */
            url: string;
            /** @description The event types to turn on at the provider. */
            events: string[];
            /** @description Without a secret, the input accepts no events. */
            has_secret: boolean;
            event_name: string;
            test_mode: boolean;
            status: components["schemas"]["InputStatus"];
            /** Format: date-time */
            date_added: string;
            /** @description Unknown fields in the request, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description The input fields to change. */
        InputChange: {
            /** @description The provider's signing secret. It is stored encrypted and never returned. */
            secret?: string;
            /** @description Whether the provider's test events count. If not, they appear as `ignored`. */
            test_mode?: boolean;
            status?: components["schemas"]["InputStatus"];
        };
        /** @description The deleted input. */
        DeletedInput: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description A payment provider's event and its result. */
        InputEvent: {
            /** Format: int64 */
            id: number;
            /** @description The provider's own ID for the event. Each counts once. */
            event_id: string;
            /** @description The provider's name for the type. Empty if we cannot read the event. */
            type: string;
            is_test: boolean;
            status: components["schemas"]["InputEventStatus"];
            reason: components["schemas"]["InputEventReason"] | null;
            act: components["schemas"]["InputAct"] | null;
            /** @description The provider's ID for the payment. */
            conversion_id: string | null;
            /**
             * Format: int64
             * @description In the currency's minor unit. For refunds that providers report as a total, the total refunded so far.
             */
            amount: number | null;
            currency: string | null;
            conversion: components["schemas"]["InputEventConversion"] | null;
            /** Format: int64 */
            attempts: number;
            next_attempt_at: string | null;
            /** Format: date-time */
            date_added: string;
        };
        /**
         * @description `ignored` events change nothing; see `reason`. If the provider sends an `ignored` or `failed` event again, we retry it.
         * @enum {string}
         */
        InputEventStatus: "pending" | "done" | "ignored" | "failed";
        /** @description The reason why it changed nothing: one of the codes in the guide to conversions. */
        InputEventReason: {
            code: string;
            message: string;
        };
        /**
         * @description The event's effect. A `link` adds another ID for a payment, which refunds may use.
         * @enum {string}
         */
        InputAct: "sale" | "refund" | "link";
        /** @description The conversion it recorded or refunded. Null if there is none yet. */
        InputEventConversion: {
            /** Format: int64 */
            id: number;
            outcome: components["schemas"]["DecisionOutcome"];
        };
        /** @description The event is in the inbox. */
        InputEventReceived: {
            /** @constant */
            received: true;
        };
        /** @description The decision about a signup, a visit, a conversion, a refund, or a hold. */
        LoggedDecision: {
            id: string;
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The participant who signed up, bought, or has the reward.
             */
            participant_id: number | null;
            subject: components["schemas"]["LoggedDecisionSubject"];
            outcome: components["schemas"]["LoggedDecisionOutcome"];
            reasons: components["schemas"]["LoggedDecisionReason"][];
            /**
             * Format: int64
             * @description The rule of the first reason with the outcome.
             */
            rule_id: number | null;
            /** Format: int64 */
            reward_id: number | null;
        };
        /** @description Your endpoint that gets events. */
        Webhook: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            member_id: number;
            link: string;
            message: string | null;
            /** Format: int64 */
            campaign_id: number | null;
            events: components["schemas"]["EventType"][];
            status: components["schemas"]["InputStatus"];
            /** @description `gone`: the endpoint returned 410. `failing`: only failures for 5 days. `member`: you disabled it. */
            disabled_reason: components["schemas"]["WebhookDisabledReason"] | null;
            /** @description The time until which the old secret also signs, after a rotation. */
            previous_secret_expires: string | null;
            /** Format: date-time */
            date_added: string;
        };
        /**
         * @description The type of an event. See the webhooks in this document.
         * @enum {string}
         */
        EventType: "participant.signup" | "participant.attributed" | "participant.confirmed" | "participant.admitted" | "participant.pending" | "participant.blocked" | "participant.updated" | "participant.erased" | "participant.share" | "conversion.created" | "conversion.refunded" | "conversion.refund_reversed" | "reward.held" | "reward.pending" | "reward.fulfilled" | "reward.revoked" | "reward.expired" | "credit.redeemed" | "review.opened" | "review.decided" | "coupons.low" | "coupons.exhausted" | "contest.ended" | "webhook.test";
        /** @description A new webhook endpoint. */
        NewWebhook: {
            /**
             * Format: uri
             * @description An https URL on a public host. We send events to it as POST requests.
             */
            link: string;
            /** @description A note for yourself. */
            message?: string | null;
            /** @description Null: all campaigns of the account. */
            campaign_id?: number | null;
            /** @description Empty, null, or omitted: all events, including types we add later. */
            events?: components["schemas"]["EventType"][] | null;
        };
        /** @description The webhook with its secret, which is shown once. */
        WebhookWithSecret: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            member_id: number;
            link: string;
            message: string | null;
            /** Format: int64 */
            campaign_id: number | null;
            events: components["schemas"]["EventType"][];
            status: components["schemas"]["InputStatus"];
            /** @description `gone`: the endpoint returned 410. `failing`: only failures for 5 days. `member`: you disabled it. */
            disabled_reason: components["schemas"]["WebhookDisabledReason"] | null;
            /** @description The time until which the old secret also signs, after a rotation. */
            previous_secret_expires: string | null;
            /** Format: date-time */
            date_added: string;
            /** @description Verifies our signatures (Standard Webhooks). Shown only once. */
            secret: string;
        };
        /** @description The webhook fields to change. */
        WebhookChange: {
            /**
             * Format: uri
             * @description An https URL on a public host. We send events to it as POST requests.
             */
            link?: string;
            /** @description A note for yourself. */
            message?: string | null;
            /** @description Null: all campaigns of the account. */
            campaign_id?: number | null;
            /** @description Null: all events, including types we add later. */
            events?: components["schemas"]["EventType"][] | null;
            status?: components["schemas"]["InputStatus"];
        };
        /** @description The deleted webhook. */
        DeletedWebhook: {
            /** Format: int64 */
            id: number;
            /** @constant */
            deleted: true;
        };
        /** @description The delivery of an event to an endpoint. */
        Delivery: {
            /** Format: int64 */
            id: number;
            /** @description Sent as `webhook-id`, the same on every attempt. */
            event_id: string;
            type: components["schemas"]["EventType"];
            /** Format: int64 */
            webhook_id: number;
            status: components["schemas"]["DeliveryStatus"];
            /** @description The last 20 attempts. */
            attempts: components["schemas"]["DeliveryAttempt"][];
            next_attempt_at: string | null;
        };
        /**
         * @description The endpoint's response, if the attempt failed or the event is a `webhook.test`. It is deleted with the delivery after
         *     30 days, or when the participant is erased.
         */
        WebhookAnswer: {
            content_type: string | null;
            /** @description The target of a redirect. We do not follow redirects. */
            location: string | null;
            /** @description The first 1,024 bytes of the response. Null if they are not UTF-8 text. */
            body: string | null;
            /** @description Whether the body was longer or broke off. */
            is_cut: boolean;
        };
        /** @description The events to deliver again. */
        Recovery: {
            /** Format: date-time */
            since: string;
            /** @description `next` from the previous response. */
            after?: string;
        };
        /** @description The number of deliveries that were restarted or added. */
        Recovered: {
            /** Format: int64 */
            recovered: number;
            /** @description If not null, there are more events to examine: send it as `after`, with the same `since`. */
            next: string | null;
        };
        /** @description An event, as sent by webhooks. `type` is its type. */
        Event: components["schemas"]["ParticipantSignupEvent"] | components["schemas"]["ParticipantAttributedEvent"] | components["schemas"]["ParticipantConfirmedEvent"] | components["schemas"]["ParticipantAdmittedEvent"] | components["schemas"]["ParticipantPendingEvent"] | components["schemas"]["ParticipantBlockedEvent"] | components["schemas"]["ParticipantUpdatedEvent"] | components["schemas"]["ParticipantErasedEvent"] | components["schemas"]["ParticipantShareEvent"] | components["schemas"]["ConversionCreatedEvent"] | components["schemas"]["ConversionRefundedEvent"] | components["schemas"]["ConversionRefund_reversedEvent"] | components["schemas"]["RewardHeldEvent"] | components["schemas"]["RewardPendingEvent"] | components["schemas"]["RewardFulfilledEvent"] | components["schemas"]["RewardRevokedEvent"] | components["schemas"]["RewardExpiredEvent"] | components["schemas"]["CreditRedeemedEvent"] | components["schemas"]["ReviewOpenedEvent"] | components["schemas"]["ReviewDecidedEvent"] | components["schemas"]["CouponsLowEvent"] | components["schemas"]["CouponsExhaustedEvent"] | components["schemas"]["ContestEndedEvent"] | components["schemas"]["WebhookTestEvent"];
        /** @description A participant joined. */
        ParticipantSignupEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.signup";
            data: components["schemas"]["ParticipantSignupData"];
        };
        /** @description The data of a `participant.signup` event. */
        ParticipantSignupData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null after the participant is erased.
             */
            participant_id: number | null;
            /** @description Null after the participant is erased. */
            email: string | null;
            name: string | null;
            /** Format: date-time */
            date_signedup: string | null;
            /** Format: int64 */
            invited_by: number | null;
            invited_social: components["schemas"]["SocialType"] | null;
            referrer: components["schemas"]["EventReferrer"] | null;
            /** @description Null after the participant is erased. */
            referral_code: string | null;
            /** @description Null after the participant is erased. */
            share_url: string | null;
            external_id: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /**
             * @description Whether the participant must still confirm their email address.
             * @constant
             */
            needs_confirmation?: true;
        };
        /** @description A participant's referrer. */
        EventReferrer: {
            /** Format: int64 */
            id: number;
            name: string | null;
            /** @description Null after the participant is erased. */
            referral_code: string | null;
        };
        /** @description An existing participant was referred, or their referrer was corrected by hand. */
        ParticipantAttributedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.attributed";
            data: components["schemas"]["ParticipantAttributedData"];
        };
        /** @description The data of a `participant.attributed` event. */
        ParticipantAttributedData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null after the participant is erased.
             */
            participant_id: number | null;
            /** @description Null after the participant is erased. */
            email: string | null;
            name: string | null;
            /** Format: date-time */
            date_signedup: string | null;
            /** Format: int64 */
            invited_by: number | null;
            invited_social: components["schemas"]["SocialType"] | null;
            referrer: components["schemas"]["EventReferrer"] | null;
            /** @description Null after the participant is erased. */
            referral_code: string | null;
            /** @description Null after the participant is erased. */
            share_url: string | null;
            external_id: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
        };
        /** @description A participant confirmed their email address. */
        ParticipantConfirmedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.confirmed";
            data: components["schemas"]["ParticipantStatusData"];
        };
        /** @description A participant and their new status. */
        ParticipantStatusData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null after the participant is erased.
             */
            participant_id: number | null;
            /** @description Null after the participant is erased. */
            email: string | null;
            name: string | null;
            external_id: string | null;
            /** @description The participant's new status. */
            status: components["schemas"]["ParticipantStatus"];
        };
        /** @description A participant became active, or was admitted from the waitlist. */
        ParticipantAdmittedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.admitted";
            data: components["schemas"]["ParticipantAdmittedData"];
        };
        /** @description The data of a `participant.admitted` event. */
        ParticipantAdmittedData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null after the participant is erased.
             */
            participant_id: number | null;
            /** @description Null after the participant is erased. */
            email: string | null;
            name: string | null;
            external_id: string | null;
            /** @description The participant's new status. */
            status: components["schemas"]["ParticipantStatus"];
            /**
             * Format: int64
             * @description The release that admitted them from the waitlist.
             */
            release_id?: number;
        };
        /** @description A participant was set to pending. */
        ParticipantPendingEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.pending";
            data: components["schemas"]["ParticipantStatusData"];
        };
        /** @description A participant was blocked. */
        ParticipantBlockedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.blocked";
            data: components["schemas"]["ParticipantStatusData"];
        };
        /** @description A participant's email, name, external ID, or metadata changed. */
        ParticipantUpdatedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.updated";
            data: components["schemas"]["ParticipantUpdatedData"];
        };
        /** @description The data of a `participant.updated` event. */
        ParticipantUpdatedData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null after the participant is erased.
             */
            participant_id: number | null;
            /** @description Null after the participant is erased. */
            email: string | null;
            name: string | null;
            external_id: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
            /** @description The fields that changed. */
            changed: components["schemas"]["ParticipantUpdatedDataChanged"][];
            /** @description The previous values of those fields. Null after the participant is erased. */
            previous: components["schemas"]["ParticipantUpdatedDataPrevious"] | null;
        };
        /** @description A participant was erased. */
        ParticipantErasedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.erased";
            data: components["schemas"]["ParticipantErasedData"];
        };
        /** @description The data of a `participant.erased` event. */
        ParticipantErasedData: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number | null;
        };
        /** @description A participant shared on a channel for the first time. */
        ParticipantShareEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "participant.share";
            data: components["schemas"]["ParticipantShareData"];
        };
        /** @description The data of a `participant.share` event. */
        ParticipantShareData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null after the participant is erased.
             */
            participant_id: number | null;
            /** @description Null after the participant is erased. */
            email: string | null;
            name: string | null;
            social_type: components["schemas"]["SocialType"];
            /** @description Null after the participant is erased. */
            referral_code: string | null;
            /** @description Null after the participant is erased. */
            share_url: string | null;
        };
        /** @description A conversion was recorded. */
        ConversionCreatedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "conversion.created";
            data: components["schemas"]["ConversionCreatedData"];
        };
        /** @description The data of a `conversion.created` event. */
        ConversionCreatedData: {
            /**
             * Format: int64
             * @description Our ID for the conversion.
             */
            id: number | null;
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null if only the referrer is known.
             */
            participant_id: number | null;
            /** Format: int64 */
            referrer_id: number | null;
            event_name: string;
            /** @description Your own ID for the conversion. */
            conversion_id: string;
            currency: string | null;
            /**
             * Format: int64
             * @description In the currency's minor unit.
             */
            amount: number;
            /** @description How the referrer was identified. */
            attributed_by: components["schemas"]["ConversionAttributedBy"] | null;
            outcome: components["schemas"]["DecisionOutcome"];
            /** Format: int64 */
            refunded_amount: number;
            /** Format: date-time */
            occurred_at: string;
        };
        /** @description A conversion was refunded, in part or in full. */
        ConversionRefundedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "conversion.refunded";
            data: components["schemas"]["ConversionRefundedData"];
        };
        /** @description The data of a `conversion.refunded` event. */
        ConversionRefundedData: {
            /**
             * Format: int64
             * @description Our ID for the conversion.
             */
            id: number | null;
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null if only the referrer is known.
             */
            participant_id: number | null;
            /** Format: int64 */
            referrer_id: number | null;
            event_name: string;
            /** @description Your own ID for the conversion. */
            conversion_id: string;
            currency: string | null;
            /** @description Your own ID for the refund. */
            refund_id: string;
            /**
             * Format: int64
             * @description The requested amount. Null: the full remaining amount. Negative: a reversal. `refunded_amount` has the resulting total.
             */
            amount: number | null;
            /**
             * Format: int64
             * @description The total of the conversion's refunds.
             */
            refunded_amount: number;
        };
        /** @description A refund failed or a dispute was won, so a conversion counts again. */
        ConversionRefund_reversedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "conversion.refund_reversed";
            data: components["schemas"]["ConversionRefund_reversedData"];
        };
        /** @description The data of a `conversion.refund_reversed` event. */
        ConversionRefund_reversedData: {
            /**
             * Format: int64
             * @description Our ID for the conversion.
             */
            id: number | null;
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null if only the referrer is known.
             */
            participant_id: number | null;
            /** Format: int64 */
            referrer_id: number | null;
            event_name: string;
            /** @description Your own ID for the conversion. */
            conversion_id: string;
            currency: string | null;
            /** @description Your own ID for the refund. */
            refund_id: string;
            /**
             * Format: int64
             * @description The requested amount. Null: the full remaining amount. Negative: a reversal. `refunded_amount` has the resulting total.
             */
            amount: number | null;
            /**
             * Format: int64
             * @description The total of the conversion's refunds.
             */
            refunded_amount: number;
        };
        /** @description A reward was earned and is on hold for a number of days or until your approval. */
        RewardHeldEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "reward.held";
            data: components["schemas"]["RewardData"];
        };
        /** @description The reward at the time of the event. */
        RewardData: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            role: components["schemas"]["RewardRole"];
            reward_type: components["schemas"]["RewardType"];
            type: components["schemas"]["RewardKind"];
            /** @description `held` until its hold is over and, if its rule requires it, it is approved. `expired`: it was not given, or not fully redeemed, within its rule's `expires_days`. */
            status: components["schemas"]["RewardStatus"];
            held_until: string | null;
            /** @description When it expires, unless it is given or redeemed before. */
            expires_at: string | null;
            /** @description Whether the reward is held until someone approves it. */
            needs_approval: boolean;
            /** @description The coupon code, once assigned. */
            coupon: string | null;
            /** @description The last moment the code can be used. */
            coupon_valid_until: string | null;
            /** @description The day of that moment in the account's time zone. */
            coupon_last_day: string | null;
            redirect_url: string | null;
            custom_message: string | null;
            token_symbol: string | null;
            token_address: string | null;
            token_amount: string | null;
            /** @description The currency's major unit. */
            cash_value: number | null;
            /** @description The currency's major unit. Redeemed in parts with `POST /participants/{id}/redemptions`. */
            credit_value: number | null;
            /**
             * Format: int64
             * @description For cash and store credit: the amount in the currency's minor unit.
             */
            amount: number | null;
            /**
             * Format: int64
             * @description The part of `amount` that refunds took back after it was paid.
             */
            owed_back: number;
            /**
             * Format: int64
             * @description The part of `amount` that expired. For store credit, what was not redeemed.
             */
            expired_amount: number;
            /** @description ISO 4217. */
            currency: string;
            /**
             * Format: int64
             * @description The rule that gave it. Null for the campaign's own goal.
             */
            rule_id: number | null;
            /**
             * Format: int64
             * @description The `id` of the conversion that earned it, if any.
             */
            conversion_id: number | null;
            /**
             * Format: int64
             * @description The payout that it was paid with.
             */
            payout_id: number | null;
            /** @description The hash of the confirmed transaction. */
            token_transaction: string | null;
            /** @description The status of a token's transfer. The reward's `status` is `pending` until the transfer is confirmed. Null for other rewards. */
            token_state: components["schemas"]["RewardTokenState"] | null;
            /** @description Why the transfer is waiting or failed: a code from [the guide](/docs/tokens). `not_set_up`: no transfer was started. */
            token_reason: string | null;
            /** Format: date-time */
            date_earned: string;
            date_fulfilled: string | null;
            date_expired: string | null;
            /** @description The participant who earned it. */
            participant: components["schemas"]["RewardDataParticipant"];
        };
        /** @description A reward was earned and waits for a coupon code or your payment. */
        RewardPendingEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "reward.pending";
            data: components["schemas"]["RewardData"];
        };
        /** @description A reward was fulfilled. */
        RewardFulfilledEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "reward.fulfilled";
            data: components["schemas"]["RewardData"];
        };
        /** @description A reward was revoked. */
        RewardRevokedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "reward.revoked";
            data: components["schemas"]["RewardData"];
        };
        /** @description A reward, or remaining store credit, expired. */
        RewardExpiredEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "reward.expired";
            data: components["schemas"]["RewardData"];
        };
        /** @description Store credit was redeemed. */
        CreditRedeemedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "credit.redeemed";
            data: components["schemas"]["CreditRedeemedData"];
        };
        /** @description The data of a `credit.redeemed` event. */
        CreditRedeemedData: {
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            participant_id: number;
            /** @description Your own ID for the redemption. */
            redemption_id: string;
            /**
             * Format: int64
             * @description In the currency's minor unit.
             */
            amount: number;
            currency: string;
            /**
             * Format: int64
             * @description The remaining credit in this currency, in minor units.
             */
            balance: number;
        };
        /** @description A referral, or a referrer's sales, look like fraud. */
        ReviewOpenedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "review.opened";
            data: components["schemas"]["ReviewOpenedData"];
        };
        /** @description The data of a `review.opened` event. */
        ReviewOpenedData: {
            /**
             * Format: int64
             * @description Our ID for the review.
             */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            referrer_id: number;
            /**
             * Format: int64
             * @description The reviewed friend, or the referrer, if the review is about their sales.
             */
            participant_id: number;
            /** @constant */
            state: "open";
            /** @description From 0 to 1. */
            score: number;
            reasons: components["schemas"]["ReviewOpenedDataReason"][];
            /** @description Whether the referrer's and the friend's rewards are held. */
            is_holding: boolean;
        };
        /** @description A review was approved or denied, or its decision was undone. */
        ReviewDecidedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "review.decided";
            data: components["schemas"]["ReviewDecidedData"];
        };
        /** @description The data of a `review.decided` event. */
        ReviewDecidedData: {
            /**
             * Format: int64
             * @description Our ID for the review.
             */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            /** Format: int64 */
            referrer_id: number;
            /**
             * Format: int64
             * @description The reviewed friend, or the referrer, if the review is about their sales.
             */
            participant_id: number;
            state: components["schemas"]["ReviewState"];
            /** @description The beginning of an API key, a person, or `rule`. */
            by: string;
            note: string | null;
        };
        /** @description 10% of the coupon codes are left, or will be within a week because the others expire. */
        CouponsLowEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "coupons.low";
            data: components["schemas"]["CouponsData"];
        };
        /** @description The number of codes that a campaign has left. */
        CouponsData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description The number of unused codes.
             */
            available: number;
            /**
             * Format: int64
             * @description The number of all codes of the campaign, including assigned and expired ones.
             */
            total: number;
            /**
             * Format: int64
             * @description The number of unused codes that expire within a week. Only present if this is why codes are low.
             */
            expiring?: number;
        };
        /** @description The coupon codes ran out. */
        CouponsExhaustedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "coupons.exhausted";
            data: components["schemas"]["CouponsData"];
        };
        /** @description The winners of a contest were drawn. */
        ContestEndedEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "contest.ended";
            data: components["schemas"]["ContestEndedData"];
        };
        /** @description The data of a `contest.ended` event. */
        ContestEndedData: {
            /** Format: int64 */
            campaign_id: number;
            contest_name: string;
            /** @description `index` is the line in the list of entrants, starting at 0. */
            winners: components["schemas"]["ContestEndedDataWinner"][];
            /** Format: date-time */
            drawn_at: string;
        };
        /** @description You sent a test to this webhook. The participant is fictional. */
        WebhookTestEvent: {
            /** @description The event's ID, which is also its `webhook-id`. */
            id: string;
            /** @description The version of the event format. */
            api_version: string;
            /**
             * Format: int64
             * @description Increases in the order in which your account's events happened. Numbers are unique but not consecutive. 0 for events from before numbers were introduced.
             */
            sequence: number;
            /**
             * Format: date-time
             * @description The time of the event.
             */
            created: string;
            /**
             * Format: date-time
             * @description The same as `created`.
             */
            timestamp: string;
            /** @description False for test mode events. */
            livemode: boolean;
            /** @constant */
            type: "webhook.test";
            data: components["schemas"]["WebhookTestData"];
        };
        /** @description The data of a `webhook.test` event. */
        WebhookTestData: {
            /** Format: int64 */
            campaign_id: number;
            /**
             * Format: int64
             * @description Null after the participant is erased.
             */
            participant_id: number | null;
            /** @description Null after the participant is erased. */
            email: string | null;
            name: string | null;
            /** Format: date-time */
            date_signedup: string | null;
            /** Format: int64 */
            invited_by: number | null;
            invited_social: components["schemas"]["SocialType"] | null;
            referrer: components["schemas"]["EventReferrer"] | null;
            /** @description Null after the participant is erased. */
            referral_code: string | null;
            /** @description Null after the participant is erased. */
            share_url: string | null;
            external_id: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
        };
        /** @description A page of the event log. */
        EventList: {
            /** @description Lowest number first, unless `order` is `desc`. */
            items: components["schemas"]["Event"][];
            pagination: components["schemas"]["EventPagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description The values for reading further events. */
        EventPagination: {
            /**
             * Format: int64
             * @description `after` for the next request, even if there are no more events yet.
             */
            after: number;
            /**
             * Format: int64
             * @description With `order=desc`: `before` for the next request, which returns earlier events.
             */
            before?: number;
            /** @description Whether to send the next request immediately. A page may be empty even if there are more events. */
            has_more: boolean;
            /** Format: int64 */
            limit: number;
        };
        /** @description The events to send to a webhook. */
        Replay: {
            /** @description Only events at or after this time, at most 30 days ago. */
            from?: string | null;
            /** @description Only events up to this time. Default: now. */
            to?: string | null;
            /** @description Only events with higher numbers. If `from` or `to` is also set, both conditions apply. Use `next` of the previous response. */
            after_sequence?: number | null;
            /** @description Only events of these types, among those that the webhook gets. Null: all of them. */
            types?: components["schemas"]["EventType"][] | null;
        };
        /** @description The number of events sent, and how to continue. */
        ReplayedEvents: {
            /**
             * Format: int64
             * @description The number of events that are being sent.
             */
            replayed: number;
            /**
             * Format: int64
             * @description Null if that was everything. Otherwise send it as `after_sequence`, and leave the rest of the request unchanged.
             */
            next: number | null;
        };
        /** @description The account that the credential belongs to. */
        ZapierAccount: {
            /** @constant */
            authenticated: true;
            member: components["schemas"]["Member"];
        };
        /** @description A participant, in the form that Zapier polls. */
        ZapierContact: {
            /** Format: int64 */
            id: number;
            email: string;
            name: string | null;
            /** Format: int64 */
            campaign_id: number;
            /** Format: date-time */
            date_signedup: string;
            referral_url: string | null;
            /** @description `pending`: the email is not confirmed yet, or the plan's limit is reached. */
            status: components["schemas"]["ParticipantStatus"];
        };
        /** @description A URL that gets events of one type. */
        NewZapierHook: {
            /**
             * Format: uri
             * @description An https URL on a public host. We send events to it as POST requests.
             */
            hookUrl: string;
            /**
             * Format: int64
             * @description Default: all campaigns of the account.
             */
            campaign_id?: number | null;
            /** @description Default: `participant.signup`. */
            event?: components["schemas"]["NewZapierHookEvent"];
        };
        /** @description The subscription. */
        ZapierHook: {
            /** Format: int64 */
            id: number;
        };
        /** @description The result of an email provider's event. */
        EmailEventHeard: {
            /** @description Whether the event changed anything here. */
            heard: boolean;
        };
        /** @description An OpenAPI document. */
        OpenApiDocument: {
            openapi: string;
            info: components["schemas"]["OpenApiDocumentInfo"];
            paths: components["schemas"]["OpenApiDocumentPaths"];
        } & {
            [key: string]: unknown;
        };
        /** @description A customer who is signed in on the host's site. */
        WidgetIdentity: {
            /** Format: int64 */
            campaign_id: number;
            /** @description Your own ID for this customer. */
            external_id: string;
            /** @description Their email address, as it was signed. */
            email: string;
            /** @description The time of signing in Unix seconds, a dot, and the HMAC-SHA256 in lowercase hex of the campaign's ID, that time, `external_id`, and `email`, with a line break between them. The key is the campaign's identity secret. Valid for 24 hours. */
            hash: string;
            name?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
            /** @description The referral code they arrived with, if they are new. */
            ref?: string | null;
            /** @description The URL of the page. */
            host_url?: string | null;
            /** @description The `utm_*` parameters of the page, as in its query, for analytics. Those in `host_url` count as well. */
            utm?: string | null;
            /** @description The page that led to the page with the widget. Only its host is kept, for analytics. */
            referrer?: string | null;
            /** @description If false, only opens existing participants. */
            join?: boolean | null;
        };
        /** @description The identified participant. */
        Identified: {
            /** @description Whether this request signed them up. */
            is_new: boolean;
            /** @description True if they must confirm their email address first. */
            needs_confirmation: boolean;
            /** @description Gives access to this participant's own data until 24 hours after the hash was created. Null if they must confirm their email address, or if they are not in the campaign and `join` is false. */
            participant_token: string | null;
        };
        /** @description What a participant sees about themselves. */
        OwnNumbers: {
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            campaign_id: number;
            name: string | null;
            status: components["schemas"]["ParticipantStatus"];
            referral_code: string;
            share_url: string;
            checkout_code: string | null;
            /** Format: int64 */
            referral_count: number;
            /** Format: int64 */
            click_count: number;
            /** Format: int64 */
            share_count: number;
            /** @description The share link for each channel, so visits are attributed to it. */
            links: components["schemas"]["JoinedLink"][];
            goal: components["schemas"]["Goal"];
            rewards: components["schemas"]["OwnReward"][];
            /** Format: int64 */
            rank: number;
            /** @description Null if the campaign has no waitlist. */
            waitlist: components["schemas"]["WaitlistPlace"] | null;
            /** @description Why a rule gives the participant no more rewards: `total` for max_per_participant, `month` for max_per_month, `budget` if its budget is spent for now. Null if nothing limits them. */
            limit: components["schemas"]["OwnNumbersLimit"] | null;
            /** @description The participant's last 20 friends, newest first. */
            friends: components["schemas"]["Friend"][];
            /** @description Store credit per currency the participant has had. */
            credit: components["schemas"]["StoreCredit"][];
        };
        /** @description One of a participant's friends. */
        Friend: {
            /** @description Shortened, as in "Ada L.". Null if it may not be shown. */
            name: string | null;
            /** @description `waiting` until they confirm their email address. */
            status: components["schemas"]["FriendStatus"];
            /** Format: date-time */
            date_joined: string;
        };
        /** @description A participant's store credit in a currency. */
        StoreCredit: {
            currency: string;
            /**
             * Format: int64
             * @description The balance in the currency's minor unit.
             */
            amount: number;
            /** @description The balance in the major unit. */
            value: number;
        };
        /** @description The channel the participant shared on. */
        NewShare: {
            /** @description A channel: 1 facebook, 2 twitter, 3 linkedin, 4 email, 5 whatsapp, 6 direct, 7 sms, 8 telegram, 9 messenger, 10 reddit, 11 pinterest, 12 QR code. */
            social_type: components["schemas"]["NewShareSocialType"];
        };
        /** @description The link for a channel. */
        Shared: {
            social_type: components["schemas"]["SocialType"];
            /** @description The link to share on this channel. */
            url: string;
        };
        /** @description A word for the participant's link. */
        NewWord: {
            word: string;
        };
        /** @description The participant's link with their chosen word. */
        OwnLink: {
            word: string;
            share_url: string;
        };
        /** @description Email addresses of friends. */
        Invite: {
            emails: string[];
        };
        /** @description The result of the invitations. */
        Invited: {
            /**
             * Format: int64
             * @description Number of accepted addresses. Does not reveal who already joined.
             */
            accepted: number;
        };
        /** @description A view of the widget. */
        NewImpression: {
            /** Format: int64 */
            campaign_id: number;
        };
        /** @description Confirms that the view was counted. */
        Counted: {
            /** @constant */
            counted: true;
        };
        /** @description Everything the widget needs to render. */
        WidgetConfig: {
            /** Format: int64 */
            campaign_id: number;
            campaign_name: string;
            brand_domain: string;
            /** @description The brand's display name: its name, or its domain if it has none. */
            brand_name: string;
            brand_logo_url: string | null;
            goal: components["schemas"]["WidgetConfigGoal"];
            /** @description The kind of reward, its name, image, and amount. Coupon codes, links, and messages are only shown to participants who earned them. */
            reward: components["schemas"]["WidgetConfigReward"];
            /** @description Other ways to earn a reward: the visible rules with budget left, in order. */
            rules: components["schemas"]["PromisedRule"][];
            allow_email: boolean;
            publish: components["schemas"]["CampaignPublish"];
            /** @description Visitors can sign up only while it is `live`. */
            status: components["schemas"]["CampaignStatus"];
            /** @description Null if the campaign has no waitlist. */
            waitlist: components["schemas"]["WidgetConfigWaitlist"] | null;
            /** Format: date-time */
            starts_at: string | null;
            /** Format: date-time */
            ends_at: string | null;
            /** @description Whether visitors can see the leaderboard. */
            leaderboard: boolean;
            /**
             * Format: date-time
             * @description The end of the countdown, if one is shown: the widget's, or otherwise the campaign's.
             */
            countdown_end: string | null;
            widget: components["schemas"]["Widget"];
            /** @description Texts outside the frame, by language: the campaign's language, or all languages if the browser decides. */
            button: {
                [key: string]: components["schemas"]["WidgetConfigButton"];
            };
            /** @description Totals plus the widget's start values, if it shows them. */
            stats: components["schemas"]["WidgetConfigStats"] | null;
        };
        /** @description The first participants of the leaderboard. */
        Leaders: {
            leaderboard: components["schemas"]["Leader"][];
        };
        /** @description A place in the public leaderboard, with a shortened name. */
        Leader: {
            /** Format: int64 */
            rank: number;
            name: string | null;
            /** Format: int64 */
            referral_count: number;
            /** Format: int64 */
            click_count: number;
        };
        /** @description Whether the service is working. */
        Health: {
            /** @constant */
            status: "ok";
            /** @description `late`: a job that runs every minute has not succeeded for fifteen minutes. */
            jobs: components["schemas"]["HealthJobs"];
        };
        /**
         * @description One of `invalid_request`, `bad_code`, `bad_link`, `code_incompatible`, `unknown_referrer`, `self_referral`, `token_not_allowed`, `captcha_failed`, `form_expired`, `disposable_email`, `second_factor_required`, `second_factor_wrong`, `unauthenticated`, `paid_plan_required`, `registration_closed`, `suspended`, `second_factor_missing`, `scope_missing`, `publishable_key`, `origin_not_allowed`, `proof_needed`, `role_needed`, `cross_site`, `participant_limit`, `brand_limit`, `image_limit`, `webhook_limit`, `key_limit`, `words_off`, `email_not_allowed`, `bad_identity`, `not_found`, `email_taken`, `slug_taken`, `checkout_code_taken`, `already_signed_up`, `contest_drawn`, `contest_started`, `campaign_not_live`, `conflict`, `idempotency_in_progress`, `idempotency_mismatch`, `payload_too_large`, `rate_limited`, `misconfigured`, `internal`, `overloaded`, `database_full`.
         * @enum {string}
         */
        ErrorCode: "invalid_request" | "bad_code" | "bad_link" | "code_incompatible" | "unknown_referrer" | "self_referral" | "token_not_allowed" | "captcha_failed" | "form_expired" | "disposable_email" | "second_factor_required" | "second_factor_wrong" | "unauthenticated" | "paid_plan_required" | "registration_closed" | "suspended" | "second_factor_missing" | "scope_missing" | "publishable_key" | "origin_not_allowed" | "proof_needed" | "role_needed" | "cross_site" | "participant_limit" | "brand_limit" | "image_limit" | "webhook_limit" | "key_limit" | "words_off" | "email_not_allowed" | "bad_identity" | "not_found" | "email_taken" | "slug_taken" | "checkout_code_taken" | "already_signed_up" | "contest_drawn" | "contest_started" | "campaign_not_live" | "conflict" | "idempotency_in_progress" | "idempotency_mismatch" | "payload_too_large" | "rate_limited" | "misconfigured" | "internal" | "overloaded" | "database_full";
        /** @description Part of a response or request: ErrorDetail, with path, message. */
        ErrorDetail: {
            path: string;
            message: string;
        };
        /** @description Part of a response or request: ApiKeyCreatedBy, with id, name, email. */
        ApiKeyCreatedBy: {
            /** Format: int64 */
            id: number;
            name: string;
            email: string;
        };
        /**
         * @description `secret` keys are for your servers. `publishable` keys are for website code: they can only sign up visitors.
         * @enum {string}
         */
        KeyKind: "secret" | "publishable";
        /**
         * @description A `test` key sees and changes test data only. A `live` key sees and changes live data only.
         * @enum {string}
         */
        KeyMode: "live" | "test";
        /**
         * @description One of `read`, `write`, `signup`.
         * @enum {string}
         */
        KeyScope: "read" | "write" | "signup";
        /** @description Part of a response or request: SenderDomain, with domain, is_proven. */
        SenderDomain: {
            domain: string;
            is_proven: boolean;
        };
        /** @description Part of a response or request: BrandSocial, with social, profile_url. */
        BrandSocial: {
            social: string;
            profile_url: string;
        };
        /**
         * @description One of `proven`, `unproven`.
         * @enum {string}
         */
        VerificationStatus: "proven" | "unproven";
        /**
         * @description One of `dns`, `file`, `widget`, `trusted`.
         * @enum {string}
         */
        VerificationMethod: "dns" | "file" | "widget" | "trusted";
        /** @description Part of a response or request: VerificationDns, with type, name, value. */
        VerificationDns: {
            /** @constant */
            type: "TXT";
            name: string;
            value: string;
        };
        /** @description Part of a response or request: VerificationFile, with url, content. */
        VerificationFile: {
            url: string;
            content: string;
        };
        /**
         * @description One of `member_suspended`, `brand_suspended`, `sending_paused`, `member_unverified`, `domain_unproven`.
         * @enum {string}
         */
        SendingReason: "member_suspended" | "brand_suspended" | "sending_paused" | "member_unverified" | "domain_unproven";
        /** @description The result of this check. It stops at the first proof. */
        VerifiedBrandChecked: {
            /** @description `found`, `missing`, `unknown` (the resolver did not respond), or why the page could not be read. */
            dns?: string;
            /** @description `found`, `missing`, `unknown` (the resolver did not respond), or why the page could not be read. */
            file?: string;
            /** @description `found`, `missing`, `unknown` (the resolver did not respond), or why the page could not be read. */
            widget?: string;
        };
        /**
         * @description `unverified` until we find its TXT record, `pending` until its certificate is issued, then `active`. `failed`: see `error`.
         * @enum {string}
         */
        DomainState: "unverified" | "pending" | "active" | "failed";
        /** @description Part of a response or request: DomainRecord, with type, name, value. */
        DomainRecord: {
            type: components["schemas"]["DomainRecordType"];
            name: string;
            value: string;
        };
        /**
         * @description One of `TXT`, `CNAME`.
         * @enum {string}
         */
        DomainRecordType: "TXT" | "CNAME";
        /**
         * @description One of `public`, `private`.
         * @enum {string}
         */
        CampaignPublish: "public" | "private";
        /**
         * @description One of `entry`, `reward`, `twoway_reward`, `admitted`.
         * @enum {string}
         */
        CampaignDefaultEmail: "entry" | "reward" | "twoway_reward" | "admitted";
        /**
         * @description One of `friend_joined`, `one_to_go`, `reminder`, `recap`.
         * @enum {string}
         */
        CampaignFriendEmail: "friend_joined" | "one_to_go" | "reminder" | "recap";
        /**
         * @description One of `off`, `watch`, `hold`, `strict`.
         * @enum {string}
         */
        CampaignFraudMode: "off" | "watch" | "hold" | "strict";
        /**
         * @description One of `by_score`, `approve`, `deny`, `never`.
         * @enum {string}
         */
        CampaignReviewEnding: "by_score" | "approve" | "deny" | "never";
        /**
         * @description `consent` is a checkbox. Its answer is stored with its wording, link, and time: `{agreed, text, url, at}`.
         * @enum {string}
         */
        FormFieldType: "text" | "phone" | "select" | "checkbox" | "consent";
        /** @description Part of a response or request: CampaignDetailCoupons, with total, available, assigned. */
        CampaignDetailCoupons: {
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            assigned: number;
        };
        /**
         * @description `entries`: 1 entry per participant plus 1 per credited referral. `uniform`: 1 entry each.
         * @enum {string}
         */
        ContestWeighting: "entries" | "uniform";
        /**
         * @description Default: `draft`.
         * @enum {string}
         */
        NewDuplicateStatus: "draft" | "live";
        /**
         * @description One of `signup`, `visit`, `conversion`.
         * @enum {string}
         */
        RuleTrigger: "signup" | "visit" | "conversion";
        /**
         * @description One of `once`, `every`.
         * @enum {string}
         */
        RuleRepeat: "once" | "every";
        /** @description Part of a response or request: RuleReward, with reward_type, redirect_url, custom_message, amount, percent, max_amount, duration_months. */
        RuleReward: {
            reward_type: components["schemas"]["RewardType"];
            redirect_url: string | null;
            custom_message: string | null;
            /** Format: int64 */
            amount: number | null;
            percent: number | null;
            /** Format: int64 */
            max_amount: number | null;
            /** Format: int64 */
            duration_months: number | null;
        };
        /**
         * @description 1 coupon, 2 redirect URL, 3 custom message, 5 cash, 6 store credit.
         * @enum {integer}
         */
        NewRuleRewardRewardType: 1 | 2 | 3 | 5 | 6;
        /**
         * @description What happens to a reward if the endpoint gives no decision within 72 hours, or you turn the veto off while it waits. `hold`: it stays on hold until someone approves or revokes it.
         * @enum {string}
         */
        VetoEnding: "hold" | "give" | "refuse";
        /** @description Part of a response or request: PublicLanderBrand, with id, domain, slug, url, logo_url, background_image. */
        PublicLanderBrand: {
            /** Format: int64 */
            id: number;
            domain: string;
            slug: string;
            url: string;
            logo_url: string | null;
            background_image: string | null;
        };
        /** @description Part of a response or request: PromisedRuleReward, with type, amount, percent, max_amount, currency. */
        PromisedRuleReward: {
            type: components["schemas"]["RewardKind"];
            /**
             * Format: int64
             * @description In the currency's minor unit.
             */
            amount: number | null;
            /** @description The share of a conversion's amount. */
            percent: number | null;
            /** Format: int64 */
            max_amount: number | null;
            currency: string;
        };
        /**
         * @description One of `day`, `week`, `month`, `total`.
         * @enum {string}
         */
        AnalyticsInterval: "day" | "week" | "month" | "total";
        /**
         * @description One of `channel`, `utm_source`, `utm_medium`, `utm_campaign`, `referrer`, `country`, `device`.
         * @enum {string}
         */
        AnalyticsGroupBy: "channel" | "utm_source" | "utm_medium" | "utm_campaign" | "referrer" | "country" | "device";
        /**
         * @description One of `impressions`, `shares`, `clicks`, `signups`, `referrals`, `conversions`, `revenue`, `refunded`, `net_revenue`, `invitation_rate`, `participants`, `sharers`, `inviters`, `referrers`, `rewarded`, `friends`, `k_factor`, `time_to_first_referral`.
         * @enum {string}
         */
        AnalyticsMetricName: "impressions" | "shares" | "clicks" | "signups" | "referrals" | "conversions" | "revenue" | "refunded" | "net_revenue" | "invitation_rate" | "participants" | "sharers" | "inviters" | "referrers" | "rewarded" | "friends" | "k_factor" | "time_to_first_referral";
        /**
         * @description One of `count`, `money`, `ratio`, `hours`.
         * @enum {string}
         */
        AnalyticsMetricUnit: "count" | "money" | "ratio" | "hours";
        /**
         * @description `expired`: its last day passed before it was assigned. An assigned code stays `assigned`.
         * @enum {string}
         */
        CouponStatus: "available" | "assigned" | "expired";
        /**
         * @description One of `participants`, `coupons`.
         * @enum {string}
         */
        NewImportKind: "participants" | "coupons";
        /**
         * @description One of `email`, `name`, `first_name`, `last_name`, `external_id`, `id`, `code`, `checkout_code`, `referral_code`, `invited_by`, `date`, `consent`, `refused`, `status`, `metadata`, `null`.
         * @enum {string|null}
         */
        NewImportMapping: "email" | "name" | "first_name" | "last_name" | "external_id" | "id" | "code" | "checkout_code" | "referral_code" | "invited_by" | "date" | "consent" | "refused" | "status" | "metadata" | null;
        /**
         * @description One of `preview`, `running`, `done`, `undone`, `undoing`.
         * @enum {string}
         */
        ImportStatus: "preview" | "running" | "done" | "undone" | "undoing";
        /** @description Part of a response or request: ImportColumn, with name, holds. */
        ImportColumn: {
            name: string;
            holds: components["schemas"]["ImportColumnHolds"] | null;
        };
        /**
         * @description One of `email`, `name`, `first_name`, `last_name`, `external_id`, `id`, `code`, `checkout_code`, `referral_code`, `invited_by`, `date`, `consent`, `refused`, `status`, `metadata`.
         * @enum {string}
         */
        ImportColumnHolds: "email" | "name" | "first_name" | "last_name" | "external_id" | "id" | "code" | "checkout_code" | "referral_code" | "invited_by" | "date" | "consent" | "refused" | "status" | "metadata";
        /**
         * @description One of `participants`, `rewards`, `conversions`, `coupons`.
         * @enum {string}
         */
        NewExportKind: "participants" | "rewards" | "conversions" | "coupons";
        /**
         * @description `jsonl` contains the objects that the list returns, one JSON object per line.
         * @enum {string}
         */
        NewExportFormat: "csv" | "jsonl";
        /**
         * @description `held` until its hold is over and, if its rule requires it, it is approved. `expired`: it was not given, or not fully redeemed, within its rule's `expires_days`.
         * @enum {string}
         */
        RewardStatus: "held" | "pending" | "fulfilled" | "revoked" | "expired";
        /**
         * @description One of `pending`, `approved`, `sent`, `confirmed`, `failed`, `cancelled`.
         * @enum {string}
         */
        RewardTokenState: "pending" | "approved" | "sent" | "confirmed" | "failed" | "cancelled";
        /**
         * @description One of `approve`, `fulfill`, `revoke`.
         * @enum {string}
         */
        RewardActionsAction: "approve" | "fulfill" | "revoke";
        /**
         * @description One of `held`, `pending`.
         * @enum {string}
         */
        ActionFilterStatus: "held" | "pending";
        /** @description Part of a response or request: RewardResultsResult, with id, done, status, error. */
        RewardResultsResult: {
            /** Format: int64 */
            id: number;
            done: boolean;
            status: components["schemas"]["RewardStatus"] | null;
            /** @description Why nothing changed. */
            error: string | null;
        };
        /**
         * @description One of `fulfilled`, `revoked`.
         * @enum {string}
         */
        RewardChangeStatus: "fulfilled" | "revoked";
        /**
         * Format: int64
         * @description 1 coupon, 2 redirect URL, 3 custom message, 5 cash, 6 store credit.
         * @enum {integer}
         */
        NewRewardRewardType: 1 | 2 | 3 | 5 | 6;
        /** @description Part of a response or request: PayoutTotal, with currency, participants, rewards, netted, amount. */
        PayoutTotal: {
            currency: string;
            /** Format: int64 */
            participants: number;
            /** Format: int64 */
            rewards: number;
            /**
             * Format: int64
             * @description The amount deducted because of refunds. In minor units.
             */
            netted: number;
            /**
             * Format: int64
             * @description The amount paid. In minor units.
             */
            amount: number;
        };
        /** @description Pays all rewards owed to these participants, oldest first. `{}` matches everyone. */
        NewPayoutFilter: {
            /** Format: int64 */
            campaign_id?: number;
            /** Format: int64 */
            participant_id?: number;
            /** @description ISO 4217. */
            currency?: string;
            /**
             * Format: date-time
             * @description Earned before this time.
             */
            earned_before?: string;
        };
        /** @description Part of a response or request: PayoutMadeSkipped, with reward_id, reason. */
        PayoutMadeSkipped: {
            /** Format: int64 */
            reward_id: number;
            reason: string;
        };
        /**
         * @description The subject: one of the referrer's friends, or the referrer's sales.
         * @enum {string}
         */
        ReviewAbout: "referral" | "sales";
        /** @description Part of a response or request: ReviewReferrer, with name, email. */
        ReviewReferrer: {
            name: string | null;
            email: string | null;
        };
        /**
         * @description One of `open`, `approved`, `denied`.
         * @enum {string}
         */
        ReviewState: "open" | "approved" | "denied";
        /** @description Part of a response or request: ReviewReason, with code, weight, factor, message, with. */
        ReviewReason: {
            code: string;
            /** @description Includes the factor. */
            weight: number;
            /** @description The factor that follows from people's earlier decisions in this campaign. 1: no change. */
            factor: number;
            message: string;
            /** @description Earlier participants or conversions with the same value. */
            with: number[];
        };
        /**
         * @description One of `asked`, `given`.
         * @enum {string}
         */
        ReviewProof: "asked" | "given";
        /**
         * @description `reopen` undoes a decision until its `undo_until`.
         * @enum {string}
         */
        ReviewDecisionVerdict: "approve" | "deny" | "reopen";
        /**
         * @description `all_of_referrer`: all reviews of the same referrer that are open, or can still be undone.
         * @enum {string}
         */
        ReviewDecisionScope: "this" | "all_of_referrer";
        /** @description Part of a response or request: FraudFeedbackReason, with code, message, kind, reviewed, confirmed, factor. */
        FraudFeedbackReason: {
            code: string;
            message: string;
            kind: components["schemas"]["FraudFeedbackReasonKind"];
            /**
             * Format: int64
             * @description The number of referrers that people decided about, in the latest 1,000 reviews.
             */
            reviewed: number;
            /**
             * Format: int64
             * @description The number of these referrers who were denied.
             */
            confirmed: number;
            /** @description The factor for the reason's weight in new reviews. 1 until people decide something. */
            factor: number;
        };
        /**
         * @description One of `mailbox`, `network`, `pace`, `purchase`, `rules`.
         * @enum {string}
         */
        FraudFeedbackReasonKind: "mailbox" | "network" | "pace" | "purchase" | "rules";
        /**
         * @description One of `email`, `domain`, `network`, `asn`, `country`, `referrer`.
         * @enum {string}
         */
        ListEntryKind: "email" | "domain" | "network" | "asn" | "country" | "referrer";
        /**
         * @description One of `allow`, `block`.
         * @enum {string}
         */
        ListEntryAction: "allow" | "block";
        /**
         * @description One of `active`, `pending`, `blocked`.
         * @enum {string}
         */
        ParticipantStatus: "active" | "pending" | "blocked";
        /**
         * @description One of `waiting`, `confirmed`.
         * @enum {string}
         */
        MembershipConfirmation: "waiting" | "confirmed";
        /**
         * @description One of `participant`, `referral_code`, `checkout_code`.
         * @enum {string}
         */
        ConversionAttributedBy: "participant" | "referral_code" | "checkout_code";
        /** @description Part of a response or request: BatchResultError, with code, message. */
        BatchResultError: {
            code: components["schemas"]["ErrorCode"];
            message: string;
        };
        /** @description Part of a response or request: JoinedLink, with social_type, url. */
        JoinedLink: {
            social_type: components["schemas"]["SocialType"];
            url: string;
        };
        /**
         * @description One of `days`, `approval`, `review`, `not_counted`, `gone`.
         * @enum {string}
         */
        OwnRewardWhy: "days" | "approval" | "review" | "not_counted" | "gone";
        /**
         * @description `credited` if a reward was earned. `capped` if only a cap or a budget prevented one.
         * @enum {string}
         */
        DecisionOutcome: "credited" | "not_credited" | "capped";
        /** @description Part of a response or request: DecisionReason, with code, message, rule_id, reward_id. */
        DecisionReason: {
            /** @description One of the codes in the guide to conversions. */
            code: string;
            message: string;
            /** Format: int64 */
            rule_id: number | null;
            /** Format: int64 */
            reward_id: number | null;
        };
        /** @description Only participants who match. Without `count`, all of them. */
        NewReleaseFilter: {
            /** @description Only participants with at least this many referrals. */
            min_referrals?: number;
            /** Format: date-time */
            signed_up_before?: string;
            participant_ids?: number[];
        };
        /**
         * @description One of `running`, `done`.
         * @enum {string}
         */
        ReleaseStatus: "running" | "done";
        /** @description Part of a response or request: ReleaseFilter, with min_referrals, signed_up_before, participant_ids. */
        ReleaseFilter: {
            /** Format: int64 */
            min_referrals: number | null;
            signed_up_before: string | null;
            participant_ids: number[] | null;
        };
        /** @description Part of a response or request: DryReleaseFirst, with id, name, email, referral_count. */
        DryReleaseFirst: {
            /** Format: int64 */
            id: number;
            name: string | null;
            email: string;
            /** Format: int64 */
            referral_count: number;
        };
        /** @description Part of a response or request: LoggedDecisionSubject, with type, id. */
        LoggedDecisionSubject: {
            /** @description `reward`: it was revoked by hand, or earned because a goal was lowered or the participant was admitted. */
            type: components["schemas"]["LoggedDecisionSubjectType"];
            /**
             * Format: int64
             * @description The ID of the participant who signed up, of the conversion, or of the reward.
             */
            id: number | null;
        };
        /**
         * @description `reward`: it was revoked by hand, or earned because a goal was lowered or the participant was admitted.
         * @enum {string}
         */
        LoggedDecisionSubjectType: "signup" | "visit" | "conversion" | "refund" | "hold" | "reward";
        /**
         * @description One of `credited`, `not_credited`, `held`, `capped`, `reversed`.
         * @enum {string}
         */
        LoggedDecisionOutcome: "credited" | "not_credited" | "held" | "capped" | "reversed";
        /** @description Part of a response or request: LoggedDecisionReason, with code, message, rule_id, reward_id. */
        LoggedDecisionReason: {
            /** @description One of the codes in the guide to conversions. */
            code: string;
            message: string;
            /**
             * Format: int64
             * @description Null for the campaign's own goal.
             */
            rule_id: number | null;
            /** Format: int64 */
            reward_id: number | null;
        };
        /**
         * @description One of `gone`, `failing`, `member`.
         * @enum {string}
         */
        WebhookDisabledReason: "gone" | "failing" | "member";
        /**
         * @description One of `pending`, `delivered`, `failed`.
         * @enum {string}
         */
        DeliveryStatus: "pending" | "delivered" | "failed";
        /** @description Part of a response or request: DeliveryAttempt, with at, status_code, error, duration_ms, answer. */
        DeliveryAttempt: {
            /** Format: date-time */
            at: string;
            /** Format: int64 */
            status_code: number | null;
            /** @description `timeout`, `connect_error`, `redirect`, `http_<status>`, `url_blocked`, `dns_blocked`, `dns_error` or `endpoint_disabled`. Cloudflare's statuses 520 to 530 mean that it could not reach the endpoint, so they count as `connect_error`. */
            error: string | null;
            /** Format: int64 */
            duration_ms: number;
            answer?: components["schemas"]["WebhookAnswer"];
        };
        /**
         * @description One of `email`, `name`, `external_id`, `metadata`.
         * @enum {string}
         */
        ParticipantUpdatedDataChanged: "email" | "name" | "external_id" | "metadata";
        /** @description Part of a response or request: ParticipantUpdatedDataPrevious, with email, name, external_id, metadata. */
        ParticipantUpdatedDataPrevious: {
            email?: string | null;
            name?: string | null;
            external_id?: string | null;
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description The participant who earned it. */
        RewardDataParticipant: {
            /** Format: int64 */
            id: number | null;
            email: string | null;
            name: string | null;
            external_id: string | null;
            metadata: {
                [key: string]: unknown;
            } | null;
        };
        /** @description Part of a response or request: ReviewOpenedDataReason, with code, weight. */
        ReviewOpenedDataReason: {
            code: string;
            weight: number;
        };
        /** @description Part of a response or request: ContestEndedDataWinner, with participant_id, index. */
        ContestEndedDataWinner: {
            /** Format: int64 */
            participant_id: number;
            /** Format: int64 */
            index: number;
        };
        /**
         * @description Default: `participant.signup`.
         * @enum {string|null}
         */
        NewZapierHookEvent: "participant.signup" | "participant.attributed" | "participant.confirmed" | "participant.admitted" | "participant.pending" | "participant.blocked" | "participant.updated" | "participant.erased" | "participant.share" | "conversion.created" | "conversion.refunded" | "conversion.refund_reversed" | "reward.held" | "reward.pending" | "reward.fulfilled" | "reward.revoked" | "reward.expired" | "credit.redeemed" | "review.opened" | "review.decided" | "coupons.low" | "coupons.exhausted" | "contest.ended" | "webhook.test" | null;
        /** @description Part of a response or request: OpenApiDocumentInfo, with title. */
        OpenApiDocumentInfo: {
            title: string;
        } & {
            [key: string]: unknown;
        };
        /** @description Part of a response or request: OpenApiDocumentPaths, with . */
        OpenApiDocumentPaths: {
            [key: string]: unknown;
        };
        /**
         * @description One of `total`, `month`, `budget`.
         * @enum {string}
         */
        OwnNumbersLimit: "total" | "month" | "budget";
        /**
         * @description `waiting` until they confirm their email address.
         * @enum {string}
         */
        FriendStatus: "joined" | "waiting";
        /**
         * @description A channel: 1 facebook, 2 twitter, 3 linkedin, 4 email, 5 whatsapp, 6 direct, 7 sms, 8 telegram, 9 messenger, 10 reddit, 11 pinterest, 12 QR code.
         * @enum {integer}
         */
        NewShareSocialType: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12;
        /** @description Part of a response or request: WidgetConfigGoal, with type, target. */
        WidgetConfigGoal: {
            type: components["schemas"]["GoalType"];
            /** Format: int64 */
            target: number;
        };
        /** @description The kind of reward, its name, image, and amount. Coupon codes, links, and messages are only shown to participants who earned them. */
        WidgetConfigReward: {
            type: components["schemas"]["RewardKind"];
            invited: boolean;
            /** @description The reward's name as part of a sentence. */
            title: string | null;
            image_url: string | null;
            token_amount: string | null;
            token_symbol: string | null;
            /** @description The currency's major unit. */
            cash_value: number | null;
            /** @description The currency's major unit. Redeemed in parts with `POST /participants/{id}/redemptions`. */
            credit_value: number | null;
            currency: string;
        };
        /** @description Part of a response or request: WidgetConfigWaitlist, with places_per_friend. */
        WidgetConfigWaitlist: {
            /** Format: int64 */
            places_per_friend: number;
        };
        /** @description Part of a response or request: WidgetConfigButton, with title, open, close, dir. */
        WidgetConfigButton: {
            title: string;
            open: string;
            close: string;
            /**
             * @description Only for right-to-left languages.
             * @constant
             */
            dir?: "rtl";
        };
        /** @description Part of a response or request: WidgetConfigStats, with participants, shares, clicks, impressions. */
        WidgetConfigStats: {
            /** Format: int64 */
            participants: number;
            /** Format: int64 */
            shares: number;
            /** Format: int64 */
            clicks: number;
            /** Format: int64 */
            impressions: number;
        };
        /**
         * @description `late`: a job that runs every minute has not succeeded for fifteen minutes.
         * @enum {string}
         */
        HealthJobs: "on_time" | "late";
        /** @description `RegisteredMember` in the envelope of all responses. */
        RegisteredMemberResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RegisteredMember"];
        };
        /** @description `RegistrationInvitation` in the envelope of all responses. */
        RegistrationInvitationResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RegistrationInvitation"];
        };
        /** @description `SignedIn` in the envelope of all responses. */
        SignedInResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["SignedIn"];
        };
        /** @description `MailSent` in the envelope of all responses. */
        MailSentResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["MailSent"];
        };
        /** @description `Profile` in the envelope of all responses. */
        ProfileResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Profile"];
        };
        /** @description `MintedKey` in the envelope of all responses. */
        MintedKeyResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["MintedKey"];
        };
        /** @description `ApiKey` in the envelope of all responses. */
        ApiKeyResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ApiKey"];
        };
        /** @description A page of `ApiKey`. */
        ApiKeyList: {
            api_keys: components["schemas"]["ApiKey"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ApiKeyList` in the envelope of all responses. */
        ApiKeyListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ApiKeyList"];
        };
        /** @description `RevokedKey` in the envelope of all responses. */
        RevokedKeyResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RevokedKey"];
        };
        /** @description `SecondFactorReset` in the envelope of all responses. */
        SecondFactorResetResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["SecondFactorReset"];
        };
        /** @description `KeyList` in the envelope of all responses. */
        KeyListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["KeyList"];
        };
        /** @description `CreatedKey` in the envelope of all responses. */
        CreatedKeyResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["CreatedKey"];
        };
        /** @description `Key` in the envelope of all responses. */
        KeyResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Key"];
        };
        /** @description `RolledKey` in the envelope of all responses. */
        RolledKeyResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RolledKey"];
        };
        /** @description `TestDataDeleted` in the envelope of all responses. */
        TestDataDeletedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["TestDataDeleted"];
        };
        /** @description A page of `Plan`. */
        PlanList: {
            plans: components["schemas"]["Plan"][];
        };
        /** @description `PlanList` in the envelope of all responses. */
        PlanListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["PlanList"];
        };
        /** @description `BillingEventHeard` in the envelope of all responses. */
        BillingEventHeardResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["BillingEventHeard"];
        };
        /** @description `Suspension` in the envelope of all responses. */
        SuspensionResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Suspension"];
        };
        /** @description A page of `Sender`. */
        SenderList: {
            senders: components["schemas"]["Sender"][];
        };
        /** @description `SenderList` in the envelope of all responses. */
        SenderListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["SenderList"];
        };
        /** @description `SendingState` in the envelope of all responses. */
        SendingStateResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["SendingState"];
        };
        /** @description `TeamSecurity` in the envelope of all responses. */
        TeamSecurityResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["TeamSecurity"];
        };
        /** @description A page of `Brand`. */
        BrandList: {
            brands: components["schemas"]["Brand"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `BrandList` in the envelope of all responses. */
        BrandListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["BrandList"];
        };
        /** @description `Brand` in the envelope of all responses. */
        BrandResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Brand"];
        };
        /** @description `DeletedBrand` in the envelope of all responses. */
        DeletedBrandResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["DeletedBrand"];
        };
        /** @description `VerifiedBrand` in the envelope of all responses. */
        VerifiedBrandResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["VerifiedBrand"];
        };
        /** @description `BrandStats` in the envelope of all responses. */
        BrandStatsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["BrandStats"];
        };
        /** @description `Domains` in the envelope of all responses. */
        DomainsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Domains"];
        };
        /** @description `Domain` in the envelope of all responses. */
        DomainResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Domain"];
        };
        /** @description `DeletedDomain` in the envelope of all responses. */
        DeletedDomainResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["DeletedDomain"];
        };
        /** @description A page of `Campaign`. */
        CampaignList: {
            campaigns: components["schemas"]["Campaign"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `CampaignList` in the envelope of all responses. */
        CampaignListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["CampaignList"];
        };
        /** @description `Campaign` in the envelope of all responses. */
        CampaignResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Campaign"];
        };
        /** @description `CampaignDetail` in the envelope of all responses. */
        CampaignDetailResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["CampaignDetail"];
        };
        /** @description `DeletedCampaign` in the envelope of all responses. */
        DeletedCampaignResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["DeletedCampaign"];
        };
        /** @description `RewardSettings` in the envelope of all responses. */
        RewardSettingsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RewardSettings"];
        };
        /** @description A page of `Rule`. */
        RuleList: {
            rules: components["schemas"]["Rule"][];
        };
        /** @description `RuleList` in the envelope of all responses. */
        RuleListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RuleList"];
        };
        /** @description `SavedRule` in the envelope of all responses. */
        SavedRuleResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["SavedRule"];
        };
        /** @description `Rule` in the envelope of all responses. */
        RuleResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Rule"];
        };
        /** @description `RemovedRule` in the envelope of all responses. */
        RemovedRuleResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RemovedRule"];
        };
        /** @description `Veto` in the envelope of all responses. */
        VetoResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Veto"];
        };
        /** @description `SavedVeto` in the envelope of all responses. */
        SavedVetoResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["SavedVeto"];
        };
        /** @description `NewWebhookSecret` in the envelope of all responses. */
        NewWebhookSecretResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["NewWebhookSecret"];
        };
        /** @description `Widget` in the envelope of all responses. */
        WidgetResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Widget"];
        };
        /** @description `IdentitySecret` in the envelope of all responses. */
        IdentitySecretResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["IdentitySecret"];
        };
        /** @description `Lander` in the envelope of all responses. */
        LanderResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Lander"];
        };
        /** @description `PublicLander` in the envelope of all responses. */
        PublicLanderResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["PublicLander"];
        };
        /**
         * @description Adds the period of the same length right before this one.
         * @enum {string}
         */
        GetCampaignAnalyticsCompare: "previous_period";
        /**
         * @description `csv` is the same as `Accept: text/csv`.
         * @enum {string}
         */
        GetCampaignAnalyticsFormat: "json" | "csv";
        /** @description `Analytics` in the envelope of all responses. */
        AnalyticsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Analytics"];
        };
        /** @description `CampaignStats` in the envelope of all responses. */
        CampaignStatsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["CampaignStats"];
        };
        /** @description `Contest` in the envelope of all responses. */
        ContestResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Contest"];
        };
        /** @description `DeletedContest` in the envelope of all responses. */
        DeletedContestResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["DeletedContest"];
        };
        /** @description A page of `BrandDraw`. */
        BrandDrawList: {
            draws: components["schemas"]["BrandDraw"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `BrandDrawList` in the envelope of all responses. */
        BrandDrawListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["BrandDrawList"];
        };
        /** @description `PublicContestDraw` in the envelope of all responses. */
        PublicContestDrawResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["PublicContestDraw"];
        };
        /** @description A page of `Coupon`. */
        CouponList: {
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            available: number;
            /** Format: int64 */
            assigned: number;
            /**
             * Format: int64
             * @description The number of codes whose last day passed before they were assigned.
             */
            expired: number;
            coupons: components["schemas"]["Coupon"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `CouponList` in the envelope of all responses. */
        CouponListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["CouponList"];
        };
        /** @description `UploadResult` in the envelope of all responses. */
        UploadResultResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["UploadResult"];
        };
        /**
         * @description Delete only expired codes.
         * @enum {string}
         */
        DeleteCouponsStatus: "expired";
        /** @description `CouponsDeleted` in the envelope of all responses. */
        CouponsDeletedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["CouponsDeleted"];
        };
        /** @description A page of `CouponUploadSummary`. */
        CouponUploadSummaryList: {
            uploads: components["schemas"]["CouponUploadSummary"][];
        };
        /** @description `CouponUploadSummaryList` in the envelope of all responses. */
        CouponUploadSummaryListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["CouponUploadSummaryList"];
        };
        /** @description `Import` in the envelope of all responses. */
        ImportResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Import"];
        };
        /** @description A page of `Import`. */
        ImportList: {
            imports: components["schemas"]["Import"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ImportList` in the envelope of all responses. */
        ImportListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ImportList"];
        };
        /** @description `Export` in the envelope of all responses. */
        ExportResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Export"];
        };
        /** @description A page of `Export`. */
        ExportList: {
            exports: components["schemas"]["Export"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ExportList` in the envelope of all responses. */
        ExportListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ExportList"];
        };
        /** @description A page of `Reward`. */
        RewardList: {
            rewards: components["schemas"]["Reward"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `RewardList` in the envelope of all responses. */
        RewardListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RewardList"];
        };
        /** @description `RewardDetails` in the envelope of all responses. */
        RewardDetailsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RewardDetails"];
        };
        /** @description `Reward` in the envelope of all responses. */
        RewardResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Reward"];
        };
        /** @description `RewardResults` in the envelope of all responses. */
        RewardResultsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RewardResults"];
        };
        /** @description `PayoutList` in the envelope of all responses. */
        PayoutListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["PayoutList"];
        };
        /** @description `PayoutMade` in the envelope of all responses. */
        PayoutMadeResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["PayoutMade"];
        };
        /** @description `Payout` in the envelope of all responses. */
        PayoutResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Payout"];
        };
        /** @description A page of `Transfer`. */
        TransferList: {
            transfers: components["schemas"]["Transfer"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `TransferList` in the envelope of all responses. */
        TransferListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["TransferList"];
        };
        /** @description A page of `Review`. */
        ReviewList: {
            reviews: components["schemas"]["Review"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ReviewList` in the envelope of all responses. */
        ReviewListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ReviewList"];
        };
        /** @description `Review` in the envelope of all responses. */
        ReviewResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Review"];
        };
        /** @description `FraudFeedback` in the envelope of all responses. */
        FraudFeedbackResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["FraudFeedback"];
        };
        /** @description A page of `ListEntry`. */
        ListEntryList: {
            entries: components["schemas"]["ListEntry"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ListEntryList` in the envelope of all responses. */
        ListEntryListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ListEntryList"];
        };
        /** @description `ListEntry` in the envelope of all responses. */
        ListEntryResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ListEntry"];
        };
        /** @description A page of `Redemption`. */
        RedemptionList: {
            redemptions: components["schemas"]["Redemption"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
            balances: components["schemas"]["Balance"][];
        };
        /** @description `RedemptionList` in the envelope of all responses. */
        RedemptionListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["RedemptionList"];
        };
        /** @description `Redeemed` in the envelope of all responses. */
        RedeemedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Redeemed"];
        };
        /** @description `Aliases` in the envelope of all responses. */
        AliasesResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Aliases"];
        };
        /** @description A page of `Participant`. */
        ParticipantList: {
            participants: components["schemas"]["Participant"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ParticipantList` in the envelope of all responses. */
        ParticipantListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ParticipantList"];
        };
        /** @description `ParticipantDetails` in the envelope of all responses. */
        ParticipantDetailsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ParticipantDetails"];
        };
        /** @description `Participant` in the envelope of all responses. */
        ParticipantResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Participant"];
        };
        /** @description `Deleted` in the envelope of all responses. */
        DeletedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Deleted"];
        };
        /** @description A page of `LeaderboardEntry`. */
        LeaderboardEntryList: {
            leaderboard: components["schemas"]["LeaderboardEntry"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `LeaderboardEntryList` in the envelope of all responses. */
        LeaderboardEntryListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["LeaderboardEntryList"];
        };
        /** @description `PersonData` in the envelope of all responses. */
        PersonDataResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["PersonData"];
        };
        /** @description `PersonErased` in the envelope of all responses. */
        PersonErasedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["PersonErased"];
        };
        /** @description `BatchResults` in the envelope of all responses. */
        BatchResultsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["BatchResults"];
        };
        /** @description `ReferralSignup` in the envelope of all responses. */
        ReferralSignupResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ReferralSignup"];
        };
        /** @description `WidgetJoin` in the envelope of all responses. */
        WidgetJoinResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["WidgetJoin"];
        };
        /** @description `Converted` in the envelope of all responses. */
        ConvertedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Converted"];
        };
        /** @description A page of `Conversion`. */
        ConversionList: {
            conversions: components["schemas"]["Conversion"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ConversionList` in the envelope of all responses. */
        ConversionListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ConversionList"];
        };
        /** @description `ConversionDetails` in the envelope of all responses. */
        ConversionDetailsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ConversionDetails"];
        };
        /** @description `ReleaseResult` in the envelope of all responses. */
        ReleaseResultResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ReleaseResult"];
        };
        /** @description A page of `Release`. */
        ReleaseList: {
            releases: components["schemas"]["Release"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `ReleaseList` in the envelope of all responses. */
        ReleaseListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ReleaseList"];
        };
        /** @description `Refunded` in the envelope of all responses. */
        RefundedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Refunded"];
        };
        /** @description `Inputs` in the envelope of all responses. */
        InputsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Inputs"];
        };
        /** @description `SavedInput` in the envelope of all responses. */
        SavedInputResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["SavedInput"];
        };
        /** @description `Input` in the envelope of all responses. */
        InputResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Input"];
        };
        /** @description `DeletedInput` in the envelope of all responses. */
        DeletedInputResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["DeletedInput"];
        };
        /** @description A page of `InputEvent`. */
        InputEventList: {
            events: components["schemas"]["InputEvent"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `InputEventList` in the envelope of all responses. */
        InputEventListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["InputEventList"];
        };
        /** @description `InputEventReceived` in the envelope of all responses. */
        InputEventReceivedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["InputEventReceived"];
        };
        /** @description A page of `LoggedDecision`. */
        LoggedDecisionList: {
            decisions: components["schemas"]["LoggedDecision"][];
            pagination: components["schemas"]["LoggedDecisionListPagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description Part of a response or request: LoggedDecisionListPagination, with limit, next_after. */
        LoggedDecisionListPagination: {
            /** Format: int64 */
            limit: number;
            /** @description The start of the next page. Null on the last page. */
            next_after: string | null;
        };
        /** @description `LoggedDecisionList` in the envelope of all responses. */
        LoggedDecisionListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["LoggedDecisionList"];
        };
        /** @description `LoggedDecision` in the envelope of all responses. */
        LoggedDecisionResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["LoggedDecision"];
        };
        /** @description A page of `Webhook`. */
        WebhookList: {
            webhooks: components["schemas"]["Webhook"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `WebhookList` in the envelope of all responses. */
        WebhookListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["WebhookList"];
        };
        /** @description `WebhookWithSecret` in the envelope of all responses. */
        WebhookWithSecretResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["WebhookWithSecret"];
        };
        /** @description `Webhook` in the envelope of all responses. */
        WebhookResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Webhook"];
        };
        /** @description `DeletedWebhook` in the envelope of all responses. */
        DeletedWebhookResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["DeletedWebhook"];
        };
        /** @description `Delivery` in the envelope of all responses. */
        DeliveryResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Delivery"];
        };
        /** @description A page of `Delivery`. */
        DeliveryList: {
            deliveries: components["schemas"]["Delivery"][];
            pagination: components["schemas"]["Pagination"];
            /** @description Unknown query parameters, which were ignored; at most 20. */
            ignored: string[];
        };
        /** @description `DeliveryList` in the envelope of all responses. */
        DeliveryListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["DeliveryList"];
        };
        /** @description `Recovered` in the envelope of all responses. */
        RecoveredResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Recovered"];
        };
        /**
         * @description `asc`, the default: oldest first. `desc`: newest first.
         * @enum {string}
         */
        ListEventsOrder: "asc" | "desc";
        /** @description `EventList` in the envelope of all responses. */
        EventListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["EventList"];
        };
        /** @description `Event` in the envelope of all responses. */
        EventResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Event"];
        };
        /** @description `ReplayedEvents` in the envelope of all responses. */
        ReplayedEventsResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ReplayedEvents"];
        };
        /** @description `ZapierAccount` in the envelope of all responses. */
        ZapierAccountResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ZapierAccount"];
        };
        /** @description A page of `ZapierContact`. */
        ZapierContactList: components["schemas"]["ZapierContact"][];
        /** @description `ZapierContactList` in the envelope of all responses. */
        ZapierContactListResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ZapierContactList"];
        };
        /** @description `ZapierHook` in the envelope of all responses. */
        ZapierHookResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["ZapierHook"];
        };
        /** @description `EmailEventHeard` in the envelope of all responses. */
        EmailEventHeardResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["EmailEventHeard"];
        };
        /** @description `Identified` in the envelope of all responses. */
        IdentifiedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Identified"];
        };
        /** @description `OwnNumbers` in the envelope of all responses. */
        OwnNumbersResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["OwnNumbers"];
        };
        /** @description `Shared` in the envelope of all responses. */
        SharedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Shared"];
        };
        /** @description `OwnLink` in the envelope of all responses. */
        OwnLinkResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["OwnLink"];
        };
        /** @description `Invited` in the envelope of all responses. */
        InvitedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Invited"];
        };
        /** @description `Counted` in the envelope of all responses. */
        CountedResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Counted"];
        };
        /** @description `WidgetConfig` in the envelope of all responses. */
        WidgetConfigResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["WidgetConfig"];
        };
        /** @description `Leaders` in the envelope of all responses. */
        LeadersResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Leaders"];
        };
        /** @description `Health` in the envelope of all responses. */
        HealthResponse: {
            /** @constant */
            success: true;
            data: components["schemas"]["Health"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}

export interface operations {
    createMember: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    requestVerification: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateMemberPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    resetSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listKeys: {
        parameters: {
            query?: {
                /** @description Only keys of this mode. */
                mode?: components["schemas"]["KeyMode"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteTestData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listPlans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    receiveBillingEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    suspendMember: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    suspendBrand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    suspendImage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listSenders: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    resumeSending: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getTeamSecurity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateTeamSecurity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listBrands: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createBrand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getBrand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateBrand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteBrand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    verifyBrand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getBrandStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    linkBrand: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listDomains: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createDomain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    verifyDomain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteDomain: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listCampaigns: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                brand_id?: number;
                /** @description Former name of `brand_id`. */
                url_id?: number;
                /** @description A campaign's status. People can sign up while it is `live`. */
                status?: components["schemas"]["CampaignStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    duplicateCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getRewardSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateRewardSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteRule: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getVeto: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateVeto: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    rotateVetoSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getWidget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateWidget: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    rotateIdentitySecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getLanderSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateLanderSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getLander: {
        parameters: {
            query: {
                campaign_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getCampaignAnalytics: {
        parameters: {
            query?: {
                /**
                 * @description One or more, separated by commas.
                 *
                 *     - `impressions`: Times the widget or the landing page was shown. One person may count several times.
                 *     - `shares`: Shares by participants. Each participant counts once per channel.
                 *     - `clicks`: Clicks on share links. Bots and link previews do not count.
                 *     - `signups`: New participants, with and without a referral.
                 *     - `referrals`: Signups through a friend that were credited to a referrer.
                 *     - `conversions`: Recorded purchases and other events, in any currency.
                 *     - `revenue`: Amounts of conversions in the campaign's currency, by the day they were recorded. They are attributed to the program, which does not prove that the program caused them.
                 *     - `refunded`: Refunded amounts, by the day of the refund.
                 *     - `net_revenue`: Revenue minus refunds on the same days.
                 *     - `invitation_rate`: Referrals per friend visit. Empty below 30 visits, or if more friends signed up than came through a link.
                 *     - `participants`: Participants who signed up on these days.
                 *     - `sharers`: Of these participants, those who have shared or reached a later stage.
                 *     - `inviters`: Of these participants, those whose link was clicked, or who reached a later stage.
                 *     - `referrers`: Of these participants, those who have a credited friend or a reward.
                 *     - `rewarded`: Of these participants, those who have earned a reward as a referrer.
                 *     - `friends`: Credited friends of these participants, whenever they signed up.
                 *     - `k_factor`: Friends who joined within 28 days of their referrer's signup, per participant. Counts participants who signed up at least 28 days ago. Empty below 30 of them.
                 *     - `time_to_first_referral`: Median hours from a participant's signup to the signup of their first credited friend, among participants with a friend. Accurate to a tenth.
                 */
                metric?: string;
                /** @description Splits the metrics by channel or source. Each day's top 20 by signups are listed by name. `other` is the sum of the rest, and `unknown` has no known channel or source. */
                group_by?: components["schemas"]["AnalyticsGroupBy"];
                /** @description The interval of a row. The default is `day`, or `total` with `group_by`. Weeks begin on Monday. */
                interval?: components["schemas"]["AnalyticsInterval"];
                /** @description The first day. The default starts a period of 30 days that ends with `to`. */
                from?: string;
                /** @description The last day. The default is today. */
                to?: string;
                /** @description Adds the period of the same length right before this one. */
                compare?: components["schemas"]["GetCampaignAnalyticsCompare"];
                /** @description The time zone of the days. With `group_by`, and for cohort metrics, days are in UTC. */
                tz?: string;
                /** @description `csv` is the same as `Accept: text/csv`. */
                format?: components["schemas"]["GetCampaignAnalyticsFormat"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getCampaignStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getContest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateContest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteContest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listDraws: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getContestDraw: {
        parameters: {
            query?: {
                /** @description The number of one of the campaign's contests. Default: the current contest, or else the latest. */
                number?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getContestEntrants: {
        parameters: {
            query?: {
                /** @description The number of one of the campaign's contests. Default: the current contest, or else the latest. */
                number?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listCoupons: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                /** @description Walks the list from its oldest row: start with 0, then send `pagination.next_after` until it is null. Does not skip or repeat rows while others are added or deleted. `page` is ignored. */
                after?: number;
                /** @description Returns rows added or changed since then. Start with an ISO 8601 time, then send each page's `pagination.next_updated_since`. It skips no change, and repeats a row only if it changed again. Continue right away while `has_more` is true, and keep the last value for next time. The first page may start up to 15 minutes earlier. Deleted rows are not listed; see the event log. `page` and `after` are ignored. */
                updated_since?: string;
                status?: components["schemas"]["CouponStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    uploadCoupons: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteCoupons: {
        parameters: {
            query?: {
                /** @description Delete only expired codes. */
                status?: components["schemas"]["DeleteCouponsStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteCoupon: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listCouponUploads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteCouponUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listImports: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    undoImport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listExports: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getExport: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getExportFile: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listRewards: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                /** @description Walks the list from its oldest row: start with 0, then send `pagination.next_after` until it is null. Does not skip or repeat rows while others are added or deleted. `page` is ignored. */
                after?: number;
                /** @description Returns rows added or changed since then. Start with an ISO 8601 time, then send each page's `pagination.next_updated_since`. It skips no change, and repeats a row only if it changed again. Continue right away while `has_more` is true, and keep the last value for next time. The first page may start up to 15 minutes earlier. Deleted rows are not listed; see the event log. `page` and `after` are ignored. */
                updated_since?: string;
                campaign_id?: number;
                participant_id?: number;
                status?: components["schemas"]["RewardStatus"];
                /** @description All campaigns of a brand. */
                brand_id?: number;
                /** @description Earned at or after this moment. */
                earned_after?: string;
                /** @description Earned before this time. */
                earned_before?: string;
                reward_type?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getReward: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateReward: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateRewards: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createReward: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listPayouts: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                campaign_id?: number;
                participant_id?: number;
                /** @description ISO 4217. */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createPayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    exportOwedRewards: {
        parameters: {
            query?: {
                campaign_id?: number;
                participant_id?: number;
                /** @description ISO 4217. */
                currency?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    undoPayout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listTransfers: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                campaign_id?: number;
                state?: components["schemas"]["RewardTokenState"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listReviews: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                /** @description Default: `open`. */
                state?: components["schemas"]["ReviewState"];
                campaign_id?: number;
                referrer_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getReview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateReview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getFraudFeedback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listFraudEntries: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                kind?: components["schemas"]["ListEntryKind"];
                action?: components["schemas"]["ListEntryAction"];
                /** @description Part of the value or the note. Not case-sensitive. */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createFraudEntry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteFraudEntry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listRedemptions: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    redeemCredit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateAliases: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listParticipants: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                /** @description Walks the list from its oldest row: start with 0, then send `pagination.next_after` until it is null. Does not skip or repeat rows while others are added or deleted. `page` is ignored. */
                after?: number;
                /** @description Returns rows added or changed since then. Start with an ISO 8601 time, then send each page's `pagination.next_updated_since`. It skips no change, and repeats a row only if it changed again. Continue right away while `has_more` is true, and keep the last value for next time. The first page may start up to 15 minutes earlier. Deleted rows are not listed; see the event log. `page` and `after` are ignored. */
                updated_since?: string;
                campaign_id?: number;
                email?: string;
                /** @description Words of the name, in any order. Ignores case and accents. Searches 10,000 participants. */
                name?: string;
                external_id?: string;
                /** @description Not case-sensitive. */
                checkout_code?: string;
                invited_by?: number;
                status?: components["schemas"]["ParticipantStatus"];
                /** @description All campaigns of a brand. Searches 10,000 participants. */
                brand_id?: number;
                /** @description Words of the name, or part of the email address. Searches 10,000 participants. */
                q?: string;
                /** @description At or after this moment. Searches 10,000 participants. */
                signed_up_after?: string;
                /** @description Before this moment. Searches 10,000 participants. */
                signed_up_before?: string;
                /** @description A metadata key and its value, compared as text. Searches 10,000 participants. */
                metadata?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    eraseParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getLeaderboard: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    exportPersonData: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    erasePerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createSignup: {
        parameters: {
            query?: {
                /** @description Whether to update existing participants: the name, and `external_id`, `metadata`, and `checkout_code` if they are sent. Null clears. */
                upsert?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createSignupBatch: {
        parameters: {
            query?: {
                /** @description Whether to update existing participants: the name, and `external_id`, `metadata`, and `checkout_code` if they are sent. Null clears. */
                upsert?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createReferralSignup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createBrowserSignup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listConversions: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                /** @description Walks the list from its oldest row: start with 0, then send `pagination.next_after` until it is null. Does not skip or repeat rows while others are added or deleted. `page` is ignored. */
                after?: number;
                /** @description Returns rows added or changed since then. Start with an ISO 8601 time, then send each page's `pagination.next_updated_since`. It skips no change, and repeats a row only if it changed again. Continue right away while `has_more` is true, and keep the last value for next time. The first page may start up to 15 minutes earlier. Deleted rows are not listed; see the event log. `page` and `after` are ignored. */
                updated_since?: string;
                campaign_id?: number;
                participant_id?: number;
                event_name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    recordConversion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getConversion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listReleases: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createRelease: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    refundConversion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    recordRefund: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listInputs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createInput: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getInput: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateInput: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteInput: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listInputEvents: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    receiveInputEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listDecisions: {
        parameters: {
            query?: {
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                campaign_id?: number;
                participant_id?: number;
                /** @description Lists decisions from the oldest: start with 0, and continue with `pagination.next_after` until it is null. */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getDecision: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listWebhooks: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    updateWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deletePreviousWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                /** @description Walks the list from its oldest row: start with 0, then send `pagination.next_after` until it is null. Does not skip or repeat rows while others are added or deleted. `page` is ignored. */
                after?: number;
                /** @description Returns rows added or changed since then. Start with an ISO 8601 time, then send each page's `pagination.next_updated_since`. It skips no change, and repeats a row only if it changed again. Continue right away while `has_more` is true, and keep the last value for next time. The first page may start up to 15 minutes earlier. Deleted rows are not listed; see the event log. `page` and `after` are ignored. */
                updated_since?: string;
                /** @description `pending` and `delivered` search the newest 10,000 deliveries, `failed` searches all. With `after`, each request searches 10,000, so a page may have fewer rows than `limit`. Continue until `next_after` is null. */
                status?: components["schemas"]["DeliveryStatus"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    recoverDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    retryDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only events with higher numbers, lowest first. To continue, send `pagination.after` here. Default: from the oldest event. `latest`: no events, only the number to continue from. */
                after?: string;
                /** @description `asc`, the default: oldest first. `desc`: newest first. */
                order?: components["schemas"]["ListEventsOrder"];
                /** @description With `order=desc`: only events with lower numbers. To continue, send `pagination.before` here. */
                before?: number;
                /** @description Starts with events at this time, or up to 15 minutes earlier. To continue, send only `pagination.after`. */
                updated_since?: string;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 20. */
                limit?: number;
                /** @description One type, or several separated by commas. */
                type?: string;
                campaign_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    replayEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    verifyZapierAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    listZapierContacts: {
        parameters: {
            query?: {
                /** @description Starts at 1. Any value that is not a positive integer counts as 1. */
                page?: number;
                /** @description 1 to 100. Larger values are read as 100, anything that is not a positive integer as 100. */
                limit?: number;
                /** @description Default: all campaigns of the account. */
                campaign_id?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createZapierHook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    deleteZapierHook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    receiveResendEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getOpenApiDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createWidgetSignup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    verifyWidgetIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getWidgetParticipant: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createWidgetShare: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createWidgetWord: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    createWidgetInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    countImpression: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getWidgetConfig: {
        parameters: {
            query: {
                campaign_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getWidgetOldLink: {
        parameters: {
            query: {
                campaign_id: number;
                /** @description A possible code from another product. May be repeated. */
                code: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getWidgetLeaderboard: {
        parameters: {
            query: {
                campaign_id: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
    getHealth: {
        parameters: {
            query?: {
                /** @description Also fail if jobs are late. Use this for a monitor that alerts when the cron stops. */
                jobs?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: never;
    };
}
