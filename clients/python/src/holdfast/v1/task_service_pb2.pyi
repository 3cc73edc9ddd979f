import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import field_mask_pb2 as _field_mask_pb2
from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import checkpoint_pb2 as _checkpoint_pb2
from holdfast.v1 import common_pb2 as _common_pb2
from holdfast.v1 import memory_pb2 as _memory_pb2
from holdfast.v1 import memory_service_pb2 as _memory_service_pb2
from holdfast.v1 import note_pb2 as _note_pb2
from holdfast.v1 import operation_pb2 as _operation_pb2
from holdfast.v1 import queue_pb2 as _queue_pb2
from holdfast.v1 import session_service_pb2 as _session_service_pb2
from holdfast.v1 import task_pb2 as _task_pb2
from holdfast.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GraphDirection(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GRAPH_DIRECTION_UNSPECIFIED: _ClassVar[GraphDirection]
    GRAPH_DIRECTION_DOWN: _ClassVar[GraphDirection]
    GRAPH_DIRECTION_UP: _ClassVar[GraphDirection]
    GRAPH_DIRECTION_BOTH: _ClassVar[GraphDirection]
GRAPH_DIRECTION_UNSPECIFIED: GraphDirection
GRAPH_DIRECTION_DOWN: GraphDirection
GRAPH_DIRECTION_UP: GraphDirection
GRAPH_DIRECTION_BOTH: GraphDirection

class CreateTaskRequest(_message.Message):
    __slots__ = ("parent", "task", "task_id", "request_id", "validate_only", "ref", "allow_unresolved")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REF_FIELD_NUMBER: _ClassVar[int]
    ALLOW_UNRESOLVED_FIELD_NUMBER: _ClassVar[int]
    parent: str
    task: _task_pb2.Task
    task_id: str
    request_id: str
    validate_only: bool
    ref: str
    allow_unresolved: bool
    def __init__(self, parent: _Optional[str] = ..., task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., task_id: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., ref: _Optional[str] = ..., allow_unresolved: bool = ...) -> None: ...

class CreateTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class BatchCreateTasksRequest(_message.Message):
    __slots__ = ("parent", "requests", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    REQUESTS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    requests: _containers.RepeatedCompositeFieldContainer[CreateTaskRequest]
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., requests: _Optional[_Iterable[_Union[CreateTaskRequest, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class BatchCreateTasksResponse(_message.Message):
    __slots__ = ("tasks", "position")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    position: _common_pb2.Position
    def __init__(self, tasks: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetTaskRequest(_message.Message):
    __slots__ = ("name", "revision", "view", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    revision: int
    view: _common_pb2.View
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., revision: _Optional[int] = ..., view: _Optional[_Union[_common_pb2.View, str]] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class UpdateTaskRequest(_message.Message):
    __slots__ = ("task", "update_mask", "etag", "request_id", "validate_only")
    TASK_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    update_mask: _field_mask_pb2.FieldMask
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class UpdateTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListTasksRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "states", "assignee", "queue", "parent_task", "labels", "show_deleted", "view", "at_least", "filter", "order_by", "explain")
    class LabelsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    PARENT_TASK_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    SHOW_DELETED_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    EXPLAIN_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    states: _containers.RepeatedScalarFieldContainer[_task_pb2.TaskState]
    assignee: str
    queue: str
    parent_task: str
    labels: _containers.ScalarMap[str, str]
    show_deleted: bool
    view: _common_pb2.View
    at_least: _common_pb2.Position
    filter: str
    order_by: str
    explain: bool
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_task_pb2.TaskState, str]]] = ..., assignee: _Optional[str] = ..., queue: _Optional[str] = ..., parent_task: _Optional[str] = ..., labels: _Optional[_Mapping[str, str]] = ..., show_deleted: bool = ..., view: _Optional[_Union[_common_pb2.View, str]] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., filter: _Optional[str] = ..., order_by: _Optional[str] = ..., explain: bool = ...) -> None: ...

class ListTasksResponse(_message.Message):
    __slots__ = ("tasks", "next_page_token", "position", "scan_limited", "plan")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    SCAN_LIMITED_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    next_page_token: str
    position: _common_pb2.Position
    scan_limited: bool
    plan: QueryPlan
    def __init__(self, tasks: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., scan_limited: bool = ..., plan: _Optional[_Union[QueryPlan, _Mapping]] = ...) -> None: ...

class QueryPlan(_message.Message):
    __slots__ = ("index", "ranges", "residual", "order", "examined", "matched", "advice")
    INDEX_FIELD_NUMBER: _ClassVar[int]
    RANGES_FIELD_NUMBER: _ClassVar[int]
    RESIDUAL_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    EXAMINED_FIELD_NUMBER: _ClassVar[int]
    MATCHED_FIELD_NUMBER: _ClassVar[int]
    ADVICE_FIELD_NUMBER: _ClassVar[int]
    index: str
    ranges: _containers.RepeatedScalarFieldContainer[str]
    residual: str
    order: str
    examined: int
    matched: int
    advice: str
    def __init__(self, index: _Optional[str] = ..., ranges: _Optional[_Iterable[str]] = ..., residual: _Optional[str] = ..., order: _Optional[str] = ..., examined: _Optional[int] = ..., matched: _Optional[int] = ..., advice: _Optional[str] = ...) -> None: ...

class ListTaskRevisionsRequest(_message.Message):
    __slots__ = ("name", "page_size", "page_token", "view", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    VIEW_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    page_size: int
    page_token: str
    view: _common_pb2.View
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., view: _Optional[_Union[_common_pb2.View, str]] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListTaskRevisionsResponse(_message.Message):
    __slots__ = ("revisions", "next_page_token", "position")
    REVISIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    revisions: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    next_page_token: str
    position: _common_pb2.Position
    def __init__(self, revisions: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class DeleteTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class DeleteTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class UndeleteTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class UndeleteTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class CompleteTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason", "result", "fencing_token", "artifacts", "follow_ups", "claim_next")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UPS_FIELD_NUMBER: _ClassVar[int]
    CLAIM_NEXT_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    result: _struct_pb2.Struct
    fencing_token: int
    artifacts: _containers.RepeatedCompositeFieldContainer[_work_pb2.Artifact]
    follow_ups: _containers.RepeatedCompositeFieldContainer[CreateTaskRequest]
    claim_next: ClaimNext
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ..., result: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., fencing_token: _Optional[int] = ..., artifacts: _Optional[_Iterable[_Union[_work_pb2.Artifact, _Mapping]]] = ..., follow_ups: _Optional[_Iterable[_Union[CreateTaskRequest, _Mapping]]] = ..., claim_next: _Optional[_Union[ClaimNext, _Mapping]] = ...) -> None: ...

class CompleteTaskResponse(_message.Message):
    __slots__ = ("task", "position", "follow_ups", "next", "next_refusal")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    FOLLOW_UPS_FIELD_NUMBER: _ClassVar[int]
    NEXT_FIELD_NUMBER: _ClassVar[int]
    NEXT_REFUSAL_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    follow_ups: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    next: _task_pb2.Task
    next_refusal: str
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., follow_ups: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., next: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., next_refusal: _Optional[str] = ...) -> None: ...

class ClaimNext(_message.Message):
    __slots__ = ("queue", "capabilities", "filter", "lease_ttl")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    LEASE_TTL_FIELD_NUMBER: _ClassVar[int]
    queue: str
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    filter: str
    lease_ttl: _duration_pb2.Duration
    def __init__(self, queue: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., filter: _Optional[str] = ..., lease_ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class FailTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason", "error", "fencing_token", "final")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    FINAL_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    error: _work_pb2.TaskError
    fencing_token: int
    final: bool
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ..., error: _Optional[_Union[_work_pb2.TaskError, _Mapping]] = ..., fencing_token: _Optional[int] = ..., final: bool = ...) -> None: ...

class FailTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class CancelTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason", "cascade", "grace")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    CASCADE_FIELD_NUMBER: _ClassVar[int]
    GRACE_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    cascade: bool
    grace: _duration_pb2.Duration
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ..., cascade: bool = ..., grace: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class CancelTaskResponse(_message.Message):
    __slots__ = ("task", "position", "canceled_children")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    CANCELED_CHILDREN_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    canceled_children: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., canceled_children: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ...) -> None: ...

class PauseTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason", "grace")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    GRACE_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    grace: _duration_pb2.Duration
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ..., grace: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class PauseTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ResumeTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ...) -> None: ...

class ResumeTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class RetryTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ...) -> None: ...

class RetryTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ReopenTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason", "task_id")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TASK_ID_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    task_id: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ..., task_id: _Optional[str] = ...) -> None: ...

class ReopenTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ClaimTaskRequest(_message.Message):
    __slots__ = ("parent", "name", "queue", "capabilities", "filter", "max_tasks", "wait", "lease_ttl", "request_id", "validate_only", "etag")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    MAX_TASKS_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    LEASE_TTL_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    parent: str
    name: str
    queue: str
    capabilities: _containers.RepeatedScalarFieldContainer[str]
    filter: str
    max_tasks: int
    wait: _duration_pb2.Duration
    lease_ttl: _duration_pb2.Duration
    request_id: str
    validate_only: bool
    etag: str
    def __init__(self, parent: _Optional[str] = ..., name: _Optional[str] = ..., queue: _Optional[str] = ..., capabilities: _Optional[_Iterable[str]] = ..., filter: _Optional[str] = ..., max_tasks: _Optional[int] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., lease_ttl: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., etag: _Optional[str] = ...) -> None: ...

class ClaimTaskResponse(_message.Message):
    __slots__ = ("tasks", "position", "empty")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EMPTY_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    position: _common_pb2.Position
    empty: EmptyClaim
    def __init__(self, tasks: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., empty: _Optional[_Union[EmptyClaim, _Mapping]] = ...) -> None: ...

