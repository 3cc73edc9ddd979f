// Every bound that a rule checks, with its unit and its reason. docs/limits.md lists them all; a test compares the two.

const KIB = 1024;
const MIB = 1024 * KIB;

/** Encoded bytes of one task: a thousand of them still travel in pages, and one change never fills a group. */
export const TASK_BYTES_MAX = 256 * KIB;
/** Encoded bytes of one project. Its fields' own bounds allow no more. */
export const PROJECT_BYTES_MAX = 256 * KIB;
/** Encoded bytes of one command's record, and of the entities in its reply: below gRPC's 4 MiB message and the 8 MiB commit group. */
export const RECORD_BYTES_MAX = 3 * MIB;

/** Characters of an id: a DNS label, so that ids fit host names, file names and label values elsewhere. */
export const ID_LENGTH_MAX = 63;
/** Characters of a task's title: one line on any screen. */
export const TITLE_LENGTH_MAX = 500;
/** UTF-8 bytes of a description of a task. */
export const DESCRIPTION_BYTES_MAX = 64 * KIB;
/** Characters of a project's display name. */
export const DISPLAY_NAME_LENGTH_MAX = 256;
/** UTF-8 bytes of a project's description. */
export const PROJECT_DESCRIPTION_BYTES_MAX = 16 * KIB;
/** Characters of a task's kind. */
export const KIND_LENGTH_MAX = 63;
/** Characters of an assignee. */
export const ASSIGNEE_LENGTH_MAX = 128;
/** Characters of an external id: a URL of another tracker fits. */
export const EXTERNAL_ID_LENGTH_MAX = 256;
/** UTF-8 bytes of the reason given with a verb. */
export const REASON_BYTES_MAX = 4 * KIB;
/** Characters of an error's code. */
export const ERROR_CODE_LENGTH_MAX = 63;
/** UTF-8 bytes of an error's message. */
export const ERROR_MESSAGE_BYTES_MAX = 4 * KIB;

/** Labels of one entity: they are for selection, so a listing compares them all. */
export const LABELS_MAX = 64;
/** Characters of a label's key. */
export const LABEL_KEY_LENGTH_MAX = 63;
/** Characters of a label's value. */
export const LABEL_VALUE_LENGTH_MAX = 63;
/** UTF-8 bytes of all annotations of one entity, keys and values. */
export const ANNOTATIONS_BYTES_MAX = 64 * KIB;

/** Acceptance criteria of one task. */
export const CRITERIA_MAX = 100;
/** Characters of a criterion's text. */
export const CRITERION_TEXT_LENGTH_MAX = 2000;
/** UTF-8 bytes of a criterion's evidence. */
export const CRITERION_EVIDENCE_BYTES_MAX = 4 * KIB;
/** Required capabilities of one task. */
export const CAPABILITIES_MAX = 32;

/** UTF-8 bytes of a note's text. */
export const NOTE_TEXT_BYTES_MAX = 16 * KIB;
/** Notes of one task: a purge takes them all away in one record. */
export const NOTES_MAX = 1000;

/** Encoded bytes of a payload, a result or an error's details. */
export const STRUCT_BYTES_MAX = 64 * KIB;
/** Levels of objects and lists in a Struct: one 34 objects deep encodes, but cannot be decoded any more. */
export const STRUCT_DEPTH_MAX = 16;

