import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Checkpoint(_message.Message):
    __slots__ = ("name", "namespace", "parent", "media_type", "data", "digest", "size_bytes", "metadata", "tasks", "create_time", "pending_writes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    NAMESPACE_FIELD_NUMBER: _ClassVar[int]
    PARENT_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    SIZE_BYTES_FIELD_NUMBER: _ClassVar[int]
    METADATA_FIELD_NUMBER: _ClassVar[int]
    TASKS_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    PENDING_WRITES_FIELD_NUMBER: _ClassVar[int]
    name: str
    namespace: str
    parent: str
    media_type: str
    data: bytes
    digest: str
    size_bytes: int
    metadata: _struct_pb2.Struct
    tasks: _containers.RepeatedScalarFieldContainer[str]
    create_time: _timestamp_pb2.Timestamp
    pending_writes: _containers.RepeatedCompositeFieldContainer[PendingWrite]
    def __init__(self, name: _Optional[str] = ..., namespace: _Optional[str] = ..., parent: _Optional[str] = ..., media_type: _Optional[str] = ..., data: _Optional[bytes] = ..., digest: _Optional[str] = ..., size_bytes: _Optional[int] = ..., metadata: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., tasks: _Optional[_Iterable[str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., pending_writes: _Optional[_Iterable[_Union[PendingWrite, _Mapping]]] = ...) -> None: ...

class PendingWrite(_message.Message):
    __slots__ = ("task", "index", "channel", "media_type", "data", "create_time")
    TASK_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    MEDIA_TYPE_FIELD_NUMBER: _ClassVar[int]
    DATA_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    task: str
    index: int
    channel: str
    media_type: str
    data: bytes
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, task: _Optional[str] = ..., index: _Optional[int] = ..., channel: _Optional[str] = ..., media_type: _Optional[str] = ..., data: _Optional[bytes] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CheckpointRetention(_message.Message):
    __slots__ = ("max_count", "max_age_days")
    MAX_COUNT_FIELD_NUMBER: _ClassVar[int]
    MAX_AGE_DAYS_FIELD_NUMBER: _ClassVar[int]
    max_count: int
    max_age_days: int
    def __init__(self, max_count: _Optional[int] = ..., max_age_days: _Optional[int] = ...) -> None: ...

class TranscriptItem(_message.Message):
    __slots__ = ("uuid", "role", "text", "content", "create_time", "index")
    UUID_FIELD_NUMBER: _ClassVar[int]
    ROLE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CONTENT_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    uuid: str
    role: str
    text: str
    content: _struct_pb2.Struct
    create_time: _timestamp_pb2.Timestamp
    index: int
    def __init__(self, uuid: _Optional[str] = ..., role: _Optional[str] = ..., text: _Optional[str] = ..., content: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., index: _Optional[int] = ...) -> None: ...
