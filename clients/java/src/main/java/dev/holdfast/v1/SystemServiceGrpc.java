package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Tells how the server is, checks its store, and stops it.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class SystemServiceGrpc {

  private SystemServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.SystemService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetStatusRequest,
      dev.holdfast.v1.GetStatusResponse> getGetStatusMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetStatus",
      requestType = dev.holdfast.v1.GetStatusRequest.class,
      responseType = dev.holdfast.v1.GetStatusResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetStatusRequest,
      dev.holdfast.v1.GetStatusResponse> getGetStatusMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetStatusRequest, dev.holdfast.v1.GetStatusResponse> getGetStatusMethod;
    if ((getGetStatusMethod = SystemServiceGrpc.getGetStatusMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getGetStatusMethod = SystemServiceGrpc.getGetStatusMethod) == null) {
          SystemServiceGrpc.getGetStatusMethod = getGetStatusMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetStatusRequest, dev.holdfast.v1.GetStatusResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetStatus"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetStatusRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetStatusResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("GetStatus"))
              .build();
        }
      }
    }
    return getGetStatusMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.CheckHealthRequest,
      dev.holdfast.v1.CheckHealthResponse> getCheckHealthMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CheckHealth",
      requestType = dev.holdfast.v1.CheckHealthRequest.class,
      responseType = dev.holdfast.v1.CheckHealthResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.CheckHealthRequest,
      dev.holdfast.v1.CheckHealthResponse> getCheckHealthMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.CheckHealthRequest, dev.holdfast.v1.CheckHealthResponse> getCheckHealthMethod;
    if ((getCheckHealthMethod = SystemServiceGrpc.getCheckHealthMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getCheckHealthMethod = SystemServiceGrpc.getCheckHealthMethod) == null) {
          SystemServiceGrpc.getCheckHealthMethod = getCheckHealthMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.CheckHealthRequest, dev.holdfast.v1.CheckHealthResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CheckHealth"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CheckHealthRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CheckHealthResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("CheckHealth"))
              .build();
        }
      }
    }
    return getCheckHealthMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyIntegrityRequest,
      dev.holdfast.v1.VerifyIntegrityResponse> getVerifyIntegrityMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyIntegrity",
      requestType = dev.holdfast.v1.VerifyIntegrityRequest.class,
      responseType = dev.holdfast.v1.VerifyIntegrityResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyIntegrityRequest,
      dev.holdfast.v1.VerifyIntegrityResponse> getVerifyIntegrityMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyIntegrityRequest, dev.holdfast.v1.VerifyIntegrityResponse> getVerifyIntegrityMethod;
    if ((getVerifyIntegrityMethod = SystemServiceGrpc.getVerifyIntegrityMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getVerifyIntegrityMethod = SystemServiceGrpc.getVerifyIntegrityMethod) == null) {
          SystemServiceGrpc.getVerifyIntegrityMethod = getVerifyIntegrityMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.VerifyIntegrityRequest, dev.holdfast.v1.VerifyIntegrityResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyIntegrity"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.VerifyIntegrityRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.VerifyIntegrityResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("VerifyIntegrity"))
              .build();
        }
      }
    }
    return getVerifyIntegrityMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetConfigRequest,
      dev.holdfast.v1.GetConfigResponse> getGetConfigMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetConfig",
      requestType = dev.holdfast.v1.GetConfigRequest.class,
      responseType = dev.holdfast.v1.GetConfigResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetConfigRequest,
      dev.holdfast.v1.GetConfigResponse> getGetConfigMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetConfigRequest, dev.holdfast.v1.GetConfigResponse> getGetConfigMethod;
    if ((getGetConfigMethod = SystemServiceGrpc.getGetConfigMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getGetConfigMethod = SystemServiceGrpc.getGetConfigMethod) == null) {
          SystemServiceGrpc.getGetConfigMethod = getGetConfigMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetConfigRequest, dev.holdfast.v1.GetConfigResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetConfig"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetConfigRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetConfigResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("GetConfig"))
              .build();
        }
      }
    }
    return getGetConfigMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.TrimJournalRequest,
      dev.holdfast.v1.TrimJournalResponse> getTrimJournalMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "TrimJournal",
      requestType = dev.holdfast.v1.TrimJournalRequest.class,
      responseType = dev.holdfast.v1.TrimJournalResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.TrimJournalRequest,
      dev.holdfast.v1.TrimJournalResponse> getTrimJournalMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.TrimJournalRequest, dev.holdfast.v1.TrimJournalResponse> getTrimJournalMethod;
    if ((getTrimJournalMethod = SystemServiceGrpc.getTrimJournalMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getTrimJournalMethod = SystemServiceGrpc.getTrimJournalMethod) == null) {
          SystemServiceGrpc.getTrimJournalMethod = getTrimJournalMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.TrimJournalRequest, dev.holdfast.v1.TrimJournalResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "TrimJournal"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.TrimJournalRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.TrimJournalResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("TrimJournal"))
              .build();
        }
      }
    }
    return getTrimJournalMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.DrainRequest,
      dev.holdfast.v1.DrainResponse> getDrainMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "Drain",
      requestType = dev.holdfast.v1.DrainRequest.class,
      responseType = dev.holdfast.v1.DrainResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.DrainRequest,
      dev.holdfast.v1.DrainResponse> getDrainMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.DrainRequest, dev.holdfast.v1.DrainResponse> getDrainMethod;
    if ((getDrainMethod = SystemServiceGrpc.getDrainMethod) == null) {
      synchronized (SystemServiceGrpc.class) {
        if ((getDrainMethod = SystemServiceGrpc.getDrainMethod) == null) {
          SystemServiceGrpc.getDrainMethod = getDrainMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.DrainRequest, dev.holdfast.v1.DrainResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "Drain"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DrainRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DrainResponse.getDefaultInstance()))
              .setSchemaDescriptor(new SystemServiceMethodDescriptorSupplier("Drain"))
              .build();
        }
      }
    }
    return getDrainMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static SystemServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceStub>() {
        @java.lang.Override
        public SystemServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceStub(channel, callOptions);
        }
      };
    return SystemServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static SystemServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingV2Stub>() {
        @java.lang.Override
        public SystemServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return SystemServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static SystemServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceBlockingStub>() {
        @java.lang.Override
        public SystemServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceBlockingStub(channel, callOptions);
        }
      };
    return SystemServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static SystemServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<SystemServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<SystemServiceFutureStub>() {
        @java.lang.Override
        public SystemServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new SystemServiceFutureStub(channel, callOptions);
        }
      };
    return SystemServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Tells how the server is, checks its store, and stops it.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Returns what the server is and does now. Cheap: nothing is read from the disk but sizes. Retry safe.
     * </pre>
     */
    default void getStatus(dev.holdfast.v1.GetStatusRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetStatusResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetStatusMethod(), responseObserver);
    }

    /**
     * <pre>
     * Looks at the server now and returns what is not as it should be, with what to do. Retry safe.
     * </pre>
     */
    default void checkHealth(dev.holdfast.v1.CheckHealthRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CheckHealthResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCheckHealthMethod(), responseObserver);
    }

    /**
     * <pre>
     * Checks the store while it is served, and puts right what it can. Each repair is journalled. The Operation's response is an IntegrityReport.
     * Errors: RESOURCE_EXHAUSTED `QUOTA` while another check runs.
     * </pre>
     */
    default void verifyIntegrity(dev.holdfast.v1.VerifyIntegrityRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyIntegrityResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyIntegrityMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the settings that the server runs with. Secrets are none of them. Retry safe.
     * </pre>
     */
    default void getConfig(dev.holdfast.v1.GetConfigRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetConfigResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetConfigMethod(), responseObserver);
    }

    /**
     * <pre>
     * Removes whole segments from the journal's start, as far as a verified backup covers them. Makes a BASE backup first if none does. The audit trail
     * and revisions before it are gone from the server; positions before it are refused with OUT_OF_RANGE `POSITION_TOO_OLD`. The Operation's response is a TrimJournalResult.
     * Errors: OUT_OF_RANGE `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    default void trimJournal(dev.holdfast.v1.TrimJournalRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.TrimJournalResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getTrimJournalMethod(), responseObserver);
    }

    /**
     * <pre>
     * Stops the server as SIGTERM does: no new commands, open calls end, everything is flushed, and the process exits with 0.
     * </pre>
     */
    default void drain(dev.holdfast.v1.DrainRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DrainResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDrainMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service SystemService.
   * <pre>
   * Tells how the server is, checks its store, and stops it.
   * </pre>
   */
  public static abstract class SystemServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return SystemServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service SystemService.
   * <pre>
   * Tells how the server is, checks its store, and stops it.
   * </pre>
   */
  public static final class SystemServiceStub
      extends io.grpc.stub.AbstractAsyncStub<SystemServiceStub> {
    private SystemServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns what the server is and does now. Cheap: nothing is read from the disk but sizes. Retry safe.
     * </pre>
     */
    public void getStatus(dev.holdfast.v1.GetStatusRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetStatusResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetStatusMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Looks at the server now and returns what is not as it should be, with what to do. Retry safe.
     * </pre>
     */
    public void checkHealth(dev.holdfast.v1.CheckHealthRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CheckHealthResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCheckHealthMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Checks the store while it is served, and puts right what it can. Each repair is journalled. The Operation's response is an IntegrityReport.
     * Errors: RESOURCE_EXHAUSTED `QUOTA` while another check runs.
     * </pre>
     */
    public void verifyIntegrity(dev.holdfast.v1.VerifyIntegrityRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyIntegrityResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyIntegrityMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the settings that the server runs with. Secrets are none of them. Retry safe.
     * </pre>
     */
    public void getConfig(dev.holdfast.v1.GetConfigRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetConfigResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetConfigMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Removes whole segments from the journal's start, as far as a verified backup covers them. Makes a BASE backup first if none does. The audit trail
     * and revisions before it are gone from the server; positions before it are refused with OUT_OF_RANGE `POSITION_TOO_OLD`. The Operation's response is a TrimJournalResult.
     * Errors: OUT_OF_RANGE `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public void trimJournal(dev.holdfast.v1.TrimJournalRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.TrimJournalResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getTrimJournalMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Stops the server as SIGTERM does: no new commands, open calls end, everything is flushed, and the process exits with 0.
     * </pre>
     */
    public void drain(dev.holdfast.v1.DrainRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DrainResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDrainMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service SystemService.
   * <pre>
   * Tells how the server is, checks its store, and stops it.
   * </pre>
   */
  public static final class SystemServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<SystemServiceBlockingV2Stub> {
    private SystemServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns what the server is and does now. Cheap: nothing is read from the disk but sizes. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetStatusResponse getStatus(dev.holdfast.v1.GetStatusRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Looks at the server now and returns what is not as it should be, with what to do. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.CheckHealthResponse checkHealth(dev.holdfast.v1.CheckHealthRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCheckHealthMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Checks the store while it is served, and puts right what it can. Each repair is journalled. The Operation's response is an IntegrityReport.
     * Errors: RESOURCE_EXHAUSTED `QUOTA` while another check runs.
     * </pre>
     */
    public dev.holdfast.v1.VerifyIntegrityResponse verifyIntegrity(dev.holdfast.v1.VerifyIntegrityRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getVerifyIntegrityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the settings that the server runs with. Secrets are none of them. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetConfigResponse getConfig(dev.holdfast.v1.GetConfigRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetConfigMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes whole segments from the journal's start, as far as a verified backup covers them. Makes a BASE backup first if none does. The audit trail
     * and revisions before it are gone from the server; positions before it are refused with OUT_OF_RANGE `POSITION_TOO_OLD`. The Operation's response is a TrimJournalResult.
     * Errors: OUT_OF_RANGE `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public dev.holdfast.v1.TrimJournalResponse trimJournal(dev.holdfast.v1.TrimJournalRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getTrimJournalMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops the server as SIGTERM does: no new commands, open calls end, everything is flushed, and the process exits with 0.
     * </pre>
     */
    public dev.holdfast.v1.DrainResponse drain(dev.holdfast.v1.DrainRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDrainMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service SystemService.
   * <pre>
   * Tells how the server is, checks its store, and stops it.
   * </pre>
   */
  public static final class SystemServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<SystemServiceBlockingStub> {
    private SystemServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns what the server is and does now. Cheap: nothing is read from the disk but sizes. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetStatusResponse getStatus(dev.holdfast.v1.GetStatusRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetStatusMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Looks at the server now and returns what is not as it should be, with what to do. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.CheckHealthResponse checkHealth(dev.holdfast.v1.CheckHealthRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCheckHealthMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Checks the store while it is served, and puts right what it can. Each repair is journalled. The Operation's response is an IntegrityReport.
     * Errors: RESOURCE_EXHAUSTED `QUOTA` while another check runs.
     * </pre>
     */
    public dev.holdfast.v1.VerifyIntegrityResponse verifyIntegrity(dev.holdfast.v1.VerifyIntegrityRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyIntegrityMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the settings that the server runs with. Secrets are none of them. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetConfigResponse getConfig(dev.holdfast.v1.GetConfigRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetConfigMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Removes whole segments from the journal's start, as far as a verified backup covers them. Makes a BASE backup first if none does. The audit trail
     * and revisions before it are gone from the server; positions before it are refused with OUT_OF_RANGE `POSITION_TOO_OLD`. The Operation's response is a TrimJournalResult.
     * Errors: OUT_OF_RANGE `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public dev.holdfast.v1.TrimJournalResponse trimJournal(dev.holdfast.v1.TrimJournalRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getTrimJournalMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Stops the server as SIGTERM does: no new commands, open calls end, everything is flushed, and the process exits with 0.
     * </pre>
     */
    public dev.holdfast.v1.DrainResponse drain(dev.holdfast.v1.DrainRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDrainMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service SystemService.
   * <pre>
   * Tells how the server is, checks its store, and stops it.
   * </pre>
   */
  public static final class SystemServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<SystemServiceFutureStub> {
    private SystemServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected SystemServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new SystemServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns what the server is and does now. Cheap: nothing is read from the disk but sizes. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetStatusResponse> getStatus(
        dev.holdfast.v1.GetStatusRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetStatusMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Looks at the server now and returns what is not as it should be, with what to do. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.CheckHealthResponse> checkHealth(
        dev.holdfast.v1.CheckHealthRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCheckHealthMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Checks the store while it is served, and puts right what it can. Each repair is journalled. The Operation's response is an IntegrityReport.
     * Errors: RESOURCE_EXHAUSTED `QUOTA` while another check runs.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.VerifyIntegrityResponse> verifyIntegrity(
        dev.holdfast.v1.VerifyIntegrityRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyIntegrityMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the settings that the server runs with. Secrets are none of them. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetConfigResponse> getConfig(
        dev.holdfast.v1.GetConfigRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetConfigMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Removes whole segments from the journal's start, as far as a verified backup covers them. Makes a BASE backup first if none does. The audit trail
     * and revisions before it are gone from the server; positions before it are refused with OUT_OF_RANGE `POSITION_TOO_OLD`. The Operation's response is a TrimJournalResult.
     * Errors: OUT_OF_RANGE `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`, `QUOTA` while another runs.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.TrimJournalResponse> trimJournal(
        dev.holdfast.v1.TrimJournalRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getTrimJournalMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Stops the server as SIGTERM does: no new commands, open calls end, everything is flushed, and the process exits with 0.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.DrainResponse> drain(
        dev.holdfast.v1.DrainRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDrainMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_STATUS = 0;
  private static final int METHODID_CHECK_HEALTH = 1;
  private static final int METHODID_VERIFY_INTEGRITY = 2;
  private static final int METHODID_GET_CONFIG = 3;
  private static final int METHODID_TRIM_JOURNAL = 4;
  private static final int METHODID_DRAIN = 5;

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
        case METHODID_GET_STATUS:
          serviceImpl.getStatus((dev.holdfast.v1.GetStatusRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetStatusResponse>) responseObserver);
          break;
        case METHODID_CHECK_HEALTH:
          serviceImpl.checkHealth((dev.holdfast.v1.CheckHealthRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.CheckHealthResponse>) responseObserver);
          break;
        case METHODID_VERIFY_INTEGRITY:
          serviceImpl.verifyIntegrity((dev.holdfast.v1.VerifyIntegrityRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyIntegrityResponse>) responseObserver);
          break;
        case METHODID_GET_CONFIG:
          serviceImpl.getConfig((dev.holdfast.v1.GetConfigRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetConfigResponse>) responseObserver);
          break;
        case METHODID_TRIM_JOURNAL:
          serviceImpl.trimJournal((dev.holdfast.v1.TrimJournalRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.TrimJournalResponse>) responseObserver);
          break;
        case METHODID_DRAIN:
          serviceImpl.drain((dev.holdfast.v1.DrainRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.DrainResponse>) responseObserver);
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
        default:
          throw new AssertionError();
      }
    }
  }

  public static final io.grpc.ServerServiceDefinition bindService(AsyncService service) {
    return io.grpc.ServerServiceDefinition.builder(getServiceDescriptor())
        .addMethod(
          getGetStatusMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetStatusRequest,
              dev.holdfast.v1.GetStatusResponse>(
                service, METHODID_GET_STATUS)))
        .addMethod(
          getCheckHealthMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.CheckHealthRequest,
              dev.holdfast.v1.CheckHealthResponse>(
                service, METHODID_CHECK_HEALTH)))
        .addMethod(
          getVerifyIntegrityMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.VerifyIntegrityRequest,
              dev.holdfast.v1.VerifyIntegrityResponse>(
                service, METHODID_VERIFY_INTEGRITY)))
        .addMethod(
          getGetConfigMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetConfigRequest,
              dev.holdfast.v1.GetConfigResponse>(
                service, METHODID_GET_CONFIG)))
        .addMethod(
          getTrimJournalMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.TrimJournalRequest,
              dev.holdfast.v1.TrimJournalResponse>(
                service, METHODID_TRIM_JOURNAL)))
        .addMethod(
          getDrainMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.DrainRequest,
              dev.holdfast.v1.DrainResponse>(
                service, METHODID_DRAIN)))
        .build();
  }

  private static abstract class SystemServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    SystemServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.SystemServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("SystemService");
    }
  }

  private static final class SystemServiceFileDescriptorSupplier
      extends SystemServiceBaseDescriptorSupplier {
    SystemServiceFileDescriptorSupplier() {}
  }

  private static final class SystemServiceMethodDescriptorSupplier
      extends SystemServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    SystemServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (SystemServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new SystemServiceFileDescriptorSupplier())
              .addMethod(getGetStatusMethod())
              .addMethod(getCheckHealthMethod())
              .addMethod(getVerifyIntegrityMethod())
              .addMethod(getGetConfigMethod())
              .addMethod(getTrimJournalMethod())
              .addMethod(getDrainMethod())
              .build();
        }
      }
    }
    return result;
  }
}
