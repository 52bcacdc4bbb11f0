/** What the header says about the text's connection. "Saved" is `unsaved === 0`: acknowledged, and nothing else. */

/** Close codes after which the client stops and says why (CONTRACT 8). */
export const stopCodes = [4401, 4403, 4404, 4409, 4413, 4422, 4429] as const;
export type StopCode = (typeof stopCodes)[number];

/** Work that the server did not take, kept in a store of its own on this device. */
export interface RefusedWork {
  /** The code of the refusal, or `epoch_changed` when the document was restored from a backup meanwhile. */
  readonly code: string;
  readonly storeName: string;
}

export interface SyncStatus {
  readonly connection: 'connecting' | 'online' | 'offline' | 'stopped';
  /** The server's state has been applied since this session began. */
  readonly synced: boolean;
  /** The store on this device is loaded and holds a text. */
  readonly hasLocal: boolean;
  /** Changes made here that the server has not acknowledged, those of earlier visits included. */
  readonly unsaved: number;
  readonly stopped: { readonly code: StopCode; readonly reason: string } | null;
  /** Every refusal that the person has not discarded, the oldest first. */
  readonly refused: readonly RefusedWork[];
}

/** A 44xx that this client does not know comes from a newer server. */
export function stopCodeOf(code: number): StopCode {
  return stopCodes.find((known) => known === code) ?? 4409;
}
