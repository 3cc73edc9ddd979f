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
/** Problems that a report of integrity names; it counts all. */
export const INTEGRITY_PROBLEMS_MAX = 1000;
/** Repairs that are kept as rows, newest first; the journal has all. */
export const REPAIRS_KEPT = 1000;
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

/** Tasks that one session holds or has left unfinished: a resume takes all of them over in one commit. */
export const SESSION_TASKS_MAX = 1000;
/** Tasks in one row of a session: it takes some 2 KiB, so that a claim rewrites little. */
export const SESSION_TASKS_CHUNK = 128;
/** Milliseconds from a session's end until it is forgotten, with its checkpoints and transcripts: 30 days. */
export const SESSION_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** How long a session lasts without a sign of life that has no ttl of its own, in milliseconds: 15 minutes (design/api). */
export const SESSION_TTL_DEFAULT_MS = 15 * 60 * 1000;
/** Sessions of a project, those that are over too until they are purged: a listing by state looks at all of them, half a second. */
export const SESSIONS_MAX = 100_000;
/** UTF-8 bytes of what a session leaves in words when it ends. */
export const SUMMARY_BYTES_MAX = 64 * KIB;
/** Sessions of an agent that are known to have left work: a resume looks at them, newest first. */
export const AGENT_SESSIONS_MAX = 64;
/** Tasks that one heartbeat tells of: as many directives, and as many lost tasks. */
export const HEARTBEAT_TASKS_MAX = 100;
/** Tasks that one commit gives back for a session that is over. */
export const GIVE_BACK_TASKS_MAX = 100;
/** Bytes of tasks that one commit gives back, about: it stays below half a record. */
export const GIVE_BACK_BYTES_MAX = MIB;
/** Bytes of rows that a resume rewrites in its one record, about: what is more stays unheld. The record may take 3 MiB. */
export const TAKE_UP_BYTES_MAX = 2 * MIB;
/** The least bound on a briefing that a caller may set, in bytes. */
export const BRIEFING_BYTES_MIN = KIB;
/** The bound on a briefing where the caller sets none, in bytes: some 60,000 tokens of a language model. */
export const BRIEFING_BYTES_DEFAULT = 256 * KIB;
/** The largest bound on a briefing, in bytes: it fits the 4 MiB that clients take. */
export const BRIEFING_BYTES_MAX = 3 * MIB;
/** Ready tasks that a briefing names. */
export const BRIEFING_READY_TASKS_MAX = 20;
/** Tasks that a session has lost and was not told of: the newest are not named beyond. So many that it was told of are told again. */
export const LOST_TASKS_MAX = 100;
/** Tasks that one claim gives. */
export const CLAIM_TASKS_MAX = 100;
/** The longest that a claim waits, in milliseconds: 10 minutes. */
export const CLAIM_WAIT_MAX_MS = 10 * 60 * 1000;
/** Claims that wait, in all projects: some 2 KiB each. */
export const CLAIMS_WAITING_MAX = 10_000;
/** Sets of capabilities and filters for which claims of one queue wait: each change of a task is tested against all of them. */
export const CLAIM_WINDOWS_MAX = 64;
/** Attempts of a task that are kept: the newest. */
export const ATTEMPTS_KEPT = 100;
/** Questions of a task that are kept: the newest. */
export const INPUTS_KEPT = 100;
/** UTF-8 bytes of a progress message. */
export const PROGRESS_MESSAGE_BYTES_MAX = 4 * KIB;
/** Encoded bytes of a progress's details: each heartbeat writes them again. */
export const PROGRESS_DETAILS_BYTES_MAX = 16 * KIB;
/** UTF-8 bytes of a question. */
export const QUESTION_BYTES_MAX = 4 * KIB;
/** Answers that a question offers, and characters of each. */
export const OPTIONS_MAX = 32;
export const OPTION_LENGTH_MAX = 256;
/** UTF-8 bytes of an answer in words, and encoded bytes of its data and of a question's schema. */
export const ANSWER_BYTES_MAX = 16 * KIB;
/** Milliseconds for which a task is offered to the agent that asked: 10 minutes (design/api). */
export const OFFER_MS = 10 * 60 * 1000;
/** Artifacts of one task. */
export const ARTIFACTS_MAX = 100;
/** UTF-8 bytes of an artifact's address. */
export const ARTIFACT_URI_BYTES_MAX = 2 * KIB;
/** Characters of a media type. */
export const MEDIA_TYPE_LENGTH_MAX = 127;
/** Steps of one task. */
export const STEPS_MAX = 256;
/** Characters of a step's key. */
export const STEP_KEY_LENGTH_MAX = 128;
/** Tasks that one release names as blockers. */
export const BLOCKED_BY_MAX = 32;
/** Tasks that one completion creates. */
export const FOLLOW_UPS_MAX = 100;
/** The longest that a directive leaves its holder, in milliseconds: a day. */
export const DIRECTIVE_GRACE_MAX_MS = 24 * 60 * 60 * 1000;