class EmptyClaim(_message.Message):
    __slots__ = ("counts", "paused", "concurrency_limit", "next_time")
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FIELD_NUMBER: _ClassVar[int]
    CONCURRENCY_LIMIT_FIELD_NUMBER: _ClassVar[int]
    NEXT_TIME_FIELD_NUMBER: _ClassVar[int]
    counts: _queue_pb2.QueueCounts
    paused: bool
    concurrency_limit: int
    next_time: _timestamp_pb2.Timestamp
    def __init__(self, counts: _Optional[_Union[_queue_pb2.QueueCounts, _Mapping]] = ..., paused: bool = ..., concurrency_limit: _Optional[int] = ..., next_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HeartbeatTaskRequest(_message.Message):
    __slots__ = ("name", "fencing_token", "request_id", "validate_only", "progress")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    name: str
    fencing_token: int
    request_id: str
    validate_only: bool
    progress: _work_pb2.TaskProgress
    def __init__(self, name: _Optional[str] = ..., fencing_token: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., progress: _Optional[_Union[_work_pb2.TaskProgress, _Mapping]] = ...) -> None: ...

class HeartbeatTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ReleaseTaskRequest(_message.Message):
    __slots__ = ("name", "fencing_token", "request_id", "validate_only", "reason", "hand_over_to", "blocked_by")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    HAND_OVER_TO_FIELD_NUMBER: _ClassVar[int]
    BLOCKED_BY_FIELD_NUMBER: _ClassVar[int]
    name: str
    fencing_token: int
    request_id: str
    validate_only: bool
    reason: str
    hand_over_to: str
    blocked_by: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., fencing_token: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ..., hand_over_to: _Optional[str] = ..., blocked_by: _Optional[_Iterable[str]] = ...) -> None: ...

class ReleaseTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class RequestInputRequest(_message.Message):
    __slots__ = ("name", "fencing_token", "request_id", "validate_only", "request", "keep_lease")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_FIELD_NUMBER: _ClassVar[int]
    KEEP_LEASE_FIELD_NUMBER: _ClassVar[int]
    name: str
    fencing_token: int
    request_id: str
    validate_only: bool
    request: _work_pb2.InputRequest
    keep_lease: bool
    def __init__(self, name: _Optional[str] = ..., fencing_token: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., request: _Optional[_Union[_work_pb2.InputRequest, _Mapping]] = ..., keep_lease: bool = ...) -> None: ...

class RequestInputResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ProvideInputRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "answer")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    answer: _work_pb2.InputAnswer
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., answer: _Optional[_Union[_work_pb2.InputAnswer, _Mapping]] = ...) -> None: ...

class ProvideInputResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class AcknowledgeDirectiveRequest(_message.Message):
    __slots__ = ("name", "fencing_token", "request_id", "validate_only", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    fencing_token: int
    request_id: str
    validate_only: bool
    reason: str
    def __init__(self, name: _Optional[str] = ..., fencing_token: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ...) -> None: ...

class AcknowledgeDirectiveResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class RejectTaskRequest(_message.Message):
    __slots__ = ("name", "etag", "request_id", "validate_only", "reason")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    name: str
    etag: str
    request_id: str
    validate_only: bool
    reason: str
    def __init__(self, name: _Optional[str] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., reason: _Optional[str] = ...) -> None: ...

class RejectTaskResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class PutStepRequest(_message.Message):
    __slots__ = ("name", "fencing_token", "request_id", "validate_only", "step")
    NAME_FIELD_NUMBER: _ClassVar[int]
    FENCING_TOKEN_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    name: str
    fencing_token: int
    request_id: str
    validate_only: bool
    step: _work_pb2.Step
    def __init__(self, name: _Optional[str] = ..., fencing_token: _Optional[int] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., step: _Optional[_Union[_work_pb2.Step, _Mapping]] = ...) -> None: ...

class PutStepResponse(_message.Message):
    __slots__ = ("step", "position", "existed")
    STEP_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    EXISTED_FIELD_NUMBER: _ClassVar[int]
    step: _work_pb2.Step
    position: _common_pb2.Position
    existed: bool
    def __init__(self, step: _Optional[_Union[_work_pb2.Step, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., existed: bool = ...) -> None: ...

class GetStepsRequest(_message.Message):
    __slots__ = ("name", "keys", "at_least", "page_size", "page_token")
    NAME_FIELD_NUMBER: _ClassVar[int]
    KEYS_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    name: str
    keys: _containers.RepeatedScalarFieldContainer[str]
    at_least: _common_pb2.Position
    page_size: int
    page_token: str
    def __init__(self, name: _Optional[str] = ..., keys: _Optional[_Iterable[str]] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class GetStepsResponse(_message.Message):
    __slots__ = ("steps", "position", "next_page_token")
    STEPS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    steps: _containers.RepeatedCompositeFieldContainer[_work_pb2.Step]
    position: _common_pb2.Position
    next_page_token: str
    def __init__(self, steps: _Optional[_Iterable[_Union[_work_pb2.Step, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetArtifactRequest(_message.Message):
    __slots__ = ("name", "artifact", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    ARTIFACT_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    artifact: str
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., artifact: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetArtifactResponse(_message.Message):
    __slots__ = ("artifact", "position")
    ARTIFACT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    artifact: _work_pb2.Artifact
    position: _common_pb2.Position
    def __init__(self, artifact: _Optional[_Union[_work_pb2.Artifact, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class AddDependencyRequest(_message.Message):
    __slots__ = ("name", "dependency", "etag", "request_id", "validate_only", "allow_unresolved")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DEPENDENCY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    ALLOW_UNRESOLVED_FIELD_NUMBER: _ClassVar[int]
    name: str
    dependency: _task_pb2.Dependency
    etag: str
    request_id: str
    validate_only: bool
    allow_unresolved: bool
    def __init__(self, name: _Optional[str] = ..., dependency: _Optional[_Union[_task_pb2.Dependency, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ..., allow_unresolved: bool = ...) -> None: ...

class AddDependencyResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class RemoveDependencyRequest(_message.Message):
    __slots__ = ("name", "dependency", "etag", "request_id", "validate_only")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DEPENDENCY_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    name: str
    dependency: _task_pb2.Dependency
    etag: str
    request_id: str
    validate_only: bool
    def __init__(self, name: _Optional[str] = ..., dependency: _Optional[_Union[_task_pb2.Dependency, _Mapping]] = ..., etag: _Optional[str] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class RemoveDependencyResponse(_message.Message):
    __slots__ = ("task", "position")
    TASK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    position: _common_pb2.Position
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetTaskGraphRequest(_message.Message):
    __slots__ = ("name", "depth", "nodes_max", "direction", "kinds", "without_children", "live_only", "at_least")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DEPTH_FIELD_NUMBER: _ClassVar[int]
    NODES_MAX_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    WITHOUT_CHILDREN_FIELD_NUMBER: _ClassVar[int]
    LIVE_ONLY_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    name: str
    depth: int
    nodes_max: int
    direction: GraphDirection
    kinds: _containers.RepeatedScalarFieldContainer[_task_pb2.DependencyKind]
    without_children: bool
    live_only: bool
    at_least: _common_pb2.Position
    def __init__(self, name: _Optional[str] = ..., depth: _Optional[int] = ..., nodes_max: _Optional[int] = ..., direction: _Optional[_Union[GraphDirection, str]] = ..., kinds: _Optional[_Iterable[_Union[_task_pb2.DependencyKind, str]]] = ..., without_children: bool = ..., live_only: bool = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GetTaskGraphResponse(_message.Message):
    __slots__ = ("tasks", "edges", "truncated", "position")
    TASKS_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    TRUNCATED_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    edges: _containers.RepeatedCompositeFieldContainer[GraphEdge]
    truncated: bool
    position: _common_pb2.Position
    def __init__(self, tasks: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., edges: _Optional[_Iterable[_Union[GraphEdge, _Mapping]]] = ..., truncated: bool = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class GraphEdge(_message.Message):
    __slots__ = ("to", "kind", "holds_back")
    FROM_FIELD_NUMBER: _ClassVar[int]
    TO_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    HOLDS_BACK_FIELD_NUMBER: _ClassVar[int]
    to: str
    kind: _task_pb2.DependencyKind
    holds_back: bool
    def __init__(self, to: _Optional[str] = ..., kind: _Optional[_Union[_task_pb2.DependencyKind, str]] = ..., holds_back: bool = ..., **kwargs) -> None: ...

class ApplyMutationsRequest(_message.Message):
    __slots__ = ("parent", "mutations", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    MUTATIONS_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    mutations: _containers.RepeatedCompositeFieldContainer[Mutation]
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., mutations: _Optional[_Iterable[_Union[Mutation, _Mapping]]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class Mutation(_message.Message):
    __slots__ = ("create_task", "update_task", "delete_task", "undelete_task", "complete_task", "fail_task", "cancel_task", "pause_task", "resume_task", "retry_task", "reopen_task", "add_dependency", "remove_dependency", "add_note", "claim_task", "release_task", "request_input", "put_step", "save_checkpoint", "put_memory")
    CREATE_TASK_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TASK_FIELD_NUMBER: _ClassVar[int]
    DELETE_TASK_FIELD_NUMBER: _ClassVar[int]
    UNDELETE_TASK_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_TASK_FIELD_NUMBER: _ClassVar[int]
    FAIL_TASK_FIELD_NUMBER: _ClassVar[int]
    CANCEL_TASK_FIELD_NUMBER: _ClassVar[int]
    PAUSE_TASK_FIELD_NUMBER: _ClassVar[int]
    RESUME_TASK_FIELD_NUMBER: _ClassVar[int]
    RETRY_TASK_FIELD_NUMBER: _ClassVar[int]
    REOPEN_TASK_FIELD_NUMBER: _ClassVar[int]
    ADD_DEPENDENCY_FIELD_NUMBER: _ClassVar[int]
    REMOVE_DEPENDENCY_FIELD_NUMBER: _ClassVar[int]
    ADD_NOTE_FIELD_NUMBER: _ClassVar[int]
    CLAIM_TASK_FIELD_NUMBER: _ClassVar[int]
    RELEASE_TASK_FIELD_NUMBER: _ClassVar[int]
    REQUEST_INPUT_FIELD_NUMBER: _ClassVar[int]
    PUT_STEP_FIELD_NUMBER: _ClassVar[int]
    SAVE_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    PUT_MEMORY_FIELD_NUMBER: _ClassVar[int]
    create_task: CreateTaskRequest
    update_task: UpdateTaskRequest
    delete_task: DeleteTaskRequest
    undelete_task: UndeleteTaskRequest
    complete_task: CompleteTaskRequest
    fail_task: FailTaskRequest
    cancel_task: CancelTaskRequest
    pause_task: PauseTaskRequest
    resume_task: ResumeTaskRequest
    retry_task: RetryTaskRequest
    reopen_task: ReopenTaskRequest
    add_dependency: AddDependencyRequest
    remove_dependency: RemoveDependencyRequest
    add_note: AddNoteRequest
    claim_task: ClaimTaskRequest
    release_task: ReleaseTaskRequest
    request_input: RequestInputRequest
    put_step: PutStepRequest
    save_checkpoint: _session_service_pb2.SaveCheckpointRequest
    put_memory: _memory_service_pb2.PutMemoryRequest
    def __init__(self, create_task: _Optional[_Union[CreateTaskRequest, _Mapping]] = ..., update_task: _Optional[_Union[UpdateTaskRequest, _Mapping]] = ..., delete_task: _Optional[_Union[DeleteTaskRequest, _Mapping]] = ..., undelete_task: _Optional[_Union[UndeleteTaskRequest, _Mapping]] = ..., complete_task: _Optional[_Union[CompleteTaskRequest, _Mapping]] = ..., fail_task: _Optional[_Union[FailTaskRequest, _Mapping]] = ..., cancel_task: _Optional[_Union[CancelTaskRequest, _Mapping]] = ..., pause_task: _Optional[_Union[PauseTaskRequest, _Mapping]] = ..., resume_task: _Optional[_Union[ResumeTaskRequest, _Mapping]] = ..., retry_task: _Optional[_Union[RetryTaskRequest, _Mapping]] = ..., reopen_task: _Optional[_Union[ReopenTaskRequest, _Mapping]] = ..., add_dependency: _Optional[_Union[AddDependencyRequest, _Mapping]] = ..., remove_dependency: _Optional[_Union[RemoveDependencyRequest, _Mapping]] = ..., add_note: _Optional[_Union[AddNoteRequest, _Mapping]] = ..., claim_task: _Optional[_Union[ClaimTaskRequest, _Mapping]] = ..., release_task: _Optional[_Union[ReleaseTaskRequest, _Mapping]] = ..., request_input: _Optional[_Union[RequestInputRequest, _Mapping]] = ..., put_step: _Optional[_Union[PutStepRequest, _Mapping]] = ..., save_checkpoint: _Optional[_Union[_session_service_pb2.SaveCheckpointRequest, _Mapping]] = ..., put_memory: _Optional[_Union[_memory_service_pb2.PutMemoryRequest, _Mapping]] = ...) -> None: ...

class ApplyMutationsResponse(_message.Message):
    __slots__ = ("results", "position")
    RESULTS_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    results: _containers.RepeatedCompositeFieldContainer[MutationResult]
    position: _common_pb2.Position
    def __init__(self, results: _Optional[_Iterable[_Union[MutationResult, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class MutationResult(_message.Message):
    __slots__ = ("task", "note", "step", "checkpoint", "memory")
    TASK_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    STEP_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    MEMORY_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    note: _note_pb2.Note
    step: _work_pb2.Step
    checkpoint: _checkpoint_pb2.Checkpoint
    memory: _memory_pb2.Memory
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., note: _Optional[_Union[_note_pb2.Note, _Mapping]] = ..., step: _Optional[_Union[_work_pb2.Step, _Mapping]] = ..., checkpoint: _Optional[_Union[_checkpoint_pb2.Checkpoint, _Mapping]] = ..., memory: _Optional[_Union[_memory_pb2.Memory, _Mapping]] = ...) -> None: ...

class BulkChangeTasksRequest(_message.Message):
    __slots__ = ("parent", "filter", "cancel", "pause", "resume", "retry", "complete", "delete", "update", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    FILTER_FIELD_NUMBER: _ClassVar[int]
    CANCEL_FIELD_NUMBER: _ClassVar[int]
    PAUSE_FIELD_NUMBER: _ClassVar[int]
    RESUME_FIELD_NUMBER: _ClassVar[int]
    RETRY_FIELD_NUMBER: _ClassVar[int]
    COMPLETE_FIELD_NUMBER: _ClassVar[int]
    DELETE_FIELD_NUMBER: _ClassVar[int]
    UPDATE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    filter: str
    cancel: BulkCancel
    pause: BulkPause
    resume: BulkResume
    retry: BulkRetry
    complete: BulkComplete
    delete: BulkDelete
    update: BulkUpdate
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., filter: _Optional[str] = ..., cancel: _Optional[_Union[BulkCancel, _Mapping]] = ..., pause: _Optional[_Union[BulkPause, _Mapping]] = ..., resume: _Optional[_Union[BulkResume, _Mapping]] = ..., retry: _Optional[_Union[BulkRetry, _Mapping]] = ..., complete: _Optional[_Union[BulkComplete, _Mapping]] = ..., delete: _Optional[_Union[BulkDelete, _Mapping]] = ..., update: _Optional[_Union[BulkUpdate, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class BulkCancel(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class BulkPause(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class BulkResume(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class BulkRetry(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class BulkComplete(_message.Message):
    __slots__ = ("reason",)
    REASON_FIELD_NUMBER: _ClassVar[int]
    reason: str
    def __init__(self, reason: _Optional[str] = ...) -> None: ...

class BulkDelete(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class BulkUpdate(_message.Message):
    __slots__ = ("task", "update_mask")
    TASK_FIELD_NUMBER: _ClassVar[int]
    UPDATE_MASK_FIELD_NUMBER: _ClassVar[int]
    task: _task_pb2.Task
    update_mask: _field_mask_pb2.FieldMask
    def __init__(self, task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., update_mask: _Optional[_Union[_field_mask_pb2.FieldMask, _Mapping]] = ...) -> None: ...

class BulkChangeTasksResponse(_message.Message):
    __slots__ = ("operation", "matched", "scan_limited", "sample", "position")
    OPERATION_FIELD_NUMBER: _ClassVar[int]
    MATCHED_FIELD_NUMBER: _ClassVar[int]
    SCAN_LIMITED_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    operation: _operation_pb2.Operation
    matched: int
    scan_limited: bool
    sample: _containers.RepeatedCompositeFieldContainer[_task_pb2.Task]
    position: _common_pb2.Position
    def __init__(self, operation: _Optional[_Union[_operation_pb2.Operation, _Mapping]] = ..., matched: _Optional[int] = ..., scan_limited: bool = ..., sample: _Optional[_Iterable[_Union[_task_pb2.Task, _Mapping]]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class BulkChangeTasksResult(_message.Message):
    __slots__ = ("changed", "refused", "refusals")
    class RefusedEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: int
        def __init__(self, key: _Optional[str] = ..., value: _Optional[int] = ...) -> None: ...
    CHANGED_FIELD_NUMBER: _ClassVar[int]
    REFUSED_FIELD_NUMBER: _ClassVar[int]
    REFUSALS_FIELD_NUMBER: _ClassVar[int]
    changed: int
    refused: _containers.ScalarMap[str, int]
    refusals: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, changed: _Optional[int] = ..., refused: _Optional[_Mapping[str, int]] = ..., refusals: _Optional[_Iterable[str]] = ...) -> None: ...

class AddNoteRequest(_message.Message):
    __slots__ = ("parent", "note", "request_id", "validate_only")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    NOTE_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    parent: str
    note: _note_pb2.Note
    request_id: str
    validate_only: bool
    def __init__(self, parent: _Optional[str] = ..., note: _Optional[_Union[_note_pb2.Note, _Mapping]] = ..., request_id: _Optional[str] = ..., validate_only: bool = ...) -> None: ...

class AddNoteResponse(_message.Message):
    __slots__ = ("note", "position")
    NOTE_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    note: _note_pb2.Note
    position: _common_pb2.Position
    def __init__(self, note: _Optional[_Union[_note_pb2.Note, _Mapping]] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListNotesRequest(_message.Message):
    __slots__ = ("parent", "page_size", "page_token", "at_least")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AT_LEAST_FIELD_NUMBER: _ClassVar[int]
    parent: str
    page_size: int
    page_token: str
    at_least: _common_pb2.Position
    def __init__(self, parent: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., at_least: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ListNotesResponse(_message.Message):
    __slots__ = ("notes", "next_page_token", "position")
    NOTES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    notes: _containers.RepeatedCompositeFieldContainer[_note_pb2.Note]
    next_page_token: str
    position: _common_pb2.Position
    def __init__(self, notes: _Optional[_Iterable[_Union[_note_pb2.Note, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ImportTasksRequest(_message.Message):
    __slots__ = ("begin", "chunk", "finish")
    BEGIN_FIELD_NUMBER: _ClassVar[int]
    CHUNK_FIELD_NUMBER: _ClassVar[int]
    FINISH_FIELD_NUMBER: _ClassVar[int]
    begin: ImportBegin
    chunk: ImportChunk
    finish: ImportFinish
    def __init__(self, begin: _Optional[_Union[ImportBegin, _Mapping]] = ..., chunk: _Optional[_Union[ImportChunk, _Mapping]] = ..., finish: _Optional[_Union[ImportFinish, _Mapping]] = ...) -> None: ...

class ImportBegin(_message.Message):
    __slots__ = ("parent", "import_id")
    PARENT_FIELD_NUMBER: _ClassVar[int]
    IMPORT_ID_FIELD_NUMBER: _ClassVar[int]
    parent: str
    import_id: str
    def __init__(self, parent: _Optional[str] = ..., import_id: _Optional[str] = ...) -> None: ...

class ImportChunk(_message.Message):
    __slots__ = ("tasks",)
    TASKS_FIELD_NUMBER: _ClassVar[int]
    tasks: _containers.RepeatedCompositeFieldContainer[ImportedTask]
    def __init__(self, tasks: _Optional[_Iterable[_Union[ImportedTask, _Mapping]]] = ...) -> None: ...

class ImportedTask(_message.Message):
    __slots__ = ("key", "task", "parent_key", "edges", "notes")
    KEY_FIELD_NUMBER: _ClassVar[int]
    TASK_FIELD_NUMBER: _ClassVar[int]
    PARENT_KEY_FIELD_NUMBER: _ClassVar[int]
    EDGES_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    key: str
    task: _task_pb2.Task
    parent_key: str
    edges: _containers.RepeatedCompositeFieldContainer[ImportedEdge]
    notes: _containers.RepeatedCompositeFieldContainer[ImportedNote]
    def __init__(self, key: _Optional[str] = ..., task: _Optional[_Union[_task_pb2.Task, _Mapping]] = ..., parent_key: _Optional[str] = ..., edges: _Optional[_Iterable[_Union[ImportedEdge, _Mapping]]] = ..., notes: _Optional[_Iterable[_Union[ImportedNote, _Mapping]]] = ...) -> None: ...

class ImportedEdge(_message.Message):
    __slots__ = ("key", "kind")
    KEY_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    key: str
    kind: _task_pb2.DependencyKind
    def __init__(self, key: _Optional[str] = ..., kind: _Optional[_Union[_task_pb2.DependencyKind, str]] = ...) -> None: ...

class ImportedNote(_message.Message):
    __slots__ = ("text", "author", "create_time")
    TEXT_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    text: str
    author: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, text: _Optional[str] = ..., author: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ImportFinish(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ImportTasksResponse(_message.Message):
    __slots__ = ("import_id", "report", "finished", "position")
    IMPORT_ID_FIELD_NUMBER: _ClassVar[int]
    REPORT_FIELD_NUMBER: _ClassVar[int]
    FINISHED_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    import_id: str
    report: ImportReport
    finished: bool
    position: _common_pb2.Position
    def __init__(self, import_id: _Optional[str] = ..., report: _Optional[_Union[ImportReport, _Mapping]] = ..., finished: bool = ..., position: _Optional[_Union[_common_pb2.Position, _Mapping]] = ...) -> None: ...

class ImportReport(_message.Message):
    __slots__ = ("created", "already_there", "released", "parents", "dependencies", "unresolved", "notes", "issues")
    CREATED_FIELD_NUMBER: _ClassVar[int]
    ALREADY_THERE_FIELD_NUMBER: _ClassVar[int]
    RELEASED_FIELD_NUMBER: _ClassVar[int]
    PARENTS_FIELD_NUMBER: _ClassVar[int]
    DEPENDENCIES_FIELD_NUMBER: _ClassVar[int]
    UNRESOLVED_FIELD_NUMBER: _ClassVar[int]
    NOTES_FIELD_NUMBER: _ClassVar[int]
    ISSUES_FIELD_NUMBER: _ClassVar[int]
    created: int
    already_there: int
    released: int
    parents: int
    dependencies: int
    unresolved: int
    notes: int
    issues: _containers.RepeatedCompositeFieldContainer[ImportIssue]
    def __init__(self, created: _Optional[int] = ..., already_there: _Optional[int] = ..., released: _Optional[int] = ..., parents: _Optional[int] = ..., dependencies: _Optional[int] = ..., unresolved: _Optional[int] = ..., notes: _Optional[int] = ..., issues: _Optional[_Iterable[_Union[ImportIssue, _Mapping]]] = ...) -> None: ...

class ImportIssue(_message.Message):
    __slots__ = ("key", "message")
    KEY_FIELD_NUMBER: _ClassVar[int]
    MESSAGE_FIELD_NUMBER: _ClassVar[int]
    key: str
    message: str
    def __init__(self, key: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...