/** Levels of parents: a rule walks up by point reads, 5 to 15 µs each. */
export const PARENT_DEPTH_MAX = 64;
/** Edges of one task, unresolved ones too: they stand in its row. */
export const DEPENDENCIES_MAX = 256;
/** Edges that lead to one task: when it ends, one commit looks at all of them, some 20 ms. */
export const DEPENDENTS_MAX = 1000;
/** Edges in one row of dependents: it takes some 2 KiB, so that adding one rewrites little. */
export const DEPENDENTS_CHUNK = 128;
/** Edges that await one task that does not exist yet: its creation changes all these tasks in one commit. */
export const AWAITING_MAX = 100;
/** Tasks that one search for a cycle, or all of one command's, may visit: some 100 ms of the committer. */
export const CYCLE_NODES_MAX = 10_000;
/** Tasks whose place in the graph one command may touch: some 100 ms of the committer. */
export const GRAPH_ROWS_MAX = 10_000;
/** Tasks that a readiness names as blocking. */
export const BLOCKING_NAMES_MAX = 20;
/** Tasks of one batch: one commit stays below a few tens of milliseconds. */
export const BATCH_TASKS_MAX = 1000;
/** Steps that one GetTaskGraph goes: as many as there are levels of parents. */
export const GRAPH_DEPTH_MAX = 64;
/** Tasks that one GetTaskGraph returns. */
export const GRAPH_NODES_MAX = 1000;
/** Rows that one GetTaskGraph reads: some 100 ms, in turns with others. */
export const GRAPH_EXAMINED_MAX = 10_000;
/** Mutations of one ApplyMutations. */
export const APPLY_MUTATIONS_MAX = 1000;
/** Characters of a `ref` in a batch or an apply. */
export const REF_LENGTH_MAX = 64;
/** Tasks that one cascade cancels, the first one included: one commit stays below a few tens of milliseconds. */
export const CASCADE_TASKS_MAX = 1000;
/** Projects, deleted ones too until they are purged: counts of all of them are in memory. */
export const PROJECTS_MAX = 10_000;
/** Paths of an update mask: every field, and every label that a task may have, fit. */
export const MASK_PATHS_MAX = 256;
/** Tasks of one message of an import: one commit stays below a few tens of milliseconds. */
export const IMPORT_CHUNK_TASKS_MAX = 500;
/** Tasks that one commit of an import's end releases. */
export const IMPORT_RELEASE_TASKS_MAX = 250;
/** Types that one subscription may name. */
export const EVENT_TYPES_MAX = 64;
/** UTF-8 bytes of a filter: a screen full of conditions. */
export const FILTER_BYTES_MAX = 4 * KIB;
/** Levels of parentheses and NOT in a filter: the parser and the tests recurse. */
export const FILTER_DEPTH_MAX = 16;
/** Conditions and words of a filter: each may be tested on each task that a page examines. */
export const FILTER_TERMS_MAX = 100;

/** Operations that run at once: they share what the server gives to bulk work. */
export const OPERATIONS_RUNNING_MAX = 100;
/** Operations that exist, ended ones too until they are forgotten: a start looks at all of them. */
export const OPERATIONS_MAX = 10_000;
/** Encoded bytes of the request that an operation keeps: each report of its progress writes it again. */
export const OPERATION_REQUEST_BYTES_MAX = 64 * KIB;
/** Refusals of a bulk change that its result has in words; the others are counted. */
export const BULK_REFUSALS_MAX = 20;
/** Tasks that the dry run of a bulk change counts: a second of reading, about. */
export const BULK_COUNT_MAX = 100_000;
/** Tasks that the dry run of a bulk change shows. */
export const BULK_SAMPLE_MAX = 20;
/** Milliseconds from an operation's end until it is forgotten: 7 days. */
export const OPERATION_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Attempts that may fail before a task has FAILED, where nobody says another number. */
export const RETRY_ATTEMPTS_DEFAULT = 5;
/** … and the most that anybody may say: every attempt is a row. */
export const RETRY_ATTEMPTS_MAX = 100;
/** Milliseconds that the first failure waits by default. */
export const RETRY_INITIAL_BACKOFF_DEFAULT_MS = 1000;
/** The longest wait by default, in milliseconds: 10 minutes. */
export const RETRY_MAX_BACKOFF_DEFAULT_MS = 10 * 60 * 1000;
/** The longest wait that may be asked for, in milliseconds: a day. */
export const BACKOFF_MAX_MS = 24 * 60 * 60 * 1000;
/** What each wait is longer than the one before, by default. */
export const RETRY_MULTIPLIER_DEFAULT = 2;
/** … and at most. */
export const RETRY_MULTIPLIER_MAX = 10;
/** Codes of errors that one retry policy does not try again. */
export const NON_RETRYABLE_MAX = 32;
/** The shortest timeout in milliseconds: below a second, ticks of journal time and the network would decide. */
export const TIMEOUT_MIN_MS = 1000;
/** The longest ttl of a claim in milliseconds: a day. */
export const LEASE_TTL_MAX_MS = 24 * 60 * 60 * 1000;
/** The longest that one attempt may be given, in milliseconds: 30 days. */
export const RUN_TIMEOUT_MAX_MS = 30 * 24 * 60 * 60 * 1000;
/** The longest that a task may be given, in milliseconds: 365 days. */
export const TOTAL_TIMEOUT_MAX_MS = 365 * 24 * 60 * 60 * 1000;
/** Queues of a project that have settings, or tasks that are live or FAILED: their counts are in memory. */
export const QUEUES_MAX = 1000;
/** Tasks of a queue that may be RUNNING at once, if its settings bound them. */
export const CONCURRENCY_LIMIT_MAX = 1_000_000;

/** Milliseconds from a deletion to the purge: 30 days, within which the deleted entity can be brought back. */
export const PURGE_DELAY_MS = 30 * 24 * 60 * 60 * 1000;

/** Malformed fields that one refusal lists: error details stay below 4 KiB. */
export const VIOLATIONS_MAX = 20;
/** Characters of the caller's input that a message repeats. */
export const QUOTE_LENGTH_MAX = 64;
