/** What a claim of the demo report is told with: who did what, in the order of the story. */
import type { ClaimType, EvidenceKind, Stance } from '#core/domain/words.ts';
import type { Who } from './content.ts';

export interface DemoEvidence {
  by: Who;
  title: string;
  publisher: string;
  publishedAt?: string;
  url?: string;
  kind: EvidenceKind;
  stance: Stance;
  quote?: string;
  deskOnly?: boolean;
}

export interface DemoComment {
  by: Who;
  body: string;
  /** Index of the comment in this thread that it answers. */
  answers?: number;
  deskOnly?: boolean;
}

export interface DemoVerdict {
  by: Who;
  rating: string;
  summary: string;
  review?: { by: Who; decision: 'approve' | 'request_changes' | 'reject'; comment?: string };
}

export interface DemoClaim {
  by: Who;
  exact: string;
  type: ClaimType;
  claimant?: string;
  /** Who writes the rationale, and what. */
  rationale?: { by: Who; text: string };
  tags?: string[];
  assignee?: Who;
  reviewer?: Who;
  attribution?: { by: Who; state: 'confirmed' | 'altered' | 'not_found'; note?: string };
  evidence?: DemoEvidence[];
  /** Several verdicts: each is proposed without knowing the one before it. */
  verdicts?: DemoVerdict[];
  comments?: DemoComment[];
  resolved?: boolean;
  dismissed?: 'not_checkable' | 'not_a_claim' | 'duplicate' | 'out_of_scope';
  checkAgain?: Who;
}
