import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import operation_pb2 as _operation_pb2
from holdfast.v1 import system_pb2 as _system_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetStatusRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetStatusResponse(_message.Message):
    __slots__ = ("status", "position")
    STATUS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    status: _system_pb2.ServerStatus
    position: _common_pb2.Position
    def __init__(self, status: _Optional[_Union[_system_pb2.ServerStatus, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class CheckHealthRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CheckHealthResponse(_message.Message):
    __slots__ = ("health", "recommendations", "position")
    HEALTH_FIELD_NUMBER: _ClassVar[int]
    RECOMMENDATIONS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    health: _system_pb2.Health
    recommendations: _containers.RepeatedScalarFieldContainer[str]
    position: _common_pb2.Position
    def __init__(self, health: _Optional[_Union[_system_pb2.Health, _Mapping]] = ..., recommendations: _Optional[_Iterable[str]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class VerifyIntegrityRequest(_message.Message):
    __slots__ = ("level", "report_only", "request_id", "validate_only")
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    REPORT_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    level: _system_pb2.IntegrityLevel
    report_only: bool
    request_id: str
    validate_only: bool
    def __init__(self, level: _Optional[_Union[_system_pb2.IntegrityLevel, str]] = ..., report_only: bool = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class VerifyIntegrityResponse(_message.Message):
    __slots__ = ("operation", "position")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    operation: _operation_pb2.Operation
    position: _common_pb2.Position
    def __init__(self, operation: _Optional[_Union[_operation_pb2.Operation, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetConfigRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetConfigResponse(_message.Message):
    __slots__ = ("settings", "position")
    SETTINGS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    settings: _containers.RepeatedCompositeFieldContainer[_system_pb2.Setting]
    position: _common_pb2.Position
    def __init__(self, settings: _Optional[_Iterable[_Union[_system_pb2.Setting, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class TrimJournalRequest(_message.Message):
    __slots__ = ("age", "request_id", "validate_only")
    FROM_FIELD_NUMBER: _ClassVar[int]
    AGE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    age: _duration_pb2.Duration
    request_id: str
    validate_only: bool
    def __init__(self, age: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., **kwargs) -> None: ...

class TrimJournalResponse(_message.Message):
    __slots__ = ("operation", "plan", "position")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    operation: _operation_pb2.Operation
    plan: TrimJournalResult
    position: _common_pb2.Position
    def __init__(self, operation: _Optional[_Union[_operation_pb2.Operation, _Mapping]] = ..., plan: _Optional[_Union[TrimJournalResult, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class TrimJournalResult(_message.Message):
    __slots__ = ("oldest", "segments", "bytes", "backup", "limited_by")
    OLDEST_FIELD_NUMBER: _ClassVar[int]
    SEGMENTS_FIELD_NUMBER: _ClassVar[int]
    BYTES_FIELD_NUMBER: _ClassVar[int]
    BACKUP_FIELD_NUMBER: _ClassVar[int]
    LIMITED_BY_FIELD_NUMBER: _ClassVar[int]
    oldest: int
    segments: int
    bytes: int
    backup: str
    limited_by: str
    def __init__(self, oldest: _Optional[int] = ..., segments: _Optional[int] = ..., bytes: _Optional[int] = ..., backup: _Optional[str] = ..., limited_by: _Optional[str] = ...) -> None: ...

class DrainRequest(_message.Message):
    __slots__ = ("timeout", "reason")
    TIMEOUT_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    timeout: _duration_pb2.Duration
    reason: str
    def __init__(self, timeout: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., reason: _Optional[str] = ...) -> None: ...

class DrainResponse(_message.Message):
    __slots__ = ("position", "by")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    position: _common_pb2.Position
    by: _timestamp_pb2.Timestamp
    def __init__(self, position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., by: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
