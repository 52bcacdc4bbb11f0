CREATE TABLE "checkpoints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"name" text,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "doc_segments" (
	"doc_id" uuid NOT NULL,
	"workspace_id" uuid NOT NULL,
	"from_seq" bigint NOT NULL,
	"upto_seq" bigint NOT NULL,
	"data" "bytea" NOT NULL,
	"bytes" bigint NOT NULL,
	CONSTRAINT "doc_segments_doc_id_upto_seq_pk" PRIMARY KEY("doc_id","upto_seq")
);
--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkpoints" ADD CONSTRAINT "checkpoints_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "doc_segments" ADD CONSTRAINT "doc_segments_doc_id_doc_heads_doc_id_fk" FOREIGN KEY ("doc_id") REFERENCES "public"."doc_heads"("doc_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "checkpoints_report" ON "checkpoints" USING btree ("report_id","seq","created_at");