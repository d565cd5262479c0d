CREATE TABLE `installation` (
	`id` integer PRIMARY KEY NOT NULL,
	`key_check` blob NOT NULL,
	CONSTRAINT "installation_one_row" CHECK("installation"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE `items` (
	`practice` text NOT NULL,
	`id` text NOT NULL,
	`version` integer NOT NULL,
	`box` blob NOT NULL,
	PRIMARY KEY(`practice`, `id`),
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `links` (
	`rid` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `links_by_practice` ON `links` (`practice`);--> statement-breakpoint
CREATE TABLE `names` (
	`hash` blob PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `practices` (
	`id` text PRIMARY KEY NOT NULL,
	`user` text NOT NULL,
	`email` text,
	`salt` blob NOT NULL,
	`passes` integer NOT NULL,
	`memory_bytes` integer NOT NULL,
	`login_hash` blob NOT NULL,
	`recovery_hash` blob NOT NULL,
	`wrap` blob NOT NULL,
	`wrap_r` blob NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `practices_user_unique` ON `practices` (`user`);--> statement-breakpoint
CREATE TABLE `room_links` (
	`room` text NOT NULL,
	`rid` text NOT NULL,
	`client` integer NOT NULL,
	`open` integer NOT NULL,
	PRIMARY KEY(`room`, `rid`),
	FOREIGN KEY (`room`) REFERENCES `rooms`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rid`) REFERENCES `links`(`rid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `room_links_one_open` ON `room_links` (`rid`) WHERE "room_links"."open" = 1;--> statement-breakpoint
CREATE INDEX `room_links_by_rid` ON `room_links` (`rid`);--> statement-breakpoint
CREATE TABLE `rooms` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`closed_at` integer,
	`call` text,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `rooms_open_by_practice` ON `rooms` (`practice`) WHERE "rooms"."closed_at" is null;--> statement-breakpoint
CREATE INDEX `rooms_by_closing` ON `rooms` (`closed_at`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`token_hash` blob NOT NULL,
	`previous_hash` blob,
	`previous_until` integer,
	`rotated_at` integer NOT NULL,
	`session_half` blob,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`agent` text NOT NULL,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_hash_unique` ON `sessions` (`token_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_previous_hash_unique` ON `sessions` (`previous_hash`);--> statement-breakpoint
CREATE INDEX `sessions_by_practice` ON `sessions` (`practice`);--> statement-breakpoint
CREATE TABLE `vaults` (
	`practice` text PRIMARY KEY NOT NULL,
	`counter` integer NOT NULL,
	`manifest` blob,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
