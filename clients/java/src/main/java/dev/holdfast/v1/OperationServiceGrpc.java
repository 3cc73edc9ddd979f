package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Tells how long work stands, and stops it. An operation goes on when its caller goes away and when the server restarts.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class OperationServiceGrpc {

  private OperationServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.OperationService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetOperationRequest,
      dev.holdfast.v1.GetOperationResponse> getGetOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetOperation",
      requestType = dev.holdfast.v1.GetOperationRequest.class,
      responseType = dev.holdfast.v1.GetOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetOperationRequest,
      dev.holdfast.v1.GetOperationResponse> getGetOperationMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetOperationRequest, dev.holdfast.v1.GetOperationResponse> getGetOperationMethod;
    if ((getGetOperationMethod = OperationServiceGrpc.getGetOperationMethod) == null) {
      synchronized (OperationServiceGrpc.class) {
        if ((getGetOperationMethod = OperationServiceGrpc.getGetOperationMethod) == null) {
          OperationServiceGrpc.getGetOperationMethod = getGetOperationMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetOperationRequest, dev.holdfast.v1.GetOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetOperation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OperationServiceMethodDescriptorSupplier("GetOperation"))
              .build();
        }
      }
    }
    return getGetOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListOperationsRequest,
      dev.holdfast.v1.ListOperationsResponse> getListOperationsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListOperations",
      requestType = dev.holdfast.v1.ListOperationsRequest.class,
      responseType = dev.holdfast.v1.ListOperationsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListOperationsRequest,
      dev.holdfast.v1.ListOperationsResponse> getListOperationsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListOperationsRequest, dev.holdfast.v1.ListOperationsResponse> getListOperationsMethod;
    if ((getListOperationsMethod = OperationServiceGrpc.getListOperationsMethod) == null) {
      synchronized (OperationServiceGrpc.class) {
        if ((getListOperationsMethod = OperationServiceGrpc.getListOperationsMethod) == null) {
          OperationServiceGrpc.getListOperationsMethod = getListOperationsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListOperationsRequest, dev.holdfast.v1.ListOperationsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListOperations"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListOperationsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListOperationsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OperationServiceMethodDescriptorSupplier("ListOperations"))
              .build();
        }
      }
    }
    return getListOperationsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.CancelOperationRequest,
      dev.holdfast.v1.CancelOperationResponse> getCancelOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CancelOperation",
      requestType = dev.holdfast.v1.CancelOperationRequest.class,
      responseType = dev.holdfast.v1.CancelOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.CancelOperationRequest,
      dev.holdfast.v1.CancelOperationResponse> getCancelOperationMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.CancelOperationRequest, dev.holdfast.v1.CancelOperationResponse> getCancelOperationMethod;
    if ((getCancelOperationMethod = OperationServiceGrpc.getCancelOperationMethod) == null) {
      synchronized (OperationServiceGrpc.class) {
        if ((getCancelOperationMethod = OperationServiceGrpc.getCancelOperationMethod) == null) {
          OperationServiceGrpc.getCancelOperationMethod = getCancelOperationMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.CancelOperationRequest, dev.holdfast.v1.CancelOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CancelOperation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CancelOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CancelOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OperationServiceMethodDescriptorSupplier("CancelOperation"))
              .build();
        }
      }
    }
    return getCancelOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.WaitOperationRequest,
      dev.holdfast.v1.WaitOperationResponse> getWaitOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WaitOperation",
      requestType = dev.holdfast.v1.WaitOperationRequest.class,
      responseType = dev.holdfast.v1.WaitOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.WaitOperationRequest,
      dev.holdfast.v1.WaitOperationResponse> getWaitOperationMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.WaitOperationRequest, dev.holdfast.v1.WaitOperationResponse> getWaitOperationMethod;
    if ((getWaitOperationMethod = OperationServiceGrpc.getWaitOperationMethod) == null) {
      synchronized (OperationServiceGrpc.class) {
        if ((getWaitOperationMethod = OperationServiceGrpc.getWaitOperationMethod) == null) {
          OperationServiceGrpc.getWaitOperationMethod = getWaitOperationMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.WaitOperationRequest, dev.holdfast.v1.WaitOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WaitOperation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.WaitOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.WaitOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OperationServiceMethodDescriptorSupplier("WaitOperation"))
              .build();
        }
      }
    }
    return getWaitOperationMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.WatchOperationRequest,
      dev.holdfast.v1.WatchOperationResponse> getWatchOperationMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "WatchOperation",
      requestType = dev.holdfast.v1.WatchOperationRequest.class,
      responseType = dev.holdfast.v1.WatchOperationResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.WatchOperationRequest,
      dev.holdfast.v1.WatchOperationResponse> getWatchOperationMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.WatchOperationRequest, dev.holdfast.v1.WatchOperationResponse> getWatchOperationMethod;
    if ((getWatchOperationMethod = OperationServiceGrpc.getWatchOperationMethod) == null) {
      synchronized (OperationServiceGrpc.class) {
        if ((getWatchOperationMethod = OperationServiceGrpc.getWatchOperationMethod) == null) {
          OperationServiceGrpc.getWatchOperationMethod = getWatchOperationMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.WatchOperationRequest, dev.holdfast.v1.WatchOperationResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "WatchOperation"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.WatchOperationRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.WatchOperationResponse.getDefaultInstance()))
              .setSchemaDescriptor(new OperationServiceMethodDescriptorSupplier("WatchOperation"))
              .build();
        }
      }
    }
    return getWatchOperationMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static OperationServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OperationServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OperationServiceStub>() {
        @java.lang.Override
        public OperationServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OperationServiceStub(channel, callOptions);
        }
      };
    return OperationServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static OperationServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OperationServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OperationServiceBlockingV2Stub>() {
        @java.lang.Override
        public OperationServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OperationServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return OperationServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static OperationServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OperationServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OperationServiceBlockingStub>() {
        @java.lang.Override
        public OperationServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OperationServiceBlockingStub(channel, callOptions);
        }
      };
    return OperationServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static OperationServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<OperationServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<OperationServiceFutureStub>() {
        @java.lang.Override
        public OperationServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new OperationServiceFutureStub(channel, callOptions);
        }
      };
    return OperationServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Tells how long work stands, and stops it. An operation goes on when its caller goes away and when the server restarts.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Returns an operation. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void getOperation(dev.holdfast.v1.GetOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists operations, newest first, until 7 days after their end. Retry safe.
     * </pre>
     */
    default void listOperations(dev.holdfast.v1.ListOperationsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListOperationsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListOperationsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Asks a running operation to stop. What it has done stays done. One that has ended is returned as it is.
     * Errors: NOT_FOUND.
     * </pre>
     */
    default void cancelOperation(dev.holdfast.v1.CancelOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CancelOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCancelOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns the operation when it has ended, or as it is when `timeout` has passed. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void waitOperation(dev.holdfast.v1.WaitOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.WaitOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWaitOperationMethod(), responseObserver);
    }

    /**
     * <pre>
     * Sends the operation as it is, then at each change; the stream ends when the operation has. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void watchOperation(dev.holdfast.v1.WatchOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.WatchOperationResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getWatchOperationMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service OperationService.
   * <pre>
   * Tells how long work stands, and stops it. An operation goes on when its caller goes away and when the server restarts.
   * </pre>
   */
  public static abstract class OperationServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return OperationServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service OperationService.
   * <pre>
   * Tells how long work stands, and stops it. An operation goes on when its caller goes away and when the server restarts.
   * </pre>
   */
  public static final class OperationServiceStub
      extends io.grpc.stub.AbstractAsyncStub<OperationServiceStub> {
    private OperationServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OperationServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OperationServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns an operation. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void getOperation(dev.holdfast.v1.GetOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists operations, newest first, until 7 days after their end. Retry safe.
     * </pre>
     */
    public void listOperations(dev.holdfast.v1.ListOperationsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListOperationsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListOperationsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Asks a running operation to stop. What it has done stays done. One that has ended is returned as it is.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public void cancelOperation(dev.holdfast.v1.CancelOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CancelOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCancelOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns the operation when it has ended, or as it is when `timeout` has passed. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void waitOperation(dev.holdfast.v1.WaitOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.WaitOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getWaitOperationMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Sends the operation as it is, then at each change; the stream ends when the operation has. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void watchOperation(dev.holdfast.v1.WatchOperationRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.WatchOperationResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncServerStreamingCall(
          getChannel().newCall(getWatchOperationMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service OperationService.
   * <pre>
   * Tells how long work stands, and stops it. An operation goes on when its caller goes away and when the server restarts.
   * </pre>
   */
  public static final class OperationServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<OperationServiceBlockingV2Stub> {
    private OperationServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OperationServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OperationServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns an operation. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetOperationResponse getOperation(dev.holdfast.v1.GetOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists operations, newest first, until 7 days after their end. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListOperationsResponse listOperations(dev.holdfast.v1.ListOperationsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListOperationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks a running operation to stop. What it has done stays done. One that has ended is returned as it is.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.CancelOperationResponse cancelOperation(dev.holdfast.v1.CancelOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCancelOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the operation when it has ended, or as it is when `timeout` has passed. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.WaitOperationResponse waitOperation(dev.holdfast.v1.WaitOperationRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getWaitOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends the operation as it is, then at each change; the stream ends when the operation has. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    @io.grpc.ExperimentalApi("https://github.com/grpc/grpc-java/issues/10918")
    public io.grpc.stub.BlockingClientCall<?, dev.holdfast.v1.WatchOperationResponse>
        watchOperation(dev.holdfast.v1.WatchOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingV2ServerStreamingCall(
          getChannel(), getWatchOperationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service OperationService.
   * <pre>
   * Tells how long work stands, and stops it. An operation goes on when its caller goes away and when the server restarts.
   * </pre>
   */
  public static final class OperationServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<OperationServiceBlockingStub> {
    private OperationServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OperationServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OperationServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns an operation. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetOperationResponse getOperation(dev.holdfast.v1.GetOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists operations, newest first, until 7 days after their end. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListOperationsResponse listOperations(dev.holdfast.v1.ListOperationsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListOperationsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Asks a running operation to stop. What it has done stays done. One that has ended is returned as it is.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.CancelOperationResponse cancelOperation(dev.holdfast.v1.CancelOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCancelOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns the operation when it has ended, or as it is when `timeout` has passed. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.WaitOperationResponse waitOperation(dev.holdfast.v1.WaitOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getWaitOperationMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Sends the operation as it is, then at each change; the stream ends when the operation has. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public java.util.Iterator<dev.holdfast.v1.WatchOperationResponse> watchOperation(
        dev.holdfast.v1.WatchOperationRequest request) {
      return io.grpc.stub.ClientCalls.blockingServerStreamingCall(
          getChannel(), getWatchOperationMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service OperationService.
   * <pre>
   * Tells how long work stands, and stops it. An operation goes on when its caller goes away and when the server restarts.
   * </pre>
   */
  public static final class OperationServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<OperationServiceFutureStub> {
    private OperationServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected OperationServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new OperationServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Returns an operation. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetOperationResponse> getOperation(
        dev.holdfast.v1.GetOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetOperationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists operations, newest first, until 7 days after their end. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListOperationsResponse> listOperations(
        dev.holdfast.v1.ListOperationsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListOperationsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Asks a running operation to stop. What it has done stays done. One that has ended is returned as it is.
     * Errors: NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.CancelOperationResponse> cancelOperation(
        dev.holdfast.v1.CancelOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCancelOperationMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns the operation when it has ended, or as it is when `timeout` has passed. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.WaitOperationResponse> waitOperation(
        dev.holdfast.v1.WaitOperationRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getWaitOperationMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_GET_OPERATION = 0;
  private static final int METHODID_LIST_OPERATIONS = 1;
  private static final int METHODID_CANCEL_OPERATION = 2;
  private static final int METHODID_WAIT_OPERATION = 3;
  private static final int METHODID_WATCH_OPERATION = 4;

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
        case METHODID_GET_OPERATION:
          serviceImpl.getOperation((dev.holdfast.v1.GetOperationRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetOperationResponse>) responseObserver);
          break;
        case METHODID_LIST_OPERATIONS:
          serviceImpl.listOperations((dev.holdfast.v1.ListOperationsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListOperationsResponse>) responseObserver);
          break;
        case METHODID_CANCEL_OPERATION:
          serviceImpl.cancelOperation((dev.holdfast.v1.CancelOperationRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.CancelOperationResponse>) responseObserver);
          break;
        case METHODID_WAIT_OPERATION:
          serviceImpl.waitOperation((dev.holdfast.v1.WaitOperationRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.WaitOperationResponse>) responseObserver);
          break;
        case METHODID_WATCH_OPERATION:
          serviceImpl.watchOperation((dev.holdfast.v1.WatchOperationRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.WatchOperationResponse>) responseObserver);
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
          getGetOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetOperationRequest,
              dev.holdfast.v1.GetOperationResponse>(
                service, METHODID_GET_OPERATION)))
        .addMethod(
          getListOperationsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListOperationsRequest,
              dev.holdfast.v1.ListOperationsResponse>(
                service, METHODID_LIST_OPERATIONS)))
        .addMethod(
          getCancelOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.CancelOperationRequest,
              dev.holdfast.v1.CancelOperationResponse>(
                service, METHODID_CANCEL_OPERATION)))
        .addMethod(
          getWaitOperationMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.WaitOperationRequest,
              dev.holdfast.v1.WaitOperationResponse>(
                service, METHODID_WAIT_OPERATION)))
        .addMethod(
          getWatchOperationMethod(),
          io.grpc.stub.ServerCalls.asyncServerStreamingCall(
            new MethodHandlers<
              dev.holdfast.v1.WatchOperationRequest,
              dev.holdfast.v1.WatchOperationResponse>(
                service, METHODID_WATCH_OPERATION)))
        .build();
  }

  private static abstract class OperationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    OperationServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.OperationServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("OperationService");
    }
  }

  private static final class OperationServiceFileDescriptorSupplier
      extends OperationServiceBaseDescriptorSupplier {
    OperationServiceFileDescriptorSupplier() {}
  }

  private static final class OperationServiceMethodDescriptorSupplier
      extends OperationServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    OperationServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (OperationServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new OperationServiceFileDescriptorSupplier())
              .addMethod(getGetOperationMethod())
              .addMethod(getListOperationsMethod())
              .addMethod(getCancelOperationMethod())
              .addMethod(getWaitOperationMethod())
              .addMethod(getWatchOperationMethod())
              .build();
        }
      }
    }
    return result;
  }
}
