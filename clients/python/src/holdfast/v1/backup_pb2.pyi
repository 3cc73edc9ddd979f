import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BackupKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BACKUP_KIND_UNSPECIFIED: _ClassVar[BackupKind]
    BACKUP_KIND_NAMED: _ClassVar[BackupKind]
    BACKUP_KIND_AUTOMATIC: _ClassVar[BackupKind]
    BACKUP_KIND_BASE: _ClassVar[BackupKind]

class BackupState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BACKUP_STATE_UNSPECIFIED: _ClassVar[BackupState]
    BACKUP_STATE_VERIFIED: _ClassVar[BackupState]
    BACKUP_STATE_DAMAGED: _ClassVar[BackupState]
BACKUP_KIND_UNSPECIFIED: BackupKind
BACKUP_KIND_NAMED: BackupKind
BACKUP_KIND_AUTOMATIC: BackupKind
BACKUP_KIND_BASE: BackupKind
BACKUP_STATE_UNSPECIFIED: BackupState
BACKUP_STATE_VERIFIED: BackupState
BACKUP_STATE_DAMAGED: BackupState

class Backup(_message.Message):
    __slots__ = ("name", "kind", "state", "position", "chain", "digest", "create_time", "journal_time", "size_bytes", "tasks", "files", "blobs", "blob_bytes", "description", "verify_time", "problems", "server_version", "kept_because", "took_ms")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CHAIN_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    JOURNAL_TIME_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    FILES_FIELD_NUMBER: _ClassVar[int]
    BLOBS_FIELD_NUMBER: _ClassVar[int]
    BLOB_BYTES_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    VERIFY_TIME_FIELD_NUMBER: _ClassVar[int]
    PROBLEMS_FIELD_NUMBER: _ClassVar[int]
    SERVER_VERSION_FIELD_NUMBER: _ClassVar[int]
    KEPT_BECAUSE_FIELD_NUMBER: _ClassVar[int]
    TOOK_MS_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: BackupKind
    state: BackupState
    position: _common_pb2.Position
    chain: bytes
    digest: bytes
    create_time: _timestamp_pb2.Timestamp
    journal_time: _timestamp_pb2.Timestamp
    size_bytes: int
    tasks: int
    files: int
    blobs: int
    blob_bytes: int
    description: str
    verify_time: _timestamp_pb2.Timestamp
    problems: _containers.RepeatedScalarFieldContainer[str]
    server_version: str
    kept_because: str
    took_ms: int
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[BackupKind, str]] = ..., state: _Optional[_Union[BackupState, str]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., chain: _Optional[bytes] = ..., digest: _Optional[bytes] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., journal_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., size_bytes: _Optional[int] = ..., tasks: _Optional[int] = ..., files: _Optional[int] = ..., blobs: _Optional[int] = ..., blob_bytes: _Optional[int] = ..., description: _Optional[str] = ..., verify_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., problems: _Optional[_Iterable[str]] = ..., server_version: _Optional[str] = ..., kept_because: _Optional[str] = ..., took_ms: _Optional[int] = ...) -> None: ...

class RestorePlan(_message.Message):
    __slots__ = ("backup", "passed_over", "target", "target_time", "abandoned", "abandoned_records", "new_history", "new_first_sequence", "replayed_records", "differences", "missing_blobs", "took_ms", "archive")
    BACKUP_FIELD_NUMBER: _ClassVar[int]
    PASSED_OVER_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    TARGET_TIME_FIELD_NUMBER: _ClassVar[int]
    ABANDONED_FIELD_NUMBER: _ClassVar[int]
    ABANDONED_RECORDS_FIELD_NUMBER: _ClassVar[int]
    NEW_HISTORY_FIELD_NUMBER: _ClassVar[int]
    NEW_FIRST_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    REPLAYED_RECORDS_FIELD_NUMBER: _ClassVar[int]
    DIFFERENCES_FIELD_NUMBER: _ClassVar[int]
    MISSING_BLOBS_FIELD_NUMBER: _ClassVar[int]
    TOOK_MS_FIELD_NUMBER: _ClassVar[int]
    ARCHIVE_FIELD_NUMBER: _ClassVar[int]
    backup: str
    passed_over: _containers.RepeatedScalarFieldContainer[str]
    target: _common_pb2.Position
    target_time: _timestamp_pb2.Timestamp
    abandoned: _common_pb2.Position
    abandoned_records: int
    new_history: str
    new_first_sequence: int
    replayed_records: int
    differences: _containers.RepeatedCompositeFieldContainer[RestoreDifference]
    missing_blobs: _containers.RepeatedScalarFieldContainer[str]
    took_ms: int
    archive: str
    def __init__(self, backup: _Optional[str] = ..., passed_over: _Optional[_Iterable[str]] = ..., target: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., target_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., abandoned: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., abandoned_records: _Optional[int] = ..., new_history: _Optional[str] = ..., new_first_sequence: _Optional[int] = ..., replayed_records: _Optional[int] = ..., differences: _Optional[_Iterable[_Union[RestoreDifference, _Mapping]]] = ..., missing_blobs: _Optional[_Iterable[str]] = ..., took_ms: _Optional[int] = ..., archive: _Optional[str] = ...) -> None: ...

class RestoreDifference(_message.Message):
    __slots__ = ("kind", "removed", "restored", "reverted", "examples")
    KIND_FIELD_NUMBER: _ClassVar[int]
    REMOVED_FIELD_NUMBER: _ClassVar[int]
    RESTORED_FIELD_NUMBER: _ClassVar[int]
    REVERTED_FIELD_NUMBER: _ClassVar[int]
    EXAMPLES_FIELD_NUMBER: _ClassVar[int]
    kind: str
    removed: int
    restored: int
    reverted: int
    examples: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, kind: _Optional[str] = ..., removed: _Optional[int] = ..., restored: _Optional[int] = ..., reverted: _Optional[int] = ..., examples: _Optional[_Iterable[str]] = ...) -> None: ...
