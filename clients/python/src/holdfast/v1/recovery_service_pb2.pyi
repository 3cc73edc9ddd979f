from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import operation_pb2 as _operation_pb2
from holdfast.v1 import recovery_pb2 as _recovery_pb2
from holdfast.v1 import task_pb2 as _task_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class RecoverRequest(_message.Message):
    __slots__ = ("strategy", "request_id", "validate_only")
    STRATEGY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    strategy: _recovery_pb2.RecoveryStrategy
    request_id: str
    validate_only: bool
    def __init__(self, strategy: _Optional[_Union[_recovery_pb2.RecoveryStrategy, str]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class RecoverResponse(_message.Message):
    __slots__ = ("operation", "outlook", "position")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    OUTLOOK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    operation: _operation_pb2.Operation
    outlook: _containers.RepeatedCompositeFieldContainer[_recovery_pb2.RecoveryOutlook]
    position: _common_pb2.Position
    def __init__(self, operation: _Optional[_Union[_operation_pb2.Operation, _Mapping]] = ..., outlook: _Optional[_Iterable[_Union[_recovery_pb2.RecoveryOutlook, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class RecoverTaskRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class RecoverTaskResponse(_message.Message):
    __slots__ = ("task", "present", "recovered_from", "sources", "detail", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    PRESENT_FIELD_NUMBER: _ClassVar[int]
    RECOVERED_FROM_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    DETAIL_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    present: bool
    recovered_from: _recovery_pb2.RecoverySource
    sources: _containers.RepeatedCompositeFieldContainer[TaskSource]
    detail: str
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., present: bool = ..., recovered_from: _Optional[_Union[_recovery_pb2.RecoverySource, str]] = ..., sources: _Optional[_Iterable[_Union[TaskSource, _Mapping]]] = ..., detail: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class TaskSource(_message.Message):
    __slots__ = ("source", "name", "found", "sequence", "problem")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    source: _recovery_pb2.RecoverySource
    name: str
    found: bool
    sequence: int
    problem: str
    def __init__(self, source: _Optional[_Union[_recovery_pb2.RecoverySource, str]] = ..., name: _Optional[str] = ..., found: bool = ..., sequence: _Optional[int] = ..., problem: _Optional[str] = ...) -> None: ...

class GetRecoveryReportRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class GetRecoveryReportResponse(_message.Message):
    __slots__ = ("report", "position")
    REPORT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    report: _recovery_pb2.RecoveryReport
    position: _common_pb2.Position
    def __init__(self, report: _Optional[_Union[_recovery_pb2.RecoveryReport, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...
