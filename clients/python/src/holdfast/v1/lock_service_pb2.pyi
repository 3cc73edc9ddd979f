import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import lock_pb2 as _lock_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AcquireLockRequest(_message.Message):
    __slots__ = ("parent", "targets", "mode", "wait", "ttl", "purpose", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TARGETS_FIELD_NUMBER: _ClassVar[int]
    MODE_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    TTL_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    targets: _containers.RepeatedCompositeFieldContainer[_lock_pb2.LockTarget]
    mode: _lock_pb2.LockMode
    wait: _duration_pb2.Duration
    ttl: _duration_pb2.Duration
    purpose: str
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., targets: _Optional[_Iterable[_Union[_lock_pb2.LockTarget, _Mapping]]] = ..., mode: _Optional[_Union[_lock_pb2.LockMode, str]] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., purpose: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class AcquireLockResponse(_message.Message):
    __slots__ = ("lock", "position")
    LOCK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    lock: _lock_pb2.Lock
    position: _common_pb2.Position
    def __init__(self, lock: _Optional[_Union[_lock_pb2.Lock, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class RenewLockRequest(_message.Message):
    __slots__ = ("name", "fencing_token", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    fencing_token: int
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., fencing_token: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class RenewLockResponse(_message.Message):
    __slots__ = ("lock", "position")
    LOCK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    lock: _lock_pb2.Lock
    position: _common_pb2.Position
    def __init__(self, lock: _Optional[_Union[_lock_pb2.Lock, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ReleaseLockRequest(_message.Message):
    __slots__ = ("name", "fencing_token", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    fencing_token: int
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., fencing_token: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class ReleaseLockResponse(_message.Message):
    __slots__ = ("lock", "position")
    LOCK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    lock: _lock_pb2.Lock
    position: _common_pb2.Position
    def __init__(self, lock: _Optional[_Union[_lock_pb2.Lock, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetLockRequest(_message.Message):
    __slots__ = ("name", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetLockResponse(_message.Message):
    __slots__ = ("lock", "position")
    LOCK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    lock: _lock_pb2.Lock
    position: _common_pb2.Position
    def __init__(self, lock: _Optional[_Union[_lock_pb2.Lock, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListLocksRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "session", "at_least")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    SESSION_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    session: str
    at_least: _common_pb2.Position
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., session: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListLocksResponse(_message.Message):
    __slots__ = ("locks", "next_page_token", "position")
    LOCKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    locks: _containers.RepeatedCompositeFieldContainer[_lock_pb2.Lock]
    next_page_token: str
    position: _common_pb2.Position
    def __init__(self, locks: _Optional[_Iterable[_Union[_lock_pb2.Lock, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class CheckLocksRequest(_message.Message):
    __slots__ = ("parent", "paths", "at_least")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PATHS_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    parent: str
    paths: _containers.RepeatedScalarFieldContainer[str]
    at_least: _common_pb2.Position
    def __init__(self, parent: _Optional[str] = ..., paths: _Optional[_Iterable[str]] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class CheckLocksResponse(_message.Message):
    __slots__ = ("paths", "position")
    PATHS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    paths: _containers.RepeatedCompositeFieldContainer[PathLocks]
    position: _common_pb2.Position
    def __init__(self, paths: _Optional[_Iterable[_Union[PathLocks, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class PathLocks(_message.Message):
    __slots__ = ("path", "locks", "held_by_caller", "held_by_others")
    PATH_FIELD_NUMBER: _ClassVar[int]
    LOCKS_FIELD_NUMBER: _ClassVar[int]
    HELD_BY_CALLER_FIELD_NUMBER: _ClassVar[int]
    HELD_BY_OTHERS_FIELD_NUMBER: _ClassVar[int]
    path: str
    locks: _containers.RepeatedCompositeFieldContainer[_lock_pb2.Lock]
    held_by_caller: bool
    held_by_others: bool
    def __init__(self, path: _Optional[str] = ..., locks: _Optional[_Iterable[_Union[_lock_pb2.Lock, _Mapping]]] = ..., held_by_caller: bool = ..., held_by_others: bool = ...) -> None: ...
