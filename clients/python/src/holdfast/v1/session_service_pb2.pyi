import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from holdfast.v1 import briefing_pb2 as _briefing_pb2
from holdfast.v1 import checkpoint_pb2 as _checkpoint_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import session_pb2 as _session_pb2
from holdfast.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StartSessionRequest(_message.Message):
    __slots__ = ("parent", "session_id", "agent", "ttl", "labels", "request_id", "validate_only")
    class LabelsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PARENT_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TTL_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    session_id: str
    agent: str
    ttl: _duration_pb2.Duration
    labels: _containers.ScalarMap[str, str]
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., session_id: _Optional[str] = ..., agent: _Optional[str] = ..., ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., labels: _Optional[_Mapping[str, str]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class StartSessionResponse(_message.Message):
    __slots__ = ("session", "token", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    token: str
    position: _common_pb2.Position
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., token: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class HeartbeatSessionRequest(_message.Message):
    __slots__ = ("name", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class HeartbeatSessionResponse(_message.Message):
    __slots__ = ("session", "directives", "lost_tasks", "unread_messages", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    DIRECTIVES_FIELD_NUMBER: _ClassVar[int]
    LOST_TASKS_FIELD_NUMBER: _ClassVar[int]
    UNREAD_MESSAGES_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    directives: _containers.RepeatedCompositeFieldContainer[TaskDirective]
    lost_tasks: _containers.RepeatedScalarFieldContainer[str]
    unread_messages: int
    position: _common_pb2.Position
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., directives: _Optional[_Iterable[_Union[TaskDirective, _Mapping]]] = ..., lost_tasks: _Optional[_Iterable[str]] = ..., unread_messages: _Optional[int] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class TaskDirective(_message.Message):
    __slots__ = ("task", "directive")
    TASK_FIELD_NUMBER: _ClassVar[int]
    DIRECTIVE_FIELD_NUMBER: _ClassVar[int]
    task: str
    directive: _work_pb2.Directive
    def __init__(self, task: _Optional[str] = ..., directive: _Optional[_Union[_work_pb2.Directive, _Mapping]] = ...) -> None: ...

class EndSessionRequest(_message.Message):
    __slots__ = ("name", "summary", "hand_over_to", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    HAND_OVER_TO_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    summary: str
    hand_over_to: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., summary: _Optional[str] = ..., hand_over_to: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class EndSessionResponse(_message.Message):
    __slots__ = ("session", "tasks", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    tasks: _containers.RepeatedScalarFieldContainer[str]
    position: _common_pb2.Position
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., tasks: _Optional[_Iterable[str]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetSessionRequest(_message.Message):
    __slots__ = ("name", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetSessionResponse(_message.Message):
    __slots__ = ("session", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    position: _common_pb2.Position
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListSessionsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "agent", "states", "at_least")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    agent: str
    states: _containers.RepeatedScalarFieldContainer[_session_pb2.SessionState]
    at_least: _common_pb2.Position
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., agent: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_session_pb2.SessionState, str]]] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListSessionsResponse(_message.Message):
    __slots__ = ("sessions", "next_page_token", "position")
    SESSIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    sessions: _containers.RepeatedCompositeFieldContainer[_session_pb2.Session]
    next_page_token: str
    position: _common_pb2.Position
    def __init__(self, sessions: _Optional[_Iterable[_Union[_session_pb2.Session, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ResumeSessionRequest(_message.Message):
    __slots__ = ("parent", "session", "agent", "take_over", "session_id", "successor_agent", "ttl", "max_bytes", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TAKE_OVER_FIELD_NUMBER: _ClassVar[int]
    SESSION_ID_FIELD_NUMBER: _ClassVar[int]
    SUCCESSOR_AGENT_FIELD_NUMBER: _ClassVar[int]
    TTL_FIELD_NUMBER: _ClassVar[int]
    MAX_BYTES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    session: str
    agent: str
    take_over: bool
    session_id: str
    successor_agent: str
    ttl: _duration_pb2.Duration
    max_bytes: int
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., session: _Optional[str] = ..., agent: _Optional[str] = ..., take_over: bool = ..., session_id: _Optional[str] = ..., successor_agent: _Optional[str] = ..., ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., max_bytes: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ResumeSessionResponse(_message.Message):
    __slots__ = ("session", "token", "resumed", "briefing", "position")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    RESUMED_FIELD_NUMBER: _ClassVar[int]
    BRIEFING_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    session: _session_pb2.Session
    token: str
    resumed: _session_pb2.Session
    briefing: _briefing_pb2.Briefing
    position: _common_pb2.Position
    def __init__(self, session: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., token: _Optional[str] = ..., resumed: _Optional[_Union[_session_pb2.Session, _Mapping]] = ..., briefing: _Optional[_Union[_briefing_pb2.Briefing, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetBriefingRequest(_message.Message):
    __slots__ = ("session", "agent", "since", "max_bytes", "memory_prefix", "at_least")
    SESSION_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    SINCE_FIELD_NUMBER: _ClassVar[int]
    MAX_BYTES_FIELD_NUMBER: _ClassVar[int]
    MEMORY_PREFIX_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    session: str
    agent: str
    since: _common_pb2.Position
    max_bytes: int
    memory_prefix: str
    at_least: _common_pb2.Position
    def __init__(self, session: _Optional[str] = ..., agent: _Optional[str] = ..., since: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., max_bytes: _Optional[int] = ..., memory_prefix: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetBriefingResponse(_message.Message):
    __slots__ = ("briefing", "position")
    BRIEFING_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    briefing: _briefing_pb2.Briefing
    position: _common_pb2.Position
    def __init__(self, briefing: _Optional[_Union[_briefing_pb2.Briefing, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class SaveCheckpointRequest(_message.Message):
    __slots__ = ("parent", "checkpoint_id", "checkpoint", "fencing_tokens", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_ID_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKENS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    checkpoint_id: str
    checkpoint: _checkpoint_pb2.Checkpoint
    fencing_tokens: _containers.RepeatedScalarFieldContainer[int]
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., checkpoint_id: _Optional[str] = ..., checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., fencing_tokens: _Optional[_Iterable[int]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class SaveCheckpointResponse(_message.Message):
    __slots__ = ("checkpoint", "position")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoint: _checkpoint_pb2.Checkpoint
    position: _common_pb2.Position
    def __init__(self, checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class UploadCheckpointRequest(_message.Message):
    __slots__ = ("begin", "chunk")
    BEGIN_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    begin: SaveCheckpointRequest
    chunk: bytes
    def __init__(self, begin: _Optional[_Union[SaveCheckpointRequest, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class UploadCheckpointResponse(_message.Message):
    __slots__ = ("checkpoint", "position")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoint: _checkpoint_pb2.Checkpoint
    position: _common_pb2.Position
    def __init__(self, checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetCheckpointRequest(_message.Message):
    __slots__ = ("name", "namespace", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    namespace: str
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., namespace: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetCheckpointResponse(_message.Message):
    __slots__ = ("checkpoint", "position")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoint: _checkpoint_pb2.Checkpoint
    position: _common_pb2.Position
    def __init__(self, checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class DownloadCheckpointRequest(_message.Message):
    __slots__ = ("name", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class DownloadCheckpointResponse(_message.Message):
    __slots__ = ("checkpoint", "chunk")
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    checkpoint: _checkpoint_pb2.Checkpoint
    chunk: bytes
    def __init__(self, checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., chunk: _Optional[bytes] = ...) -> None: ...

class ListCheckpointsRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "namespace", "filter", "before", "at_least")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    BEFORE_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    namespace: str
    filter: str
    before: str
    at_least: _common_pb2.Position
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., namespace: _Optional[str] = ..., filter: _Optional[str] = ..., before: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListCheckpointsResponse(_message.Message):
    __slots__ = ("checkpoints", "next_page_token", "position", "scan_limited")
    CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    SCAN_LIMITED_FIELD_NUMBER: _ClassVar[int]
    checkpoints: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.Checkpoint]
    next_page_token: str
    position: _common_pb2.Position
    scan_limited: bool
    def __init__(self, checkpoints: _Optional[_Iterable[_Union[_checkpoint_pb2.Checkpoint, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., scan_limited: bool = ...) -> None: ...

class PutCheckpointWritesRequest(_message.Message):
    __slots__ = ("name", "writes", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    WRITES_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    writes: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.PendingWrite]
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., writes: _Optional[_Iterable[_Union[_checkpoint_pb2.PendingWrite, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class PutCheckpointWritesResponse(_message.Message):
    __slots__ = ("added", "position")
    ADDED_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    added: int
    position: _common_pb2.Position
    def __init__(self, added: _Optional[int] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class CopyCheckpointsRequest(_message.Message):
    __slots__ = ("parent", "namespace", "destination", "destination_namespace", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_FIELD_NUMBER: _ClassVar[int]
    DESTINATION_NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    namespace: str
    destination: str
    destination_namespace: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., namespace: _Optional[str] = ..., destination: _Optional[str] = ..., destination_namespace: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class CopyCheckpointsResponse(_message.Message):
    __slots__ = ("checkpoints", "position")
    CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    checkpoints: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.Checkpoint]
    position: _common_pb2.Position
    def __init__(self, checkpoints: _Optional[_Iterable[_Union[_checkpoint_pb2.Checkpoint, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class DeleteCheckpointsRequest(_message.Message):
    __slots__ = ("parent", "names", "namespace", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    NAMES_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    names: _containers.RepeatedScalarFieldContainer[str]
    namespace: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., names: _Optional[_Iterable[str]] = ..., namespace: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class DeleteCheckpointsResponse(_message.Message):
    __slots__ = ("deleted", "more", "position")
    DELETED_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    deleted: int
    more: bool
    position: _common_pb2.Position
    def __init__(self, deleted: _Optional[int] = ..., more: bool = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class SetCheckpointRetentionRequest(_message.Message):
    __slots__ = ("parent", "namespace", "retention", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    RETENTION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    namespace: str
    retention: _checkpoint_pb2.CheckpointRetention
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., namespace: _Optional[str] = ..., retention: _Optional[_Union[_checkpoint_pb2.CheckpointRetention, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class SetCheckpointRetentionResponse(_message.Message):
    __slots__ = ("deleted", "position")
    DELETED_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    deleted: int
    position: _common_pb2.Position
    def __init__(self, deleted: _Optional[int] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class AppendTranscriptRequest(_message.Message):
    __slots__ = ("parent", "path", "items", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    path: str
    items: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.TranscriptItem]
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., path: _Optional[str] = ..., items: _Optional[_Iterable[_Union[_checkpoint_pb2.TranscriptItem, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class AppendTranscriptResponse(_message.Message):
    __slots__ = ("appended", "last_index", "position")
    APPENDED_FIELD_NUMBER: _ClassVar[int]
    LAST_INDEX_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    appended: int
    last_index: int
    position: _common_pb2.Position
    def __init__(self, appended: _Optional[int] = ..., last_index: _Optional[int] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ReadTranscriptRequest(_message.Message):
    __slots__ = ("parent", "path", "after_index", "last", "max_items", "at_least")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    AFTER_INDEX_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    MAX_ITEMS_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    parent: str
    path: str
    after_index: int
    last: int
    max_items: int
    at_least: _common_pb2.Position
    def __init__(self, parent: _Optional[str] = ..., path: _Optional[str] = ..., after_index: _Optional[int] = ..., last: _Optional[int] = ..., max_items: _Optional[int] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ReadTranscriptResponse(_message.Message):
    __slots__ = ("items", "more", "total", "position")
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    TOTAL_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    items: _containers.RepeatedCompositeFieldContainer[_checkpoint_pb2.TranscriptItem]
    more: bool
    total: int
    position: _common_pb2.Position
    def __init__(self, items: _Optional[_Iterable[_Union[_checkpoint_pb2.TranscriptItem, _Mapping]]] = ..., more: bool = ..., total: _Optional[int] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class PopTranscriptRequest(_message.Message):
    __slots__ = ("parent", "path", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    path: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., path: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class PopTranscriptResponse(_message.Message):
    __slots__ = ("item", "position")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    item: _checkpoint_pb2.TranscriptItem
    position: _common_pb2.Position
    def __init__(self, item: _Optional[_Union[_checkpoint_pb2.TranscriptItem, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ClearTranscriptRequest(_message.Message):
    __slots__ = ("parent", "path", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    path: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., path: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ClearTranscriptResponse(_message.Message):
    __slots__ = ("cleared", "position")
    CLEARED_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    cleared: int
    position: _common_pb2.Position
    def __init__(self, cleared: _Optional[int] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...
