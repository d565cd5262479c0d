CREATE TABLE `brands` (
	`rid` text PRIMARY KEY NOT NULL,
	`box` blob NOT NULL,
	FOREIGN KEY (`rid`) REFERENCES `links`(`rid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `feeds` (
	`practice` text PRIMARY KEY NOT NULL,
	`token_hash` blob NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `feeds_token_hash_unique` ON `feeds` (`token_hash`);--> statement-breakpoint
CREATE TABLE `logos` (
	`practice` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`box` blob NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `logos_id_unique` ON `logos` (`id`);--> statement-breakpoint
CREATE TABLE `planned_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`starts_at` integer NOT NULL,
	`series` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `planned_by_time` ON `planned_calls` (`practice`,`starts_at`);--> statement-breakpoint
CREATE TABLE `planned_links` (
	`plan` text NOT NULL,
	`rid` text NOT NULL,
	`client` integer NOT NULL,
	PRIMARY KEY(`plan`, `rid`),
	FOREIGN KEY (`plan`) REFERENCES `planned_calls`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rid`) REFERENCES `links`(`rid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `planned_links_by_rid` ON `planned_links` (`rid`);--> statement-breakpoint
CREATE INDEX `rooms_by_call` ON `rooms` (`call`) WHERE "rooms"."call" is not null;