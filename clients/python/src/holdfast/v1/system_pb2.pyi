import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import recovery_pb2 as _recovery_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ServerState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SERVER_STATE_UNSPECIFIED: _ClassVar[ServerState]
    SERVER_STATE_SERVING: _ClassVar[ServerState]
    SERVER_STATE_DRAINING: _ClassVar[ServerState]
    SERVER_STATE_HALTED: _ClassVar[ServerState]
    SERVER_STATE_EMERGENCY: _ClassVar[ServerState]
    SERVER_STATE_DISK_FULL: _ClassVar[ServerState]

class HealthStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    HEALTH_STATUS_UNSPECIFIED: _ClassVar[HealthStatus]
    HEALTH_STATUS_HEALTHY: _ClassVar[HealthStatus]
    HEALTH_STATUS_DEGRADED: _ClassVar[HealthStatus]
    HEALTH_STATUS_UNHEALTHY: _ClassVar[HealthStatus]

class IntegrityLevel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    INTEGRITY_LEVEL_UNSPECIFIED: _ClassVar[IntegrityLevel]
    INTEGRITY_LEVEL_MINIMAL: _ClassVar[IntegrityLevel]
    INTEGRITY_LEVEL_STANDARD: _ClassVar[IntegrityLevel]
    INTEGRITY_LEVEL_COMPREHENSIVE: _ClassVar[IntegrityLevel]
SERVER_STATE_UNSPECIFIED: ServerState
SERVER_STATE_SERVING: ServerState
SERVER_STATE_DRAINING: ServerState
SERVER_STATE_HALTED: ServerState
SERVER_STATE_EMERGENCY: ServerState
SERVER_STATE_DISK_FULL: ServerState
HEALTH_STATUS_UNSPECIFIED: HealthStatus
HEALTH_STATUS_HEALTHY: HealthStatus
HEALTH_STATUS_DEGRADED: HealthStatus
HEALTH_STATUS_UNHEALTHY: HealthStatus
INTEGRITY_LEVEL_UNSPECIFIED: IntegrityLevel
INTEGRITY_LEVEL_MINIMAL: IntegrityLevel
INTEGRITY_LEVEL_STANDARD: IntegrityLevel
INTEGRITY_LEVEL_COMPREHENSIVE: IntegrityLevel

class ServerStatus(_message.Message):
    __slots__ = ("version", "state", "state_reason", "start_time", "journal_time", "journal", "disk", "cache", "calls", "process", "recovery", "integrity", "counts", "found")
    VERSION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    STATE_REASON_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_TIME_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_FIELD_NUMBER: _ClassVar[int]
    DISK_FIELD_NUMBER: _ClassVar[int]
    CACHE_FIELD_NUMBER: _ClassVar[int]
    CALLS_FIELD_NUMBER: _ClassVar[int]
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    RECOVERY_FIELD_NUMBER: _ClassVar[int]
    INTEGRITY_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    version: str
    state: ServerState
    state_reason: str
    start_time: _timestamp_pb2.Timestamp
    journal_time: _timestamp_pb2.Timestamp
    journal: JournalStatus
    disk: DiskStatus
    cache: CacheStatus
    calls: CallStatus
    process: ProcessStatus
    recovery: RecoveryStatus
    integrity: IntegrityStatus
    counts: CountStatus
    found: str
    def __init__(self, version: _Optional[str] = ..., state: _Optional[_Union[ServerState, str]] = ..., state_reason: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., journal_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., journal: _Optional[_Union[JournalStatus, _Mapping]] = ..., disk: _Optional[_Union[DiskStatus, _Mapping]] = ..., cache: _Optional[_Union[CacheStatus, _Mapping]] = ..., calls: _Optional[_Union[CallStatus, _Mapping]] = ..., process: _Optional[_Union[ProcessStatus, _Mapping]] = ..., recovery: _Optional[_Union[RecoveryStatus, _Mapping]] = ..., integrity: _Optional[_Union[IntegrityStatus, _Mapping]] = ..., counts: _Optional[_Union[CountStatus, _Mapping]] = ..., found: _Optional[str] = ...) -> None: ...

