import datetime

from google.protobuf import struct_pb2 as _struct_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from holdfast.v1 import work_pb2 as _work_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReadinessReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    READINESS_REASON_UNSPECIFIED: _ClassVar[ReadinessReason]
    READINESS_REASON_STATE: _ClassVar[ReadinessReason]
    READINESS_REASON_DELETED: _ClassVar[ReadinessReason]
    READINESS_REASON_BLOCKED: _ClassVar[ReadinessReason]
    READINESS_REASON_DEPENDENCY_FAILED: _ClassVar[ReadinessReason]
    READINESS_REASON_NOT_NEEDED: _ClassVar[ReadinessReason]
    READINESS_REASON_LIVE_CHILDREN: _ClassVar[ReadinessReason]
    READINESS_REASON_NOT_BEFORE: _ClassVar[ReadinessReason]
    READINESS_REASON_QUEUE_PAUSED: _ClassVar[ReadinessReason]
    READINESS_REASON_CONCURRENCY_LIMIT: _ClassVar[ReadinessReason]

class TaskState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TASK_STATE_UNSPECIFIED: _ClassVar[TaskState]
    TASK_STATE_PENDING: _ClassVar[TaskState]
    TASK_STATE_RUNNING: _ClassVar[TaskState]
    TASK_STATE_VERIFYING: _ClassVar[TaskState]
    TASK_STATE_INPUT_REQUIRED: _ClassVar[TaskState]
    TASK_STATE_PAUSED: _ClassVar[TaskState]
    TASK_STATE_SUCCEEDED: _ClassVar[TaskState]
    TASK_STATE_FAILED: _ClassVar[TaskState]
    TASK_STATE_CANCELED: _ClassVar[TaskState]

