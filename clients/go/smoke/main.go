// Program smoke says whether these stubs work against the server at HOLDFAST_ADDRESS (127.0.0.1:7420): one line for each step that went well.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"
	"time"

	holdfastv1 "holdfast.dev/gen/go/holdfast/v1"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/structpb"
)

const (
	parent = "projects/default"
	// The whole program takes less on a server that works.
	timeout = 20 * time.Second
)

func main() {
	log.SetFlags(0)
	if err := smoke(); err != nil {
		log.Fatalf("smoke: %v", err)
	}
}

func smoke() error {
	conn, err := grpc.NewClient(cmp.Or(os.Getenv("HOLDFAST_ADDRESS"), "127.0.0.1:7420"), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()

	tasks := holdfastv1.NewTaskServiceClient(conn)
	run := strings.ToLower(rand.Text())
	before, err := tasks.ListTasks(ctx, &holdfastv1.ListTasksRequest{Parent: parent, PageSize: 1})
	if err != nil {
		return fmt.Errorf("list: %w", err)
	}
	var names []string
	for number := range 3 {
		name, err := create(ctx, tasks, run, number)
		if err != nil {
			return fmt.Errorf("create: %w", err)
		}
		names = append(names, name)
	}
	if err := get(ctx, tasks, names[0]); err != nil {
		return fmt.Errorf("get: %w", err)
	}
	if err := list(ctx, tasks, run, names); err != nil {
		return fmt.Errorf("list: %w", err)
	}
	if err := watch(ctx, holdfastv1.NewEventServiceClient(conn), before.Position, names[0]); err != nil {
		return fmt.Errorf("watch: %w", err)
	}
	if err := notFound(ctx, tasks); err != nil {
		return fmt.Errorf("not found: %w", err)
	}
	if err := fieldInvalid(ctx, tasks); err != nil {
		return fmt.Errorf("field invalid: %w", err)
	}
	if err := claim(ctx, holdfastv1.NewSessionServiceClient(conn), tasks, run, names[0]); err != nil {
		return fmt.Errorf("claim: %w", err)
	}
	return nil
}

func create(ctx context.Context, tasks holdfastv1.TaskServiceClient, run string, number int) (string, error) {
	payload, err := structpb.NewStruct(map[string]any{"number": number})
	if err != nil {
		return "", err
	}
	request := &holdfastv1.CreateTaskRequest{
		Parent: parent,
		Task: &holdfastv1.Task{
			Title:    fmt.Sprintf("Smoke %d", number),
			Priority: holdfastv1.Priority_PRIORITY_P1,
			Labels:   map[string]string{"smoke": run},
			Payload:  payload,
		},
		RequestId: newUUID(),
	}
	response, err := tasks.CreateTask(ctx, request)
	if err != nil {
		return "", err
	}
	name := response.Task.Name
	// The same request again: the same task, not another one.
	again, err := tasks.CreateTask(ctx, request)
	if err != nil {
		return "", err
	}
	if !strings.HasPrefix(name, parent+"/tasks/") || again.Task.Name != name {
		return "", fmt.Errorf("got %s, then %s", name, again.Task.Name)
	}
	fmt.Println("ok create", name)
	return name, nil
}

func get(ctx context.Context, tasks holdfastv1.TaskServiceClient, name string) error {
	response, err := tasks.GetTask(ctx, &holdfastv1.GetTaskRequest{Name: name})
	if err != nil {
		return err
	}
	task := response.Task
	if task.Title != "Smoke 0" || task.State != holdfastv1.TaskState_TASK_STATE_PENDING ||
		task.Payload.AsMap()["number"] != 0.0 || task.CreateTime.AsTime().Unix() <= 0 {
		return fmt.Errorf("got %v", task)
	}
	fmt.Println("ok get", task.State)
	return nil
}

func list(ctx context.Context, tasks holdfastv1.TaskServiceClient, run string, names []string) error {
	request := &holdfastv1.ListTasksRequest{Parent: parent, Labels: map[string]string{"smoke": run}, PageSize: 2}
	var listed []string
	pages := 0
	for {
		response, err := tasks.ListTasks(ctx, request)
		if err != nil {
			return err
		}
		pages++
		if len(response.Tasks) > 2 {
			return fmt.Errorf("a page holds %d tasks", len(response.Tasks))
		}
		for _, task := range response.Tasks {
			listed = append(listed, task.Name)
		}
		if response.NextPageToken == "" {
			break
		}
		request.PageToken = response.NextPageToken
	}
	if slices.Sort(listed); pages < 2 || !slices.Equal(listed, slices.Sorted(slices.Values(names))) {
		return fmt.Errorf("got %v in %d pages", listed, pages)
	}
	fmt.Println("ok list", len(listed))
	return nil
}

func watch(ctx context.Context, events holdfastv1.EventServiceClient, after *holdfastv1.Position, name string) error {
	// The stream ends with the context.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := events.WatchEvents(ctx, &holdfastv1.WatchEventsRequest{
		Parent: parent,
		Start:  &holdfastv1.WatchEventsRequest_After{After: after},
	})
	if err != nil {
		return err
	}
	for {
		message, err := stream.Recv()
		if err != nil {
			return err
		}
		for _, event := range message.GetEvents().GetEvents() {
			if event.Name != name {
				continue
			}
			if title := event.GetAfter().GetTask().GetTitle(); title != "Smoke 0" {
				return fmt.Errorf("got the title %q", title)
			}
			fmt.Println("ok watch", event.Type)
			return nil
		}
	}
}