class JournalStatus(_message.Message):
    __slots__ = ("durable", "applied", "checkpointed", "oldest", "segments", "lineage")
    DURABLE_FIELD_NUMBER: _ClassVar[int]
    APPLIED_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINTED_FIELD_NUMBER: _ClassVar[int]
    OLDEST_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    LINEAGE_FIELD_NUMBER: _ClassVar[int]
    durable: _common_pb2.Position
    applied: int
    checkpointed: int
    oldest: int
    segments: int
    lineage: _containers.RepeatedCompositeFieldContainer[HistoryPart]
    def __init__(self, durable: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., applied: _Optional[int] = ..., checkpointed: _Optional[int] = ..., oldest: _Optional[int] = ..., segments: _Optional[int] = ..., lineage: _Optional[_Iterable[_Union[HistoryPart, _Mapping]]] = ...) -> None: ...

class HistoryPart(_message.Message):
    __slots__ = ("history", "first", "last")
    HISTORY_FIELD_NUMBER: _ClassVar[int]
    FIRST_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    history: str
    first: int
    last: int
    def __init__(self, history: _Optional[str] = ..., first: _Optional[int] = ..., last: _Optional[int] = ...) -> None: ...

class DiskStatus(_message.Message):
    __slots__ = ("free_bytes", "reserve_bytes", "journal_bytes", "state_bytes", "blob_bytes", "backup_bytes", "archive_bytes")
    FREE_BYTES_FIELD_NUMBER: _ClassVar[int]
    RESERVE_BYTES_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_BYTES_FIELD_NUMBER: _ClassVar[int]
    STATE_BYTES_FIELD_NUMBER: _ClassVar[int]
    BLOB_BYTES_FIELD_NUMBER: _ClassVar[int]
    BACKUP_BYTES_FIELD_NUMBER: _ClassVar[int]
    ARCHIVE_BYTES_FIELD_NUMBER: _ClassVar[int]
    free_bytes: int
    reserve_bytes: int
    journal_bytes: int
    state_bytes: int
    blob_bytes: int
    backup_bytes: int
    archive_bytes: int
    def __init__(self, free_bytes: _Optional[int] = ..., reserve_bytes: _Optional[int] = ..., journal_bytes: _Optional[int] = ..., state_bytes: _Optional[int] = ..., blob_bytes: _Optional[int] = ..., backup_bytes: _Optional[int] = ..., archive_bytes: _Optional[int] = ...) -> None: ...

class CacheStatus(_message.Message):
    __slots__ = ("entries", "bytes", "hits", "misses", "hit_rate")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    HITS_FIELD_NUMBER: _ClassVar[int]
    MISSES_FIELD_NUMBER: _ClassVar[int]
    HIT_RATE_FIELD_NUMBER: _ClassVar[int]
    entries: int
    bytes: int
    hits: int
    misses: int
    hit_rate: float
    def __init__(self, entries: _Optional[int] = ..., bytes: _Optional[int] = ..., hits: _Optional[int] = ..., misses: _Optional[int] = ..., hit_rate: _Optional[float] = ...) -> None: ...

class CallStatus(_message.Message):
    __slots__ = ("calls", "errors", "refused", "slow", "mean_micros", "p99_micros", "error_rate")
    CALLS_FIELD_NUMBER: _ClassVar[int]
    ERRORS_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    SLOW_FIELD_NUMBER: _ClassVar[int]
    MEAN_MICROS_FIELD_NUMBER: _ClassVar[int]
    P99_MICROS_FIELD_NUMBER: _ClassVar[int]
    ERROR_RATE_FIELD_NUMBER: _ClassVar[int]
    calls: int
    errors: int
    refused: int
    slow: int
    mean_micros: int
    p99_micros: int
    error_rate: float
    def __init__(self, calls: _Optional[int] = ..., errors: _Optional[int] = ..., refused: _Optional[int] = ..., slow: _Optional[int] = ..., mean_micros: _Optional[int] = ..., p99_micros: _Optional[int] = ..., error_rate: _Optional[float] = ...) -> None: ...