class Priority(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRIORITY_UNSPECIFIED: _ClassVar[Priority]
    PRIORITY_P0: _ClassVar[Priority]
    PRIORITY_P1: _ClassVar[Priority]
    PRIORITY_P2: _ClassVar[Priority]
    PRIORITY_P3: _ClassVar[Priority]
    PRIORITY_P4: _ClassVar[Priority]

class DependencyKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DEPENDENCY_KIND_UNSPECIFIED: _ClassVar[DependencyKind]
    DEPENDENCY_KIND_BLOCKS: _ClassVar[DependencyKind]
    DEPENDENCY_KIND_RUN_IF_FAILED: _ClassVar[DependencyKind]
    DEPENDENCY_KIND_RELATED: _ClassVar[DependencyKind]
    DEPENDENCY_KIND_DISCOVERED_FROM: _ClassVar[DependencyKind]
    DEPENDENCY_KIND_SUPERSEDES: _ClassVar[DependencyKind]
    DEPENDENCY_KIND_DUPLICATES: _ClassVar[DependencyKind]
READINESS_REASON_UNSPECIFIED: ReadinessReason
READINESS_REASON_STATE: ReadinessReason
READINESS_REASON_DELETED: ReadinessReason
READINESS_REASON_BLOCKED: ReadinessReason
READINESS_REASON_DEPENDENCY_FAILED: ReadinessReason
READINESS_REASON_NOT_NEEDED: ReadinessReason
READINESS_REASON_LIVE_CHILDREN: ReadinessReason
READINESS_REASON_NOT_BEFORE: ReadinessReason
READINESS_REASON_QUEUE_PAUSED: ReadinessReason
READINESS_REASON_CONCURRENCY_LIMIT: ReadinessReason
TASK_STATE_UNSPECIFIED: TaskState
TASK_STATE_PENDING: TaskState
TASK_STATE_RUNNING: TaskState
TASK_STATE_VERIFYING: TaskState
TASK_STATE_INPUT_REQUIRED: TaskState
TASK_STATE_PAUSED: TaskState
TASK_STATE_SUCCEEDED: TaskState
TASK_STATE_FAILED: TaskState
TASK_STATE_CANCELED: TaskState
PRIORITY_UNSPECIFIED: Priority
PRIORITY_P0: Priority
PRIORITY_P1: Priority
PRIORITY_P2: Priority
PRIORITY_P3: Priority
PRIORITY_P4: Priority
DEPENDENCY_KIND_UNSPECIFIED: DependencyKind
DEPENDENCY_KIND_BLOCKS: DependencyKind
DEPENDENCY_KIND_RUN_IF_FAILED: DependencyKind
DEPENDENCY_KIND_RELATED: DependencyKind
DEPENDENCY_KIND_DISCOVERED_FROM: DependencyKind
DEPENDENCY_KIND_SUPERSEDES: DependencyKind
DEPENDENCY_KIND_DUPLICATES: DependencyKind

class Task(_message.Message):
    __slots__ = ("name", "uid", "etag", "revision", "state", "title", "description", "priority", "create_time", "update_time", "queue", "parent", "labels", "assignee", "creator", "annotations", "external_id", "acceptance_criteria", "kind", "payload", "dependencies", "not_before", "due_time", "required_capabilities", "state_reason", "lease", "progress", "end_time", "result", "error", "delete_time", "purge_time", "paused_from", "origin_session", "successor", "unresolved_dependencies", "import_id", "readiness", "retry_policy", "timeouts", "start_time", "directive", "inputs", "attempt_count", "latest_checkpoint", "attempts", "artifacts", "failure_count", "total_deadline", "offer_end_time")
    class LabelsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    class AnnotationsEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    UID_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    REVISION_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    TITLE_FIELD_NUMBER: _ClassVar[int]
    DESCRIPTION_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    PARENT_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    ASSIGNEE_FIELD_NUMBER: _ClassVar[int]
    CREATOR_FIELD_NUMBER: _ClassVar[int]
    ANNOTATIONS_FIELD_NUMBER: _ClassVar[int]
    EXTERNAL_ID_FIELD_NUMBER: _ClassVar[int]
    ACCEPTANCE_CRITERIA_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PAYLOAD_FIELD_NUMBER: _ClassVar[int]
    DEPENDENCIES_FIELD_NUMBER: _ClassVar[int]
    NOT_BEFORE_FIELD_NUMBER: _ClassVar[int]
    DUE_TIME_FIELD_NUMBER: _ClassVar[int]
    REQUIRED_CAPABILITIES_FIELD_NUMBER: _ClassVar[int]
    STATE_REASON_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    PROGRESS_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    RESULT_FIELD_NUMBER: _ClassVar[int]
    ERROR_FIELD_NUMBER: _ClassVar[int]
    DELETE_TIME_FIELD_NUMBER: _ClassVar[int]
    PURGE_TIME_FIELD_NUMBER: _ClassVar[int]
    PAUSED_FROM_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_SESSION_FIELD_NUMBER: _ClassVar[int]
    SUCCESSOR_FIELD_NUMBER: _ClassVar[int]
    UNRESOLVED_DEPENDENCIES_FIELD_NUMBER: _ClassVar[int]
    IMPORT_ID_FIELD_NUMBER: _ClassVar[int]
    READINESS_FIELD_NUMBER: _ClassVar[int]
    RETRY_POLICY_FIELD_NUMBER: _ClassVar[int]
    TIMEOUTS_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    DIRECTIVE_FIELD_NUMBER: _ClassVar[int]
    INPUTS_FIELD_NUMBER: _ClassVar[int]
    ATTEMPT_COUNT_FIELD_NUMBER: _ClassVar[int]
    LATEST_CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    ATTEMPTS_FIELD_NUMBER: _ClassVar[int]
    ARTIFACTS_FIELD_NUMBER: _ClassVar[int]
    FAILURE_COUNT_FIELD_NUMBER: _ClassVar[int]
    TOTAL_DEADLINE_FIELD_NUMBER: _ClassVar[int]
    OFFER_END_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    uid: str
    etag: str
    revision: int
    state: TaskState
    title: str
    description: str
    priority: Priority
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    queue: str
    parent: str
    labels: _containers.ScalarMap[str, str]
    assignee: str
    creator: str
    annotations: _containers.ScalarMap[str, str]
    external_id: str
    acceptance_criteria: _containers.RepeatedCompositeFieldContainer[AcceptanceCriterion]
    kind: str
    payload: _struct_pb2.Struct
    dependencies: _containers.RepeatedCompositeFieldContainer[Dependency]
    not_before: _timestamp_pb2.Timestamp
    due_time: _timestamp_pb2.Timestamp
    required_capabilities: _containers.RepeatedScalarFieldContainer[str]
    state_reason: str
    lease: _work_pb2.Lease
    progress: _work_pb2.TaskProgress
    end_time: _timestamp_pb2.Timestamp
    result: _struct_pb2.Struct
    error: _work_pb2.TaskError
    delete_time: _timestamp_pb2.Timestamp
    purge_time: _timestamp_pb2.Timestamp
    paused_from: TaskState
    origin_session: str
    successor: str
    unresolved_dependencies: _containers.RepeatedCompositeFieldContainer[Dependency]
    import_id: str
    readiness: Readiness
    retry_policy: _work_pb2.RetryPolicy
    timeouts: _work_pb2.Timeouts
    start_time: _timestamp_pb2.Timestamp
    directive: _work_pb2.Directive
    inputs: _containers.RepeatedCompositeFieldContainer[_work_pb2.InputExchange]
    attempt_count: int
    latest_checkpoint: str
    attempts: _containers.RepeatedCompositeFieldContainer[_work_pb2.Attempt]
    artifacts: _containers.RepeatedCompositeFieldContainer[_work_pb2.Artifact]
    failure_count: int
    total_deadline: _timestamp_pb2.Timestamp
    offer_end_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., uid: _Optional[str] = ..., etag: _Optional[str] = ..., revision: _Optional[int] = ..., state: _Optional[_Union[TaskState, str]] = ..., title: _Optional[str] = ..., description: _Optional[str] = ..., priority: _Optional[_Union[Priority, str]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue: _Optional[str] = ..., parent: _Optional[str] = ..., labels: _Optional[_Mapping[str, str]] = ..., assignee: _Optional[str] = ..., creator: _Optional[str] = ..., annotations: _Optional[_Mapping[str, str]] = ..., external_id: _Optional[str] = ..., acceptance_criteria: _Optional[_Iterable[_Union[AcceptanceCriterion, _Mapping]]] = ..., kind: _Optional[str] = ..., payload: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., dependencies: _Optional[_Iterable[_Union[Dependency, _Mapping]]] = ..., not_before: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., due_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., required_capabilities: _Optional[_Iterable[str]] = ..., state_reason: _Optional[str] = ..., lease: _Optional[_Union[_work_pb2.Lease, _Mapping]] = ..., progress: _Optional[_Union[_work_pb2.TaskProgress, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., result: _Optional[_Union[_struct_pb2.Struct, _Mapping]] = ..., error: _Optional[_Union[_work_pb2.TaskError, _Mapping]] = ..., delete_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., purge_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., paused_from: _Optional[_Union[TaskState, str]] = ..., origin_session: _Optional[str] = ..., successor: _Optional[str] = ..., unresolved_dependencies: _Optional[_Iterable[_Union[Dependency, _Mapping]]] = ..., import_id: _Optional[str] = ..., readiness: _Optional[_Union[Readiness, _Mapping]] = ..., retry_policy: _Optional[_Union[_work_pb2.RetryPolicy, _Mapping]] = ..., timeouts: _Optional[_Union[_work_pb2.Timeouts, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., directive: _Optional[_Union[_work_pb2.Directive, _Mapping]] = ..., inputs: _Optional[_Iterable[_Union[_work_pb2.InputExchange, _Mapping]]] = ..., attempt_count: _Optional[int] = ..., latest_checkpoint: _Optional[str] = ..., attempts: _Optional[_Iterable[_Union[_work_pb2.Attempt, _Mapping]]] = ..., artifacts: _Optional[_Iterable[_Union[_work_pb2.Artifact, _Mapping]]] = ..., failure_count: _Optional[int] = ..., total_deadline: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., offer_end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Readiness(_message.Message):
    __slots__ = ("ready", "reasons", "blocking", "live_children", "next_time", "remedies")
    READY_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    BLOCKING_FIELD_NUMBER: _ClassVar[int]
    LIVE_CHILDREN_FIELD_NUMBER: _ClassVar[int]
    NEXT_TIME_FIELD_NUMBER: _ClassVar[int]
    REMEDIES_FIELD_NUMBER: _ClassVar[int]
    ready: bool
    reasons: _containers.RepeatedScalarFieldContainer[ReadinessReason]
    blocking: _containers.RepeatedScalarFieldContainer[str]
    live_children: int
    next_time: _timestamp_pb2.Timestamp
    remedies: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, ready: bool = ..., reasons: _Optional[_Iterable[_Union[ReadinessReason, str]]] = ..., blocking: _Optional[_Iterable[str]] = ..., live_children: _Optional[int] = ..., next_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., remedies: _Optional[_Iterable[str]] = ...) -> None: ...

class AcceptanceCriterion(_message.Message):
    __slots__ = ("id", "text", "met", "evidence")
    ID_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    MET_FIELD_NUMBER: _ClassVar[int]
    EVIDENCE_FIELD_NUMBER: _ClassVar[int]
    id: str
    text: str
    met: bool
    evidence: str
    def __init__(self, id: _Optional[str] = ..., text: _Optional[str] = ..., met: bool = ..., evidence: _Optional[str] = ...) -> None: ...

class Dependency(_message.Message):
    __slots__ = ("task", "kind")
    TASK_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    task: str
    kind: DependencyKind
    def __init__(self, task: _Optional[str] = ..., kind: _Optional[_Union[DependencyKind, str]] = ...) -> None: ...