/** Parts of a memory's namespace: they are walked by prefix, and stand in a name. */
export const NAMESPACE_PARTS_MAX = 8;
/** Characters of one part of a namespace. */
export const NAMESPACE_PART_LENGTH_MAX = 63;
/** Characters of a memory's key. */
export const MEMORY_KEY_LENGTH_MAX = 128;
/** The longest ttl of a memory, in milliseconds: 10 years. One without a ttl is kept for good. */
export const MEMORY_TTL_MAX_MS = 3650 * 24 * 60 * 60 * 1000;

/** UTF-8 bytes of a message's text. */
export const MESSAGE_TEXT_BYTES_MAX = 64 * KIB;
/** How long a message is kept that has no ttl of its own, in milliseconds: 7 days. */
export const MESSAGE_TTL_MS = 7 * 24 * 60 * 60 * 1000;
/** The longest ttl of a message, in milliseconds: 365 days. */
export const MESSAGE_TTL_MAX_MS = 365 * 24 * 60 * 60 * 1000;
/** Unread messages of one recipient: one that nobody reads for must not fill the disk. */
export const MAILBOX_UNREAD_MAX = 10_000;
/** Messages of one AcknowledgeMessages: as many as one ReceiveMessages brings. */
export const ACKNOWLEDGE_MAX = 1000;
/** Sessions that were resumed one after the other, as far as messages follow them: some 3 ms of reads. */
export const SESSION_CHAIN_MAX = 256;

/** Characters of a backup's description. */
export const BACKUP_DESCRIPTION_LENGTH_MAX = 1000;

/** Targets of one lock. */
export const LOCK_TARGETS_MAX = 64;
/** Characters of a key that is locked. */
export const LOCK_KEY_LENGTH_MAX = 256;
/** Characters of a path that is locked. */
export const LOCK_PATH_LENGTH_MAX = 1024;
/** Parts of such a path, a pattern at its end included: each is a level of the tree in which locks are looked up. */
export const LOCK_PATH_PARTS_MAX = 64;
/** UTF-8 bytes of what a lock is for, in words. */
export const LOCK_PURPOSE_BYTES_MAX = KIB;
/** Locks of one project: all are in memory. */
export const LOCKS_OF_PROJECT_MAX = 10_000;
/** Locks of one session: its end gives all of them back in one commit. */
export const LOCKS_OF_SESSION_MAX = 256;
/** Requests for locks that wait, in all projects. */
export const LOCKS_WAITING_MAX = 10_000;
/** Waits that one search for a deadlock looks at: some 20 ms of the committer. */
export const LOCK_CYCLE_EDGES_MAX = 200_000;
/** The ttl of a lock, in milliseconds: at least a second, at most a day. */
export const LOCK_TTL_MIN_MS = 1000;
export const LOCK_TTL_MAX_MS = 24 * 60 * 60 * 1000;
/** The longest that a request waits for a lock, in milliseconds: 10 minutes. */
export const LOCK_WAIT_MAX_MS = 10 * 60 * 1000;
/** Paths of one CheckLocks, and locks that it names for each. */
export const CHECK_LOCKS_PATHS_MAX = 1000;
export const CHECK_LOCKS_SHOWN_MAX = 20;

/** Milliseconds from a deletion to the purge: 30 days, within which the deleted entity can be brought back. */
export const PURGE_DELAY_MS = 30 * 24 * 60 * 60 * 1000;

/** Malformed fields that one refusal lists: error details stay below 4 KiB. */
export const VIOLATIONS_MAX = 20;
/** Characters of the caller's input that a message repeats. */
export const QUOTE_LENGTH_MAX = 64;
