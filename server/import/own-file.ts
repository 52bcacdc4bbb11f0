/** Of files that went out from here and come back, by whatever reader: what is left out of them though nothing is lost. */
export const AROUND_OWN_TEXT = 'What Proofdesk wrote around the text was left out';
