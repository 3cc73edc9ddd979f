// Bounds on what sessions save: checkpoints, transcripts, blobs. docs/limits.md lists them beside those of `limits`.

const KIB = 1024;
const MIB = 1024 * KIB;

/** Characters of a checkpoint's id: a UUID with a prefix, or a harness's own. */
export const CHECKPOINT_ID_LENGTH_MAX = 128;
/** Characters of a namespace of checkpoints, and of a transcript's path: frameworks nest graphs in them. */
export const LINE_LENGTH_MAX = 256;
/** Bytes that stand in a row; more go into a file of their own, so that the journal and the state stay small. */
export const INLINE_BYTES_MAX = 64 * KIB;
/** Bytes of a checkpoint that come in one message, and that GetCheckpoint returns: below gRPC's 4 MiB. */
export const CHECKPOINT_MESSAGE_BYTES_MAX = 3 * MIB;
/** Bytes of a checkpoint that is uploaded. */
export const CHECKPOINT_BYTES_MAX = 1024 * MIB;
/** Bytes of one chunk of an upload or a download: what one call holds in memory. */
export const CHUNK_BYTES_MAX = MIB;
/** Encoded bytes of a checkpoint's metadata: listings read it. */
export const METADATA_BYTES_MAX = 16 * KIB;
/** Tasks that a checkpoint belongs to: each save reads and rewrites what goes on at them. */
export const CHECKPOINT_TASKS_MAX = 32;
/** Characters of a part of a step, and of a channel. */
export const CHECKPOINT_PART_LENGTH_MAX = 128;
/** Pending writes of one checkpoint: each further one looks through those that are there. */
export const CHECKPOINT_WRITES_MAX = 1000;
/** Encoded bytes of all pending writes of one checkpoint: GetCheckpoint returns them in one message. */
export const CHECKPOINT_WRITES_BYTES_MAX = 3 * MIB;
/** Writes of one PutCheckpointWrites. */
export const WRITES_OF_CALL_MAX = 100;
/** Checkpoints that one command copies or takes away. */
export const CHECKPOINTS_OF_CALL_MAX = 1000;
/** Rows that one command takes away: its record stays below half of what a record may have. */
export const CHECKPOINT_ROWS_OF_CALL_MAX = 3000;
/** Checkpoints that one save takes away for the retention: it stays a save. */
export const CHECKPOINTS_TRIMMED_MAX = 64;
/** Days after which checkpoints may be asked to go: a century. */
export const CHECKPOINT_AGE_DAYS_MAX = 36_500;
/** Milliseconds by which checkpoints may outlive their age, so that those of one hour go together: 10 minutes. */
export const CHECKPOINT_AGE_SLACK_MS = 10 * 60 * 1000;
/** Milliseconds for which a blob stays that nothing names any more: an hour. */
export const BLOB_KEPT_MS = 60 * 60 * 1000;

/** Items of one AppendTranscript: they are one row. */
export const TRANSCRIPT_ITEMS_MAX = 1000;
/** UTF-8 bytes of an item's text, and encoded bytes of its content. */
export const TRANSCRIPT_ITEM_BYTES_MAX = 256 * KIB;
/** Characters of an item's role. */
export const TRANSCRIPT_ROLE_LENGTH_MAX = 63;
/** Characters of an item's uuid: a UUID, or whatever a harness calls its items. */
export const TRANSCRIPT_UUID_LENGTH_MAX = 128;
/** Items of a transcript by which repeated ones are known: more than one append brings. Each append rewrites their hashes, 8 bytes each. */
export const TRANSCRIPT_KNOWN_UUIDS = 1024;
/** Appends that one command takes away: a long transcript is cleared in several. */
export const TRANSCRIPT_BATCHES_OF_CALL_MAX = 2000;
/** Items of one ReadTranscript. */
export const TRANSCRIPT_READ_MAX = 10_000;
