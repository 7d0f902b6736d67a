CREATE TABLE `subscriptions` (
	`member_id` integer PRIMARY KEY NOT NULL,
	`customer` text NOT NULL,
	`subscription` text,
	`status` text,
	`plan_id` integer,
	`expiry` integer,
	`renews` integer DEFAULT false NOT NULL,
	`asked_at` integer,
	`failure_told` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`member_id`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subscriptions_customer` ON `subscriptions` (`customer`);--> statement-breakpoint
CREATE INDEX `subscriptions_untold` ON `subscriptions` (`member_id`) WHERE (status = 'past_due') <> failure_told;--> statement-breakpoint
ALTER TABLE `reviews` ADD `proof` text;