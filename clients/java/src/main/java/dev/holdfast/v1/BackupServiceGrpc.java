package dev.holdfast.v1;

import static io.grpc.MethodDescriptor.generateFullMethodName;

/**
 * <pre>
 * Makes, lists, verifies, restores and deletes backups. They are files beside the store, not entities in it: a restore to an older moment
 * forgets none, and their names are no part of a history.
 * </pre>
 */
@io.grpc.stub.annotations.GrpcGenerated
public final class BackupServiceGrpc {

  private BackupServiceGrpc() {}

  public static final java.lang.String SERVICE_NAME = "holdfast.v1.BackupService";

  // Static method descriptors that strictly reflect the proto.
  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.CreateBackupRequest,
      dev.holdfast.v1.CreateBackupResponse> getCreateBackupMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "CreateBackup",
      requestType = dev.holdfast.v1.CreateBackupRequest.class,
      responseType = dev.holdfast.v1.CreateBackupResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.CreateBackupRequest,
      dev.holdfast.v1.CreateBackupResponse> getCreateBackupMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.CreateBackupRequest, dev.holdfast.v1.CreateBackupResponse> getCreateBackupMethod;
    if ((getCreateBackupMethod = BackupServiceGrpc.getCreateBackupMethod) == null) {
      synchronized (BackupServiceGrpc.class) {
        if ((getCreateBackupMethod = BackupServiceGrpc.getCreateBackupMethod) == null) {
          BackupServiceGrpc.getCreateBackupMethod = getCreateBackupMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.CreateBackupRequest, dev.holdfast.v1.CreateBackupResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "CreateBackup"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CreateBackupRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.CreateBackupResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BackupServiceMethodDescriptorSupplier("CreateBackup"))
              .build();
        }
      }
    }
    return getCreateBackupMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.ListBackupsRequest,
      dev.holdfast.v1.ListBackupsResponse> getListBackupsMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "ListBackups",
      requestType = dev.holdfast.v1.ListBackupsRequest.class,
      responseType = dev.holdfast.v1.ListBackupsResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.ListBackupsRequest,
      dev.holdfast.v1.ListBackupsResponse> getListBackupsMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.ListBackupsRequest, dev.holdfast.v1.ListBackupsResponse> getListBackupsMethod;
    if ((getListBackupsMethod = BackupServiceGrpc.getListBackupsMethod) == null) {
      synchronized (BackupServiceGrpc.class) {
        if ((getListBackupsMethod = BackupServiceGrpc.getListBackupsMethod) == null) {
          BackupServiceGrpc.getListBackupsMethod = getListBackupsMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.ListBackupsRequest, dev.holdfast.v1.ListBackupsResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "ListBackups"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListBackupsRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.ListBackupsResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BackupServiceMethodDescriptorSupplier("ListBackups"))
              .build();
        }
      }
    }
    return getListBackupsMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.GetBackupRequest,
      dev.holdfast.v1.GetBackupResponse> getGetBackupMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "GetBackup",
      requestType = dev.holdfast.v1.GetBackupRequest.class,
      responseType = dev.holdfast.v1.GetBackupResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.GetBackupRequest,
      dev.holdfast.v1.GetBackupResponse> getGetBackupMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.GetBackupRequest, dev.holdfast.v1.GetBackupResponse> getGetBackupMethod;
    if ((getGetBackupMethod = BackupServiceGrpc.getGetBackupMethod) == null) {
      synchronized (BackupServiceGrpc.class) {
        if ((getGetBackupMethod = BackupServiceGrpc.getGetBackupMethod) == null) {
          BackupServiceGrpc.getGetBackupMethod = getGetBackupMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.GetBackupRequest, dev.holdfast.v1.GetBackupResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "GetBackup"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetBackupRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.GetBackupResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BackupServiceMethodDescriptorSupplier("GetBackup"))
              .build();
        }
      }
    }
    return getGetBackupMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyBackupRequest,
      dev.holdfast.v1.VerifyBackupResponse> getVerifyBackupMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "VerifyBackup",
      requestType = dev.holdfast.v1.VerifyBackupRequest.class,
      responseType = dev.holdfast.v1.VerifyBackupResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyBackupRequest,
      dev.holdfast.v1.VerifyBackupResponse> getVerifyBackupMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.VerifyBackupRequest, dev.holdfast.v1.VerifyBackupResponse> getVerifyBackupMethod;
    if ((getVerifyBackupMethod = BackupServiceGrpc.getVerifyBackupMethod) == null) {
      synchronized (BackupServiceGrpc.class) {
        if ((getVerifyBackupMethod = BackupServiceGrpc.getVerifyBackupMethod) == null) {
          BackupServiceGrpc.getVerifyBackupMethod = getVerifyBackupMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.VerifyBackupRequest, dev.holdfast.v1.VerifyBackupResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "VerifyBackup"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.VerifyBackupRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.VerifyBackupResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BackupServiceMethodDescriptorSupplier("VerifyBackup"))
              .build();
        }
      }
    }
    return getVerifyBackupMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.RestoreBackupRequest,
      dev.holdfast.v1.RestoreBackupResponse> getRestoreBackupMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "RestoreBackup",
      requestType = dev.holdfast.v1.RestoreBackupRequest.class,
      responseType = dev.holdfast.v1.RestoreBackupResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.RestoreBackupRequest,
      dev.holdfast.v1.RestoreBackupResponse> getRestoreBackupMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.RestoreBackupRequest, dev.holdfast.v1.RestoreBackupResponse> getRestoreBackupMethod;
    if ((getRestoreBackupMethod = BackupServiceGrpc.getRestoreBackupMethod) == null) {
      synchronized (BackupServiceGrpc.class) {
        if ((getRestoreBackupMethod = BackupServiceGrpc.getRestoreBackupMethod) == null) {
          BackupServiceGrpc.getRestoreBackupMethod = getRestoreBackupMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.RestoreBackupRequest, dev.holdfast.v1.RestoreBackupResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "RestoreBackup"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RestoreBackupRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.RestoreBackupResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BackupServiceMethodDescriptorSupplier("RestoreBackup"))
              .build();
        }
      }
    }
    return getRestoreBackupMethod;
  }

  private static volatile io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteBackupRequest,
      dev.holdfast.v1.DeleteBackupResponse> getDeleteBackupMethod;

  @io.grpc.stub.annotations.RpcMethod(
      fullMethodName = SERVICE_NAME + '/' + "DeleteBackup",
      requestType = dev.holdfast.v1.DeleteBackupRequest.class,
      responseType = dev.holdfast.v1.DeleteBackupResponse.class,
      methodType = io.grpc.MethodDescriptor.MethodType.UNARY)
  public static io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteBackupRequest,
      dev.holdfast.v1.DeleteBackupResponse> getDeleteBackupMethod() {
    io.grpc.MethodDescriptor<dev.holdfast.v1.DeleteBackupRequest, dev.holdfast.v1.DeleteBackupResponse> getDeleteBackupMethod;
    if ((getDeleteBackupMethod = BackupServiceGrpc.getDeleteBackupMethod) == null) {
      synchronized (BackupServiceGrpc.class) {
        if ((getDeleteBackupMethod = BackupServiceGrpc.getDeleteBackupMethod) == null) {
          BackupServiceGrpc.getDeleteBackupMethod = getDeleteBackupMethod =
              io.grpc.MethodDescriptor.<dev.holdfast.v1.DeleteBackupRequest, dev.holdfast.v1.DeleteBackupResponse>newBuilder()
              .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
              .setFullMethodName(generateFullMethodName(SERVICE_NAME, "DeleteBackup"))
              .setSampledToLocalTracing(true)
              .setRequestMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DeleteBackupRequest.getDefaultInstance()))
              .setResponseMarshaller(io.grpc.protobuf.ProtoUtils.marshaller(
                  dev.holdfast.v1.DeleteBackupResponse.getDefaultInstance()))
              .setSchemaDescriptor(new BackupServiceMethodDescriptorSupplier("DeleteBackup"))
              .build();
        }
      }
    }
    return getDeleteBackupMethod;
  }

  /**
   * Creates a new async stub that supports all call types for the service
   */
  public static BackupServiceStub newStub(io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BackupServiceStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BackupServiceStub>() {
        @java.lang.Override
        public BackupServiceStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BackupServiceStub(channel, callOptions);
        }
      };
    return BackupServiceStub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports all types of calls on the service
   */
  public static BackupServiceBlockingV2Stub newBlockingV2Stub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BackupServiceBlockingV2Stub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BackupServiceBlockingV2Stub>() {
        @java.lang.Override
        public BackupServiceBlockingV2Stub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BackupServiceBlockingV2Stub(channel, callOptions);
        }
      };
    return BackupServiceBlockingV2Stub.newStub(factory, channel);
  }

  /**
   * Creates a new blocking-style stub that supports unary and streaming output calls on the service
   */
  public static BackupServiceBlockingStub newBlockingStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BackupServiceBlockingStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BackupServiceBlockingStub>() {
        @java.lang.Override
        public BackupServiceBlockingStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BackupServiceBlockingStub(channel, callOptions);
        }
      };
    return BackupServiceBlockingStub.newStub(factory, channel);
  }

  /**
   * Creates a new ListenableFuture-style stub that supports unary calls on the service
   */
  public static BackupServiceFutureStub newFutureStub(
      io.grpc.Channel channel) {
    io.grpc.stub.AbstractStub.StubFactory<BackupServiceFutureStub> factory =
      new io.grpc.stub.AbstractStub.StubFactory<BackupServiceFutureStub>() {
        @java.lang.Override
        public BackupServiceFutureStub newStub(io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
          return new BackupServiceFutureStub(channel, callOptions);
        }
      };
    return BackupServiceFutureStub.newStub(factory, channel);
  }

  /**
   * <pre>
   * Makes, lists, verifies, restores and deletes backups. They are files beside the store, not entities in it: a restore to an older moment
   * forgets none, and their names are no part of a history.
   * </pre>
   */
  public interface AsyncService {

    /**
     * <pre>
     * Makes a backup while the server goes on serving, and verifies it: only then is it listed. The Operation's response is a Backup.
     * Errors: ALREADY_EXISTS for the id; RESOURCE_EXHAUSTED `DISK_FULL` if it would not fit beside the reserve, `QUOTA` while another is
     * being made.
     * </pre>
     */
    default void createBackup(dev.holdfast.v1.CreateBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CreateBackupResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getCreateBackupMethod(), responseObserver);
    }

    /**
     * <pre>
     * Lists backups, newest first, damaged ones too. Retry safe.
     * </pre>
     */
    default void listBackups(dev.holdfast.v1.ListBackupsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListBackupsResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getListBackupsMethod(), responseObserver);
    }

    /**
     * <pre>
     * Returns a backup. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    default void getBackup(dev.holdfast.v1.GetBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetBackupResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getGetBackupMethod(), responseObserver);
    }

    /**
     * <pre>
     * Reads every file of a backup and compares it with the manifest; with `deep` opens a copy of it and holds every row and index entry against its
     * digest. The Operation's response is the Backup. Errors: NOT_FOUND.
     * </pre>
     */
    default void verifyBackup(dev.holdfast.v1.VerifyBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyBackupResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getVerifyBackupMethod(), responseObserver);
    }

    /**
     * <pre>
     * Takes the whole server back to a backup, a sequence or a time. With `validate_only` it says what would change. The server goes on
     * serving while the old state is put together; then it stops for a moment, every stream ends with UNAVAILABLE `RECOVERING`, and it serves a
     * new history. Positions up to the target stay valid, later ones are refused with OUT_OF_RANGE `POSITION_UNKNOWN`.
     * The Operation's response is a RestorePlan; it can be read after the restore too.
     * Errors: NOT_FOUND; OUT_OF_RANGE `POSITION_TOO_OLD` if no backup and no journal reaches it, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`;
     * DATA_LOSS `CORRUPTION` if no backup below the target verifies.
     * </pre>
     */
    default void restoreBackup(dev.holdfast.v1.RestoreBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RestoreBackupResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getRestoreBackupMethod(), responseObserver);
    }

    /**
     * <pre>
     * Deletes a backup for good. Errors: NOT_FOUND; FAILED_PRECONDITION `BACKUP_NEEDED` for the base of a trimmed journal and for the last good
     * backup.
     * </pre>
     */
    default void deleteBackup(dev.holdfast.v1.DeleteBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteBackupResponse> responseObserver) {
      io.grpc.stub.ServerCalls.asyncUnimplementedUnaryCall(getDeleteBackupMethod(), responseObserver);
    }
  }

  /**
   * Base class for the server implementation of the service BackupService.
   * <pre>
   * Makes, lists, verifies, restores and deletes backups. They are files beside the store, not entities in it: a restore to an older moment
   * forgets none, and their names are no part of a history.
   * </pre>
   */
  public static abstract class BackupServiceImplBase
      implements io.grpc.BindableService, AsyncService {

    @java.lang.Override public final io.grpc.ServerServiceDefinition bindService() {
      return BackupServiceGrpc.bindService(this);
    }
  }

  /**
   * A stub to allow clients to do asynchronous rpc calls to service BackupService.
   * <pre>
   * Makes, lists, verifies, restores and deletes backups. They are files beside the store, not entities in it: a restore to an older moment
   * forgets none, and their names are no part of a history.
   * </pre>
   */
  public static final class BackupServiceStub
      extends io.grpc.stub.AbstractAsyncStub<BackupServiceStub> {
    private BackupServiceStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BackupServiceStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BackupServiceStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes a backup while the server goes on serving, and verifies it: only then is it listed. The Operation's response is a Backup.
     * Errors: ALREADY_EXISTS for the id; RESOURCE_EXHAUSTED `DISK_FULL` if it would not fit beside the reserve, `QUOTA` while another is
     * being made.
     * </pre>
     */
    public void createBackup(dev.holdfast.v1.CreateBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.CreateBackupResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getCreateBackupMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Lists backups, newest first, damaged ones too. Retry safe.
     * </pre>
     */
    public void listBackups(dev.holdfast.v1.ListBackupsRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.ListBackupsResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getListBackupsMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Returns a backup. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public void getBackup(dev.holdfast.v1.GetBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.GetBackupResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getGetBackupMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Reads every file of a backup and compares it with the manifest; with `deep` opens a copy of it and holds every row and index entry against its
     * digest. The Operation's response is the Backup. Errors: NOT_FOUND.
     * </pre>
     */
    public void verifyBackup(dev.holdfast.v1.VerifyBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyBackupResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getVerifyBackupMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Takes the whole server back to a backup, a sequence or a time. With `validate_only` it says what would change. The server goes on
     * serving while the old state is put together; then it stops for a moment, every stream ends with UNAVAILABLE `RECOVERING`, and it serves a
     * new history. Positions up to the target stay valid, later ones are refused with OUT_OF_RANGE `POSITION_UNKNOWN`.
     * The Operation's response is a RestorePlan; it can be read after the restore too.
     * Errors: NOT_FOUND; OUT_OF_RANGE `POSITION_TOO_OLD` if no backup and no journal reaches it, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`;
     * DATA_LOSS `CORRUPTION` if no backup below the target verifies.
     * </pre>
     */
    public void restoreBackup(dev.holdfast.v1.RestoreBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.RestoreBackupResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getRestoreBackupMethod(), getCallOptions()), request, responseObserver);
    }

    /**
     * <pre>
     * Deletes a backup for good. Errors: NOT_FOUND; FAILED_PRECONDITION `BACKUP_NEEDED` for the base of a trimmed journal and for the last good
     * backup.
     * </pre>
     */
    public void deleteBackup(dev.holdfast.v1.DeleteBackupRequest request,
        io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteBackupResponse> responseObserver) {
      io.grpc.stub.ClientCalls.asyncUnaryCall(
          getChannel().newCall(getDeleteBackupMethod(), getCallOptions()), request, responseObserver);
    }
  }

  /**
   * A stub to allow clients to do synchronous rpc calls to service BackupService.
   * <pre>
   * Makes, lists, verifies, restores and deletes backups. They are files beside the store, not entities in it: a restore to an older moment
   * forgets none, and their names are no part of a history.
   * </pre>
   */
  public static final class BackupServiceBlockingV2Stub
      extends io.grpc.stub.AbstractBlockingStub<BackupServiceBlockingV2Stub> {
    private BackupServiceBlockingV2Stub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BackupServiceBlockingV2Stub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BackupServiceBlockingV2Stub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes a backup while the server goes on serving, and verifies it: only then is it listed. The Operation's response is a Backup.
     * Errors: ALREADY_EXISTS for the id; RESOURCE_EXHAUSTED `DISK_FULL` if it would not fit beside the reserve, `QUOTA` while another is
     * being made.
     * </pre>
     */
    public dev.holdfast.v1.CreateBackupResponse createBackup(dev.holdfast.v1.CreateBackupRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getCreateBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists backups, newest first, damaged ones too. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListBackupsResponse listBackups(dev.holdfast.v1.ListBackupsRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getListBackupsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a backup. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetBackupResponse getBackup(dev.holdfast.v1.GetBackupRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getGetBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads every file of a backup and compares it with the manifest; with `deep` opens a copy of it and holds every row and index entry against its
     * digest. The Operation's response is the Backup. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.VerifyBackupResponse verifyBackup(dev.holdfast.v1.VerifyBackupRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getVerifyBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes the whole server back to a backup, a sequence or a time. With `validate_only` it says what would change. The server goes on
     * serving while the old state is put together; then it stops for a moment, every stream ends with UNAVAILABLE `RECOVERING`, and it serves a
     * new history. Positions up to the target stay valid, later ones are refused with OUT_OF_RANGE `POSITION_UNKNOWN`.
     * The Operation's response is a RestorePlan; it can be read after the restore too.
     * Errors: NOT_FOUND; OUT_OF_RANGE `POSITION_TOO_OLD` if no backup and no journal reaches it, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`;
     * DATA_LOSS `CORRUPTION` if no backup below the target verifies.
     * </pre>
     */
    public dev.holdfast.v1.RestoreBackupResponse restoreBackup(dev.holdfast.v1.RestoreBackupRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getRestoreBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a backup for good. Errors: NOT_FOUND; FAILED_PRECONDITION `BACKUP_NEEDED` for the base of a trimmed journal and for the last good
     * backup.
     * </pre>
     */
    public dev.holdfast.v1.DeleteBackupResponse deleteBackup(dev.holdfast.v1.DeleteBackupRequest request) throws io.grpc.StatusException {
      return io.grpc.stub.ClientCalls.blockingV2UnaryCall(
          getChannel(), getDeleteBackupMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do limited synchronous rpc calls to service BackupService.
   * <pre>
   * Makes, lists, verifies, restores and deletes backups. They are files beside the store, not entities in it: a restore to an older moment
   * forgets none, and their names are no part of a history.
   * </pre>
   */
  public static final class BackupServiceBlockingStub
      extends io.grpc.stub.AbstractBlockingStub<BackupServiceBlockingStub> {
    private BackupServiceBlockingStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BackupServiceBlockingStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BackupServiceBlockingStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes a backup while the server goes on serving, and verifies it: only then is it listed. The Operation's response is a Backup.
     * Errors: ALREADY_EXISTS for the id; RESOURCE_EXHAUSTED `DISK_FULL` if it would not fit beside the reserve, `QUOTA` while another is
     * being made.
     * </pre>
     */
    public dev.holdfast.v1.CreateBackupResponse createBackup(dev.holdfast.v1.CreateBackupRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getCreateBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Lists backups, newest first, damaged ones too. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.ListBackupsResponse listBackups(dev.holdfast.v1.ListBackupsRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getListBackupsMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Returns a backup. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public dev.holdfast.v1.GetBackupResponse getBackup(dev.holdfast.v1.GetBackupRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getGetBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Reads every file of a backup and compares it with the manifest; with `deep` opens a copy of it and holds every row and index entry against its
     * digest. The Operation's response is the Backup. Errors: NOT_FOUND.
     * </pre>
     */
    public dev.holdfast.v1.VerifyBackupResponse verifyBackup(dev.holdfast.v1.VerifyBackupRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getVerifyBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Takes the whole server back to a backup, a sequence or a time. With `validate_only` it says what would change. The server goes on
     * serving while the old state is put together; then it stops for a moment, every stream ends with UNAVAILABLE `RECOVERING`, and it serves a
     * new history. Positions up to the target stay valid, later ones are refused with OUT_OF_RANGE `POSITION_UNKNOWN`.
     * The Operation's response is a RestorePlan; it can be read after the restore too.
     * Errors: NOT_FOUND; OUT_OF_RANGE `POSITION_TOO_OLD` if no backup and no journal reaches it, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`;
     * DATA_LOSS `CORRUPTION` if no backup below the target verifies.
     * </pre>
     */
    public dev.holdfast.v1.RestoreBackupResponse restoreBackup(dev.holdfast.v1.RestoreBackupRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getRestoreBackupMethod(), getCallOptions(), request);
    }

    /**
     * <pre>
     * Deletes a backup for good. Errors: NOT_FOUND; FAILED_PRECONDITION `BACKUP_NEEDED` for the base of a trimmed journal and for the last good
     * backup.
     * </pre>
     */
    public dev.holdfast.v1.DeleteBackupResponse deleteBackup(dev.holdfast.v1.DeleteBackupRequest request) {
      return io.grpc.stub.ClientCalls.blockingUnaryCall(
          getChannel(), getDeleteBackupMethod(), getCallOptions(), request);
    }
  }

  /**
   * A stub to allow clients to do ListenableFuture-style rpc calls to service BackupService.
   * <pre>
   * Makes, lists, verifies, restores and deletes backups. They are files beside the store, not entities in it: a restore to an older moment
   * forgets none, and their names are no part of a history.
   * </pre>
   */
  public static final class BackupServiceFutureStub
      extends io.grpc.stub.AbstractFutureStub<BackupServiceFutureStub> {
    private BackupServiceFutureStub(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      super(channel, callOptions);
    }

    @java.lang.Override
    protected BackupServiceFutureStub build(
        io.grpc.Channel channel, io.grpc.CallOptions callOptions) {
      return new BackupServiceFutureStub(channel, callOptions);
    }

    /**
     * <pre>
     * Makes a backup while the server goes on serving, and verifies it: only then is it listed. The Operation's response is a Backup.
     * Errors: ALREADY_EXISTS for the id; RESOURCE_EXHAUSTED `DISK_FULL` if it would not fit beside the reserve, `QUOTA` while another is
     * being made.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.CreateBackupResponse> createBackup(
        dev.holdfast.v1.CreateBackupRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getCreateBackupMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Lists backups, newest first, damaged ones too. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.ListBackupsResponse> listBackups(
        dev.holdfast.v1.ListBackupsRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getListBackupsMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Returns a backup. Errors: NOT_FOUND. Retry safe.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.GetBackupResponse> getBackup(
        dev.holdfast.v1.GetBackupRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getGetBackupMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Reads every file of a backup and compares it with the manifest; with `deep` opens a copy of it and holds every row and index entry against its
     * digest. The Operation's response is the Backup. Errors: NOT_FOUND.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.VerifyBackupResponse> verifyBackup(
        dev.holdfast.v1.VerifyBackupRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getVerifyBackupMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Takes the whole server back to a backup, a sequence or a time. With `validate_only` it says what would change. The server goes on
     * serving while the old state is put together; then it stops for a moment, every stream ends with UNAVAILABLE `RECOVERING`, and it serves a
     * new history. Positions up to the target stay valid, later ones are refused with OUT_OF_RANGE `POSITION_UNKNOWN`.
     * The Operation's response is a RestorePlan; it can be read after the restore too.
     * Errors: NOT_FOUND; OUT_OF_RANGE `POSITION_TOO_OLD` if no backup and no journal reaches it, `POSITION_UNKNOWN`; RESOURCE_EXHAUSTED `DISK_FULL`;
     * DATA_LOSS `CORRUPTION` if no backup below the target verifies.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.RestoreBackupResponse> restoreBackup(
        dev.holdfast.v1.RestoreBackupRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getRestoreBackupMethod(), getCallOptions()), request);
    }

    /**
     * <pre>
     * Deletes a backup for good. Errors: NOT_FOUND; FAILED_PRECONDITION `BACKUP_NEEDED` for the base of a trimmed journal and for the last good
     * backup.
     * </pre>
     */
    public com.google.common.util.concurrent.ListenableFuture<dev.holdfast.v1.DeleteBackupResponse> deleteBackup(
        dev.holdfast.v1.DeleteBackupRequest request) {
      return io.grpc.stub.ClientCalls.futureUnaryCall(
          getChannel().newCall(getDeleteBackupMethod(), getCallOptions()), request);
    }
  }

  private static final int METHODID_CREATE_BACKUP = 0;
  private static final int METHODID_LIST_BACKUPS = 1;
  private static final int METHODID_GET_BACKUP = 2;
  private static final int METHODID_VERIFY_BACKUP = 3;
  private static final int METHODID_RESTORE_BACKUP = 4;
  private static final int METHODID_DELETE_BACKUP = 5;

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
        case METHODID_CREATE_BACKUP:
          serviceImpl.createBackup((dev.holdfast.v1.CreateBackupRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.CreateBackupResponse>) responseObserver);
          break;
        case METHODID_LIST_BACKUPS:
          serviceImpl.listBackups((dev.holdfast.v1.ListBackupsRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.ListBackupsResponse>) responseObserver);
          break;
        case METHODID_GET_BACKUP:
          serviceImpl.getBackup((dev.holdfast.v1.GetBackupRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.GetBackupResponse>) responseObserver);
          break;
        case METHODID_VERIFY_BACKUP:
          serviceImpl.verifyBackup((dev.holdfast.v1.VerifyBackupRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.VerifyBackupResponse>) responseObserver);
          break;
        case METHODID_RESTORE_BACKUP:
          serviceImpl.restoreBackup((dev.holdfast.v1.RestoreBackupRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.RestoreBackupResponse>) responseObserver);
          break;
        case METHODID_DELETE_BACKUP:
          serviceImpl.deleteBackup((dev.holdfast.v1.DeleteBackupRequest) request,
              (io.grpc.stub.StreamObserver<dev.holdfast.v1.DeleteBackupResponse>) responseObserver);
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
          getCreateBackupMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.CreateBackupRequest,
              dev.holdfast.v1.CreateBackupResponse>(
                service, METHODID_CREATE_BACKUP)))
        .addMethod(
          getListBackupsMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.ListBackupsRequest,
              dev.holdfast.v1.ListBackupsResponse>(
                service, METHODID_LIST_BACKUPS)))
        .addMethod(
          getGetBackupMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.GetBackupRequest,
              dev.holdfast.v1.GetBackupResponse>(
                service, METHODID_GET_BACKUP)))
        .addMethod(
          getVerifyBackupMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.VerifyBackupRequest,
              dev.holdfast.v1.VerifyBackupResponse>(
                service, METHODID_VERIFY_BACKUP)))
        .addMethod(
          getRestoreBackupMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.RestoreBackupRequest,
              dev.holdfast.v1.RestoreBackupResponse>(
                service, METHODID_RESTORE_BACKUP)))
        .addMethod(
          getDeleteBackupMethod(),
          io.grpc.stub.ServerCalls.asyncUnaryCall(
            new MethodHandlers<
              dev.holdfast.v1.DeleteBackupRequest,
              dev.holdfast.v1.DeleteBackupResponse>(
                service, METHODID_DELETE_BACKUP)))
        .build();
  }

  private static abstract class BackupServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoFileDescriptorSupplier, io.grpc.protobuf.ProtoServiceDescriptorSupplier {
    BackupServiceBaseDescriptorSupplier() {}

    @java.lang.Override
    public com.google.protobuf.Descriptors.FileDescriptor getFileDescriptor() {
      return dev.holdfast.v1.BackupServiceOuterClass.getDescriptor();
    }

    @java.lang.Override
    public com.google.protobuf.Descriptors.ServiceDescriptor getServiceDescriptor() {
      return getFileDescriptor().findServiceByName("BackupService");
    }
  }

  private static final class BackupServiceFileDescriptorSupplier
      extends BackupServiceBaseDescriptorSupplier {
    BackupServiceFileDescriptorSupplier() {}
  }

  private static final class BackupServiceMethodDescriptorSupplier
      extends BackupServiceBaseDescriptorSupplier
      implements io.grpc.protobuf.ProtoMethodDescriptorSupplier {
    private final java.lang.String methodName;

    BackupServiceMethodDescriptorSupplier(java.lang.String methodName) {
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
      synchronized (BackupServiceGrpc.class) {
        result = serviceDescriptor;
        if (result == null) {
          serviceDescriptor = result = io.grpc.ServiceDescriptor.newBuilder(SERVICE_NAME)
              .setSchemaDescriptor(new BackupServiceFileDescriptorSupplier())
              .addMethod(getCreateBackupMethod())
              .addMethod(getListBackupsMethod())
              .addMethod(getGetBackupMethod())
              .addMethod(getVerifyBackupMethod())
              .addMethod(getRestoreBackupMethod())
              .addMethod(getDeleteBackupMethod())
              .build();
        }
      }
    }
    return result;
  }
}
