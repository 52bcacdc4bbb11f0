ALTER TABLE "doc_updates" DROP CONSTRAINT "doc_updates_doc_id_doc_heads_doc_id_fk";
--> statement-breakpoint
ALTER TABLE "doc_updates" DROP CONSTRAINT "doc_updates_member_id_members_id_fk";