class ProcessStatus(_message.Message):
    __slots__ = ("uptime_ms", "rss_bytes", "heap_bytes", "cpu_ms", "loop_delay_p99_micros")
    UPTIME_MS_FIELD_NUMBER: _ClassVar[int]
    RSS_BYTES_FIELD_NUMBER: _ClassVar[int]
    HEAP_BYTES_FIELD_NUMBER: _ClassVar[int]
    CPU_MS_FIELD_NUMBER: _ClassVar[int]
    LOOP_DELAY_P99_MICROS_FIELD_NUMBER: _ClassVar[int]
    uptime_ms: int
    rss_bytes: int
    heap_bytes: int
    cpu_ms: int
    loop_delay_p99_micros: int
    def __init__(self, uptime_ms: _Optional[int] = ..., rss_bytes: _Optional[int] = ..., heap_bytes: _Optional[int] = ..., cpu_ms: _Optional[int] = ..., loop_delay_p99_micros: _Optional[int] = ...) -> None: ...

class RecoveryStatus(_message.Message):
    __slots__ = ("debt_records", "debt_bytes", "outlook", "newest_backup", "newest_backup_time", "backups", "damaged_backups", "next_backup_time", "mirror_lag", "last_failure")
    DEBT_RECORDS_FIELD_NUMBER: _ClassVar[int]
    DEBT_BYTES_FIELD_NUMBER: _ClassVar[int]
    OUTLOOK_FIELD_NUMBER: _ClassVar[int]
    NEWEST_BACKUP_FIELD_NUMBER: _ClassVar[int]
    NEWEST_BACKUP_TIME_FIELD_NUMBER: _ClassVar[int]
    BACKUPS_FIELD_NUMBER: _ClassVar[int]
    DAMAGED_BACKUPS_FIELD_NUMBER: _ClassVar[int]
    NEXT_BACKUP_TIME_FIELD_NUMBER: _ClassVar[int]
    MIRROR_LAG_FIELD_NUMBER: _ClassVar[int]
    LAST_FAILURE_FIELD_NUMBER: _ClassVar[int]
    debt_records: int
    debt_bytes: int
    outlook: _containers.RepeatedCompositeFieldContainer[_recovery_pb2.RecoveryOutlook]
    newest_backup: str
    newest_backup_time: _timestamp_pb2.Timestamp
    backups: int
    damaged_backups: int
    next_backup_time: _timestamp_pb2.Timestamp
    mirror_lag: int
    last_failure: str
    def __init__(self, debt_records: _Optional[int] = ..., debt_bytes: _Optional[int] = ..., outlook: _Optional[_Iterable[_Union[_recovery_pb2.RecoveryOutlook, _Mapping]]] = ..., newest_backup: _Optional[str] = ..., newest_backup_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., backups: _Optional[int] = ..., damaged_backups: _Optional[int] = ..., next_backup_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., mirror_lag: _Optional[int] = ..., last_failure: _Optional[str] = ...) -> None: ...

class IntegrityStatus(_message.Message):
    __slots__ = ("last", "scrubbed_rows", "scrub_rounds", "repairs", "quarantined")
    LAST_FIELD_NUMBER: _ClassVar[int]
    SCRUBBED_ROWS_FIELD_NUMBER: _ClassVar[int]
    SCRUB_ROUNDS_FIELD_NUMBER: _ClassVar[int]
    REPAIRS_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_FIELD_NUMBER: _ClassVar[int]
    last: IntegrityReport
    scrubbed_rows: int
    scrub_rounds: int
    repairs: int
    quarantined: int
    def __init__(self, last: _Optional[_Union[IntegrityReport, _Mapping]] = ..., scrubbed_rows: _Optional[int] = ..., scrub_rounds: _Optional[int] = ..., repairs: _Optional[int] = ..., quarantined: _Optional[int] = ...) -> None: ...

class CountStatus(_message.Message):
    __slots__ = ("projects", "tasks", "live_tasks", "sessions", "watches", "waiting", "running_operations")
    PROJECTS_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    LIVE_TASKS_FIELD_NUMBER: _ClassVar[int]
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    WATCHES_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    RUNNING_OPERATIONS_FIELD_NUMBER: _ClassVar[int]
    projects: int
    tasks: int
    live_tasks: int
    sessions: int
    watches: int
    waiting: int
    running_operations: int
    def __init__(self, projects: _Optional[int] = ..., tasks: _Optional[int] = ..., live_tasks: _Optional[int] = ..., sessions: _Optional[int] = ..., watches: _Optional[int] = ..., waiting: _Optional[int] = ..., running_operations: _Optional[int] = ...) -> None: ...

