ALTER TABLE "doc_heads" ADD COLUMN "locked" boolean DEFAULT true NOT NULL;--> statement-breakpoint
UPDATE "doc_heads" h SET "locked" = r."locked" FROM "reports" r WHERE r."id" = h."doc_id";--> statement-breakpoint
ALTER TABLE "reports" DROP COLUMN "locked";
