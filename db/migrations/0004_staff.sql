CREATE TABLE `staff_invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`token_hash` blob NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_invitations_token_hash_unique` ON `staff_invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `staff_invitations_by_practice` ON `staff_invitations` (`practice`);--> statement-breakpoint
CREATE TABLE `staff_shared` (
	`account` text NOT NULL,
	`rid` text NOT NULL,
	`box` blob NOT NULL,
	PRIMARY KEY(`account`, `rid`),
	FOREIGN KEY (`account`) REFERENCES `staff`(`account`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`rid`) REFERENCES `links`(`rid`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `staff_shared_by_rid` ON `staff_shared` (`rid`);--> statement-breakpoint
CREATE TABLE `staff` (
	`account` text PRIMARY KEY NOT NULL,
	`practice` text,
	`invitation` text NOT NULL,
	`since` integer NOT NULL,
	FOREIGN KEY (`account`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_invitation_unique` ON `staff` (`invitation`);--> statement-breakpoint
CREATE INDEX `staff_by_practice` ON `staff` (`practice`);