package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Creates and keeps tasks, and moves them through their states. See Task for the table of verbs and states.
 * Wherever a request takes the name of a task, `projects/{project}/tasks/external:{external_id}` works too.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class TaskServiceGrpc {

  private TaskServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.TaskService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.CreateTaskRequest,
      dev.holdfast.v1.CreateTaskResponse> getCreateTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateTask",
      requestType = dev.holdfast.v1.CreateTaskRequest.class,
      responseType = dev.holdfast.v1.CreateTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.CreateTaskRequest,
      dev.holdfast.v1.CreateTaskResponse> getCreateTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.CreateTaskRequest, dev.holdfast.v1.CreateTaskResponse> getCreateTaskMethod;
    if ((getCreateTaskMethod = TaskServiceGrpc.getCreateTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getCreateTaskMethod = TaskServiceGrpc.getCreateTaskMethod) == null) {
          TaskServiceGrpc.getCreateTaskMethod = getCreateTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.CreateTaskRequest, dev.holdfast.v1.CreateTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CreateTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CreateTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("CreateTask"))
              .build();
        }
      }
    }
    return getCreateTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.BatchCreateTasksRequest,
      dev.holdfast.v1.BatchCreateTasksResponse> getBatchCreateTasksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BatchCreateTasks",
      requestType = dev.holdfast.v1.BatchCreateTasksRequest.class,
      responseType = dev.holdfast.v1.BatchCreateTasksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.BatchCreateTasksRequest,
      dev.holdfast.v1.BatchCreateTasksResponse> getBatchCreateTasksMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.BatchCreateTasksRequest, dev.holdfast.v1.BatchCreateTasksResponse> getBatchCreateTasksMethod;
    if ((getBatchCreateTasksMethod = TaskServiceGrpc.getBatchCreateTasksMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getBatchCreateTasksMethod = TaskServiceGrpc.getBatchCreateTasksMethod) == null) {
          TaskServiceGrpc.getBatchCreateTasksMethod = getBatchCreateTasksMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.BatchCreateTasksRequest, dev.holdfast.v1.BatchCreateTasksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BatchCreateTasks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.BatchCreateTasksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.BatchCreateTasksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("BatchCreateTasks"))
              .build();
        }
      }
    }
    return getBatchCreateTasksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetTaskRequest,
      dev.holdfast.v1.GetTaskResponse> getGetTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTask",
      requestType = dev.holdfast.v1.GetTaskRequest.class,
      responseType = dev.holdfast.v1.GetTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetTaskRequest,
      dev.holdfast.v1.GetTaskResponse> getGetTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetTaskRequest, dev.holdfast.v1.GetTaskResponse> getGetTaskMethod;
    if ((getGetTaskMethod = TaskServiceGrpc.getGetTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getGetTaskMethod = TaskServiceGrpc.getGetTaskMethod) == null) {
          TaskServiceGrpc.getGetTaskMethod = getGetTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetTaskRequest, dev.holdfast.v1.GetTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("GetTask"))
              .build();
        }
      }
    }
    return getGetTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.UpdateTaskRequest,
      dev.holdfast.v1.UpdateTaskResponse> getUpdateTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UpdateTask",
      requestType = dev.holdfast.v1.UpdateTaskRequest.class,
      responseType = dev.holdfast.v1.UpdateTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.UpdateTaskRequest,
      dev.holdfast.v1.UpdateTaskResponse> getUpdateTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.UpdateTaskRequest, dev.holdfast.v1.UpdateTaskResponse> getUpdateTaskMethod;
    if ((getUpdateTaskMethod = TaskServiceGrpc.getUpdateTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getUpdateTaskMethod = TaskServiceGrpc.getUpdateTaskMethod) == null) {
          TaskServiceGrpc.getUpdateTaskMethod = getUpdateTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.UpdateTaskRequest, dev.holdfast.v1.UpdateTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UpdateTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.UpdateTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.UpdateTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("UpdateTask"))
              .build();
        }
      }
    }
    return getUpdateTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListTasksRequest,
      dev.holdfast.v1.ListTasksResponse> getListTasksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListTasks",
      requestType = dev.holdfast.v1.ListTasksRequest.class,
      responseType = dev.holdfast.v1.ListTasksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListTasksRequest,
      dev.holdfast.v1.ListTasksResponse> getListTasksMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListTasksRequest, dev.holdfast.v1.ListTasksResponse> getListTasksMethod;
    if ((getListTasksMethod = TaskServiceGrpc.getListTasksMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getListTasksMethod = TaskServiceGrpc.getListTasksMethod) == null) {
          TaskServiceGrpc.getListTasksMethod = getListTasksMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListTasksRequest, dev.holdfast.v1.ListTasksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListTasks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListTasksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListTasksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ListTasks"))
              .build();
        }
      }
    }
    return getListTasksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteTaskRequest,
      dev.holdfast.v1.DeleteTaskResponse> getDeleteTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteTask",
      requestType = dev.holdfast.v1.DeleteTaskRequest.class,
      responseType = dev.holdfast.v1.DeleteTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteTaskRequest,
      dev.holdfast.v1.DeleteTaskResponse> getDeleteTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteTaskRequest, dev.holdfast.v1.DeleteTaskResponse> getDeleteTaskMethod;
    if ((getDeleteTaskMethod = TaskServiceGrpc.getDeleteTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getDeleteTaskMethod = TaskServiceGrpc.getDeleteTaskMethod) == null) {
          TaskServiceGrpc.getDeleteTaskMethod = getDeleteTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.DeleteTaskRequest, dev.holdfast.v1.DeleteTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DeleteTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DeleteTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("DeleteTask"))
              .build();
        }
      }
    }
    return getDeleteTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.UndeleteTaskRequest,
      dev.holdfast.v1.UndeleteTaskResponse> getUndeleteTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UndeleteTask",
      requestType = dev.holdfast.v1.UndeleteTaskRequest.class,
      responseType = dev.holdfast.v1.UndeleteTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.UndeleteTaskRequest,
      dev.holdfast.v1.UndeleteTaskResponse> getUndeleteTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.UndeleteTaskRequest, dev.holdfast.v1.UndeleteTaskResponse> getUndeleteTaskMethod;
    if ((getUndeleteTaskMethod = TaskServiceGrpc.getUndeleteTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getUndeleteTaskMethod = TaskServiceGrpc.getUndeleteTaskMethod) == null) {
          TaskServiceGrpc.getUndeleteTaskMethod = getUndeleteTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.UndeleteTaskRequest, dev.holdfast.v1.UndeleteTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UndeleteTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.UndeleteTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.UndeleteTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("UndeleteTask"))
              .build();
        }
      }
    }
    return getUndeleteTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListTaskRevisionsRequest,
      dev.holdfast.v1.ListTaskRevisionsResponse> getListTaskRevisionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListTaskRevisions",
      requestType = dev.holdfast.v1.ListTaskRevisionsRequest.class,
      responseType = dev.holdfast.v1.ListTaskRevisionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListTaskRevisionsRequest,
      dev.holdfast.v1.ListTaskRevisionsResponse> getListTaskRevisionsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListTaskRevisionsRequest, dev.holdfast.v1.ListTaskRevisionsResponse> getListTaskRevisionsMethod;
    if ((getListTaskRevisionsMethod = TaskServiceGrpc.getListTaskRevisionsMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getListTaskRevisionsMethod = TaskServiceGrpc.getListTaskRevisionsMethod) == null) {
          TaskServiceGrpc.getListTaskRevisionsMethod = getListTaskRevisionsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListTaskRevisionsRequest, dev.holdfast.v1.ListTaskRevisionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListTaskRevisions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListTaskRevisionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListTaskRevisionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ListTaskRevisions"))
              .build();
        }
      }
    }
    return getListTaskRevisionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ClaimTaskRequest,
      dev.holdfast.v1.ClaimTaskResponse> getClaimTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ClaimTask",
      requestType = dev.holdfast.v1.ClaimTaskRequest.class,
      responseType = dev.holdfast.v1.ClaimTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ClaimTaskRequest,
      dev.holdfast.v1.ClaimTaskResponse> getClaimTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ClaimTaskRequest, dev.holdfast.v1.ClaimTaskResponse> getClaimTaskMethod;
    if ((getClaimTaskMethod = TaskServiceGrpc.getClaimTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getClaimTaskMethod = TaskServiceGrpc.getClaimTaskMethod) == null) {
          TaskServiceGrpc.getClaimTaskMethod = getClaimTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ClaimTaskRequest, dev.holdfast.v1.ClaimTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ClaimTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ClaimTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ClaimTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ClaimTask"))
              .build();
        }
      }
    }
    return getClaimTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.HeartbeatTaskRequest,
      dev.holdfast.v1.HeartbeatTaskResponse> getHeartbeatTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "HeartbeatTask",
      requestType = dev.holdfast.v1.HeartbeatTaskRequest.class,
      responseType = dev.holdfast.v1.HeartbeatTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.HeartbeatTaskRequest,
      dev.holdfast.v1.HeartbeatTaskResponse> getHeartbeatTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.HeartbeatTaskRequest, dev.holdfast.v1.HeartbeatTaskResponse> getHeartbeatTaskMethod;
    if ((getHeartbeatTaskMethod = TaskServiceGrpc.getHeartbeatTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getHeartbeatTaskMethod = TaskServiceGrpc.getHeartbeatTaskMethod) == null) {
          TaskServiceGrpc.getHeartbeatTaskMethod = getHeartbeatTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.HeartbeatTaskRequest, dev.holdfast.v1.HeartbeatTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "HeartbeatTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.HeartbeatTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.HeartbeatTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("HeartbeatTask"))
              .build();
        }
      }
    }
    return getHeartbeatTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ReleaseTaskRequest,
      dev.holdfast.v1.ReleaseTaskResponse> getReleaseTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReleaseTask",
      requestType = dev.holdfast.v1.ReleaseTaskRequest.class,
      responseType = dev.holdfast.v1.ReleaseTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ReleaseTaskRequest,
      dev.holdfast.v1.ReleaseTaskResponse> getReleaseTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ReleaseTaskRequest, dev.holdfast.v1.ReleaseTaskResponse> getReleaseTaskMethod;
    if ((getReleaseTaskMethod = TaskServiceGrpc.getReleaseTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getReleaseTaskMethod = TaskServiceGrpc.getReleaseTaskMethod) == null) {
          TaskServiceGrpc.getReleaseTaskMethod = getReleaseTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ReleaseTaskRequest, dev.holdfast.v1.ReleaseTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReleaseTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReleaseTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReleaseTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ReleaseTask"))
              .build();
        }
      }
    }
    return getReleaseTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.CompleteTaskRequest,
      dev.holdfast.v1.CompleteTaskResponse> getCompleteTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CompleteTask",
      requestType = dev.holdfast.v1.CompleteTaskRequest.class,
      responseType = dev.holdfast.v1.CompleteTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.CompleteTaskRequest,
      dev.holdfast.v1.CompleteTaskResponse> getCompleteTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.CompleteTaskRequest, dev.holdfast.v1.CompleteTaskResponse> getCompleteTaskMethod;
    if ((getCompleteTaskMethod = TaskServiceGrpc.getCompleteTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getCompleteTaskMethod = TaskServiceGrpc.getCompleteTaskMethod) == null) {
          TaskServiceGrpc.getCompleteTaskMethod = getCompleteTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.CompleteTaskRequest, dev.holdfast.v1.CompleteTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CompleteTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CompleteTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CompleteTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("CompleteTask"))
              .build();
        }
      }
    }
    return getCompleteTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.FailTaskRequest,
      dev.holdfast.v1.FailTaskResponse> getFailTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "FailTask",
      requestType = dev.holdfast.v1.FailTaskRequest.class,
      responseType = dev.holdfast.v1.FailTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.FailTaskRequest,
      dev.holdfast.v1.FailTaskResponse> getFailTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.FailTaskRequest, dev.holdfast.v1.FailTaskResponse> getFailTaskMethod;
    if ((getFailTaskMethod = TaskServiceGrpc.getFailTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getFailTaskMethod = TaskServiceGrpc.getFailTaskMethod) == null) {
          TaskServiceGrpc.getFailTaskMethod = getFailTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.FailTaskRequest, dev.holdfast.v1.FailTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "FailTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.FailTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.FailTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("FailTask"))
              .build();
        }
      }
    }
    return getFailTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.CancelTaskRequest,
      dev.holdfast.v1.CancelTaskResponse> getCancelTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelTask",
      requestType = dev.holdfast.v1.CancelTaskRequest.class,
      responseType = dev.holdfast.v1.CancelTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.CancelTaskRequest,
      dev.holdfast.v1.CancelTaskResponse> getCancelTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.CancelTaskRequest, dev.holdfast.v1.CancelTaskResponse> getCancelTaskMethod;
    if ((getCancelTaskMethod = TaskServiceGrpc.getCancelTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getCancelTaskMethod = TaskServiceGrpc.getCancelTaskMethod) == null) {
          TaskServiceGrpc.getCancelTaskMethod = getCancelTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.CancelTaskRequest, dev.holdfast.v1.CancelTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CancelTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CancelTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("CancelTask"))
              .build();
        }
      }
    }
    return getCancelTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.PauseTaskRequest,
      dev.holdfast.v1.PauseTaskResponse> getPauseTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PauseTask",
      requestType = dev.holdfast.v1.PauseTaskRequest.class,
      responseType = dev.holdfast.v1.PauseTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.PauseTaskRequest,
      dev.holdfast.v1.PauseTaskResponse> getPauseTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.PauseTaskRequest, dev.holdfast.v1.PauseTaskResponse> getPauseTaskMethod;
    if ((getPauseTaskMethod = TaskServiceGrpc.getPauseTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getPauseTaskMethod = TaskServiceGrpc.getPauseTaskMethod) == null) {
          TaskServiceGrpc.getPauseTaskMethod = getPauseTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.PauseTaskRequest, dev.holdfast.v1.PauseTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PauseTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PauseTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PauseTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("PauseTask"))
              .build();
        }
      }
    }
    return getPauseTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ResumeTaskRequest,
      dev.holdfast.v1.ResumeTaskResponse> getResumeTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResumeTask",
      requestType = dev.holdfast.v1.ResumeTaskRequest.class,
      responseType = dev.holdfast.v1.ResumeTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ResumeTaskRequest,
      dev.holdfast.v1.ResumeTaskResponse> getResumeTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ResumeTaskRequest, dev.holdfast.v1.ResumeTaskResponse> getResumeTaskMethod;
    if ((getResumeTaskMethod = TaskServiceGrpc.getResumeTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getResumeTaskMethod = TaskServiceGrpc.getResumeTaskMethod) == null) {
          TaskServiceGrpc.getResumeTaskMethod = getResumeTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ResumeTaskRequest, dev.holdfast.v1.ResumeTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResumeTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ResumeTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ResumeTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ResumeTask"))
              .build();
        }
      }
    }
    return getResumeTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.RequestInputRequest,
      dev.holdfast.v1.RequestInputResponse> getRequestInputMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RequestInput",
      requestType = dev.holdfast.v1.RequestInputRequest.class,
      responseType = dev.holdfast.v1.RequestInputResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.RequestInputRequest,
      dev.holdfast.v1.RequestInputResponse> getRequestInputMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.RequestInputRequest, dev.holdfast.v1.RequestInputResponse> getRequestInputMethod;
    if ((getRequestInputMethod = TaskServiceGrpc.getRequestInputMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getRequestInputMethod = TaskServiceGrpc.getRequestInputMethod) == null) {
          TaskServiceGrpc.getRequestInputMethod = getRequestInputMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.RequestInputRequest, dev.holdfast.v1.RequestInputResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RequestInput"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RequestInputRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RequestInputResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("RequestInput"))
              .build();
        }
      }
    }
    return getRequestInputMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ProvideInputRequest,
      dev.holdfast.v1.ProvideInputResponse> getProvideInputMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ProvideInput",
      requestType = dev.holdfast.v1.ProvideInputRequest.class,
      responseType = dev.holdfast.v1.ProvideInputResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ProvideInputRequest,
      dev.holdfast.v1.ProvideInputResponse> getProvideInputMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ProvideInputRequest, dev.holdfast.v1.ProvideInputResponse> getProvideInputMethod;
    if ((getProvideInputMethod = TaskServiceGrpc.getProvideInputMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getProvideInputMethod = TaskServiceGrpc.getProvideInputMethod) == null) {
          TaskServiceGrpc.getProvideInputMethod = getProvideInputMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ProvideInputRequest, dev.holdfast.v1.ProvideInputResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ProvideInput"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ProvideInputRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ProvideInputResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ProvideInput"))
              .build();
        }
      }
    }
    return getProvideInputMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.AcknowledgeDirectiveRequest,
      dev.holdfast.v1.AcknowledgeDirectiveResponse> getAcknowledgeDirectiveMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AcknowledgeDirective",
      requestType = dev.holdfast.v1.AcknowledgeDirectiveRequest.class,
      responseType = dev.holdfast.v1.AcknowledgeDirectiveResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.AcknowledgeDirectiveRequest,
      dev.holdfast.v1.AcknowledgeDirectiveResponse> getAcknowledgeDirectiveMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.AcknowledgeDirectiveRequest, dev.holdfast.v1.AcknowledgeDirectiveResponse> getAcknowledgeDirectiveMethod;
    if ((getAcknowledgeDirectiveMethod = TaskServiceGrpc.getAcknowledgeDirectiveMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getAcknowledgeDirectiveMethod = TaskServiceGrpc.getAcknowledgeDirectiveMethod) == null) {
          TaskServiceGrpc.getAcknowledgeDirectiveMethod = getAcknowledgeDirectiveMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.AcknowledgeDirectiveRequest, dev.holdfast.v1.AcknowledgeDirectiveResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AcknowledgeDirective"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AcknowledgeDirectiveRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AcknowledgeDirectiveResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("AcknowledgeDirective"))
              .build();
        }
      }
    }
    return getAcknowledgeDirectiveMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.RejectTaskRequest,
      dev.holdfast.v1.RejectTaskResponse> getRejectTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RejectTask",
      requestType = dev.holdfast.v1.RejectTaskRequest.class,
      responseType = dev.holdfast.v1.RejectTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.RejectTaskRequest,
      dev.holdfast.v1.RejectTaskResponse> getRejectTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.RejectTaskRequest, dev.holdfast.v1.RejectTaskResponse> getRejectTaskMethod;
    if ((getRejectTaskMethod = TaskServiceGrpc.getRejectTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getRejectTaskMethod = TaskServiceGrpc.getRejectTaskMethod) == null) {
          TaskServiceGrpc.getRejectTaskMethod = getRejectTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.RejectTaskRequest, dev.holdfast.v1.RejectTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RejectTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RejectTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RejectTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("RejectTask"))
              .build();
        }
      }
    }
    return getRejectTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.PutStepRequest,
      dev.holdfast.v1.PutStepResponse> getPutStepMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PutStep",
      requestType = dev.holdfast.v1.PutStepRequest.class,
      responseType = dev.holdfast.v1.PutStepResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.PutStepRequest,
      dev.holdfast.v1.PutStepResponse> getPutStepMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.PutStepRequest, dev.holdfast.v1.PutStepResponse> getPutStepMethod;
    if ((getPutStepMethod = TaskServiceGrpc.getPutStepMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getPutStepMethod = TaskServiceGrpc.getPutStepMethod) == null) {
          TaskServiceGrpc.getPutStepMethod = getPutStepMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.PutStepRequest, dev.holdfast.v1.PutStepResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PutStep"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PutStepRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PutStepResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("PutStep"))
              .build();
        }
      }
    }
    return getPutStepMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetStepsRequest,
      dev.holdfast.v1.GetStepsResponse> getGetStepsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSteps",
      requestType = dev.holdfast.v1.GetStepsRequest.class,
      responseType = dev.holdfast.v1.GetStepsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetStepsRequest,
      dev.holdfast.v1.GetStepsResponse> getGetStepsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetStepsRequest, dev.holdfast.v1.GetStepsResponse> getGetStepsMethod;
    if ((getGetStepsMethod = TaskServiceGrpc.getGetStepsMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getGetStepsMethod = TaskServiceGrpc.getGetStepsMethod) == null) {
          TaskServiceGrpc.getGetStepsMethod = getGetStepsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetStepsRequest, dev.holdfast.v1.GetStepsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSteps"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetStepsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetStepsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("GetSteps"))
              .build();
        }
      }
    }
    return getGetStepsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetArtifactRequest,
      dev.holdfast.v1.GetArtifactResponse> getGetArtifactMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetArtifact",
      requestType = dev.holdfast.v1.GetArtifactRequest.class,
      responseType = dev.holdfast.v1.GetArtifactResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetArtifactRequest,
      dev.holdfast.v1.GetArtifactResponse> getGetArtifactMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetArtifactRequest, dev.holdfast.v1.GetArtifactResponse> getGetArtifactMethod;
    if ((getGetArtifactMethod = TaskServiceGrpc.getGetArtifactMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getGetArtifactMethod = TaskServiceGrpc.getGetArtifactMethod) == null) {
          TaskServiceGrpc.getGetArtifactMethod = getGetArtifactMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetArtifactRequest, dev.holdfast.v1.GetArtifactResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetArtifact"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetArtifactRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetArtifactResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("GetArtifact"))
              .build();
        }
      }
    }
    return getGetArtifactMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.RetryTaskRequest,
      dev.holdfast.v1.RetryTaskResponse> getRetryTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RetryTask",
      requestType = dev.holdfast.v1.RetryTaskRequest.class,
      responseType = dev.holdfast.v1.RetryTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.RetryTaskRequest,
      dev.holdfast.v1.RetryTaskResponse> getRetryTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.RetryTaskRequest, dev.holdfast.v1.RetryTaskResponse> getRetryTaskMethod;
    if ((getRetryTaskMethod = TaskServiceGrpc.getRetryTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getRetryTaskMethod = TaskServiceGrpc.getRetryTaskMethod) == null) {
          TaskServiceGrpc.getRetryTaskMethod = getRetryTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.RetryTaskRequest, dev.holdfast.v1.RetryTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RetryTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RetryTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RetryTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("RetryTask"))
              .build();
        }
      }
    }
    return getRetryTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ReopenTaskRequest,
      dev.holdfast.v1.ReopenTaskResponse> getReopenTaskMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReopenTask",
      requestType = dev.holdfast.v1.ReopenTaskRequest.class,
      responseType = dev.holdfast.v1.ReopenTaskResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ReopenTaskRequest,
      dev.holdfast.v1.ReopenTaskResponse> getReopenTaskMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ReopenTaskRequest, dev.holdfast.v1.ReopenTaskResponse> getReopenTaskMethod;
    if ((getReopenTaskMethod = TaskServiceGrpc.getReopenTaskMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getReopenTaskMethod = TaskServiceGrpc.getReopenTaskMethod) == null) {
          TaskServiceGrpc.getReopenTaskMethod = getReopenTaskMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ReopenTaskRequest, dev.holdfast.v1.ReopenTaskResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReopenTask"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReopenTaskRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReopenTaskResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ReopenTask"))
              .build();
        }
      }
    }
    return getReopenTaskMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.AddDependencyRequest,
      dev.holdfast.v1.AddDependencyResponse> getAddDependencyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AddDependency",
      requestType = dev.holdfast.v1.AddDependencyRequest.class,
      responseType = dev.holdfast.v1.AddDependencyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.AddDependencyRequest,
      dev.holdfast.v1.AddDependencyResponse> getAddDependencyMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.AddDependencyRequest, dev.holdfast.v1.AddDependencyResponse> getAddDependencyMethod;
    if ((getAddDependencyMethod = TaskServiceGrpc.getAddDependencyMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getAddDependencyMethod = TaskServiceGrpc.getAddDependencyMethod) == null) {
          TaskServiceGrpc.getAddDependencyMethod = getAddDependencyMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.AddDependencyRequest, dev.holdfast.v1.AddDependencyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AddDependency"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AddDependencyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AddDependencyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("AddDependency"))
              .build();
        }
      }
    }
    return getAddDependencyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.RemoveDependencyRequest,
      dev.holdfast.v1.RemoveDependencyResponse> getRemoveDependencyMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RemoveDependency",
      requestType = dev.holdfast.v1.RemoveDependencyRequest.class,
      responseType = dev.holdfast.v1.RemoveDependencyResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.RemoveDependencyRequest,
      dev.holdfast.v1.RemoveDependencyResponse> getRemoveDependencyMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.RemoveDependencyRequest, dev.holdfast.v1.RemoveDependencyResponse> getRemoveDependencyMethod;
    if ((getRemoveDependencyMethod = TaskServiceGrpc.getRemoveDependencyMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getRemoveDependencyMethod = TaskServiceGrpc.getRemoveDependencyMethod) == null) {
          TaskServiceGrpc.getRemoveDependencyMethod = getRemoveDependencyMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.RemoveDependencyRequest, dev.holdfast.v1.RemoveDependencyResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RemoveDependency"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RemoveDependencyRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RemoveDependencyResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("RemoveDependency"))
              .build();
        }
      }
    }
    return getRemoveDependencyMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetTaskGraphRequest,
      dev.holdfast.v1.GetTaskGraphResponse> getGetTaskGraphMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetTaskGraph",
      requestType = dev.holdfast.v1.GetTaskGraphRequest.class,
      responseType = dev.holdfast.v1.GetTaskGraphResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetTaskGraphRequest,
      dev.holdfast.v1.GetTaskGraphResponse> getGetTaskGraphMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetTaskGraphRequest, dev.holdfast.v1.GetTaskGraphResponse> getGetTaskGraphMethod;
    if ((getGetTaskGraphMethod = TaskServiceGrpc.getGetTaskGraphMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getGetTaskGraphMethod = TaskServiceGrpc.getGetTaskGraphMethod) == null) {
          TaskServiceGrpc.getGetTaskGraphMethod = getGetTaskGraphMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetTaskGraphRequest, dev.holdfast.v1.GetTaskGraphResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetTaskGraph"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetTaskGraphRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetTaskGraphResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("GetTaskGraph"))
              .build();
        }
      }
    }
    return getGetTaskGraphMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ApplyMutationsRequest,
      dev.holdfast.v1.ApplyMutationsResponse> getApplyMutationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ApplyMutations",
      requestType = dev.holdfast.v1.ApplyMutationsRequest.class,
      responseType = dev.holdfast.v1.ApplyMutationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ApplyMutationsRequest,
      dev.holdfast.v1.ApplyMutationsResponse> getApplyMutationsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ApplyMutationsRequest, dev.holdfast.v1.ApplyMutationsResponse> getApplyMutationsMethod;
    if ((getApplyMutationsMethod = TaskServiceGrpc.getApplyMutationsMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getApplyMutationsMethod = TaskServiceGrpc.getApplyMutationsMethod) == null) {
          TaskServiceGrpc.getApplyMutationsMethod = getApplyMutationsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ApplyMutationsRequest, dev.holdfast.v1.ApplyMutationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ApplyMutations"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ApplyMutationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ApplyMutationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ApplyMutations"))
              .build();
        }
      }
    }
    return getApplyMutationsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.BulkChangeTasksRequest,
      dev.holdfast.v1.BulkChangeTasksResponse> getBulkChangeTasksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "BulkChangeTasks",
      requestType = dev.holdfast.v1.BulkChangeTasksRequest.class,
      responseType = dev.holdfast.v1.BulkChangeTasksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.BulkChangeTasksRequest,
      dev.holdfast.v1.BulkChangeTasksResponse> getBulkChangeTasksMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.BulkChangeTasksRequest, dev.holdfast.v1.BulkChangeTasksResponse> getBulkChangeTasksMethod;
    if ((getBulkChangeTasksMethod = TaskServiceGrpc.getBulkChangeTasksMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getBulkChangeTasksMethod = TaskServiceGrpc.getBulkChangeTasksMethod) == null) {
          TaskServiceGrpc.getBulkChangeTasksMethod = getBulkChangeTasksMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.BulkChangeTasksRequest, dev.holdfast.v1.BulkChangeTasksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "BulkChangeTasks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.BulkChangeTasksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.BulkChangeTasksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("BulkChangeTasks"))
              .build();
        }
      }
    }
    return getBulkChangeTasksMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.AddNoteRequest,
      dev.holdfast.v1.AddNoteResponse> getAddNoteMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AddNote",
      requestType = dev.holdfast.v1.AddNoteRequest.class,
      responseType = dev.holdfast.v1.AddNoteResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.AddNoteRequest,
      dev.holdfast.v1.AddNoteResponse> getAddNoteMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.AddNoteRequest, dev.holdfast.v1.AddNoteResponse> getAddNoteMethod;
    if ((getAddNoteMethod = TaskServiceGrpc.getAddNoteMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getAddNoteMethod = TaskServiceGrpc.getAddNoteMethod) == null) {
          TaskServiceGrpc.getAddNoteMethod = getAddNoteMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.AddNoteRequest, dev.holdfast.v1.AddNoteResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AddNote"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AddNoteRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AddNoteResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("AddNote"))
              .build();
        }
      }
    }
    return getAddNoteMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListNotesRequest,
      dev.holdfast.v1.ListNotesResponse> getListNotesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListNotes",
      requestType = dev.holdfast.v1.ListNotesRequest.class,
      responseType = dev.holdfast.v1.ListNotesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListNotesRequest,
      dev.holdfast.v1.ListNotesResponse> getListNotesMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListNotesRequest, dev.holdfast.v1.ListNotesResponse> getListNotesMethod;
    if ((getListNotesMethod = TaskServiceGrpc.getListNotesMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getListNotesMethod = TaskServiceGrpc.getListNotesMethod) == null) {
          TaskServiceGrpc.getListNotesMethod = getListNotesMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListNotesRequest, dev.holdfast.v1.ListNotesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListNotes"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListNotesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListNotesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ListNotes"))
              .build();
        }
      }
    }
    return getListNotesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ImportTasksRequest,
      dev.holdfast.v1.ImportTasksResponse> getImportTasksMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ImportTasks",
      requestType = dev.holdfast.v1.ImportTasksRequest.class,
      responseType = dev.holdfast.v1.ImportTasksResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ImportTasksRequest,
      dev.holdfast.v1.ImportTasksResponse> getImportTasksMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ImportTasksRequest, dev.holdfast.v1.ImportTasksResponse> getImportTasksMethod;
    if ((getImportTasksMethod = TaskServiceGrpc.getImportTasksMethod) == null) {
      synchronized (TaskServiceGrpc.class) {
        if ((getImportTasksMethod = TaskServiceGrpc.getImportTasksMethod) == null) {
          TaskServiceGrpc.getImportTasksMethod = getImportTasksMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ImportTasksRequest, dev.holdfast.v1.ImportTasksResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.BIDI_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ImportTasks"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ImportTasksRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ImportTasksResponse.getDefaultInstance()))
              .setSchemaDescriptor(new TaskServiceMethodDescriptorSupplier("ImportTasks"))
              .build();
        }
      }
    }
    return getImportTasksMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static TaskServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TaskServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TaskServiceStub>() {
        @java.lang.Override
        public TaskServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TaskServiceStub(channel, callOptions);
        }
      };
    return TaskServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static TaskServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TaskServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TaskServiceBlockingV2Stub>() {
        @java.lang.Override
        public TaskServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TaskServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return TaskServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static TaskServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TaskServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TaskServiceBlockingStub>() {
        @java.lang.Override
        public TaskServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TaskServiceBlockingStub(channel, callOptions);
        }
      };
    return TaskServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static TaskServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<TaskServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<TaskServiceFutureStub>() {
        @java.lang.Override
        public TaskServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new TaskServiceFutureStub(channel, callOptions);
        }
      };
    return TaskServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Creates and keeps tasks, and moves them through their states. See Task for the table of verbs and states.
   * Wherever a request takes the name of a task, `projects/{project}/tasks/external:{external_id}` works too.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Creates a task. Errors: ALREADY_EXISTS (its id or external id), NOT_FOUND (its project or parent), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `TOO_LARGE` or `DISK_FULL`.
     * </pre>
     */
    default void createTask(dev.holdfast.v1.CreateTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CreateTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Creates up to 1000 tasks in one commit: all or none. A later task may name an earlier one of the same call as
     * `tasks/$REF`, where REF is the earlier one's `ref`. An error names the request's index: `requests[3].task.title`.
     * </pre>
     */
    default void batchCreateTasks(dev.holdfast.v1.BatchCreateTasksRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.BatchCreateTasksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBatchCreateTasksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns a task as it is, or as it was at a past revision. A deleted one is returned until it is purged.
     * Errors: NOT_FOUND, OUT_OF_RANGE `POSITION_TOO_OLD` (the revision is older than the journal). Retry safe.
     * </pre>
     */
    default void getTask(dev.holdfast.v1.GetTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Changes the fields in the mask. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION` (SUCCEEDED and CANCELED tasks are immutable) or `DEPENDENCY_CYCLE` (its parent).
     * </pre>
     */
    default void updateTask(dev.holdfast.v1.UpdateTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.UpdateTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUpdateTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists tasks. Never eventual: what was acknowledged before the call is there. Retry safe.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` (with the place in the filter) or `FIELD_INVALID`.
     * </pre>
     */
    default void listTasks(dev.holdfast.v1.ListTasksRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListTasksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListTasksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a task; it can be undeleted until its purge time (30 days).
     * Errors: NOT_FOUND, FAILED_PRECONDITION `HAS_CHILDREN` while it has live children.
     * </pre>
     */
    default void deleteTask(dev.holdfast.v1.DeleteTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Brings a deleted task back. Errors: NOT_FOUND (it, or its parent), FAILED_PRECONDITION `ILLEGAL_TRANSITION` if it is not deleted.
     * </pre>
     */
    default void undeleteTask(dev.holdfast.v1.UndeleteTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.UndeleteTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getUndeleteTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the past forms of a task, newest first, as far back as the journal reaches. Retry safe.
     * </pre>
     */
    default void listTaskRevisions(dev.holdfast.v1.ListTaskRevisionsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListTaskRevisionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListTaskRevisionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives tasks to the caller's session: one by name, or the next ready ones of a queue, in the order of claiming (priority, `not_before`,
     * age), none passed over by a later one. If there is none, it waits as long as it was asked to; then the answer has no tasks, and says why.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `NOT_READY` (by name: what is in the way), `ILLEGAL_TRANSITION`, `SESSION_LOST` or `SESSION_ENDED`, ABORTED
     * `ALREADY_CLAIMED` (by whom, until when) or `FENCED`, INVALID_ARGUMENT `FIELD_INVALID` (no session) or `FILTER_INVALID`, RESOURCE_EXHAUSTED `QUOTA`
     * (1000 tasks of a session). An answer without tasks is not kept under its `request_id`.
     * </pre>
     */
    default void claimTask(dev.holdfast.v1.ClaimTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ClaimTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getClaimTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Renews the lease of a task and tells how far its holder has come. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `SESSION_LOST`.
     * </pre>
     */
    default void heartbeatTask(dev.holdfast.v1.HeartbeatTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.HeartbeatTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHeartbeatTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a task back: it is PENDING again, and does not count as failed. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `DEPENDENCY_CYCLE` or `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void releaseTask(dev.holdfast.v1.ReleaseTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReleaseTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReleaseTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Marks a task as done: by its holder with the fencing token, or a PENDING one by anyone without. With `claim_next` the caller gets its next
     * task in the same call, decided right after. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`, FAILED_PRECONDITION `ILLEGAL_TRANSITION` or
     * `HAS_CHILDREN`.
     * </pre>
     */
    default void completeTask(dev.holdfast.v1.CompleteTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CompleteTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCompleteTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Says that a task failed. By its holder with the fencing token: it is PENDING again after a wait, or FAILED when its attempts are used up
     * or the error's code is not tried again. A PENDING one by anyone without: FAILED. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void failTask(dev.holdfast.v1.FailTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.FailTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getFailTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Gives a task up (the holder of one that is held gets a directive first), with its live children and theirs if `cascade` is set (at most 1000 in all, else `GRAPH_TOO_LARGE`).
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void cancelTask(dev.holdfast.v1.CancelTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CancelTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sets a task aside; the holder of one that is held gets a directive first.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void pauseTask(dev.holdfast.v1.PauseTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PauseTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPauseTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes a paused task up again, in the state that it had.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void resumeTask(dev.holdfast.v1.ResumeTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ResumeTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResumeTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Asks a question: the task waits in INPUT_REQUIRED. Its lease ends, or is kept if asked. Errors: NOT_FOUND, ABORTED `FENCED`.
     * </pre>
     */
    default void requestInput(dev.holdfast.v1.RequestInputRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RequestInputResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRequestInputMethod(), responseObserver);
    }

    /**
     * <pre>
     * Answers the question of a task: it is PENDING again, and meant for the agent that asked for 10 minutes; or RUNNING, if the lease was kept.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID` (none of the options), FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void provideInput(dev.holdfast.v1.ProvideInputRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ProvideInputResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getProvideInputMethod(), responseObserver);
    }

    /**
     * <pre>
     * Does what a directive wants: the task is PAUSED or CANCELED, and its lease ends. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (there is no directive).
     * </pre>
     */
    default void acknowledgeDirective(dev.holdfast.v1.AcknowledgeDirectiveRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AcknowledgeDirectiveResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAcknowledgeDirectiveMethod(), responseObserver);
    }

    /**
     * <pre>
     * Turns down what a task made that is VERIFYING: it is PENDING again, and the attempt counts as failed. Errors: NOT_FOUND, ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void rejectTask(dev.holdfast.v1.RejectTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RejectTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRejectTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Keeps the result of a side effect by its key. If there is one under that key already, it comes back, and this one is dropped.
     * Errors: NOT_FOUND, ABORTED `FENCED`, RESOURCE_EXHAUSTED `QUOTA` (256 steps).
     * </pre>
     */
    default void putStep(dev.holdfast.v1.PutStepRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PutStepResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPutStepMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the steps of a task, in the order in which they were kept. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void getSteps(dev.holdfast.v1.GetStepsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetStepsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetStepsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns an artifact with its bytes. Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    default void getArtifact(dev.holdfast.v1.GetArtifactRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetArtifactResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetArtifactMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes a failed task pending again, with fresh attempts and a fresh total timeout.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void retryTask(dev.holdfast.v1.RetryTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RetryTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRetryTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Makes a successor of a SUCCEEDED or CANCELED task: a new task with the same content, and a SUPERSEDES edge to the old one.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    default void reopenTask(dev.holdfast.v1.ReopenTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReopenTaskResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReopenTaskMethod(), responseObserver);
    }

    /**
     * <pre>
     * Adds an edge from a task to another of its project. Errors: NOT_FOUND (either task), ALREADY_EXISTS (the edge), ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `DEPENDENCY_CYCLE` (with the path), `GRAPH_TOO_LARGE` or `ILLEGAL_TRANSITION` (the task
     * is SUCCEEDED or CANCELED, or is RUNNING and the edge would hold it back).
     * </pre>
     */
    default void addDependency(dev.holdfast.v1.AddDependencyRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AddDependencyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAddDependencyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Removes an edge, resolved or not. Errors: NOT_FOUND (the task or the edge), ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (the task is SUCCEEDED or CANCELED).
     * </pre>
     */
    default void removeDependency(dev.holdfast.v1.RemoveDependencyRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RemoveDependencyResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRemoveDependencyMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the tasks around a task, with the edges between them: breadth first, up to a depth and a number of tasks.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void getTaskGraph(dev.holdfast.v1.GetTaskGraphRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetTaskGraphResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetTaskGraphMethod(), responseObserver);
    }

    /**
     * <pre>
     * Does any number of changes in one commit: all or none, in order, each on what those before it left. A task that an earlier
     * mutation creates with a `ref` is named `tasks/$REF`. An error names the mutation: `mutations[3].create_task.task.title`.
     * </pre>
     */
    default void applyMutations(dev.holdfast.v1.ApplyMutationsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ApplyMutationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getApplyMutationsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Does one thing to every task that a filter selects. With `validate_only` it only counts them. Else it returns an operation
     * that works through them, each task in a commit of its own, and goes on after a restart.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` or `FIELD_INVALID`, NOT_FOUND (the project).
     * </pre>
     */
    default void bulkChangeTasks(dev.holdfast.v1.BulkChangeTasksRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.BulkChangeTasksResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getBulkChangeTasksMethod(), responseObserver);
    }

    /**
     * <pre>
     * Adds a note to a task, in whatever state it is; the task's etag stays. Errors: NOT_FOUND, FAILED_PRECONDITION
     * `GRAPH_TOO_LARGE` (1000 notes).
     * </pre>
     */
    default void addNote(dev.holdfast.v1.AddNoteRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AddNoteResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAddNoteMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists the notes of a task, oldest first, or of all tasks of a project, task by task. Those of a deleted task are listed until
     * it is purged. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void listNotes(dev.holdfast.v1.ListNotesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListNotesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListNotesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes tasks over from elsewhere, with their states, edges, times and notes. The first message begins, then come chunks of
     * tasks, parents before their children, then a finish. The server answers each message before it reads the next: once, the finish
     * several times until `finished`. A call in which nothing comes for 60 s ends with DEADLINE_EXCEEDED. A chunk is one commit, or
     * several if it does not fit one. Tasks stay PAUSED until the finish, and are then released into the states that they had. A broken import is resumed by sending it again with the same `import_id`:
     * tasks that are there are left alone. Errors: NOT_FOUND (the project), INVALID_ARGUMENT `FIELD_INVALID`, naming the field
     * of the task: `chunk.tasks[3].task.title`; nothing of that chunk is taken.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<dev.holdfast.v1.ImportTasksRequest> importTasks(
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ImportTasksResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getImportTasksMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service TaskService.
   * <pre>
   * Creates and keeps tasks, and moves them through their states. See Task for the table of verbs and states.
   * Wherever a request takes the name of a task, `projects/{project}/tasks/external:{external_id}` works too.
   * </pre>
   */
  public static abstract class TaskServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return TaskServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service TaskService.
   * <pre>
   * Creates and keeps tasks, and moves them through their states. See Task for the table of verbs and states.
   * Wherever a request takes the name of a task, `projects/{project}/tasks/external:{external_id}` works too.
   * </pre>
   */
  public static final class TaskServiceStub
      extends io.grpc.stub.AbstractAsyncStub<TaskServiceStub> {
    private TaskServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TaskServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TaskServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a task. Errors: ALREADY_EXISTS (its id or external id), NOT_FOUND (its project or parent), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `TOO_LARGE` or `DISK_FULL`.
     * </pre>
     */
    public void createTask(dev.holdfast.v1.CreateTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CreateTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Creates up to 1000 tasks in one commit: all or none. A later task may name an earlier one of the same call as
     * `tasks/$REF`, where REF is the earlier one's `ref`. An error names the request's index: `requests[3].task.title`.
     * </pre>
     */
    public void batchCreateTasks(dev.holdfast.v1.BatchCreateTasksRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.BatchCreateTasksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBatchCreateTasksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns a task as it is, or as it was at a past revision. A deleted one is returned until it is purged.
     * Errors: NOT_FOUND, OUT_OF_RANGE `POSITION_TOO_OLD` (the revision is older than the journal). Retry safe.
     * </pre>
     */
    public void getTask(dev.holdfast.v1.GetTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Changes the fields in the mask. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION` (SUCCEEDED and CANCELED tasks are immutable) or `DEPENDENCY_CYCLE` (its parent).
     * </pre>
     */
    public void updateTask(dev.holdfast.v1.UpdateTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.UpdateTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUpdateTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists tasks. Never eventual: what was acknowledged before the call is there. Retry safe.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` (with the place in the filter) or `FIELD_INVALID`.
     * </pre>
     */
    public void listTasks(dev.holdfast.v1.ListTasksRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListTasksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListTasksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a task; it can be undeleted until its purge time (30 days).
     * Errors: NOT_FOUND, FAILED_PRECONDITION `HAS_CHILDREN` while it has live children.
     * </pre>
     */
    public void deleteTask(dev.holdfast.v1.DeleteTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Brings a deleted task back. Errors: NOT_FOUND (it, or its parent), FAILED_PRECONDITION `ILLEGAL_TRANSITION` if it is not deleted.
     * </pre>
     */
    public void undeleteTask(dev.holdfast.v1.UndeleteTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.UndeleteTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getUndeleteTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the past forms of a task, newest first, as far back as the journal reaches. Retry safe.
     * </pre>
     */
    public void listTaskRevisions(dev.holdfast.v1.ListTaskRevisionsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListTaskRevisionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListTaskRevisionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives tasks to the caller's session: one by name, or the next ready ones of a queue, in the order of claiming (priority, `not_before`,
     * age), none passed over by a later one. If there is none, it waits as long as it was asked to; then the answer has no tasks, and says why.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `NOT_READY` (by name: what is in the way), `ILLEGAL_TRANSITION`, `SESSION_LOST` or `SESSION_ENDED`, ABORTED
     * `ALREADY_CLAIMED` (by whom, until when) or `FENCED`, INVALID_ARGUMENT `FIELD_INVALID` (no session) or `FILTER_INVALID`, RESOURCE_EXHAUSTED `QUOTA`
     * (1000 tasks of a session). An answer without tasks is not kept under its `request_id`.
     * </pre>
     */
    public void claimTask(dev.holdfast.v1.ClaimTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ClaimTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getClaimTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Renews the lease of a task and tells how far its holder has come. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `SESSION_LOST`.
     * </pre>
     */
    public void heartbeatTask(dev.holdfast.v1.HeartbeatTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.HeartbeatTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHeartbeatTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a task back: it is PENDING again, and does not count as failed. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `DEPENDENCY_CYCLE` or `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void releaseTask(dev.holdfast.v1.ReleaseTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReleaseTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReleaseTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Marks a task as done: by its holder with the fencing token, or a PENDING one by anyone without. With `claim_next` the caller gets its next
     * task in the same call, decided right after. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`, FAILED_PRECONDITION `ILLEGAL_TRANSITION` or
     * `HAS_CHILDREN`.
     * </pre>
     */
    public void completeTask(dev.holdfast.v1.CompleteTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CompleteTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCompleteTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Says that a task failed. By its holder with the fencing token: it is PENDING again after a wait, or FAILED when its attempts are used up
     * or the error's code is not tried again. A PENDING one by anyone without: FAILED. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void failTask(dev.holdfast.v1.FailTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.FailTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getFailTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Gives a task up (the holder of one that is held gets a directive first), with its live children and theirs if `cascade` is set (at most 1000 in all, else `GRAPH_TOO_LARGE`).
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void cancelTask(dev.holdfast.v1.CancelTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CancelTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sets a task aside; the holder of one that is held gets a directive first.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void pauseTask(dev.holdfast.v1.PauseTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PauseTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPauseTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes a paused task up again, in the state that it had.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void resumeTask(dev.holdfast.v1.ResumeTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ResumeTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResumeTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Asks a question: the task waits in INPUT_REQUIRED. Its lease ends, or is kept if asked. Errors: NOT_FOUND, ABORTED `FENCED`.
     * </pre>
     */
    public void requestInput(dev.holdfast.v1.RequestInputRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RequestInputResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRequestInputMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Answers the question of a task: it is PENDING again, and meant for the agent that asked for 10 minutes; or RUNNING, if the lease was kept.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID` (none of the options), FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void provideInput(dev.holdfast.v1.ProvideInputRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ProvideInputResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getProvideInputMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Does what a directive wants: the task is PAUSED or CANCELED, and its lease ends. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (there is no directive).
     * </pre>
     */
    public void acknowledgeDirective(dev.holdfast.v1.AcknowledgeDirectiveRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AcknowledgeDirectiveResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAcknowledgeDirectiveMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Turns down what a task made that is VERIFYING: it is PENDING again, and the attempt counts as failed. Errors: NOT_FOUND, ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void rejectTask(dev.holdfast.v1.RejectTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RejectTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRejectTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Keeps the result of a side effect by its key. If there is one under that key already, it comes back, and this one is dropped.
     * Errors: NOT_FOUND, ABORTED `FENCED`, RESOURCE_EXHAUSTED `QUOTA` (256 steps).
     * </pre>
     */
    public void putStep(dev.holdfast.v1.PutStepRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PutStepResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPutStepMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the steps of a task, in the order in which they were kept. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void getSteps(dev.holdfast.v1.GetStepsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetStepsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetStepsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns an artifact with its bytes. Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public void getArtifact(dev.holdfast.v1.GetArtifactRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetArtifactResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetArtifactMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes a failed task pending again, with fresh attempts and a fresh total timeout.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void retryTask(dev.holdfast.v1.RetryTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RetryTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRetryTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Makes a successor of a SUCCEEDED or CANCELED task: a new task with the same content, and a SUPERSEDES edge to the old one.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public void reopenTask(dev.holdfast.v1.ReopenTaskRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReopenTaskResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReopenTaskMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Adds an edge from a task to another of its project. Errors: NOT_FOUND (either task), ALREADY_EXISTS (the edge), ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `DEPENDENCY_CYCLE` (with the path), `GRAPH_TOO_LARGE` or `ILLEGAL_TRANSITION` (the task
     * is SUCCEEDED or CANCELED, or is RUNNING and the edge would hold it back).
     * </pre>
     */
    public void addDependency(dev.holdfast.v1.AddDependencyRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AddDependencyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAddDependencyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Removes an edge, resolved or not. Errors: NOT_FOUND (the task or the edge), ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (the task is SUCCEEDED or CANCELED).
     * </pre>
     */
    public void removeDependency(dev.holdfast.v1.RemoveDependencyRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RemoveDependencyResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRemoveDependencyMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the tasks around a task, with the edges between them: breadth first, up to a depth and a number of tasks.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void getTaskGraph(dev.holdfast.v1.GetTaskGraphRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetTaskGraphResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetTaskGraphMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Does any number of changes in one commit: all or none, in order, each on what those before it left. A task that an earlier
     * mutation creates with a `ref` is named `tasks/$REF`. An error names the mutation: `mutations[3].create_task.task.title`.
     * </pre>
     */
    public void applyMutations(dev.holdfast.v1.ApplyMutationsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ApplyMutationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getApplyMutationsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Does one thing to every task that a filter selects. With `validate_only` it only counts them. Else it returns an operation
     * that works through them, each task in a commit of its own, and goes on after a restart.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` or `FIELD_INVALID`, NOT_FOUND (the project).
     * </pre>
     */
    public void bulkChangeTasks(dev.holdfast.v1.BulkChangeTasksRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.BulkChangeTasksResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getBulkChangeTasksMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Adds a note to a task, in whatever state it is; the task's etag stays. Errors: NOT_FOUND, FAILED_PRECONDITION
     * `GRAPH_TOO_LARGE` (1000 notes).
     * </pre>
     */
    public void addNote(dev.holdfast.v1.AddNoteRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AddNoteResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAddNoteMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists the notes of a task, oldest first, or of all tasks of a project, task by task. Those of a deleted task are listed until
     * it is purged. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void listNotes(dev.holdfast.v1.ListNotesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListNotesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListNotesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes tasks over from elsewhere, with their states, edges, times and notes. The first message begins, then come chunks of
     * tasks, parents before their children, then a finish. The server answers each message before it reads the next: once, the finish
     * several times until `finished`. A call in which nothing comes for 60 s ends with DEADLINE_EXCEEDED. A chunk is one commit, or
     * several if it does not fit one. Tasks stay PAUSED until the finish, and are then released into the states that they had. A broken import is resumed by sending it again with the same `import_id`:
     * tasks that are there are left alone. Errors: NOT_FOUND (the project), INVALID_ARGUMENT `FIELD_INVALID`, naming the field
     * of the task: `chunk.tasks[3].task.title`; nothing of that chunk is taken.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<dev.holdfast.v1.ImportTasksRequest> importTasks(
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ImportTasksResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncBidiStreamingCall(
          getChannel().newCall(getImportTasksMethod(), getCallOptions()), responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service TaskService.
   * <pre>
   * Creates and keeps tasks, and moves them through their states. See Task for the table of verbs and states.
   * Wherever a request takes the name of a task, `projects/{project}/tasks/external:{external_id}` works too.
   * </pre>
   */
  public static final class TaskServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<TaskServiceBlockingV2Stub> {
    private TaskServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TaskServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TaskServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a task. Errors: ALREADY_EXISTS (its id or external id), NOT_FOUND (its project or parent), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `TOO_LARGE` or `DISK_FULL`.
     * </pre>
     */
    public dev.holdfast.v1.CreateTaskResponse createTask(dev.holdfast.v1.CreateTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates up to 1000 tasks in one commit: all or none. A later task may name an earlier one of the same call as
     * `tasks/$REF`, where REF is the earlier one's `ref`. An error names the request's index: `requests[3].task.title`.
     * </pre>
     */
    public dev.holdfast.v1.BatchCreateTasksResponse batchCreateTasks(dev.holdfast.v1.BatchCreateTasksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBatchCreateTasksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a task as it is, or as it was at a past revision. A deleted one is returned until it is purged.
     * Errors: NOT_FOUND, OUT_OF_RANGE `POSITION_TOO_OLD` (the revision is older than the journal). Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetTaskResponse getTask(dev.holdfast.v1.GetTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields in the mask. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION` (SUCCEEDED and CANCELED tasks are immutable) or `DEPENDENCY_CYCLE` (its parent).
     * </pre>
     */
    public dev.holdfast.v1.UpdateTaskResponse updateTask(dev.holdfast.v1.UpdateTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUpdateTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists tasks. Never eventual: what was acknowledged before the call is there. Retry safe.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` (with the place in the filter) or `FIELD_INVALID`.
     * </pre>
     */
    public dev.holdfast.v1.ListTasksResponse listTasks(dev.holdfast.v1.ListTasksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListTasksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a task; it can be undeleted until its purge time (30 days).
     * Errors: NOT_FOUND, FAILED_PRECONDITION `HAS_CHILDREN` while it has live children.
     * </pre>
     */
    public dev.holdfast.v1.DeleteTaskResponse deleteTask(dev.holdfast.v1.DeleteTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Brings a deleted task back. Errors: NOT_FOUND (it, or its parent), FAILED_PRECONDITION `ILLEGAL_TRANSITION` if it is not deleted.
     * </pre>
     */
    public dev.holdfast.v1.UndeleteTaskResponse undeleteTask(dev.holdfast.v1.UndeleteTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getUndeleteTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the past forms of a task, newest first, as far back as the journal reaches. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListTaskRevisionsResponse listTaskRevisions(dev.holdfast.v1.ListTaskRevisionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListTaskRevisionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives tasks to the caller's session: one by name, or the next ready ones of a queue, in the order of claiming (priority, `not_before`,
     * age), none passed over by a later one. If there is none, it waits as long as it was asked to; then the answer has no tasks, and says why.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `NOT_READY` (by name: what is in the way), `ILLEGAL_TRANSITION`, `SESSION_LOST` or `SESSION_ENDED`, ABORTED
     * `ALREADY_CLAIMED` (by whom, until when) or `FENCED`, INVALID_ARGUMENT `FIELD_INVALID` (no session) or `FILTER_INVALID`, RESOURCE_EXHAUSTED `QUOTA`
     * (1000 tasks of a session). An answer without tasks is not kept under its `request_id`.
     * </pre>
     */
    public dev.holdfast.v1.ClaimTaskResponse claimTask(dev.holdfast.v1.ClaimTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getClaimTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Renews the lease of a task and tells how far its holder has come. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `SESSION_LOST`.
     * </pre>
     */
    public dev.holdfast.v1.HeartbeatTaskResponse heartbeatTask(dev.holdfast.v1.HeartbeatTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getHeartbeatTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a task back: it is PENDING again, and does not count as failed. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `DEPENDENCY_CYCLE` or `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ReleaseTaskResponse releaseTask(dev.holdfast.v1.ReleaseTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReleaseTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Marks a task as done: by its holder with the fencing token, or a PENDING one by anyone without. With `claim_next` the caller gets its next
     * task in the same call, decided right after. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`, FAILED_PRECONDITION `ILLEGAL_TRANSITION` or
     * `HAS_CHILDREN`.
     * </pre>
     */
    public dev.holdfast.v1.CompleteTaskResponse completeTask(dev.holdfast.v1.CompleteTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCompleteTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says that a task failed. By its holder with the fencing token: it is PENDING again after a wait, or FAILED when its attempts are used up
     * or the error's code is not tried again. A PENDING one by anyone without: FAILED. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.FailTaskResponse failTask(dev.holdfast.v1.FailTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getFailTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a task up (the holder of one that is held gets a directive first), with its live children and theirs if `cascade` is set (at most 1000 in all, else `GRAPH_TOO_LARGE`).
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.CancelTaskResponse cancelTask(dev.holdfast.v1.CancelTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets a task aside; the holder of one that is held gets a directive first.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.PauseTaskResponse pauseTask(dev.holdfast.v1.PauseTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPauseTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a paused task up again, in the state that it had.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ResumeTaskResponse resumeTask(dev.holdfast.v1.ResumeTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResumeTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks a question: the task waits in INPUT_REQUIRED. Its lease ends, or is kept if asked. Errors: NOT_FOUND, ABORTED `FENCED`.
     * </pre>
     */
    public dev.holdfast.v1.RequestInputResponse requestInput(dev.holdfast.v1.RequestInputRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRequestInputMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers the question of a task: it is PENDING again, and meant for the agent that asked for 10 minutes; or RUNNING, if the lease was kept.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID` (none of the options), FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ProvideInputResponse provideInput(dev.holdfast.v1.ProvideInputRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getProvideInputMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Does what a directive wants: the task is PAUSED or CANCELED, and its lease ends. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (there is no directive).
     * </pre>
     */
    public dev.holdfast.v1.AcknowledgeDirectiveResponse acknowledgeDirective(dev.holdfast.v1.AcknowledgeDirectiveRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAcknowledgeDirectiveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Turns down what a task made that is VERIFYING: it is PENDING again, and the attempt counts as failed. Errors: NOT_FOUND, ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.RejectTaskResponse rejectTask(dev.holdfast.v1.RejectTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRejectTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps the result of a side effect by its key. If there is one under that key already, it comes back, and this one is dropped.
     * Errors: NOT_FOUND, ABORTED `FENCED`, RESOURCE_EXHAUSTED `QUOTA` (256 steps).
     * </pre>
     */
    public dev.holdfast.v1.PutStepResponse putStep(dev.holdfast.v1.PutStepRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPutStepMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the steps of a task, in the order in which they were kept. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetStepsResponse getSteps(dev.holdfast.v1.GetStepsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetStepsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns an artifact with its bytes. Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetArtifactResponse getArtifact(dev.holdfast.v1.GetArtifactRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetArtifactMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a failed task pending again, with fresh attempts and a fresh total timeout.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.RetryTaskResponse retryTask(dev.holdfast.v1.RetryTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRetryTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a successor of a SUCCEEDED or CANCELED task: a new task with the same content, and a SUPERSEDES edge to the old one.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ReopenTaskResponse reopenTask(dev.holdfast.v1.ReopenTaskRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReopenTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds an edge from a task to another of its project. Errors: NOT_FOUND (either task), ALREADY_EXISTS (the edge), ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `DEPENDENCY_CYCLE` (with the path), `GRAPH_TOO_LARGE` or `ILLEGAL_TRANSITION` (the task
     * is SUCCEEDED or CANCELED, or is RUNNING and the edge would hold it back).
     * </pre>
     */
    public dev.holdfast.v1.AddDependencyResponse addDependency(dev.holdfast.v1.AddDependencyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAddDependencyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes an edge, resolved or not. Errors: NOT_FOUND (the task or the edge), ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (the task is SUCCEEDED or CANCELED).
     * </pre>
     */
    public dev.holdfast.v1.RemoveDependencyResponse removeDependency(dev.holdfast.v1.RemoveDependencyRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRemoveDependencyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the tasks around a task, with the edges between them: breadth first, up to a depth and a number of tasks.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetTaskGraphResponse getTaskGraph(dev.holdfast.v1.GetTaskGraphRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetTaskGraphMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Does any number of changes in one commit: all or none, in order, each on what those before it left. A task that an earlier
     * mutation creates with a `ref` is named `tasks/$REF`. An error names the mutation: `mutations[3].create_task.task.title`.
     * </pre>
     */
    public dev.holdfast.v1.ApplyMutationsResponse applyMutations(dev.holdfast.v1.ApplyMutationsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getApplyMutationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Does one thing to every task that a filter selects. With `validate_only` it only counts them. Else it returns an operation
     * that works through them, each task in a commit of its own, and goes on after a restart.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` or `FIELD_INVALID`, NOT_FOUND (the project).
     * </pre>
     */
    public dev.holdfast.v1.BulkChangeTasksResponse bulkChangeTasks(dev.holdfast.v1.BulkChangeTasksRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getBulkChangeTasksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds a note to a task, in whatever state it is; the task's etag stays. Errors: NOT_FOUND, FAILED_PRECONDITION
     * `GRAPH_TOO_LARGE` (1000 notes).
     * </pre>
     */
    public dev.holdfast.v1.AddNoteResponse addNote(dev.holdfast.v1.AddNoteRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAddNoteMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the notes of a task, oldest first, or of all tasks of a project, task by task. Those of a deleted task are listed until
     * it is purged. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListNotesResponse listNotes(dev.holdfast.v1.ListNotesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListNotesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes tasks over from elsewhere, with their states, edges, times and notes. The first message begins, then come chunks of
     * tasks, parents before their children, then a finish. The server answers each message before it reads the next: once, the finish
     * several times until `finished`. A call in which nothing comes for 60 s ends with DEADLINE_EXCEEDED. A chunk is one commit, or
     * several if it does not fit one. Tasks stay PAUSED until the finish, and are then released into the states that they had. A broken import is resumed by sending it again with the same `import_id`:
     * tasks that are there are left alone. Errors: NOT_FOUND (the project), INVALID_ARGUMENT `FIELD_INVALID`, naming the field
     * of the task: `chunk.tasks[3].task.title`; nothing of that chunk is taken.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<dev.holdfast.v1.ImportTasksRequest, dev.holdfast.v1.ImportTasksResponse>
        importTasks() {
      return io.grpc.stub.ClientCalls.blockingBidiStreamingCall(
          getChannel(), getImportTasksMethod(), getCallOptions());
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service TaskService.
   * <pre>
   * Creates and keeps tasks, and moves them through their states. See Task for the table of verbs and states.
   * Wherever a request takes the name of a task, `projects/{project}/tasks/external:{external_id}` works too.
   * </pre>
   */
  public static final class TaskServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<TaskServiceBlockingStub> {
    private TaskServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TaskServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TaskServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a task. Errors: ALREADY_EXISTS (its id or external id), NOT_FOUND (its project or parent), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `TOO_LARGE` or `DISK_FULL`.
     * </pre>
     */
    public dev.holdfast.v1.CreateTaskResponse createTask(dev.holdfast.v1.CreateTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Creates up to 1000 tasks in one commit: all or none. A later task may name an earlier one of the same call as
     * `tasks/$REF`, where REF is the earlier one's `ref`. An error names the request's index: `requests[3].task.title`.
     * </pre>
     */
    public dev.holdfast.v1.BatchCreateTasksResponse batchCreateTasks(dev.holdfast.v1.BatchCreateTasksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBatchCreateTasksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a task as it is, or as it was at a past revision. A deleted one is returned until it is purged.
     * Errors: NOT_FOUND, OUT_OF_RANGE `POSITION_TOO_OLD` (the revision is older than the journal). Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetTaskResponse getTask(dev.holdfast.v1.GetTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Changes the fields in the mask. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION` (SUCCEEDED and CANCELED tasks are immutable) or `DEPENDENCY_CYCLE` (its parent).
     * </pre>
     */
    public dev.holdfast.v1.UpdateTaskResponse updateTask(dev.holdfast.v1.UpdateTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUpdateTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists tasks. Never eventual: what was acknowledged before the call is there. Retry safe.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` (with the place in the filter) or `FIELD_INVALID`.
     * </pre>
     */
    public dev.holdfast.v1.ListTasksResponse listTasks(dev.holdfast.v1.ListTasksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListTasksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a task; it can be undeleted until its purge time (30 days).
     * Errors: NOT_FOUND, FAILED_PRECONDITION `HAS_CHILDREN` while it has live children.
     * </pre>
     */
    public dev.holdfast.v1.DeleteTaskResponse deleteTask(dev.holdfast.v1.DeleteTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Brings a deleted task back. Errors: NOT_FOUND (it, or its parent), FAILED_PRECONDITION `ILLEGAL_TRANSITION` if it is not deleted.
     * </pre>
     */
    public dev.holdfast.v1.UndeleteTaskResponse undeleteTask(dev.holdfast.v1.UndeleteTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getUndeleteTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the past forms of a task, newest first, as far back as the journal reaches. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListTaskRevisionsResponse listTaskRevisions(dev.holdfast.v1.ListTaskRevisionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListTaskRevisionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives tasks to the caller's session: one by name, or the next ready ones of a queue, in the order of claiming (priority, `not_before`,
     * age), none passed over by a later one. If there is none, it waits as long as it was asked to; then the answer has no tasks, and says why.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `NOT_READY` (by name: what is in the way), `ILLEGAL_TRANSITION`, `SESSION_LOST` or `SESSION_ENDED`, ABORTED
     * `ALREADY_CLAIMED` (by whom, until when) or `FENCED`, INVALID_ARGUMENT `FIELD_INVALID` (no session) or `FILTER_INVALID`, RESOURCE_EXHAUSTED `QUOTA`
     * (1000 tasks of a session). An answer without tasks is not kept under its `request_id`.
     * </pre>
     */
    public dev.holdfast.v1.ClaimTaskResponse claimTask(dev.holdfast.v1.ClaimTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getClaimTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Renews the lease of a task and tells how far its holder has come. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `SESSION_LOST`.
     * </pre>
     */
    public dev.holdfast.v1.HeartbeatTaskResponse heartbeatTask(dev.holdfast.v1.HeartbeatTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHeartbeatTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a task back: it is PENDING again, and does not count as failed. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `DEPENDENCY_CYCLE` or `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ReleaseTaskResponse releaseTask(dev.holdfast.v1.ReleaseTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReleaseTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Marks a task as done: by its holder with the fencing token, or a PENDING one by anyone without. With `claim_next` the caller gets its next
     * task in the same call, decided right after. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`, FAILED_PRECONDITION `ILLEGAL_TRANSITION` or
     * `HAS_CHILDREN`.
     * </pre>
     */
    public dev.holdfast.v1.CompleteTaskResponse completeTask(dev.holdfast.v1.CompleteTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCompleteTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Says that a task failed. By its holder with the fencing token: it is PENDING again after a wait, or FAILED when its attempts are used up
     * or the error's code is not tried again. A PENDING one by anyone without: FAILED. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.FailTaskResponse failTask(dev.holdfast.v1.FailTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getFailTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Gives a task up (the holder of one that is held gets a directive first), with its live children and theirs if `cascade` is set (at most 1000 in all, else `GRAPH_TOO_LARGE`).
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.CancelTaskResponse cancelTask(dev.holdfast.v1.CancelTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets a task aside; the holder of one that is held gets a directive first.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.PauseTaskResponse pauseTask(dev.holdfast.v1.PauseTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPauseTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes a paused task up again, in the state that it had.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ResumeTaskResponse resumeTask(dev.holdfast.v1.ResumeTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResumeTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks a question: the task waits in INPUT_REQUIRED. Its lease ends, or is kept if asked. Errors: NOT_FOUND, ABORTED `FENCED`.
     * </pre>
     */
    public dev.holdfast.v1.RequestInputResponse requestInput(dev.holdfast.v1.RequestInputRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRequestInputMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Answers the question of a task: it is PENDING again, and meant for the agent that asked for 10 minutes; or RUNNING, if the lease was kept.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID` (none of the options), FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ProvideInputResponse provideInput(dev.holdfast.v1.ProvideInputRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getProvideInputMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Does what a directive wants: the task is PAUSED or CANCELED, and its lease ends. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (there is no directive).
     * </pre>
     */
    public dev.holdfast.v1.AcknowledgeDirectiveResponse acknowledgeDirective(dev.holdfast.v1.AcknowledgeDirectiveRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAcknowledgeDirectiveMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Turns down what a task made that is VERIFYING: it is PENDING again, and the attempt counts as failed. Errors: NOT_FOUND, ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.RejectTaskResponse rejectTask(dev.holdfast.v1.RejectTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRejectTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps the result of a side effect by its key. If there is one under that key already, it comes back, and this one is dropped.
     * Errors: NOT_FOUND, ABORTED `FENCED`, RESOURCE_EXHAUSTED `QUOTA` (256 steps).
     * </pre>
     */
    public dev.holdfast.v1.PutStepResponse putStep(dev.holdfast.v1.PutStepRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPutStepMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the steps of a task, in the order in which they were kept. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetStepsResponse getSteps(dev.holdfast.v1.GetStepsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetStepsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns an artifact with its bytes. Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetArtifactResponse getArtifact(dev.holdfast.v1.GetArtifactRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetArtifactMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a failed task pending again, with fresh attempts and a fresh total timeout.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.RetryTaskResponse retryTask(dev.holdfast.v1.RetryTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRetryTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Makes a successor of a SUCCEEDED or CANCELED task: a new task with the same content, and a SUPERSEDES edge to the old one.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public dev.holdfast.v1.ReopenTaskResponse reopenTask(dev.holdfast.v1.ReopenTaskRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReopenTaskMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds an edge from a task to another of its project. Errors: NOT_FOUND (either task), ALREADY_EXISTS (the edge), ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `DEPENDENCY_CYCLE` (with the path), `GRAPH_TOO_LARGE` or `ILLEGAL_TRANSITION` (the task
     * is SUCCEEDED or CANCELED, or is RUNNING and the edge would hold it back).
     * </pre>
     */
    public dev.holdfast.v1.AddDependencyResponse addDependency(dev.holdfast.v1.AddDependencyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAddDependencyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes an edge, resolved or not. Errors: NOT_FOUND (the task or the edge), ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (the task is SUCCEEDED or CANCELED).
     * </pre>
     */
    public dev.holdfast.v1.RemoveDependencyResponse removeDependency(dev.holdfast.v1.RemoveDependencyRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRemoveDependencyMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the tasks around a task, with the edges between them: breadth first, up to a depth and a number of tasks.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetTaskGraphResponse getTaskGraph(dev.holdfast.v1.GetTaskGraphRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetTaskGraphMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Does any number of changes in one commit: all or none, in order, each on what those before it left. A task that an earlier
     * mutation creates with a `ref` is named `tasks/$REF`. An error names the mutation: `mutations[3].create_task.task.title`.
     * </pre>
     */
    public dev.holdfast.v1.ApplyMutationsResponse applyMutations(dev.holdfast.v1.ApplyMutationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getApplyMutationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Does one thing to every task that a filter selects. With `validate_only` it only counts them. Else it returns an operation
     * that works through them, each task in a commit of its own, and goes on after a restart.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` or `FIELD_INVALID`, NOT_FOUND (the project).
     * </pre>
     */
    public dev.holdfast.v1.BulkChangeTasksResponse bulkChangeTasks(dev.holdfast.v1.BulkChangeTasksRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getBulkChangeTasksMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Adds a note to a task, in whatever state it is; the task's etag stays. Errors: NOT_FOUND, FAILED_PRECONDITION
     * `GRAPH_TOO_LARGE` (1000 notes).
     * </pre>
     */
    public dev.holdfast.v1.AddNoteResponse addNote(dev.holdfast.v1.AddNoteRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAddNoteMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists the notes of a task, oldest first, or of all tasks of a project, task by task. Those of a deleted task are listed until
     * it is purged. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListNotesResponse listNotes(dev.holdfast.v1.ListNotesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListNotesMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service TaskService.
   * <pre>
   * Creates and keeps tasks, and moves them through their states. See Task for the table of verbs and states.
   * Wherever a request takes the name of a task, `projects/{project}/tasks/external:{external_id}` works too.
   * </pre>
   */
  public static final class TaskServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<TaskServiceFutureStub> {
    private TaskServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected TaskServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new TaskServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Creates a task. Errors: ALREADY_EXISTS (its id or external id), NOT_FOUND (its project or parent), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `TOO_LARGE` or `DISK_FULL`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.CreateTaskResponse> createTask(
        dev.holdfast.v1.CreateTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Creates up to 1000 tasks in one commit: all or none. A later task may name an earlier one of the same call as
     * `tasks/$REF`, where REF is the earlier one's `ref`. An error names the request's index: `requests[3].task.title`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.BatchCreateTasksResponse> batchCreateTasks(
        dev.holdfast.v1.BatchCreateTasksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBatchCreateTasksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns a task as it is, or as it was at a past revision. A deleted one is returned until it is purged.
     * Errors: NOT_FOUND, OUT_OF_RANGE `POSITION_TOO_OLD` (the revision is older than the journal). Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetTaskResponse> getTask(
        dev.holdfast.v1.GetTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Changes the fields in the mask. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION` (SUCCEEDED and CANCELED tasks are immutable) or `DEPENDENCY_CYCLE` (its parent).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.UpdateTaskResponse> updateTask(
        dev.holdfast.v1.UpdateTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUpdateTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists tasks. Never eventual: what was acknowledged before the call is there. Retry safe.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` (with the place in the filter) or `FIELD_INVALID`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListTasksResponse> listTasks(
        dev.holdfast.v1.ListTasksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListTasksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a task; it can be undeleted until its purge time (30 days).
     * Errors: NOT_FOUND, FAILED_PRECONDITION `HAS_CHILDREN` while it has live children.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.DeleteTaskResponse> deleteTask(
        dev.holdfast.v1.DeleteTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Brings a deleted task back. Errors: NOT_FOUND (it, or its parent), FAILED_PRECONDITION `ILLEGAL_TRANSITION` if it is not deleted.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.UndeleteTaskResponse> undeleteTask(
        dev.holdfast.v1.UndeleteTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getUndeleteTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the past forms of a task, newest first, as far back as the journal reaches. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListTaskRevisionsResponse> listTaskRevisions(
        dev.holdfast.v1.ListTaskRevisionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListTaskRevisionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives tasks to the caller's session: one by name, or the next ready ones of a queue, in the order of claiming (priority, `not_before`,
     * age), none passed over by a later one. If there is none, it waits as long as it was asked to; then the answer has no tasks, and says why.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `NOT_READY` (by name: what is in the way), `ILLEGAL_TRANSITION`, `SESSION_LOST` or `SESSION_ENDED`, ABORTED
     * `ALREADY_CLAIMED` (by whom, until when) or `FENCED`, INVALID_ARGUMENT `FIELD_INVALID` (no session) or `FILTER_INVALID`, RESOURCE_EXHAUSTED `QUOTA`
     * (1000 tasks of a session). An answer without tasks is not kept under its `request_id`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ClaimTaskResponse> claimTask(
        dev.holdfast.v1.ClaimTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getClaimTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Renews the lease of a task and tells how far its holder has come. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `SESSION_LOST`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.HeartbeatTaskResponse> heartbeatTask(
        dev.holdfast.v1.HeartbeatTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHeartbeatTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a task back: it is PENDING again, and does not count as failed. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `DEPENDENCY_CYCLE` or `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ReleaseTaskResponse> releaseTask(
        dev.holdfast.v1.ReleaseTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReleaseTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Marks a task as done: by its holder with the fencing token, or a PENDING one by anyone without. With `claim_next` the caller gets its next
     * task in the same call, decided right after. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`, FAILED_PRECONDITION `ILLEGAL_TRANSITION` or
     * `HAS_CHILDREN`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.CompleteTaskResponse> completeTask(
        dev.holdfast.v1.CompleteTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCompleteTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Says that a task failed. By its holder with the fencing token: it is PENDING again after a wait, or FAILED when its attempts are used up
     * or the error's code is not tried again. A PENDING one by anyone without: FAILED. Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH` or `FENCED`,
     * FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.FailTaskResponse> failTask(
        dev.holdfast.v1.FailTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getFailTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Gives a task up (the holder of one that is held gets a directive first), with its live children and theirs if `cascade` is set (at most 1000 in all, else `GRAPH_TOO_LARGE`).
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.CancelTaskResponse> cancelTask(
        dev.holdfast.v1.CancelTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sets a task aside; the holder of one that is held gets a directive first.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.PauseTaskResponse> pauseTask(
        dev.holdfast.v1.PauseTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPauseTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes a paused task up again, in the state that it had.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ResumeTaskResponse> resumeTask(
        dev.holdfast.v1.ResumeTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResumeTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Asks a question: the task waits in INPUT_REQUIRED. Its lease ends, or is kept if asked. Errors: NOT_FOUND, ABORTED `FENCED`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.RequestInputResponse> requestInput(
        dev.holdfast.v1.RequestInputRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRequestInputMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Answers the question of a task: it is PENDING again, and meant for the agent that asked for 10 minutes; or RUNNING, if the lease was kept.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, INVALID_ARGUMENT `FIELD_INVALID` (none of the options), FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ProvideInputResponse> provideInput(
        dev.holdfast.v1.ProvideInputRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getProvideInputMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Does what a directive wants: the task is PAUSED or CANCELED, and its lease ends. Errors: NOT_FOUND, ABORTED `FENCED`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (there is no directive).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.AcknowledgeDirectiveResponse> acknowledgeDirective(
        dev.holdfast.v1.AcknowledgeDirectiveRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAcknowledgeDirectiveMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Turns down what a task made that is VERIFYING: it is PENDING again, and the attempt counts as failed. Errors: NOT_FOUND, ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.RejectTaskResponse> rejectTask(
        dev.holdfast.v1.RejectTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRejectTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Keeps the result of a side effect by its key. If there is one under that key already, it comes back, and this one is dropped.
     * Errors: NOT_FOUND, ABORTED `FENCED`, RESOURCE_EXHAUSTED `QUOTA` (256 steps).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.PutStepResponse> putStep(
        dev.holdfast.v1.PutStepRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPutStepMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the steps of a task, in the order in which they were kept. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetStepsResponse> getSteps(
        dev.holdfast.v1.GetStepsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetStepsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns an artifact with its bytes. Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetArtifactResponse> getArtifact(
        dev.holdfast.v1.GetArtifactRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetArtifactMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes a failed task pending again, with fresh attempts and a fresh total timeout.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.RetryTaskResponse> retryTask(
        dev.holdfast.v1.RetryTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRetryTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Makes a successor of a SUCCEEDED or CANCELED task: a new task with the same content, and a SUPERSEDES edge to the old one.
     * Errors: NOT_FOUND, ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION `ILLEGAL_TRANSITION`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ReopenTaskResponse> reopenTask(
        dev.holdfast.v1.ReopenTaskRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReopenTaskMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Adds an edge from a task to another of its project. Errors: NOT_FOUND (either task), ALREADY_EXISTS (the edge), ABORTED
     * `ETAG_MISMATCH`, FAILED_PRECONDITION `DEPENDENCY_CYCLE` (with the path), `GRAPH_TOO_LARGE` or `ILLEGAL_TRANSITION` (the task
     * is SUCCEEDED or CANCELED, or is RUNNING and the edge would hold it back).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.AddDependencyResponse> addDependency(
        dev.holdfast.v1.AddDependencyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAddDependencyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Removes an edge, resolved or not. Errors: NOT_FOUND (the task or the edge), ABORTED `ETAG_MISMATCH`, FAILED_PRECONDITION
     * `ILLEGAL_TRANSITION` (the task is SUCCEEDED or CANCELED).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.RemoveDependencyResponse> removeDependency(
        dev.holdfast.v1.RemoveDependencyRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRemoveDependencyMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the tasks around a task, with the edges between them: breadth first, up to a depth and a number of tasks.
     * Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetTaskGraphResponse> getTaskGraph(
        dev.holdfast.v1.GetTaskGraphRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetTaskGraphMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Does any number of changes in one commit: all or none, in order, each on what those before it left. A task that an earlier
     * mutation creates with a `ref` is named `tasks/$REF`. An error names the mutation: `mutations[3].create_task.task.title`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ApplyMutationsResponse> applyMutations(
        dev.holdfast.v1.ApplyMutationsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getApplyMutationsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Does one thing to every task that a filter selects. With `validate_only` it only counts them. Else it returns an operation
     * that works through them, each task in a commit of its own, and goes on after a restart.
     * Errors: INVALID_ARGUMENT `FILTER_INVALID` or `FIELD_INVALID`, NOT_FOUND (the project).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.BulkChangeTasksResponse> bulkChangeTasks(
        dev.holdfast.v1.BulkChangeTasksRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getBulkChangeTasksMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Adds a note to a task, in whatever state it is; the task's etag stays. Errors: NOT_FOUND, FAILED_PRECONDITION
     * `GRAPH_TOO_LARGE` (1000 notes).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.AddNoteResponse> addNote(
        dev.holdfast.v1.AddNoteRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAddNoteMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists the notes of a task, oldest first, or of all tasks of a project, task by task. Those of a deleted task are listed until
     * it is purged. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListNotesResponse> listNotes(
        dev.holdfast.v1.ListNotesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListNotesMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_TASK = 0;
  private static final int METHODID_BATCH_CREATE_TASKS = 1;
  private static final int METHODID_GET_TASK = 2;
  private static final int METHODID_UPDATE_TASK = 3;
  private static final int METHODID_LIST_TASKS = 4;
  private static final int METHODID_DELETE_TASK = 5;
  private static final int METHODID_UNDELETE_TASK = 6;
  private static final int METHODID_LIST_TASK_REVISIONS = 7;
  private static final int METHODID_CLAIM_TASK = 8;
  private static final int METHODID_HEARTBEAT_TASK = 9;
  private static final int METHODID_RELEASE_TASK = 10;
  private static final int METHODID_COMPLETE_TASK = 11;
  private static final int METHODID_FAIL_TASK = 12;
  private static final int METHODID_CANCEL_TASK = 13;
  private static final int METHODID_PAUSE_TASK = 14;
  private static final int METHODID_RESUME_TASK = 15;
  private static final int METHODID_REQUEST_INPUT = 16;
  private static final int METHODID_PROVIDE_INPUT = 17;
  private static final int METHODID_ACKNOWLEDGE_DIRECTIVE = 18;
  private static final int METHODID_REJECT_TASK = 19;
  private static final int METHODID_PUT_STEP = 20;
  private static final int METHODID_GET_STEPS = 21;
  private static final int METHODID_GET_ARTIFACT = 22;
  private static final int METHODID_RETRY_TASK = 23;
  private static final int METHODID_REOPEN_TASK = 24;
  private static final int METHODID_ADD_DEPENDENCY = 25;
  private static final int METHODID_REMOVE_DEPENDENCY = 26;
  private static final int METHODID_GET_TASK_GRAPH = 27;
  private static final int METHODID_APPLY_MUTATIONS = 28;
  private static final int METHODID_BULK_CHANGE_TASKS = 29;
  private static final int METHODID_ADD_NOTE = 30;
  private static final int METHODID_LIST_NOTES = 31;
  private static final int METHODID_IMPORT_TASKS = 32;

  private static final class MethodHandlers<Req, Resp> implements
      io.grpc.stub.ServerCalls.UnaryMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ServerStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.ClientStreamingMethod<Req, Resp>,
      io.grpc.stub.ServerCalls.BidiStreamingMethod<Req, Resp> {
    private final AsyncService serviceImpl;
    private final int methodId;

    MethodHandlers(AsyncService serviceImpl, int methodId) {
      this.serviceImpl = serviceImpl;
      this.methodId = methodId;
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public void invoke(Req request, io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_CREATE_TASK:
          serviceImpl.createTask((dev.holdfast.v1.CreateTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.CreateTaskResponse>) responseObserver);
          break;
        case METHODID_BATCH_CREATE_TASKS:
          serviceImpl.batchCreateTasks((dev.holdfast.v1.BatchCreateTasksRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.BatchCreateTasksResponse>) responseObserver);
          break;
        case METHODID_GET_TASK:
          serviceImpl.getTask((dev.holdfast.v1.GetTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetTaskResponse>) responseObserver);
          break;
        case METHODID_UPDATE_TASK:
          serviceImpl.updateTask((dev.holdfast.v1.UpdateTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.UpdateTaskResponse>) responseObserver);
          break;
        case METHODID_LIST_TASKS:
          serviceImpl.listTasks((dev.holdfast.v1.ListTasksRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListTasksResponse>) responseObserver);
          break;
        case METHODID_DELETE_TASK:
          serviceImpl.deleteTask((dev.holdfast.v1.DeleteTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteTaskResponse>) responseObserver);
          break;
        case METHODID_UNDELETE_TASK:
          serviceImpl.undeleteTask((dev.holdfast.v1.UndeleteTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.UndeleteTaskResponse>) responseObserver);
          break;
        case METHODID_LIST_TASK_REVISIONS:
          serviceImpl.listTaskRevisions((dev.holdfast.v1.ListTaskRevisionsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListTaskRevisionsResponse>) responseObserver);
          break;
        case METHODID_CLAIM_TASK:
          serviceImpl.claimTask((dev.holdfast.v1.ClaimTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ClaimTaskResponse>) responseObserver);
          break;
        case METHODID_HEARTBEAT_TASK:
          serviceImpl.heartbeatTask((dev.holdfast.v1.HeartbeatTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.HeartbeatTaskResponse>) responseObserver);
          break;
        case METHODID_RELEASE_TASK:
          serviceImpl.releaseTask((dev.holdfast.v1.ReleaseTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ReleaseTaskResponse>) responseObserver);
          break;
        case METHODID_COMPLETE_TASK:
          serviceImpl.completeTask((dev.holdfast.v1.CompleteTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.CompleteTaskResponse>) responseObserver);
          break;
        case METHODID_FAIL_TASK:
          serviceImpl.failTask((dev.holdfast.v1.FailTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.FailTaskResponse>) responseObserver);
          break;
        case METHODID_CANCEL_TASK:
          serviceImpl.cancelTask((dev.holdfast.v1.CancelTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.CancelTaskResponse>) responseObserver);
          break;
        case METHODID_PAUSE_TASK:
          serviceImpl.pauseTask((dev.holdfast.v1.PauseTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.PauseTaskResponse>) responseObserver);
          break;
        case METHODID_RESUME_TASK:
          serviceImpl.resumeTask((dev.holdfast.v1.ResumeTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ResumeTaskResponse>) responseObserver);
          break;
        case METHODID_REQUEST_INPUT:
          serviceImpl.requestInput((dev.holdfast.v1.RequestInputRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.RequestInputResponse>) responseObserver);
          break;
        case METHODID_PROVIDE_INPUT:
          serviceImpl.provideInput((dev.holdfast.v1.ProvideInputRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ProvideInputResponse>) responseObserver);
          break;
        case METHODID_ACKNOWLEDGE_DIRECTIVE:
          serviceImpl.acknowledgeDirective((dev.holdfast.v1.AcknowledgeDirectiveRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.AcknowledgeDirectiveResponse>) responseObserver);
          break;
        case METHODID_REJECT_TASK:
          serviceImpl.rejectTask((dev.holdfast.v1.RejectTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.RejectTaskResponse>) responseObserver);
          break;
        case METHODID_PUT_STEP:
          serviceImpl.putStep((dev.holdfast.v1.PutStepRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.PutStepResponse>) responseObserver);
          break;
        case METHODID_GET_STEPS:
          serviceImpl.getSteps((dev.holdfast.v1.GetStepsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetStepsResponse>) responseObserver);
          break;
        case METHODID_GET_ARTIFACT:
          serviceImpl.getArtifact((dev.holdfast.v1.GetArtifactRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetArtifactResponse>) responseObserver);
          break;
        case METHODID_RETRY_TASK:
          serviceImpl.retryTask((dev.holdfast.v1.RetryTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.RetryTaskResponse>) responseObserver);
          break;
        case METHODID_REOPEN_TASK:
          serviceImpl.reopenTask((dev.holdfast.v1.ReopenTaskRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ReopenTaskResponse>) responseObserver);
          break;
        case METHODID_ADD_DEPENDENCY:
          serviceImpl.addDependency((dev.holdfast.v1.AddDependencyRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.AddDependencyResponse>) responseObserver);
          break;
        case METHODID_REMOVE_DEPENDENCY:
          serviceImpl.removeDependency((dev.holdfast.v1.RemoveDependencyRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.RemoveDependencyResponse>) responseObserver);
          break;
        case METHODID_GET_TASK_GRAPH:
          serviceImpl.getTaskGraph((dev.holdfast.v1.GetTaskGraphRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetTaskGraphResponse>) responseObserver);
          break;
        case METHODID_APPLY_MUTATIONS:
          serviceImpl.applyMutations((dev.holdfast.v1.ApplyMutationsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ApplyMutationsResponse>) responseObserver);
          break;
        case METHODID_BULK_CHANGE_TASKS:
          serviceImpl.bulkChangeTasks((dev.holdfast.v1.BulkChangeTasksRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.BulkChangeTasksResponse>) responseObserver);
          break;
        case METHODID_ADD_NOTE:
          serviceImpl.addNote((dev.holdfast.v1.AddNoteRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.AddNoteResponse>) responseObserver);
          break;
        case METHODID_LIST_NOTES:
          serviceImpl.listNotes((dev.holdfast.v1.ListNotesRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListNotesResponse>) responseObserver);
          break;
        default:
          throw new AssertionError();
      }
    }

    @java.lang.Override
    @java.lang.SuppressWarnings("unchecked")
    public io.grpc.stub.StreamObserver<Req> invoke(
        io.grpc.stub.StreamObserver<Resp> responseObserver) {
      switch (methodId) {
        case METHODID_IMPORT_TASKS:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.importTasks(
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ImportTasksResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getCreateTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.CreateTaskRequest,
              dev.holdfast.v1.CreateTaskResponse>(
                service, METHODID_CREATE_TASK)))
        .addMethod(
          getBatchCreateTasksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.BatchCreateTasksRequest,
              dev.holdfast.v1.BatchCreateTasksResponse>(
                service, METHODID_BATCH_CREATE_TASKS)))
        .addMethod(
          getGetTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetTaskRequest,
              dev.holdfast.v1.GetTaskResponse>(
                service, METHODID_GET_TASK)))
        .addMethod(
          getUpdateTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.UpdateTaskRequest,
              dev.holdfast.v1.UpdateTaskResponse>(
                service, METHODID_UPDATE_TASK)))
        .addMethod(
          getListTasksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListTasksRequest,
              dev.holdfast.v1.ListTasksResponse>(
                service, METHODID_LIST_TASKS)))
        .addMethod(
          getDeleteTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.DeleteTaskRequest,
              dev.holdfast.v1.DeleteTaskResponse>(
                service, METHODID_DELETE_TASK)))
        .addMethod(
          getUndeleteTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.UndeleteTaskRequest,
              dev.holdfast.v1.UndeleteTaskResponse>(
                service, METHODID_UNDELETE_TASK)))
        .addMethod(
          getListTaskRevisionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListTaskRevisionsRequest,
              dev.holdfast.v1.ListTaskRevisionsResponse>(
                service, METHODID_LIST_TASK_REVISIONS)))
        .addMethod(
          getClaimTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ClaimTaskRequest,
              dev.holdfast.v1.ClaimTaskResponse>(
                service, METHODID_CLAIM_TASK)))
        .addMethod(
          getHeartbeatTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.HeartbeatTaskRequest,
              dev.holdfast.v1.HeartbeatTaskResponse>(
                service, METHODID_HEARTBEAT_TASK)))
        .addMethod(
          getReleaseTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ReleaseTaskRequest,
              dev.holdfast.v1.ReleaseTaskResponse>(
                service, METHODID_RELEASE_TASK)))
        .addMethod(
          getCompleteTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.CompleteTaskRequest,
              dev.holdfast.v1.CompleteTaskResponse>(
                service, METHODID_COMPLETE_TASK)))
        .addMethod(
          getFailTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.FailTaskRequest,
              dev.holdfast.v1.FailTaskResponse>(
                service, METHODID_FAIL_TASK)))
        .addMethod(
          getCancelTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.CancelTaskRequest,
              dev.holdfast.v1.CancelTaskResponse>(
                service, METHODID_CANCEL_TASK)))
        .addMethod(
          getPauseTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.PauseTaskRequest,
              dev.holdfast.v1.PauseTaskResponse>(
                service, METHODID_PAUSE_TASK)))
        .addMethod(
          getResumeTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ResumeTaskRequest,
              dev.holdfast.v1.ResumeTaskResponse>(
                service, METHODID_RESUME_TASK)))
        .addMethod(
          getRequestInputMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.RequestInputRequest,
              dev.holdfast.v1.RequestInputResponse>(
                service, METHODID_REQUEST_INPUT)))
        .addMethod(
          getProvideInputMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ProvideInputRequest,
              dev.holdfast.v1.ProvideInputResponse>(
                service, METHODID_PROVIDE_INPUT)))
        .addMethod(
          getAcknowledgeDirectiveMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.AcknowledgeDirectiveRequest,
              dev.holdfast.v1.AcknowledgeDirectiveResponse>(
                service, METHODID_ACKNOWLEDGE_DIRECTIVE)))
        .addMethod(
          getRejectTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.RejectTaskRequest,
              dev.holdfast.v1.RejectTaskResponse>(
                service, METHODID_REJECT_TASK)))
        .addMethod(
          getPutStepMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.PutStepRequest,
              dev.holdfast.v1.PutStepResponse>(
                service, METHODID_PUT_STEP)))
        .addMethod(
          getGetStepsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetStepsRequest,
              dev.holdfast.v1.GetStepsResponse>(
                service, METHODID_GET_STEPS)))
        .addMethod(
          getGetArtifactMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetArtifactRequest,
              dev.holdfast.v1.GetArtifactResponse>(
                service, METHODID_GET_ARTIFACT)))
        .addMethod(
          getRetryTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.RetryTaskRequest,
              dev.holdfast.v1.RetryTaskResponse>(
                service, METHODID_RETRY_TASK)))
        .addMethod(
          getReopenTaskMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ReopenTaskRequest,
              dev.holdfast.v1.ReopenTaskResponse>(
                service, METHODID_REOPEN_TASK)))
        .addMethod(
          getAddDependencyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.AddDependencyRequest,
              dev.holdfast.v1.AddDependencyResponse>(
                service, METHODID_ADD_DEPENDENCY)))
        .addMethod(
          getRemoveDependencyMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.RemoveDependencyRequest,
              dev.holdfast.v1.RemoveDependencyResponse>(
                service, METHODID_REMOVE_DEPENDENCY)))
        .addMethod(
          getGetTaskGraphMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetTaskGraphRequest,
              dev.holdfast.v1.GetTaskGraphResponse>(
                service, METHODID_GET_TASK_GRAPH)))
        .addMethod(
          getApplyMutationsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ApplyMutationsRequest,
              dev.holdfast.v1.ApplyMutationsResponse>(
                service, METHODID_APPLY_MUTATIONS)))
        .addMethod(
          getBulkChangeTasksMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.BulkChangeTasksRequest,
              dev.holdfast.v1.BulkChangeTasksResponse>(
                service, METHODID_BULK_CHANGE_TASKS)))
        .addMethod(
          getAddNoteMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.AddNoteRequest,
              dev.holdfast.v1.AddNoteResponse>(
                service, METHODID_ADD_NOTE)))
        .addMethod(
          getListNotesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListNotesRequest,
              dev.holdfast.v1.ListNotesResponse>(
                service, METHODID_LIST_NOTES)))
        .addMethod(
          getImportTasksMethod(),
          io.grpc.stub.ServerCalls.asyncBidiStreamingCall(
            new MethodHandlers<
              dev.holdfast.v1.ImportTasksRequest,
              dev.holdfast.v1.ImportTasksResponse>(
                service, METHODID_IMPORT_TASKS)))
        .build();
  }

  private static abstract class TaskServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    TaskServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.TaskServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("TaskService");
    }
  }

  private static final class TaskServiceFileDescriptorSupplier
      extends TaskServiceBaseDescriptorSupplier {
    TaskServiceFileDescriptorSupplier() {}
  }

  private static final class TaskServiceMethodDescriptorSupplier
      extends TaskServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    TaskServiceMethodDescriptorSupplier(java.lang.String methodName) {
      this.methodName = methodName;
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.MethodDescriptor getMethodDescriptor() {
      return getServiceDescriptor().findMethodByName(methodName);
    }
  }

  private static volatile io.grpc.ServiceDescriptor serviceDescriptor;

  public static io.grpc.ServiceDescriptor getServiceDescriptor() {
    io.grpc.ServiceDescriptor result = serviceDescriptor;
    if (result == null) {
      synchronized (TaskServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new TaskServiceFileDescriptorSupplier())
              .addMethod(getCreateTaskMethod())
              .addMethod(getBatchCreateTasksMethod())
              .addMethod(getGetTaskMethod())
              .addMethod(getUpdateTaskMethod())
              .addMethod(getListTasksMethod())
              .addMethod(getDeleteTaskMethod())
              .addMethod(getUndeleteTaskMethod())
              .addMethod(getListTaskRevisionsMethod())
              .addMethod(getClaimTaskMethod())
              .addMethod(getHeartbeatTaskMethod())
              .addMethod(getReleaseTaskMethod())
              .addMethod(getCompleteTaskMethod())
              .addMethod(getFailTaskMethod())
              .addMethod(getCancelTaskMethod())
              .addMethod(getPauseTaskMethod())
              .addMethod(getResumeTaskMethod())
              .addMethod(getRequestInputMethod())
              .addMethod(getProvideInputMethod())
              .addMethod(getAcknowledgeDirectiveMethod())
              .addMethod(getRejectTaskMethod())
              .addMethod(getPutStepMethod())
              .addMethod(getGetStepsMethod())
              .addMethod(getGetArtifactMethod())
              .addMethod(getRetryTaskMethod())
              .addMethod(getReopenTaskMethod())
              .addMethod(getAddDependencyMethod())
              .addMethod(getRemoveDependencyMethod())
              .addMethod(getGetTaskGraphMethod())
              .addMethod(getApplyMutationsMethod())
              .addMethod(getBulkChangeTasksMethod())
              .addMethod(getAddNoteMethod())
              .addMethod(getListNotesMethod())
              .addMethod(getImportTasksMethod())
              .build();
        }
      }
    }
    return result;
  }
}
