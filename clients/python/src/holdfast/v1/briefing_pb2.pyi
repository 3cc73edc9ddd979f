import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import checkpoint_pb2 as _checkpoint_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import lock_pb2 as _lock_pb2
from holdfast.v1 import memory_pb2 as _memory_pb2
from holdfast.v1 import message_pb2 as _message_pb2
from holdfast.v1 import note_pb2 as _note_pb2
from holdfast.v1 import task_pb2 as _task_pb2
from holdfast.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ConflictKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONFLICT_KIND_UNSPECIFIED: _ClassVar[ConflictKind]
    CONFLICT_KIND_CLAIMED: _ClassVar[ConflictKind]
    CONFLICT_KIND_ENDED: _ClassVar[ConflictKind]
    CONFLICT_KIND_DELETED: _ClassVar[ConflictKind]
    CONFLICT_KIND_CHANGED: _ClassVar[ConflictKind]
    CONFLICT_KIND_BLOCKED: _ClassVar[ConflictKind]
    CONFLICT_KIND_SET_ASIDE: _ClassVar[ConflictKind]
CONFLICT_KIND_UNSPECIFIED: ConflictKind
CONFLICT_KIND_CLAIMED: ConflictKind
CONFLICT_KIND_ENDED: ConflictKind
CONFLICT_KIND_DELETED: ConflictKind
CONFLICT_KIND_CHANGED: ConflictKind
CONFLICT_KIND_BLOCKED: ConflictKind
CONFLICT_KIND_SET_ASIDE: ConflictKind

class Briefing(_message.Message):
    __slots__ = ("summary", "tasks", "conflicts", "locks", "messages", "memories", "ready_tasks", "watch_from", "omissions")
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    CONFLICTS_FIELD_NUMBER: _ClassVar[int]
    LOCKS_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    MEMORIES_FIELD_NUMBER: _ClassVar[int]
    READY_TASKS_FIELD_NUMBER: _ClassVar[int]
    WATCH_FROM_FIELD_NUMBER: _ClassVar[int]
    OMISSIONS_FIELD_NUMBER: _ClassVar[int]
    summary: str
    tasks: _containers.RepeatedCompositeFieldContainer[BriefedTask]
    conflicts: _containers.RepeatedCompositeFieldContainer[Conflict]
    locks: _containers.RepeatedCompositeFieldContainer[_lock_pb2.Lock]
    messages: _containers.RepeatedCompositeFieldContainer[_message_pb2.Message]
    memories: _containers.RepeatedCompositeFieldContainer[_memory_pb2.Memory]
    ready_tasks: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    watch_from: _common_pb2.Position
    omissions: _containers.RepeatedCompositeFieldContainer[Omission]
    def __init__(self, summary: _Optional[str] = ..., tasks: _Optional[_Iterable[_Union[BriefedTask, _Mapping]]] = ..., conflicts: _Optional[_Iterable[_Union[Conflict, _Mapping]]] = ..., locks: _Optional[_Iterable[_Union[_lock_pb2.Lock, _Mapping]]] = ..., messages: _Optional[_Iterable[_Union[_message_pb2.Message, _Mapping]]] = ..., memories: _Optional[_Iterable[_Union[_memory_pb2.Memory, _Mapping]]] = ..., ready_tasks: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., watch_from: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., omissions: _Optional[_Iterable[_Union[Omission, _Mapping]]] = ...) -> None: ...

class BriefedTask(_message.Message):
    __slots__ = ("task", "steps", "checkpoint", "notes", "held", "after")
    TASK_FIELD_NUMBER: _ClassVar[int]
    STEPS_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    steps: _containers.RepeatedCompositeFieldContainer[_work_pb2.Step]
    checkpoint: _checkpoint_pb2.Checkpoint
    notes: _containers.RepeatedCompositeFieldContainer[_note_pb2.Note]
    held: bool
    after: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., steps: _Optional[_Iterable[_Union[_work_pb2.Step, _Mapping]]] = ..., checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., notes: _Optional[_Iterable[_Union[_note_pb2.Note, _Mapping]]] = ..., held: bool = ..., after: _Optional[_Iterable[str]] = ...) -> None: ...

class Conflict(_message.Message):
    __slots__ = ("task", "kind", "message", "session", "time")
    TASK_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    TIME_FIELD_NUMBER: _ClassVar[int]
    task: str
    kind: ConflictKind
    message: str
    session: str
    time: _timestamp_pb2.Timestamp
    def __init__(self, task: _Optional[str] = ..., kind: _Optional[_Union[ConflictKind, str]] = ..., message: _Optional[str] = ..., session: _Optional[str] = ..., time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Omission(_message.Message):
    __slots__ = ("kind", "count", "names")
    KIND_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    kind: str
    count: int
    names: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, kind: _Optional[str] = ..., count: _Optional[int] = ..., names: _Optional[_Iterable[str]] = ...) -> None: ...
