CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`token_hash` blob NOT NULL,
	`label` text NOT NULL,
	`scopes` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_token_hash_unique` ON `api_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `api_tokens_by_practice` ON `api_tokens` (`practice`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`webhook` text NOT NULL,
	`body` text NOT NULL,
	`tries` integer NOT NULL,
	`due_at` integer NOT NULL,
	FOREIGN KEY (`webhook`) REFERENCES `webhooks`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_time` ON `deliveries` (`due_at`);--> statement-breakpoint
CREATE INDEX `deliveries_by_webhook` ON `deliveries` (`webhook`);--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`token` text NOT NULL,
	`url` text NOT NULL,
	`secret` blob NOT NULL,
	`created_at` integer NOT NULL,
	`dropped` integer NOT NULL,
	`fault` text,
	FOREIGN KEY (`token`) REFERENCES `api_tokens`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `webhooks_by_token` ON `webhooks` (`token`);