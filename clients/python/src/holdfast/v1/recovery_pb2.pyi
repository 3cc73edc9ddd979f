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

class RecoveryStrategy(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECOVERY_STRATEGY_UNSPECIFIED: _ClassVar[RecoveryStrategy]
    RECOVERY_STRATEGY_HOT: _ClassVar[RecoveryStrategy]
    RECOVERY_STRATEGY_WARM: _ClassVar[RecoveryStrategy]
    RECOVERY_STRATEGY_COLD: _ClassVar[RecoveryStrategy]
    RECOVERY_STRATEGY_EMERGENCY: _ClassVar[RecoveryStrategy]
    RECOVERY_STRATEGY_AUTO: _ClassVar[RecoveryStrategy]

class RecoverySource(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECOVERY_SOURCE_UNSPECIFIED: _ClassVar[RecoverySource]
    RECOVERY_SOURCE_STATE: _ClassVar[RecoverySource]
    RECOVERY_SOURCE_JOURNAL: _ClassVar[RecoverySource]
    RECOVERY_SOURCE_BACKUP: _ClassVar[RecoverySource]
    RECOVERY_SOURCE_MIRROR: _ClassVar[RecoverySource]
    RECOVERY_SOURCE_CAPSULE: _ClassVar[RecoverySource]
    RECOVERY_SOURCE_ARCHIVE: _ClassVar[RecoverySource]
RECOVERY_STRATEGY_UNSPECIFIED: RecoveryStrategy
RECOVERY_STRATEGY_HOT: RecoveryStrategy
RECOVERY_STRATEGY_WARM: RecoveryStrategy
RECOVERY_STRATEGY_COLD: RecoveryStrategy
RECOVERY_STRATEGY_EMERGENCY: RecoveryStrategy
RECOVERY_STRATEGY_AUTO: RecoveryStrategy
RECOVERY_SOURCE_UNSPECIFIED: RecoverySource
RECOVERY_SOURCE_STATE: RecoverySource
RECOVERY_SOURCE_JOURNAL: RecoverySource
RECOVERY_SOURCE_BACKUP: RecoverySource
RECOVERY_SOURCE_MIRROR: RecoverySource
RECOVERY_SOURCE_CAPSULE: RecoverySource
RECOVERY_SOURCE_ARCHIVE: RecoverySource

class RecoveryReport(_message.Message):
    __slots__ = ("strategy", "reason", "attempts", "succeeded", "reached", "parts", "lost", "quarantined", "quarantined_count", "new_history", "kept_aside", "start_time", "end_time", "checks", "tasks")
    STRATEGY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    SUCCEEDED_FIELD_NUMBER: _ClassVar[int]
    REACHED_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    LOST_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_FIELD_NUMBER: _ClassVar[int]
    QUARANTINED_COUNT_FIELD_NUMBER: _ClassVar[int]
    NEW_HISTORY_FIELD_NUMBER: _ClassVar[int]
    KEPT_ASIDE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    strategy: RecoveryStrategy
    reason: str
    attempts: _containers.RepeatedCompositeFieldContainer[RecoveryAttempt]
    succeeded: bool
    reached: _common_pb2.Position
    parts: _containers.RepeatedCompositeFieldContainer[RecoveredPart]
    lost: _containers.RepeatedCompositeFieldContainer[LostRange]
    quarantined: _containers.RepeatedScalarFieldContainer[str]
    quarantined_count: int
    new_history: str
    kept_aside: _containers.RepeatedScalarFieldContainer[str]
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    checks: _containers.RepeatedScalarFieldContainer[str]
    tasks: int
    def __init__(self, strategy: _Optional[_Union[RecoveryStrategy, str]] = ..., reason: _Optional[str] = ..., attempts: _Optional[_Iterable[_Union[RecoveryAttempt, _Mapping]]] = ..., succeeded: bool = ..., reached: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., parts: _Optional[_Iterable[_Union[RecoveredPart, _Mapping]]] = ..., lost: _Optional[_Iterable[_Union[LostRange, _Mapping]]] = ..., quarantined: _Optional[_Iterable[str]] = ..., quarantined_count: _Optional[int] = ..., new_history: _Optional[str] = ..., kept_aside: _Optional[_Iterable[str]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., checks: _Optional[_Iterable[str]] = ..., tasks: _Optional[int] = ...) -> None: ...

class RecoveryAttempt(_message.Message):
    __slots__ = ("strategy", "succeeded", "detail", "took_ms")
    STRATEGY_FIELD_NUMBER: _ClassVar[int]
    SUCCEEDED_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    TOOK_MS_FIELD_NUMBER: _ClassVar[int]
    strategy: RecoveryStrategy
    succeeded: bool
    detail: str
    took_ms: int
    def __init__(self, strategy: _Optional[_Union[RecoveryStrategy, str]] = ..., succeeded: bool = ..., detail: _Optional[str] = ..., took_ms: _Optional[int] = ...) -> None: ...

class RecoveredPart(_message.Message):
    __slots__ = ("source", "name", "rows", "records")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    source: RecoverySource
    name: str
    rows: int
    records: int
    def __init__(self, source: _Optional[_Union[RecoverySource, str]] = ..., name: _Optional[str] = ..., rows: _Optional[int] = ..., records: _Optional[int] = ...) -> None: ...

class LostRange(_message.Message):
    __slots__ = ("first", "last", "problem", "state_kept")
    FIRST_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    STATE_KEPT_FIELD_NUMBER: _ClassVar[int]
    first: int
    last: int
    problem: str
    state_kept: bool
    def __init__(self, first: _Optional[int] = ..., last: _Optional[int] = ..., problem: _Optional[str] = ..., state_kept: bool = ...) -> None: ...

class RecoveryOutlook(_message.Message):
    __slots__ = ("strategy", "possible", "detail", "records", "estimated_ms")
    STRATEGY_FIELD_NUMBER: _ClassVar[int]
    POSSIBLE_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    ESTIMATED_MS_FIELD_NUMBER: _ClassVar[int]
    strategy: RecoveryStrategy
    possible: bool
    detail: str
    records: int
    estimated_ms: int
    def __init__(self, strategy: _Optional[_Union[RecoveryStrategy, str]] = ..., possible: bool = ..., detail: _Optional[str] = ..., records: _Optional[int] = ..., estimated_ms: _Optional[int] = ...) -> None: ...

class Repair(_message.Message):
    __slots__ = ("name", "problem", "source", "sequence", "time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    problem: str
    source: RecoverySource
    sequence: int
    time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., problem: _Optional[str] = ..., source: _Optional[_Union[RecoverySource, str]] = ..., sequence: _Optional[int] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
