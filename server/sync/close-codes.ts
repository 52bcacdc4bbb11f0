/** Why a socket is closed, and what its client does: on 44xx it stops and says why, on the rest it comes again. */
export const closeCodes = {
  signed_out: 4401,
  no_right: 4403,
  no_report: 4404,
  client_too_old: 4409,
  /** The document was restored from a backup since the client read it. To a client it is the same: load afresh. */
  epoch_changed: 4409,
  too_large: 4413,
  refused: 4422,
  too_many_messages: 4429,
  restarting: 1012,
  try_later: 1013,
} as const;

export type CloseReason = keyof typeof closeCodes;

/** Why an update was refused, in message 17 and in the close frame. Stable: clients choose their words by it. */
export type Refusal =
  /** Not an update, or one that no Yjs makes. */
  | 'malformed'
  /** It builds on something that was never sent. */
  | 'gap'
  /** It writes under a client id that belongs to somebody else. */
  | 'foreign_client'
  /** It changes the text while the report is locked. */
  | 'report_locked'
  /** It touches something other than the text and the rationales. */
  | 'forbidden_place'
  /** A node, mark or attribute that is not allowed, an unsafe link among them. */
  | 'forbidden_content';
