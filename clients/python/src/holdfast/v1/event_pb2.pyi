import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import checkpoint_pb2 as _checkpoint_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import lock_pb2 as _lock_pb2
from holdfast.v1 import memory_pb2 as _memory_pb2
from holdfast.v1 import message_pb2 as _message_pb2
from holdfast.v1 import note_pb2 as _note_pb2
from holdfast.v1 import operation_pb2 as _operation_pb2
from holdfast.v1 import project_pb2 as _project_pb2
from holdfast.v1 import queue_pb2 as _queue_pb2
from holdfast.v1 import recovery_pb2 as _recovery_pb2
from holdfast.v1 import session_pb2 as _session_pb2
from holdfast.v1 import system_pb2 as _system_pb2
from holdfast.v1 import task_pb2 as _task_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Event(_message.Message):
    __slots__ = ("position", "index", "type", "time", "principal", "session", "request_id", "traceparent", "name", "changed_paths", "after", "previous", "origin")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    TYPE_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    TRACEPARENT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    CHANGED_PATHS_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    position: _common_pb2.Position
    index: int
    type: str
    time: _timestamp_pb2.Timestamp
    principal: str
    session: str
    request_id: str
    traceparent: str
    name: str
    changed_paths: _containers.RepeatedScalarFieldContainer[str]
    after: Resource
    previous: Resource
    origin: str
    def __init__(self, position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., index: _Optional[int] = ..., type: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., principal: _Optional[str] = ..., session: _Optional[str] = ..., request_id: _Optional[str] = ..., traceparent: _Optional[str] = ..., name: _Optional[str] = ..., changed_paths: _Optional[_Iterable[str]] = ..., after: _Optional[_Union[Resource, _Mapping]] = ..., previous: _Optional[_Union[Resource, _Mapping]] = ..., origin: _Optional[str] = ...) -> None: ...

class Resource(_message.Message):
    __slots__ = ("task", "project", "note", "operation", "queue", "session", "agent", "checkpoint", "lock", "memory", "message", "health", "repair", "recovery")
    TASK_FIELD_NUMBER: _ClassVar[int]
    PROJECT_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    LOCK_FIELD_NUMBER: _ClassVar[int]
    MEMORY_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    HEALTH_FIELD_NUMBER: _ClassVar[int]
    REPAIR_FIELD_NUMBER: _ClassVar[int]
    RECOVERY_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    project: _project_pb2.Project
    note: _note_pb2.Note
    operation: _operation_pb2.Operation
    queue: _queue_pb2.Queue
    session: _session_pb2.Session
    agent: _session_pb2.Agent
    checkpoint: _checkpoint_pb2.Checkpoint
    lock: _lock_pb2.Lock
    memory: _memory_pb2.Memory
    message: _message_pb2.Message
    health: _system_pb2.Health
    repair: _recovery_pb2.Repair
    recovery: _recovery_pb2.RecoveryReport
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., project: _Optional[_Union[_project_pb2.Project, _Mapping]] = ..., note: _Optional[_Union[_note_pb2.Note, _Mapping]] = ..., operation: _Optional[_Union[_operation_pb2.Operation, _Mapping]] = ..., queue: _Optional[_Union[_queue_pb2.Queue, _Mapping]] = ..., session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., agent: _Optional[_Union[_session_pb2.Agent, _Mapping]] = ..., checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., lock: _Optional[_Union[_lock_pb2.Lock, _Mapping]] = ..., memory: _Optional[_Union[_memory_pb2.Memory, _Mapping]] = ..., message: _Optional[_Union[_message_pb2.Message, _Mapping]] = ..., health: _Optional[_Union[_system_pb2.Health, _Mapping]] = ..., repair: _Optional[_Union[_recovery_pb2.Repair, _Mapping]] = ..., recovery: _Optional[_Union[_recovery_pb2.RecoveryReport, _Mapping]] = ...) -> None: ...
