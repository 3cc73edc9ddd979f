import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import work_pb2 as _work_pb2
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Queue(_message.Message):
    __slots__ = ("name", "etag", "paused", "concurrency_limit", "retry_policy", "timeouts", "update_time", "counts")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    CONCURRENCY_LIMIT_FIELD_NUMBER: _ClassVar[int]
    RETRY_POLICY_FIELD_NUMBER: _ClassVar[int]
    TIMEOUTS_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    paused: bool
    concurrency_limit: int
    retry_policy: _work_pb2.RetryPolicy
    timeouts: _work_pb2.Timeouts
    update_time: _timestamp_pb2.Timestamp
    counts: QueueCounts
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., paused: bool = ..., concurrency_limit: _Optional[int] = ..., retry_policy: _Optional[_Union[_work_pb2.RetryPolicy, _Mapping]] = ..., timeouts: _Optional[_Union[_work_pb2.Timeouts, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., counts: _Optional[_Union[QueueCounts, _Mapping]] = ...) -> None: ...

class QueueCounts(_message.Message):
    __slots__ = ("pending", "blocked", "running", "verifying", "input_required", "paused", "failed")
    PENDING_FIELD_NUMBER: _ClassVar[int]
    BLOCKED_FIELD_NUMBER: _ClassVar[int]
    RUNNING_FIELD_NUMBER: _ClassVar[int]
    VERIFYING_FIELD_NUMBER: _ClassVar[int]
    INPUT_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    FAILED_FIELD_NUMBER: _ClassVar[int]
    pending: int
    blocked: int
    running: int
    verifying: int
    input_required: int
    paused: int
    failed: int
    def __init__(self, pending: _Optional[int] = ..., blocked: _Optional[int] = ..., running: _Optional[int] = ..., verifying: _Optional[int] = ..., input_required: _Optional[int] = ..., paused: _Optional[int] = ..., failed: _Optional[int] = ...) -> None: ...
