// Bounds on what is asked of the journal as an audit trail. docs/limits.md lists them.

/** Characters of the program in an origin: what a caller says that it is, such as `holdfast-cli/0.5.0 grpc-node-js/1.13.4`. */
export const ORIGIN_PROGRAM_LENGTH_MAX = 100;
/** Records that one ListEvents reads: some 100 ms, in pieces. */
export const LIST_EVENTS_READ_MAX = 20_000;
/** … and their changes' bytes, so that large records do not make it slow. */
export const LIST_EVENTS_READ_BYTES_MAX = 32 * 1024 * 1024;
/** Characters of `principal`, `session` and `origin` in ListEvents. */
export const LIST_EVENTS_WORD_LENGTH_MAX = 512;
/** Chain values that one VerifyAudit brings. */
export const AUDIT_ANCHORS_MAX = 1000;
/** Problems that an AuditReport names. */
export const AUDIT_PROBLEMS_MAX = 100;
/** For how long a trim leaves records alone, in milliseconds: a day, within which a retry gets its first result, read from the record. */
export const REQUEST_RECORDS_KEPT_MS = 24 * 60 * 60 * 1000;
