package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Starts, renews, ends and resumes sessions; keeps their checkpoints and transcripts.
 * Calls that act for a session carry it in the metadata `holdfast-session: NAME;TOKEN`.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SessionServiceGrpc {

  private SessionServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.SessionService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.StartSessionRequest,
      dev.holdfast.v1.StartSessionResponse> getStartSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "StartSession",
      requestType = dev.holdfast.v1.StartSessionRequest.class,
      responseType = dev.holdfast.v1.StartSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.StartSessionRequest,
      dev.holdfast.v1.StartSessionResponse> getStartSessionMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.StartSessionRequest, dev.holdfast.v1.StartSessionResponse> getStartSessionMethod;
    if ((getStartSessionMethod = SessionServiceGrpc.getStartSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getStartSessionMethod = SessionServiceGrpc.getStartSessionMethod) == null) {
          SessionServiceGrpc.getStartSessionMethod = getStartSessionMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.StartSessionRequest, dev.holdfast.v1.StartSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "StartSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.StartSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.StartSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("StartSession"))
              .build();
        }
      }
    }
    return getStartSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.HeartbeatSessionRequest,
      dev.holdfast.v1.HeartbeatSessionResponse> getHeartbeatSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "HeartbeatSession",
      requestType = dev.holdfast.v1.HeartbeatSessionRequest.class,
      responseType = dev.holdfast.v1.HeartbeatSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.HeartbeatSessionRequest,
      dev.holdfast.v1.HeartbeatSessionResponse> getHeartbeatSessionMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.HeartbeatSessionRequest, dev.holdfast.v1.HeartbeatSessionResponse> getHeartbeatSessionMethod;
    if ((getHeartbeatSessionMethod = SessionServiceGrpc.getHeartbeatSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getHeartbeatSessionMethod = SessionServiceGrpc.getHeartbeatSessionMethod) == null) {
          SessionServiceGrpc.getHeartbeatSessionMethod = getHeartbeatSessionMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.HeartbeatSessionRequest, dev.holdfast.v1.HeartbeatSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "HeartbeatSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.HeartbeatSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.HeartbeatSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("HeartbeatSession"))
              .build();
        }
      }
    }
    return getHeartbeatSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.EndSessionRequest,
      dev.holdfast.v1.EndSessionResponse> getEndSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "EndSession",
      requestType = dev.holdfast.v1.EndSessionRequest.class,
      responseType = dev.holdfast.v1.EndSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.EndSessionRequest,
      dev.holdfast.v1.EndSessionResponse> getEndSessionMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.EndSessionRequest, dev.holdfast.v1.EndSessionResponse> getEndSessionMethod;
    if ((getEndSessionMethod = SessionServiceGrpc.getEndSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getEndSessionMethod = SessionServiceGrpc.getEndSessionMethod) == null) {
          SessionServiceGrpc.getEndSessionMethod = getEndSessionMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.EndSessionRequest, dev.holdfast.v1.EndSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "EndSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.EndSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.EndSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("EndSession"))
              .build();
        }
      }
    }
    return getEndSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetSessionRequest,
      dev.holdfast.v1.GetSessionResponse> getGetSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetSession",
      requestType = dev.holdfast.v1.GetSessionRequest.class,
      responseType = dev.holdfast.v1.GetSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetSessionRequest,
      dev.holdfast.v1.GetSessionResponse> getGetSessionMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetSessionRequest, dev.holdfast.v1.GetSessionResponse> getGetSessionMethod;
    if ((getGetSessionMethod = SessionServiceGrpc.getGetSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getGetSessionMethod = SessionServiceGrpc.getGetSessionMethod) == null) {
          SessionServiceGrpc.getGetSessionMethod = getGetSessionMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetSessionRequest, dev.holdfast.v1.GetSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("GetSession"))
              .build();
        }
      }
    }
    return getGetSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListSessionsRequest,
      dev.holdfast.v1.ListSessionsResponse> getListSessionsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListSessions",
      requestType = dev.holdfast.v1.ListSessionsRequest.class,
      responseType = dev.holdfast.v1.ListSessionsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListSessionsRequest,
      dev.holdfast.v1.ListSessionsResponse> getListSessionsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListSessionsRequest, dev.holdfast.v1.ListSessionsResponse> getListSessionsMethod;
    if ((getListSessionsMethod = SessionServiceGrpc.getListSessionsMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getListSessionsMethod = SessionServiceGrpc.getListSessionsMethod) == null) {
          SessionServiceGrpc.getListSessionsMethod = getListSessionsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListSessionsRequest, dev.holdfast.v1.ListSessionsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListSessions"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListSessionsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListSessionsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("ListSessions"))
              .build();
        }
      }
    }
    return getListSessionsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ResumeSessionRequest,
      dev.holdfast.v1.ResumeSessionResponse> getResumeSessionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ResumeSession",
      requestType = dev.holdfast.v1.ResumeSessionRequest.class,
      responseType = dev.holdfast.v1.ResumeSessionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ResumeSessionRequest,
      dev.holdfast.v1.ResumeSessionResponse> getResumeSessionMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ResumeSessionRequest, dev.holdfast.v1.ResumeSessionResponse> getResumeSessionMethod;
    if ((getResumeSessionMethod = SessionServiceGrpc.getResumeSessionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getResumeSessionMethod = SessionServiceGrpc.getResumeSessionMethod) == null) {
          SessionServiceGrpc.getResumeSessionMethod = getResumeSessionMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ResumeSessionRequest, dev.holdfast.v1.ResumeSessionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ResumeSession"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ResumeSessionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ResumeSessionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("ResumeSession"))
              .build();
        }
      }
    }
    return getResumeSessionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetBriefingRequest,
      dev.holdfast.v1.GetBriefingResponse> getGetBriefingMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetBriefing",
      requestType = dev.holdfast.v1.GetBriefingRequest.class,
      responseType = dev.holdfast.v1.GetBriefingResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetBriefingRequest,
      dev.holdfast.v1.GetBriefingResponse> getGetBriefingMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetBriefingRequest, dev.holdfast.v1.GetBriefingResponse> getGetBriefingMethod;
    if ((getGetBriefingMethod = SessionServiceGrpc.getGetBriefingMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getGetBriefingMethod = SessionServiceGrpc.getGetBriefingMethod) == null) {
          SessionServiceGrpc.getGetBriefingMethod = getGetBriefingMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetBriefingRequest, dev.holdfast.v1.GetBriefingResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetBriefing"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetBriefingRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetBriefingResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("GetBriefing"))
              .build();
        }
      }
    }
    return getGetBriefingMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.SaveCheckpointRequest,
      dev.holdfast.v1.SaveCheckpointResponse> getSaveCheckpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SaveCheckpoint",
      requestType = dev.holdfast.v1.SaveCheckpointRequest.class,
      responseType = dev.holdfast.v1.SaveCheckpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.SaveCheckpointRequest,
      dev.holdfast.v1.SaveCheckpointResponse> getSaveCheckpointMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.SaveCheckpointRequest, dev.holdfast.v1.SaveCheckpointResponse> getSaveCheckpointMethod;
    if ((getSaveCheckpointMethod = SessionServiceGrpc.getSaveCheckpointMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getSaveCheckpointMethod = SessionServiceGrpc.getSaveCheckpointMethod) == null) {
          SessionServiceGrpc.getSaveCheckpointMethod = getSaveCheckpointMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.SaveCheckpointRequest, dev.holdfast.v1.SaveCheckpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SaveCheckpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.SaveCheckpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.SaveCheckpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("SaveCheckpoint"))
              .build();
        }
      }
    }
    return getSaveCheckpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.UploadCheckpointRequest,
      dev.holdfast.v1.UploadCheckpointResponse> getUploadCheckpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "UploadCheckpoint",
      requestType = dev.holdfast.v1.UploadCheckpointRequest.class,
      responseType = dev.holdfast.v1.UploadCheckpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.UploadCheckpointRequest,
      dev.holdfast.v1.UploadCheckpointResponse> getUploadCheckpointMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.UploadCheckpointRequest, dev.holdfast.v1.UploadCheckpointResponse> getUploadCheckpointMethod;
    if ((getUploadCheckpointMethod = SessionServiceGrpc.getUploadCheckpointMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getUploadCheckpointMethod = SessionServiceGrpc.getUploadCheckpointMethod) == null) {
          SessionServiceGrpc.getUploadCheckpointMethod = getUploadCheckpointMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.UploadCheckpointRequest, dev.holdfast.v1.UploadCheckpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.CLIENT_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "UploadCheckpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.UploadCheckpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.UploadCheckpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("UploadCheckpoint"))
              .build();
        }
      }
    }
    return getUploadCheckpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetCheckpointRequest,
      dev.holdfast.v1.GetCheckpointResponse> getGetCheckpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetCheckpoint",
      requestType = dev.holdfast.v1.GetCheckpointRequest.class,
      responseType = dev.holdfast.v1.GetCheckpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetCheckpointRequest,
      dev.holdfast.v1.GetCheckpointResponse> getGetCheckpointMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetCheckpointRequest, dev.holdfast.v1.GetCheckpointResponse> getGetCheckpointMethod;
    if ((getGetCheckpointMethod = SessionServiceGrpc.getGetCheckpointMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getGetCheckpointMethod = SessionServiceGrpc.getGetCheckpointMethod) == null) {
          SessionServiceGrpc.getGetCheckpointMethod = getGetCheckpointMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetCheckpointRequest, dev.holdfast.v1.GetCheckpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetCheckpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetCheckpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetCheckpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("GetCheckpoint"))
              .build();
        }
      }
    }
    return getGetCheckpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.DownloadCheckpointRequest,
      dev.holdfast.v1.DownloadCheckpointResponse> getDownloadCheckpointMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DownloadCheckpoint",
      requestType = dev.holdfast.v1.DownloadCheckpointRequest.class,
      responseType = dev.holdfast.v1.DownloadCheckpointResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.DownloadCheckpointRequest,
      dev.holdfast.v1.DownloadCheckpointResponse> getDownloadCheckpointMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.DownloadCheckpointRequest, dev.holdfast.v1.DownloadCheckpointResponse> getDownloadCheckpointMethod;
    if ((getDownloadCheckpointMethod = SessionServiceGrpc.getDownloadCheckpointMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getDownloadCheckpointMethod = SessionServiceGrpc.getDownloadCheckpointMethod) == null) {
          SessionServiceGrpc.getDownloadCheckpointMethod = getDownloadCheckpointMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.DownloadCheckpointRequest, dev.holdfast.v1.DownloadCheckpointResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DownloadCheckpoint"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DownloadCheckpointRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DownloadCheckpointResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("DownloadCheckpoint"))
              .build();
        }
      }
    }
    return getDownloadCheckpointMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListCheckpointsRequest,
      dev.holdfast.v1.ListCheckpointsResponse> getListCheckpointsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListCheckpoints",
      requestType = dev.holdfast.v1.ListCheckpointsRequest.class,
      responseType = dev.holdfast.v1.ListCheckpointsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListCheckpointsRequest,
      dev.holdfast.v1.ListCheckpointsResponse> getListCheckpointsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListCheckpointsRequest, dev.holdfast.v1.ListCheckpointsResponse> getListCheckpointsMethod;
    if ((getListCheckpointsMethod = SessionServiceGrpc.getListCheckpointsMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getListCheckpointsMethod = SessionServiceGrpc.getListCheckpointsMethod) == null) {
          SessionServiceGrpc.getListCheckpointsMethod = getListCheckpointsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListCheckpointsRequest, dev.holdfast.v1.ListCheckpointsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListCheckpoints"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListCheckpointsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListCheckpointsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("ListCheckpoints"))
              .build();
        }
      }
    }
    return getListCheckpointsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.PutCheckpointWritesRequest,
      dev.holdfast.v1.PutCheckpointWritesResponse> getPutCheckpointWritesMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PutCheckpointWrites",
      requestType = dev.holdfast.v1.PutCheckpointWritesRequest.class,
      responseType = dev.holdfast.v1.PutCheckpointWritesResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.PutCheckpointWritesRequest,
      dev.holdfast.v1.PutCheckpointWritesResponse> getPutCheckpointWritesMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.PutCheckpointWritesRequest, dev.holdfast.v1.PutCheckpointWritesResponse> getPutCheckpointWritesMethod;
    if ((getPutCheckpointWritesMethod = SessionServiceGrpc.getPutCheckpointWritesMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getPutCheckpointWritesMethod = SessionServiceGrpc.getPutCheckpointWritesMethod) == null) {
          SessionServiceGrpc.getPutCheckpointWritesMethod = getPutCheckpointWritesMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.PutCheckpointWritesRequest, dev.holdfast.v1.PutCheckpointWritesResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PutCheckpointWrites"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PutCheckpointWritesRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PutCheckpointWritesResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("PutCheckpointWrites"))
              .build();
        }
      }
    }
    return getPutCheckpointWritesMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.CopyCheckpointsRequest,
      dev.holdfast.v1.CopyCheckpointsResponse> getCopyCheckpointsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CopyCheckpoints",
      requestType = dev.holdfast.v1.CopyCheckpointsRequest.class,
      responseType = dev.holdfast.v1.CopyCheckpointsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.CopyCheckpointsRequest,
      dev.holdfast.v1.CopyCheckpointsResponse> getCopyCheckpointsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.CopyCheckpointsRequest, dev.holdfast.v1.CopyCheckpointsResponse> getCopyCheckpointsMethod;
    if ((getCopyCheckpointsMethod = SessionServiceGrpc.getCopyCheckpointsMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getCopyCheckpointsMethod = SessionServiceGrpc.getCopyCheckpointsMethod) == null) {
          SessionServiceGrpc.getCopyCheckpointsMethod = getCopyCheckpointsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.CopyCheckpointsRequest, dev.holdfast.v1.CopyCheckpointsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CopyCheckpoints"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CopyCheckpointsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CopyCheckpointsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("CopyCheckpoints"))
              .build();
        }
      }
    }
    return getCopyCheckpointsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteCheckpointsRequest,
      dev.holdfast.v1.DeleteCheckpointsResponse> getDeleteCheckpointsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteCheckpoints",
      requestType = dev.holdfast.v1.DeleteCheckpointsRequest.class,
      responseType = dev.holdfast.v1.DeleteCheckpointsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteCheckpointsRequest,
      dev.holdfast.v1.DeleteCheckpointsResponse> getDeleteCheckpointsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteCheckpointsRequest, dev.holdfast.v1.DeleteCheckpointsResponse> getDeleteCheckpointsMethod;
    if ((getDeleteCheckpointsMethod = SessionServiceGrpc.getDeleteCheckpointsMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getDeleteCheckpointsMethod = SessionServiceGrpc.getDeleteCheckpointsMethod) == null) {
          SessionServiceGrpc.getDeleteCheckpointsMethod = getDeleteCheckpointsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.DeleteCheckpointsRequest, dev.holdfast.v1.DeleteCheckpointsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteCheckpoints"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DeleteCheckpointsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DeleteCheckpointsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("DeleteCheckpoints"))
              .build();
        }
      }
    }
    return getDeleteCheckpointsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.SetCheckpointRetentionRequest,
      dev.holdfast.v1.SetCheckpointRetentionResponse> getSetCheckpointRetentionMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "SetCheckpointRetention",
      requestType = dev.holdfast.v1.SetCheckpointRetentionRequest.class,
      responseType = dev.holdfast.v1.SetCheckpointRetentionResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.SetCheckpointRetentionRequest,
      dev.holdfast.v1.SetCheckpointRetentionResponse> getSetCheckpointRetentionMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.SetCheckpointRetentionRequest, dev.holdfast.v1.SetCheckpointRetentionResponse> getSetCheckpointRetentionMethod;
    if ((getSetCheckpointRetentionMethod = SessionServiceGrpc.getSetCheckpointRetentionMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getSetCheckpointRetentionMethod = SessionServiceGrpc.getSetCheckpointRetentionMethod) == null) {
          SessionServiceGrpc.getSetCheckpointRetentionMethod = getSetCheckpointRetentionMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.SetCheckpointRetentionRequest, dev.holdfast.v1.SetCheckpointRetentionResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "SetCheckpointRetention"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.SetCheckpointRetentionRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.SetCheckpointRetentionResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("SetCheckpointRetention"))
              .build();
        }
      }
    }
    return getSetCheckpointRetentionMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.AppendTranscriptRequest,
      dev.holdfast.v1.AppendTranscriptResponse> getAppendTranscriptMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "AppendTranscript",
      requestType = dev.holdfast.v1.AppendTranscriptRequest.class,
      responseType = dev.holdfast.v1.AppendTranscriptResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.AppendTranscriptRequest,
      dev.holdfast.v1.AppendTranscriptResponse> getAppendTranscriptMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.AppendTranscriptRequest, dev.holdfast.v1.AppendTranscriptResponse> getAppendTranscriptMethod;
    if ((getAppendTranscriptMethod = SessionServiceGrpc.getAppendTranscriptMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getAppendTranscriptMethod = SessionServiceGrpc.getAppendTranscriptMethod) == null) {
          SessionServiceGrpc.getAppendTranscriptMethod = getAppendTranscriptMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.AppendTranscriptRequest, dev.holdfast.v1.AppendTranscriptResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "AppendTranscript"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AppendTranscriptRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.AppendTranscriptResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("AppendTranscript"))
              .build();
        }
      }
    }
    return getAppendTranscriptMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ReadTranscriptRequest,
      dev.holdfast.v1.ReadTranscriptResponse> getReadTranscriptMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ReadTranscript",
      requestType = dev.holdfast.v1.ReadTranscriptRequest.class,
      responseType = dev.holdfast.v1.ReadTranscriptResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ReadTranscriptRequest,
      dev.holdfast.v1.ReadTranscriptResponse> getReadTranscriptMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ReadTranscriptRequest, dev.holdfast.v1.ReadTranscriptResponse> getReadTranscriptMethod;
    if ((getReadTranscriptMethod = SessionServiceGrpc.getReadTranscriptMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getReadTranscriptMethod = SessionServiceGrpc.getReadTranscriptMethod) == null) {
          SessionServiceGrpc.getReadTranscriptMethod = getReadTranscriptMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ReadTranscriptRequest, dev.holdfast.v1.ReadTranscriptResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ReadTranscript"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReadTranscriptRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ReadTranscriptResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("ReadTranscript"))
              .build();
        }
      }
    }
    return getReadTranscriptMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.PopTranscriptRequest,
      dev.holdfast.v1.PopTranscriptResponse> getPopTranscriptMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "PopTranscript",
      requestType = dev.holdfast.v1.PopTranscriptRequest.class,
      responseType = dev.holdfast.v1.PopTranscriptResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.PopTranscriptRequest,
      dev.holdfast.v1.PopTranscriptResponse> getPopTranscriptMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.PopTranscriptRequest, dev.holdfast.v1.PopTranscriptResponse> getPopTranscriptMethod;
    if ((getPopTranscriptMethod = SessionServiceGrpc.getPopTranscriptMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getPopTranscriptMethod = SessionServiceGrpc.getPopTranscriptMethod) == null) {
          SessionServiceGrpc.getPopTranscriptMethod = getPopTranscriptMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.PopTranscriptRequest, dev.holdfast.v1.PopTranscriptResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "PopTranscript"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PopTranscriptRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.PopTranscriptResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("PopTranscript"))
              .build();
        }
      }
    }
    return getPopTranscriptMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ClearTranscriptRequest,
      dev.holdfast.v1.ClearTranscriptResponse> getClearTranscriptMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ClearTranscript",
      requestType = dev.holdfast.v1.ClearTranscriptRequest.class,
      responseType = dev.holdfast.v1.ClearTranscriptResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ClearTranscriptRequest,
      dev.holdfast.v1.ClearTranscriptResponse> getClearTranscriptMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ClearTranscriptRequest, dev.holdfast.v1.ClearTranscriptResponse> getClearTranscriptMethod;
    if ((getClearTranscriptMethod = SessionServiceGrpc.getClearTranscriptMethod) == null) {
      synchronized (SessionServiceGrpc.class) {
        if ((getClearTranscriptMethod = SessionServiceGrpc.getClearTranscriptMethod) == null) {
          SessionServiceGrpc.getClearTranscriptMethod = getClearTranscriptMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ClearTranscriptRequest, dev.holdfast.v1.ClearTranscriptResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ClearTranscript"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ClearTranscriptRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ClearTranscriptResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SessionServiceMethodDescriptorSupplier("ClearTranscript"))
              .build();
        }
      }
    }
    return getClearTranscriptMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SessionServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceStub>() {
        @java.lang.Override
        public SessionServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceStub(channel, callOptions);
        }
      };
    return SessionServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SessionServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingV2Stub>() {
        @java.lang.Override
        public SessionServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SessionServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SessionServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceBlockingStub>() {
        @java.lang.Override
        public SessionServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceBlockingStub(channel, callOptions);
        }
      };
    return SessionServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SessionServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SessionServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SessionServiceFutureStub>() {
        @java.lang.Override
        public SessionServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SessionServiceFutureStub(channel, callOptions);
        }
      };
    return SessionServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Starts, renews, ends and resumes sessions; keeps their checkpoints and transcripts.
   * Calls that act for a session carry it in the metadata `holdfast-session: NAME;TOKEN`.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Starts a session of an agent, which appears with it. Errors: ALREADY_EXISTS (the id), NOT_FOUND (the project), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `QUOTA` (100,000 sessions of a project).
     * </pre>
     */
    default void startSession(dev.holdfast.v1.StartSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.StartSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getStartSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Renews the caller's session with all that it holds, and says what it should know. Errors: FAILED_PRECONDITION `SESSION_LOST` or
     * `SESSION_ENDED` (with its successor), ABORTED `FENCED` (the token).
     * </pre>
     */
    default void heartbeatSession(dev.holdfast.v1.HeartbeatSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.HeartbeatSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getHeartbeatSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Ends a session: what it holds is handed over, or given back. Errors as HeartbeatSession, but a LOST session can be ended, by anyone.
     * </pre>
     */
    default void endSession(dev.holdfast.v1.EndSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.EndSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getEndSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns a session. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void getSession(dev.holdfast.v1.GetSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists sessions, by name, or those of an agent, newest first. Errors: NOT_FOUND (the project). Retry safe.
     * </pre>
     */
    default void listSessions(dev.holdfast.v1.ListSessionsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListSessionsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListSessionsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes up the work of a session that is over: fences it, starts its successor, gives that its claims and locks under new tokens, in one
     * commit; then tells what it needs to go on. Of an agent: the newest LOST or ENDED session with unfinished work, else a fresh
     * one starts. Errors: NOT_FOUND, FAILED_PRECONDITION `SESSION_ACTIVE` (without `take_over`) or `SESSION_ENDED` (it has a successor).
     * </pre>
     */
    default void resumeSession(dev.holdfast.v1.ResumeSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ResumeSessionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getResumeSessionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Tells what an agent needs at its start or after its context was cut. It changes nothing. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void getBriefing(dev.holdfast.v1.GetBriefingRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetBriefingResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetBriefingMethod(), responseObserver);
    }

    /**
     * <pre>
     * Saves a checkpoint of the caller's session. The tokens of the tasks that it belongs to are checked. Errors: ALREADY_EXISTS (the id, with
     * other bytes: the same checkpoint again is answered as the first time), ABORTED `FENCED`, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    default void saveCheckpoint(dev.holdfast.v1.SaveCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.SaveCheckpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSaveCheckpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * Saves a checkpoint of up to 1 GiB: the first message says what it is, the others bring its bytes in chunks of at most 1 MiB.
     * </pre>
     */
    default io.grpc.stub.StreamObserver<dev.holdfast.v1.UploadCheckpointRequest> uploadCheckpoint(
        io.grpc.stub.StreamObserver<dev.holdfast.v1.UploadCheckpointResponse> responseObserver) {
      return io.grpc.stub.ServerCalls.asyncUnimplementedStreamingCall(getUploadCheckpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns a checkpoint with its pending writes, and with its bytes up to 3 MiB. Without an id the newest one of the namespace.
     * Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    default void getCheckpoint(dev.holdfast.v1.GetCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetCheckpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetCheckpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * Streams the bytes of a checkpoint of any size, after one message that describes it. Errors as GetCheckpoint. Retry safe.
     * </pre>
     */
    default void downloadCheckpoint(dev.holdfast.v1.DownloadCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DownloadCheckpointResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDownloadCheckpointMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists checkpoints, newest first. Errors: NOT_FOUND (the session), INVALID_ARGUMENT `FILTER_INVALID`. Retry safe.
     * </pre>
     */
    default void listCheckpoints(dev.holdfast.v1.ListCheckpointsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListCheckpointsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListCheckpointsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Keeps writes against a checkpoint until the next one: a write of a part and index that is there is left alone. At most 1000 a checkpoint, and 3 MiB in all.
     * Errors: NOT_FOUND, RESOURCE_EXHAUSTED `QUOTA`.
     * </pre>
     */
    default void putCheckpointWrites(dev.holdfast.v1.PutCheckpointWritesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PutCheckpointWritesResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPutCheckpointWritesMethod(), responseObserver);
    }

    /**
     * <pre>
     * Copies the checkpoints of a namespace to another namespace or session, with new ids, oldest first, at most 1000. Bytes are shared.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `GRAPH_TOO_LARGE`.
     * </pre>
     */
    default void copyCheckpoints(dev.holdfast.v1.CopyCheckpointsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CopyCheckpointsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCopyCheckpointsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes checkpoints away for good: by name, or all of a namespace. At most 1000 in one call; `more` says that there are others.
     * Errors: NOT_FOUND.
     * </pre>
     */
    default void deleteCheckpoints(dev.holdfast.v1.DeleteCheckpointsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteCheckpointsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteCheckpointsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sets how long the checkpoints of a session's namespace are kept from now on. Errors: NOT_FOUND.
     * </pre>
     */
    default void setCheckpointRetention(dev.holdfast.v1.SetCheckpointRetentionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.SetCheckpointRetentionResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getSetCheckpointRetentionMethod(), responseObserver);
    }

    /**
     * <pre>
     * Appends items to a transcript, in one record. An item whose uuid is there already is left out. Errors: NOT_FOUND, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    default void appendTranscript(dev.holdfast.v1.AppendTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AppendTranscriptResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getAppendTranscriptMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads a transcript from its start, after a place, or its last items. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void readTranscript(dev.holdfast.v1.ReadTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReadTranscriptResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getReadTranscriptMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes the newest item away and returns it; none if it is empty. Errors: NOT_FOUND.
     * </pre>
     */
    default void popTranscript(dev.holdfast.v1.PopTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PopTranscriptResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getPopTranscriptMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes all items of a transcript away. Errors: NOT_FOUND.
     * </pre>
     */
    default void clearTranscript(dev.holdfast.v1.ClearTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ClearTranscriptResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getClearTranscriptMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SessionService.
   * <pre>
   * Starts, renews, ends and resumes sessions; keeps their checkpoints and transcripts.
   * Calls that act for a session carry it in the metadata `holdfast-session: NAME;TOKEN`.
   * </pre>
   */
  public static abstract class SessionServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SessionServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SessionService.
   * <pre>
   * Starts, renews, ends and resumes sessions; keeps their checkpoints and transcripts.
   * Calls that act for a session carry it in the metadata `holdfast-session: NAME;TOKEN`.
   * </pre>
   */
  public static final class SessionServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SessionServiceStub> {
    private SessionServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts a session of an agent, which appears with it. Errors: ALREADY_EXISTS (the id), NOT_FOUND (the project), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `QUOTA` (100,000 sessions of a project).
     * </pre>
     */
    public void startSession(dev.holdfast.v1.StartSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.StartSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getStartSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Renews the caller's session with all that it holds, and says what it should know. Errors: FAILED_PRECONDITION `SESSION_LOST` or
     * `SESSION_ENDED` (with its successor), ABORTED `FENCED` (the token).
     * </pre>
     */
    public void heartbeatSession(dev.holdfast.v1.HeartbeatSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.HeartbeatSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getHeartbeatSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Ends a session: what it holds is handed over, or given back. Errors as HeartbeatSession, but a LOST session can be ended, by anyone.
     * </pre>
     */
    public void endSession(dev.holdfast.v1.EndSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.EndSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getEndSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns a session. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void getSession(dev.holdfast.v1.GetSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists sessions, by name, or those of an agent, newest first. Errors: NOT_FOUND (the project). Retry safe.
     * </pre>
     */
    public void listSessions(dev.holdfast.v1.ListSessionsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListSessionsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListSessionsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes up the work of a session that is over: fences it, starts its successor, gives that its claims and locks under new tokens, in one
     * commit; then tells what it needs to go on. Of an agent: the newest LOST or ENDED session with unfinished work, else a fresh
     * one starts. Errors: NOT_FOUND, FAILED_PRECONDITION `SESSION_ACTIVE` (without `take_over`) or `SESSION_ENDED` (it has a successor).
     * </pre>
     */
    public void resumeSession(dev.holdfast.v1.ResumeSessionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ResumeSessionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getResumeSessionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Tells what an agent needs at its start or after its context was cut. It changes nothing. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void getBriefing(dev.holdfast.v1.GetBriefingRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetBriefingResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetBriefingMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Saves a checkpoint of the caller's session. The tokens of the tasks that it belongs to are checked. Errors: ALREADY_EXISTS (the id, with
     * other bytes: the same checkpoint again is answered as the first time), ABORTED `FENCED`, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public void saveCheckpoint(dev.holdfast.v1.SaveCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.SaveCheckpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSaveCheckpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Saves a checkpoint of up to 1 GiB: the first message says what it is, the others bring its bytes in chunks of at most 1 MiB.
     * </pre>
     */
    public io.grpc.stub.StreamObserver<dev.holdfast.v1.UploadCheckpointRequest> uploadCheckpoint(
        io.grpc.stub.StreamObserver<dev.holdfast.v1.UploadCheckpointResponse> responseObserver) {
      return io.grpc.stub.ClientCalls.asyncClientStreamingCall(
          getChannel().newCall(getUploadCheckpointMethod(), getCallOptions()), responseObserver);
    }

    /**
     * <pre>
     * Returns a checkpoint with its pending writes, and with its bytes up to 3 MiB. Without an id the newest one of the namespace.
     * Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public void getCheckpoint(dev.holdfast.v1.GetCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetCheckpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetCheckpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Streams the bytes of a checkpoint of any size, after one message that describes it. Errors as GetCheckpoint. Retry safe.
     * </pre>
     */
    public void downloadCheckpoint(dev.holdfast.v1.DownloadCheckpointRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DownloadCheckpointResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getDownloadCheckpointMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists checkpoints, newest first. Errors: NOT_FOUND (the session), INVALID_ARGUMENT `FILTER_INVALID`. Retry safe.
     * </pre>
     */
    public void listCheckpoints(dev.holdfast.v1.ListCheckpointsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListCheckpointsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListCheckpointsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Keeps writes against a checkpoint until the next one: a write of a part and index that is there is left alone. At most 1000 a checkpoint, and 3 MiB in all.
     * Errors: NOT_FOUND, RESOURCE_EXHAUSTED `QUOTA`.
     * </pre>
     */
    public void putCheckpointWrites(dev.holdfast.v1.PutCheckpointWritesRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PutCheckpointWritesResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPutCheckpointWritesMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Copies the checkpoints of a namespace to another namespace or session, with new ids, oldest first, at most 1000. Bytes are shared.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `GRAPH_TOO_LARGE`.
     * </pre>
     */
    public void copyCheckpoints(dev.holdfast.v1.CopyCheckpointsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CopyCheckpointsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCopyCheckpointsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes checkpoints away for good: by name, or all of a namespace. At most 1000 in one call; `more` says that there are others.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public void deleteCheckpoints(dev.holdfast.v1.DeleteCheckpointsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteCheckpointsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteCheckpointsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sets how long the checkpoints of a session's namespace are kept from now on. Errors: NOT_FOUND.
     * </pre>
     */
    public void setCheckpointRetention(dev.holdfast.v1.SetCheckpointRetentionRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.SetCheckpointRetentionResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getSetCheckpointRetentionMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Appends items to a transcript, in one record. An item whose uuid is there already is left out. Errors: NOT_FOUND, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public void appendTranscript(dev.holdfast.v1.AppendTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.AppendTranscriptResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getAppendTranscriptMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads a transcript from its start, after a place, or its last items. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void readTranscript(dev.holdfast.v1.ReadTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ReadTranscriptResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getReadTranscriptMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes the newest item away and returns it; none if it is empty. Errors: NOT_FOUND.
     * </pre>
     */
    public void popTranscript(dev.holdfast.v1.PopTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.PopTranscriptResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getPopTranscriptMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes all items of a transcript away. Errors: NOT_FOUND.
     * </pre>
     */
    public void clearTranscript(dev.holdfast.v1.ClearTranscriptRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ClearTranscriptResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getClearTranscriptMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SessionService.
   * <pre>
   * Starts, renews, ends and resumes sessions; keeps their checkpoints and transcripts.
   * Calls that act for a session carry it in the metadata `holdfast-session: NAME;TOKEN`.
   * </pre>
   */
  public static final class SessionServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SessionServiceBlockingV2Stub> {
    private SessionServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts a session of an agent, which appears with it. Errors: ALREADY_EXISTS (the id), NOT_FOUND (the project), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `QUOTA` (100,000 sessions of a project).
     * </pre>
     */
    public dev.holdfast.v1.StartSessionResponse startSession(dev.holdfast.v1.StartSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getStartSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Renews the caller's session with all that it holds, and says what it should know. Errors: FAILED_PRECONDITION `SESSION_LOST` or
     * `SESSION_ENDED` (with its successor), ABORTED `FENCED` (the token).
     * </pre>
     */
    public dev.holdfast.v1.HeartbeatSessionResponse heartbeatSession(dev.holdfast.v1.HeartbeatSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getHeartbeatSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a session: what it holds is handed over, or given back. Errors as HeartbeatSession, but a LOST session can be ended, by anyone.
     * </pre>
     */
    public dev.holdfast.v1.EndSessionResponse endSession(dev.holdfast.v1.EndSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getEndSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a session. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetSessionResponse getSession(dev.holdfast.v1.GetSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists sessions, by name, or those of an agent, newest first. Errors: NOT_FOUND (the project). Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListSessionsResponse listSessions(dev.holdfast.v1.ListSessionsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes up the work of a session that is over: fences it, starts its successor, gives that its claims and locks under new tokens, in one
     * commit; then tells what it needs to go on. Of an agent: the newest LOST or ENDED session with unfinished work, else a fresh
     * one starts. Errors: NOT_FOUND, FAILED_PRECONDITION `SESSION_ACTIVE` (without `take_over`) or `SESSION_ENDED` (it has a successor).
     * </pre>
     */
    public dev.holdfast.v1.ResumeSessionResponse resumeSession(dev.holdfast.v1.ResumeSessionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getResumeSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells what an agent needs at its start or after its context was cut. It changes nothing. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetBriefingResponse getBriefing(dev.holdfast.v1.GetBriefingRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetBriefingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves a checkpoint of the caller's session. The tokens of the tasks that it belongs to are checked. Errors: ALREADY_EXISTS (the id, with
     * other bytes: the same checkpoint again is answered as the first time), ABORTED `FENCED`, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public dev.holdfast.v1.SaveCheckpointResponse saveCheckpoint(dev.holdfast.v1.SaveCheckpointRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSaveCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves a checkpoint of up to 1 GiB: the first message says what it is, the others bring its bytes in chunks of at most 1 MiB.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<dev.holdfast.v1.UploadCheckpointRequest, dev.holdfast.v1.UploadCheckpointResponse>
        uploadCheckpoint() {
      return io.grpc.stub.ClientCalls.blockingClientStreamingCall(
          getChannel(), getUploadCheckpointMethod(), getCallOptions());
    }

    /**
     * <pre>
     * Returns a checkpoint with its pending writes, and with its bytes up to 3 MiB. Without an id the newest one of the namespace.
     * Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetCheckpointResponse getCheckpoint(dev.holdfast.v1.GetCheckpointRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams the bytes of a checkpoint of any size, after one message that describes it. Errors as GetCheckpoint. Retry safe.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.holdfast.v1.DownloadCheckpointResponse>
        downloadCheckpoint(dev.holdfast.v1.DownloadCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getDownloadCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists checkpoints, newest first. Errors: NOT_FOUND (the session), INVALID_ARGUMENT `FILTER_INVALID`. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListCheckpointsResponse listCheckpoints(dev.holdfast.v1.ListCheckpointsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListCheckpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps writes against a checkpoint until the next one: a write of a part and index that is there is left alone. At most 1000 a checkpoint, and 3 MiB in all.
     * Errors: NOT_FOUND, RESOURCE_EXHAUSTED `QUOTA`.
     * </pre>
     */
    public dev.holdfast.v1.PutCheckpointWritesResponse putCheckpointWrites(dev.holdfast.v1.PutCheckpointWritesRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPutCheckpointWritesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Copies the checkpoints of a namespace to another namespace or session, with new ids, oldest first, at most 1000. Bytes are shared.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `GRAPH_TOO_LARGE`.
     * </pre>
     */
    public dev.holdfast.v1.CopyCheckpointsResponse copyCheckpoints(dev.holdfast.v1.CopyCheckpointsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCopyCheckpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes checkpoints away for good: by name, or all of a namespace. At most 1000 in one call; `more` says that there are others.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.DeleteCheckpointsResponse deleteCheckpoints(dev.holdfast.v1.DeleteCheckpointsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteCheckpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets how long the checkpoints of a session's namespace are kept from now on. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.SetCheckpointRetentionResponse setCheckpointRetention(dev.holdfast.v1.SetCheckpointRetentionRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getSetCheckpointRetentionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Appends items to a transcript, in one record. An item whose uuid is there already is left out. Errors: NOT_FOUND, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public dev.holdfast.v1.AppendTranscriptResponse appendTranscript(dev.holdfast.v1.AppendTranscriptRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getAppendTranscriptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a transcript from its start, after a place, or its last items. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ReadTranscriptResponse readTranscript(dev.holdfast.v1.ReadTranscriptRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getReadTranscriptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes the newest item away and returns it; none if it is empty. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.PopTranscriptResponse popTranscript(dev.holdfast.v1.PopTranscriptRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getPopTranscriptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes all items of a transcript away. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.ClearTranscriptResponse clearTranscript(dev.holdfast.v1.ClearTranscriptRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getClearTranscriptMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SessionService.
   * <pre>
   * Starts, renews, ends and resumes sessions; keeps their checkpoints and transcripts.
   * Calls that act for a session carry it in the metadata `holdfast-session: NAME;TOKEN`.
   * </pre>
   */
  public static final class SessionServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SessionServiceBlockingStub> {
    private SessionServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts a session of an agent, which appears with it. Errors: ALREADY_EXISTS (the id), NOT_FOUND (the project), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `QUOTA` (100,000 sessions of a project).
     * </pre>
     */
    public dev.holdfast.v1.StartSessionResponse startSession(dev.holdfast.v1.StartSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getStartSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Renews the caller's session with all that it holds, and says what it should know. Errors: FAILED_PRECONDITION `SESSION_LOST` or
     * `SESSION_ENDED` (with its successor), ABORTED `FENCED` (the token).
     * </pre>
     */
    public dev.holdfast.v1.HeartbeatSessionResponse heartbeatSession(dev.holdfast.v1.HeartbeatSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getHeartbeatSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Ends a session: what it holds is handed over, or given back. Errors as HeartbeatSession, but a LOST session can be ended, by anyone.
     * </pre>
     */
    public dev.holdfast.v1.EndSessionResponse endSession(dev.holdfast.v1.EndSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getEndSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a session. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetSessionResponse getSession(dev.holdfast.v1.GetSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists sessions, by name, or those of an agent, newest first. Errors: NOT_FOUND (the project). Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListSessionsResponse listSessions(dev.holdfast.v1.ListSessionsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListSessionsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes up the work of a session that is over: fences it, starts its successor, gives that its claims and locks under new tokens, in one
     * commit; then tells what it needs to go on. Of an agent: the newest LOST or ENDED session with unfinished work, else a fresh
     * one starts. Errors: NOT_FOUND, FAILED_PRECONDITION `SESSION_ACTIVE` (without `take_over`) or `SESSION_ENDED` (it has a successor).
     * </pre>
     */
    public dev.holdfast.v1.ResumeSessionResponse resumeSession(dev.holdfast.v1.ResumeSessionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getResumeSessionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Tells what an agent needs at its start or after its context was cut. It changes nothing. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetBriefingResponse getBriefing(dev.holdfast.v1.GetBriefingRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetBriefingMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Saves a checkpoint of the caller's session. The tokens of the tasks that it belongs to are checked. Errors: ALREADY_EXISTS (the id, with
     * other bytes: the same checkpoint again is answered as the first time), ABORTED `FENCED`, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public dev.holdfast.v1.SaveCheckpointResponse saveCheckpoint(dev.holdfast.v1.SaveCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSaveCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a checkpoint with its pending writes, and with its bytes up to 3 MiB. Without an id the newest one of the namespace.
     * Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetCheckpointResponse getCheckpoint(dev.holdfast.v1.GetCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Streams the bytes of a checkpoint of any size, after one message that describes it. Errors as GetCheckpoint. Retry safe.
     * </pre>
     */
    public java.util.Iterator<dev.holdfast.v1.DownloadCheckpointResponse> downloadCheckpoint(
        dev.holdfast.v1.DownloadCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getDownloadCheckpointMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists checkpoints, newest first. Errors: NOT_FOUND (the session), INVALID_ARGUMENT `FILTER_INVALID`. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListCheckpointsResponse listCheckpoints(dev.holdfast.v1.ListCheckpointsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListCheckpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Keeps writes against a checkpoint until the next one: a write of a part and index that is there is left alone. At most 1000 a checkpoint, and 3 MiB in all.
     * Errors: NOT_FOUND, RESOURCE_EXHAUSTED `QUOTA`.
     * </pre>
     */
    public dev.holdfast.v1.PutCheckpointWritesResponse putCheckpointWrites(dev.holdfast.v1.PutCheckpointWritesRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPutCheckpointWritesMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Copies the checkpoints of a namespace to another namespace or session, with new ids, oldest first, at most 1000. Bytes are shared.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `GRAPH_TOO_LARGE`.
     * </pre>
     */
    public dev.holdfast.v1.CopyCheckpointsResponse copyCheckpoints(dev.holdfast.v1.CopyCheckpointsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCopyCheckpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes checkpoints away for good: by name, or all of a namespace. At most 1000 in one call; `more` says that there are others.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.DeleteCheckpointsResponse deleteCheckpoints(dev.holdfast.v1.DeleteCheckpointsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteCheckpointsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sets how long the checkpoints of a session's namespace are kept from now on. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.SetCheckpointRetentionResponse setCheckpointRetention(dev.holdfast.v1.SetCheckpointRetentionRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getSetCheckpointRetentionMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Appends items to a transcript, in one record. An item whose uuid is there already is left out. Errors: NOT_FOUND, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public dev.holdfast.v1.AppendTranscriptResponse appendTranscript(dev.holdfast.v1.AppendTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getAppendTranscriptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads a transcript from its start, after a place, or its last items. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ReadTranscriptResponse readTranscript(dev.holdfast.v1.ReadTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getReadTranscriptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes the newest item away and returns it; none if it is empty. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.PopTranscriptResponse popTranscript(dev.holdfast.v1.PopTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getPopTranscriptMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes all items of a transcript away. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.ClearTranscriptResponse clearTranscript(dev.holdfast.v1.ClearTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getClearTranscriptMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SessionService.
   * <pre>
   * Starts, renews, ends and resumes sessions; keeps their checkpoints and transcripts.
   * Calls that act for a session carry it in the metadata `holdfast-session: NAME;TOKEN`.
   * </pre>
   */
  public static final class SessionServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SessionServiceFutureStub> {
    private SessionServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SessionServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SessionServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Starts a session of an agent, which appears with it. Errors: ALREADY_EXISTS (the id), NOT_FOUND (the project), INVALID_ARGUMENT
     * `FIELD_INVALID`, RESOURCE_EXHAUSTED `QUOTA` (100,000 sessions of a project).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.StartSessionResponse> startSession(
        dev.holdfast.v1.StartSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getStartSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Renews the caller's session with all that it holds, and says what it should know. Errors: FAILED_PRECONDITION `SESSION_LOST` or
     * `SESSION_ENDED` (with its successor), ABORTED `FENCED` (the token).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.HeartbeatSessionResponse> heartbeatSession(
        dev.holdfast.v1.HeartbeatSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getHeartbeatSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Ends a session: what it holds is handed over, or given back. Errors as HeartbeatSession, but a LOST session can be ended, by anyone.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.EndSessionResponse> endSession(
        dev.holdfast.v1.EndSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getEndSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns a session. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetSessionResponse> getSession(
        dev.holdfast.v1.GetSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists sessions, by name, or those of an agent, newest first. Errors: NOT_FOUND (the project). Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListSessionsResponse> listSessions(
        dev.holdfast.v1.ListSessionsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListSessionsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes up the work of a session that is over: fences it, starts its successor, gives that its claims and locks under new tokens, in one
     * commit; then tells what it needs to go on. Of an agent: the newest LOST or ENDED session with unfinished work, else a fresh
     * one starts. Errors: NOT_FOUND, FAILED_PRECONDITION `SESSION_ACTIVE` (without `take_over`) or `SESSION_ENDED` (it has a successor).
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ResumeSessionResponse> resumeSession(
        dev.holdfast.v1.ResumeSessionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getResumeSessionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Tells what an agent needs at its start or after its context was cut. It changes nothing. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetBriefingResponse> getBriefing(
        dev.holdfast.v1.GetBriefingRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetBriefingMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Saves a checkpoint of the caller's session. The tokens of the tasks that it belongs to are checked. Errors: ALREADY_EXISTS (the id, with
     * other bytes: the same checkpoint again is answered as the first time), ABORTED `FENCED`, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.SaveCheckpointResponse> saveCheckpoint(
        dev.holdfast.v1.SaveCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSaveCheckpointMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns a checkpoint with its pending writes, and with its bytes up to 3 MiB. Without an id the newest one of the namespace.
     * Errors: NOT_FOUND, DATA_LOSS `CORRUPTION`. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetCheckpointResponse> getCheckpoint(
        dev.holdfast.v1.GetCheckpointRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetCheckpointMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists checkpoints, newest first. Errors: NOT_FOUND (the session), INVALID_ARGUMENT `FILTER_INVALID`. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListCheckpointsResponse> listCheckpoints(
        dev.holdfast.v1.ListCheckpointsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListCheckpointsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Keeps writes against a checkpoint until the next one: a write of a part and index that is there is left alone. At most 1000 a checkpoint, and 3 MiB in all.
     * Errors: NOT_FOUND, RESOURCE_EXHAUSTED `QUOTA`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.PutCheckpointWritesResponse> putCheckpointWrites(
        dev.holdfast.v1.PutCheckpointWritesRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPutCheckpointWritesMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Copies the checkpoints of a namespace to another namespace or session, with new ids, oldest first, at most 1000. Bytes are shared.
     * Errors: NOT_FOUND, FAILED_PRECONDITION `GRAPH_TOO_LARGE`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.CopyCheckpointsResponse> copyCheckpoints(
        dev.holdfast.v1.CopyCheckpointsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCopyCheckpointsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes checkpoints away for good: by name, or all of a namespace. At most 1000 in one call; `more` says that there are others.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.DeleteCheckpointsResponse> deleteCheckpoints(
        dev.holdfast.v1.DeleteCheckpointsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteCheckpointsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Sets how long the checkpoints of a session's namespace are kept from now on. Errors: NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.SetCheckpointRetentionResponse> setCheckpointRetention(
        dev.holdfast.v1.SetCheckpointRetentionRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getSetCheckpointRetentionMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Appends items to a transcript, in one record. An item whose uuid is there already is left out. Errors: NOT_FOUND, RESOURCE_EXHAUSTED `TOO_LARGE`.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.AppendTranscriptResponse> appendTranscript(
        dev.holdfast.v1.AppendTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getAppendTranscriptMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads a transcript from its start, after a place, or its last items. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ReadTranscriptResponse> readTranscript(
        dev.holdfast.v1.ReadTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getReadTranscriptMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes the newest item away and returns it; none if it is empty. Errors: NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.PopTranscriptResponse> popTranscript(
        dev.holdfast.v1.PopTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getPopTranscriptMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes all items of a transcript away. Errors: NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ClearTranscriptResponse> clearTranscript(
        dev.holdfast.v1.ClearTranscriptRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getClearTranscriptMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_START_SESSION = 0;
  private static final int METHODID_HEARTBEAT_SESSION = 1;
  private static final int METHODID_END_SESSION = 2;
  private static final int METHODID_GET_SESSION = 3;
  private static final int METHODID_LIST_SESSIONS = 4;
  private static final int METHODID_RESUME_SESSION = 5;
  private static final int METHODID_GET_BRIEFING = 6;
  private static final int METHODID_SAVE_CHECKPOINT = 7;
  private static final int METHODID_GET_CHECKPOINT = 8;
  private static final int METHODID_DOWNLOAD_CHECKPOINT = 9;
  private static final int METHODID_LIST_CHECKPOINTS = 10;
  private static final int METHODID_PUT_CHECKPOINT_WRITES = 11;
  private static final int METHODID_COPY_CHECKPOINTS = 12;
  private static final int METHODID_DELETE_CHECKPOINTS = 13;
  private static final int METHODID_SET_CHECKPOINT_RETENTION = 14;
  private static final int METHODID_APPEND_TRANSCRIPT = 15;
  private static final int METHODID_READ_TRANSCRIPT = 16;
  private static final int METHODID_POP_TRANSCRIPT = 17;
  private static final int METHODID_CLEAR_TRANSCRIPT = 18;
  private static final int METHODID_UPLOAD_CHECKPOINT = 19;

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
        case METHODID_START_SESSION:
          serviceImpl.startSession((dev.holdfast.v1.StartSessionRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.StartSessionResponse>) responseObserver);
          break;
        case METHODID_HEARTBEAT_SESSION:
          serviceImpl.heartbeatSession((dev.holdfast.v1.HeartbeatSessionRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.HeartbeatSessionResponse>) responseObserver);
          break;
        case METHODID_END_SESSION:
          serviceImpl.endSession((dev.holdfast.v1.EndSessionRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.EndSessionResponse>) responseObserver);
          break;
        case METHODID_GET_SESSION:
          serviceImpl.getSession((dev.holdfast.v1.GetSessionRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetSessionResponse>) responseObserver);
          break;
        case METHODID_LIST_SESSIONS:
          serviceImpl.listSessions((dev.holdfast.v1.ListSessionsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListSessionsResponse>) responseObserver);
          break;
        case METHODID_RESUME_SESSION:
          serviceImpl.resumeSession((dev.holdfast.v1.ResumeSessionRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ResumeSessionResponse>) responseObserver);
          break;
        case METHODID_GET_BRIEFING:
          serviceImpl.getBriefing((dev.holdfast.v1.GetBriefingRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetBriefingResponse>) responseObserver);
          break;
        case METHODID_SAVE_CHECKPOINT:
          serviceImpl.saveCheckpoint((dev.holdfast.v1.SaveCheckpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.SaveCheckpointResponse>) responseObserver);
          break;
        case METHODID_GET_CHECKPOINT:
          serviceImpl.getCheckpoint((dev.holdfast.v1.GetCheckpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetCheckpointResponse>) responseObserver);
          break;
        case METHODID_DOWNLOAD_CHECKPOINT:
          serviceImpl.downloadCheckpoint((dev.holdfast.v1.DownloadCheckpointRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.DownloadCheckpointResponse>) responseObserver);
          break;
        case METHODID_LIST_CHECKPOINTS:
          serviceImpl.listCheckpoints((dev.holdfast.v1.ListCheckpointsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListCheckpointsResponse>) responseObserver);
          break;
        case METHODID_PUT_CHECKPOINT_WRITES:
          serviceImpl.putCheckpointWrites((dev.holdfast.v1.PutCheckpointWritesRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.PutCheckpointWritesResponse>) responseObserver);
          break;
        case METHODID_COPY_CHECKPOINTS:
          serviceImpl.copyCheckpoints((dev.holdfast.v1.CopyCheckpointsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.CopyCheckpointsResponse>) responseObserver);
          break;
        case METHODID_DELETE_CHECKPOINTS:
          serviceImpl.deleteCheckpoints((dev.holdfast.v1.DeleteCheckpointsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteCheckpointsResponse>) responseObserver);
          break;
        case METHODID_SET_CHECKPOINT_RETENTION:
          serviceImpl.setCheckpointRetention((dev.holdfast.v1.SetCheckpointRetentionRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.SetCheckpointRetentionResponse>) responseObserver);
          break;
        case METHODID_APPEND_TRANSCRIPT:
          serviceImpl.appendTranscript((dev.holdfast.v1.AppendTranscriptRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.AppendTranscriptResponse>) responseObserver);
          break;
        case METHODID_READ_TRANSCRIPT:
          serviceImpl.readTranscript((dev.holdfast.v1.ReadTranscriptRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ReadTranscriptResponse>) responseObserver);
          break;
        case METHODID_POP_TRANSCRIPT:
          serviceImpl.popTranscript((dev.holdfast.v1.PopTranscriptRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.PopTranscriptResponse>) responseObserver);
          break;
        case METHODID_CLEAR_TRANSCRIPT:
          serviceImpl.clearTranscript((dev.holdfast.v1.ClearTranscriptRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ClearTranscriptResponse>) responseObserver);
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
        case METHODID_UPLOAD_CHECKPOINT:
          return (io.grpc.stub.StreamObserver<Req>) serviceImpl.uploadCheckpoint(
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.UploadCheckpointResponse>) responseObserver);
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getStartSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.StartSessionRequest,
              dev.holdfast.v1.StartSessionResponse>(
                service, METHODID_START_SESSION)))
        .addMethod(
          getHeartbeatSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.HeartbeatSessionRequest,
              dev.holdfast.v1.HeartbeatSessionResponse>(
                service, METHODID_HEARTBEAT_SESSION)))
        .addMethod(
          getEndSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.EndSessionRequest,
              dev.holdfast.v1.EndSessionResponse>(
                service, METHODID_END_SESSION)))
        .addMethod(
          getGetSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetSessionRequest,
              dev.holdfast.v1.GetSessionResponse>(
                service, METHODID_GET_SESSION)))
        .addMethod(
          getListSessionsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListSessionsRequest,
              dev.holdfast.v1.ListSessionsResponse>(
                service, METHODID_LIST_SESSIONS)))
        .addMethod(
          getResumeSessionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ResumeSessionRequest,
              dev.holdfast.v1.ResumeSessionResponse>(
                service, METHODID_RESUME_SESSION)))
        .addMethod(
          getGetBriefingMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetBriefingRequest,
              dev.holdfast.v1.GetBriefingResponse>(
                service, METHODID_GET_BRIEFING)))
        .addMethod(
          getSaveCheckpointMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.SaveCheckpointRequest,
              dev.holdfast.v1.SaveCheckpointResponse>(
                service, METHODID_SAVE_CHECKPOINT)))
        .addMethod(
          getUploadCheckpointMethod(),
          io.grpc.stub.ServerCalls.asyncClientStreamingCall(
            new MethodHandlers<
              dev.holdfast.v1.UploadCheckpointRequest,
              dev.holdfast.v1.UploadCheckpointResponse>(
                service, METHODID_UPLOAD_CHECKPOINT)))
        .addMethod(
          getGetCheckpointMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetCheckpointRequest,
              dev.holdfast.v1.GetCheckpointResponse>(
                service, METHODID_GET_CHECKPOINT)))
        .addMethod(
          getDownloadCheckpointMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.holdfast.v1.DownloadCheckpointRequest,
              dev.holdfast.v1.DownloadCheckpointResponse>(
                service, METHODID_DOWNLOAD_CHECKPOINT)))
        .addMethod(
          getListCheckpointsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListCheckpointsRequest,
              dev.holdfast.v1.ListCheckpointsResponse>(
                service, METHODID_LIST_CHECKPOINTS)))
        .addMethod(
          getPutCheckpointWritesMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.PutCheckpointWritesRequest,
              dev.holdfast.v1.PutCheckpointWritesResponse>(
                service, METHODID_PUT_CHECKPOINT_WRITES)))
        .addMethod(
          getCopyCheckpointsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.CopyCheckpointsRequest,
              dev.holdfast.v1.CopyCheckpointsResponse>(
                service, METHODID_COPY_CHECKPOINTS)))
        .addMethod(
          getDeleteCheckpointsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.DeleteCheckpointsRequest,
              dev.holdfast.v1.DeleteCheckpointsResponse>(
                service, METHODID_DELETE_CHECKPOINTS)))
        .addMethod(
          getSetCheckpointRetentionMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.SetCheckpointRetentionRequest,
              dev.holdfast.v1.SetCheckpointRetentionResponse>(
                service, METHODID_SET_CHECKPOINT_RETENTION)))
        .addMethod(
          getAppendTranscriptMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.AppendTranscriptRequest,
              dev.holdfast.v1.AppendTranscriptResponse>(
                service, METHODID_APPEND_TRANSCRIPT)))
        .addMethod(
          getReadTranscriptMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ReadTranscriptRequest,
              dev.holdfast.v1.ReadTranscriptResponse>(
                service, METHODID_READ_TRANSCRIPT)))
        .addMethod(
          getPopTranscriptMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.PopTranscriptRequest,
              dev.holdfast.v1.PopTranscriptResponse>(
                service, METHODID_POP_TRANSCRIPT)))
        .addMethod(
          getClearTranscriptMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ClearTranscriptRequest,
              dev.holdfast.v1.ClearTranscriptResponse>(
                service, METHODID_CLEAR_TRANSCRIPT)))
        .build();
  }

  private static abstract class SessionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SessionServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.SessionServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SessionService");
    }
  }

  private static final class SessionServiceFileDescriptorSupplier
      extends SessionServiceBaseDescriptorSupplier {
    SessionServiceFileDescriptorSupplier() {}
  }

  private static final class SessionServiceMethodDescriptorSupplier
      extends SessionServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SessionServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SessionServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SessionServiceFileDescriptorSupplier())
              .addMethod(getStartSessionMethod())
              .addMethod(getHeartbeatSessionMethod())
              .addMethod(getEndSessionMethod())
              .addMethod(getGetSessionMethod())
              .addMethod(getListSessionsMethod())
              .addMethod(getResumeSessionMethod())
              .addMethod(getGetBriefingMethod())
              .addMethod(getSaveCheckpointMethod())
              .addMethod(getUploadCheckpointMethod())
              .addMethod(getGetCheckpointMethod())
              .addMethod(getDownloadCheckpointMethod())
              .addMethod(getListCheckpointsMethod())
              .addMethod(getPutCheckpointWritesMethod())
              .addMethod(getCopyCheckpointsMethod())
              .addMethod(getDeleteCheckpointsMethod())
              .addMethod(getSetCheckpointRetentionMethod())
              .addMethod(getAppendTranscriptMethod())
              .addMethod(getReadTranscriptMethod())
              .addMethod(getPopTranscriptMethod())
              .addMethod(getClearTranscriptMethod())
              .build();
        }
      }
    }
    return result;
  }
}
