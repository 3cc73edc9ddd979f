import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import event_pb2 as _event_pb2
from holdfast.v1 import operation_pb2 as _operation_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ListEventsRequest(_message.Message):
    __slots__ = ("parent", "types", "entity", "principal", "session", "request_id", "start_time", "end_time", "origin", "newest_first", "page_size", "page_token", "include_previous", "at_least")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    ENTITY_FIELD_NUMBER: _ClassVar[int]
    PRINCIPAL_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    NEWEST_FIRST_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    parent: str
    types: _containers.RepeatedScalarFieldContainer[str]
    entity: str
    principal: str
    session: str
    request_id: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    origin: str
    newest_first: bool
    page_size: int
    page_token: str
    include_previous: bool
    at_least: _common_pb2.Position
    def __init__(self, parent: _Optional[str] = ..., types: _Optional[_Iterable[str]] = ..., entity: _Optional[str] = ..., principal: _Optional[str] = ..., session: _Optional[str] = ..., request_id: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., origin: _Optional[str] = ..., newest_first: bool = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., include_previous: bool = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListEventsResponse(_message.Message):
    __slots__ = ("events", "next_page_token", "oldest", "position")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    OLDEST_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.Event]
    next_page_token: str
    oldest: _common_pb2.Position
    position: _common_pb2.Position
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.Event, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., oldest: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class VerifyAuditRequest(_message.Message):
    __slots__ = ("after", "anchors", "request_id", "validate_only")
    AFTER_FIELD_NUMBER: _ClassVar[int]
    ANCHORS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    after: _common_pb2.Position
    anchors: _containers.RepeatedCompositeFieldContainer[KnownChain]
    request_id: str
    validate_only: bool
    def __init__(self, after: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., anchors: _Optional[_Iterable[_Union[KnownChain, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class KnownChain(_message.Message):
    __slots__ = ("position", "chain")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CHAIN_FIELD_NUMBER: _ClassVar[int]
    position: _common_pb2.Position
    chain: bytes
    def __init__(self, position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., chain: _Optional[bytes] = ...) -> None: ...

class VerifyAuditResponse(_message.Message):
    __slots__ = ("operation", "position")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    operation: _operation_pb2.Operation
    position: _common_pb2.Position
    def __init__(self, operation: _Optional[_Union[_operation_pb2.Operation, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class WatchEventsRequest(_message.Message):
    __slots__ = ("parent", "types", "after", "earliest", "now", "snapshot", "include_previous", "progress_interval")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    EARLIEST_FIELD_NUMBER: _ClassVar[int]
    NOW_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_INTERVAL_FIELD_NUMBER: _ClassVar[int]
    parent: str
    types: _containers.RepeatedScalarFieldContainer[str]
    after: _common_pb2.Position
    earliest: bool
    now: bool
    snapshot: bool
    include_previous: bool
    progress_interval: _duration_pb2.Duration
    def __init__(self, parent: _Optional[str] = ..., types: _Optional[_Iterable[str]] = ..., after: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., earliest: bool = ..., now: bool = ..., snapshot: bool = ..., include_previous: bool = ..., progress_interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class WatchEventsResponse(_message.Message):
    __slots__ = ("position", "snapshot", "events", "progress", "caught_up", "fell_behind")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    SNAPSHOT_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    CAUGHT_UP_FIELD_NUMBER: _ClassVar[int]
    FELL_BEHIND_FIELD_NUMBER: _ClassVar[int]
    position: _common_pb2.Position
    snapshot: SnapshotChunk
    events: EventBatch
    progress: Progress
    caught_up: CaughtUp
    fell_behind: FellBehind
    def __init__(self, position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., snapshot: _Optional[_Union[SnapshotChunk, _Mapping]] = ..., events: _Optional[_Union[EventBatch, _Mapping]] = ..., progress: _Optional[_Union[Progress, _Mapping]] = ..., caught_up: _Optional[_Union[CaughtUp, _Mapping]] = ..., fell_behind: _Optional[_Union[FellBehind, _Mapping]] = ...) -> None: ...

class SnapshotChunk(_message.Message):
    __slots__ = ("resources", "last")
    RESOURCES_FIELD_NUMBER: _ClassVar[int]
    LAST_FIELD_NUMBER: _ClassVar[int]
    resources: _containers.RepeatedCompositeFieldContainer[_event_pb2.Resource]
    last: bool
    def __init__(self, resources: _Optional[_Iterable[_Union[_event_pb2.Resource, _Mapping]]] = ..., last: bool = ...) -> None: ...

class EventBatch(_message.Message):
    __slots__ = ("events", "more")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    MORE_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.Event]
    more: bool
    def __init__(self, events: _Optional[_Iterable[_Union[_event_pb2.Event, _Mapping]]] = ..., more: bool = ...) -> None: ...

class Progress(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class CaughtUp(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class FellBehind(_message.Message):
    __slots__ = ("lag",)
    LAG_FIELD_NUMBER: _ClassVar[int]
    lag: int
    def __init__(self, lag: _Optional[int] = ...) -> None: ...

class ReadEventsRequest(_message.Message):
    __slots__ = ("parent", "types", "after", "wait", "page_size", "include_previous")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TYPES_FIELD_NUMBER: _ClassVar[int]
    AFTER_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    INCLUDE_PREVIOUS_FIELD_NUMBER: _ClassVar[int]
    parent: str
    types: _containers.RepeatedScalarFieldContainer[str]
    after: _common_pb2.Position
    wait: _duration_pb2.Duration
    page_size: int
    include_previous: bool
    def __init__(self, parent: _Optional[str] = ..., types: _Optional[_Iterable[str]] = ..., after: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., page_size: _Optional[int] = ..., include_previous: bool = ...) -> None: ...

class ReadEventsResponse(_message.Message):
    __slots__ = ("position", "events", "caught_up")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    CAUGHT_UP_FIELD_NUMBER: _ClassVar[int]
    position: _common_pb2.Position
    events: _containers.RepeatedCompositeFieldContainer[_event_pb2.Event]
    caught_up: bool
    def __init__(self, position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., events: _Optional[_Iterable[_Union[_event_pb2.Event, _Mapping]]] = ..., caught_up: bool = ...) -> None: ...