func notFound(ctx context.Context, tasks holdfastv1.TaskServiceClient) error {
	_, err := tasks.GetTask(ctx, &holdfastv1.GetTaskRequest{Name: parent + "/tasks/no-such-task"})
	info, resource, err := refusal[*errdetails.ResourceInfo](err, codes.NotFound)
	if err != nil {
		return err
	}
	fmt.Println("ok error", info.Reason, resource.ResourceName)
	return nil
}

func fieldInvalid(ctx context.Context, tasks holdfastv1.TaskServiceClient) error {
	_, err := tasks.CreateTask(ctx, &holdfastv1.CreateTaskRequest{Parent: parent, Task: &holdfastv1.Task{}})
	info, request, err := refusal[*errdetails.BadRequest](err, codes.InvalidArgument)
	if err != nil {
		return err
	}
	fmt.Println("ok error", info.Reason, request.FieldViolations[0].Field)
	return nil
}

func claim(ctx context.Context, sessions holdfastv1.SessionServiceClient, tasks holdfastv1.TaskServiceClient, run, name string) error {
	started, err := sessions.StartSession(ctx, &holdfastv1.StartSessionRequest{
		Parent: parent, Agent: "smoke-" + run, RequestId: newUUID(),
	})
	if err != nil {
		return err
	}
	session := started.Session.Name
	// Who acts: it goes with every call of the session.
	ctx = metadata.AppendToOutgoingContext(ctx, "holdfast-session", session+";"+started.Token)
	claimed, err := tasks.ClaimTask(ctx, &holdfastv1.ClaimTaskRequest{Name: name, RequestId: newUUID()})
	if err != nil {
		return err
	}
	if len(claimed.Tasks) != 1 || claimed.Tasks[0].Lease.GetSession() != session {
		return fmt.Errorf("got %v", claimed.Tasks)
	}
	fmt.Println("ok claim", claimed.Tasks[0].Name)
	result, err := structpb.NewStruct(map[string]any{"words": 3})
	if err != nil {
		return err
	}
	done, err := tasks.CompleteTask(ctx, &holdfastv1.CompleteTaskRequest{
		Name: name, FencingToken: claimed.Tasks[0].Lease.FencingToken, Result: result, RequestId: newUUID(),
	})
	if err != nil {
		return err
	}
	if done.Task.Result.AsMap()["words"] != 3.0 {
		return fmt.Errorf("got %v", done.Task)
	}
	fmt.Println("ok complete", done.Task.State)
	_, err = sessions.EndSession(ctx, &holdfastv1.EndSessionRequest{Name: session, Summary: "smoke", RequestId: newUUID()})
	return err
}

// refusal gives the ErrorInfo of a call that must be refused, and the detail of the given kind.
func refusal[Kind any](err error, code codes.Code) (info *errdetails.ErrorInfo, found Kind, _ error) {
	refused := status.Convert(err)
	if refused.Code() != code {
		return nil, found, fmt.Errorf("expected %v, got %w", code, err)
	}
	kinds := 0
	for _, detail := range refused.Details() {
		if kind, ok := detail.(Kind); ok {
			found = kind
			kinds++
		}
		if kind, ok := detail.(*errdetails.ErrorInfo); ok {
			info = kind
		}
	}
	if kinds != 1 || info == nil || info.Domain != "holdfast" {
		return nil, found, fmt.Errorf("unexpected details of %w", err)
	}
	return info, found, nil
}

// newUUID gives a random UUID (version 4).
func newUUID() string {
	var id [16]byte
	rand.Read(id[:])
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