class Health(_message.Message):
    __slots__ = ("status", "issues", "check_time")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    ISSUES_FIELD_NUMBER: _ClassVar[int]
    CHECK_TIME_FIELD_NUMBER: _ClassVar[int]
    status: HealthStatus
    issues: _containers.RepeatedCompositeFieldContainer[HealthIssue]
    check_time: _timestamp_pb2.Timestamp
    def __init__(self, status: _Optional[_Union[HealthStatus, str]] = ..., issues: _Optional[_Iterable[_Union[HealthIssue, _Mapping]]] = ..., check_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HealthIssue(_message.Message):
    __slots__ = ("code", "severity", "message", "recommendation", "since")
    CODE_FIELD_NUMBER: _ClassVar[int]
    SEVERITY_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATION_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    code: str
    severity: HealthStatus
    message: str
    recommendation: str
    since: _timestamp_pb2.Timestamp
    def __init__(self, code: _Optional[str] = ..., severity: _Optional[_Union[HealthStatus, str]] = ..., message: _Optional[str] = ..., recommendation: _Optional[str] = ..., since: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class IntegrityReport(_message.Message):
    __slots__ = ("level", "position", "sound", "problems", "problem_count", "repaired_count", "rows", "entries", "groups", "records", "blobs", "backups", "start_time", "end_time")
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    SOUND_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_COUNT_FIELD_NUMBER: _ClassVar[int]
    REPAIRED_COUNT_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    BLOBS_FIELD_NUMBER: _ClassVar[int]
    BACKUPS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    level: IntegrityLevel
    position: _common_pb2.Position
    sound: bool
    problems: _containers.RepeatedCompositeFieldContainer[IntegrityProblem]
    problem_count: int
    repaired_count: int
    rows: int
    entries: int
    groups: int
    records: int
    blobs: int
    backups: int
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, level: _Optional[_Union[IntegrityLevel, str]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., sound: bool = ..., problems: _Optional[_Iterable[_Union[IntegrityProblem, _Mapping]]] = ..., problem_count: _Optional[int] = ..., repaired_count: _Optional[int] = ..., rows: _Optional[int] = ..., entries: _Optional[int] = ..., groups: _Optional[int] = ..., records: _Optional[int] = ..., blobs: _Optional[int] = ..., backups: _Optional[int] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class IntegrityProblem(_message.Message):
    __slots__ = ("kind", "name", "problem", "repaired", "remedy")
    KIND_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    REPAIRED_FIELD_NUMBER: _ClassVar[int]
    REMEDY_FIELD_NUMBER: _ClassVar[int]
    kind: str
    name: str
    problem: str
    repaired: bool
    remedy: str
    def __init__(self, kind: _Optional[str] = ..., name: _Optional[str] = ..., problem: _Optional[str] = ..., repaired: bool = ..., remedy: _Optional[str] = ...) -> None: ...

class AuditReport(_message.Message):
    __slots__ = ("to", "sound", "groups", "records", "chain", "anchors", "problems")
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    SOUND_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    CHAIN_FIELD_NUMBER: _ClassVar[int]
    ANCHORS_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    to: _common_pb2.Position
    sound: bool
    groups: int
    records: int
    chain: bytes
    anchors: _containers.RepeatedCompositeFieldContainer[AuditAnchor]
    problems: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, to: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., sound: bool = ..., groups: _Optional[int] = ..., records: _Optional[int] = ..., chain: _Optional[bytes] = ..., anchors: _Optional[_Iterable[_Union[AuditAnchor, _Mapping]]] = ..., problems: _Optional[_Iterable[str]] = ..., **kwargs) -> None: ...

class AuditAnchor(_message.Message):
    __slots__ = ("source", "sequence", "matches", "out_of_reach")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    OUT_OF_REACH_FIELD_NUMBER: _ClassVar[int]
    source: str
    sequence: int
    matches: bool
    out_of_reach: bool
    def __init__(self, source: _Optional[str] = ..., sequence: _Optional[int] = ..., matches: bool = ..., out_of_reach: bool = ...) -> None: ...

class Setting(_message.Message):
    __slots__ = ("name", "value", "source", "text")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    name: str
    value: str
    source: str
    text: str
    def __init__(self, name: _Optional[str] = ..., value: _Optional[str] = ..., source: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...
