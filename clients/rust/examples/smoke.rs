//! Says whether these stubs work against the server at HOLDFAST_ADDRESS (127.0.0.1:7420): one line for each step that went well.

use std::{
    collections::HashMap,
    env,
    error::Error,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use holdfast::v1::{
    CreateTaskRequest, GetTaskRequest, ListTasksRequest, Position, Priority, Task, TaskState, WatchEventsRequest,
    event_service_client::EventServiceClient, resource::Resource, task_service_client::TaskServiceClient,
    watch_events_request::Start, watch_events_response::Payload,
};
use prost_types::{Struct, Value, value::Kind};
use tonic::{Code, Status, transport::Channel};
use tonic_types::{ErrorDetails, StatusExt};

const PARENT: &str = "projects/default";

/// The whole program takes less on a server that works.
const TIMEOUT: Duration = Duration::from_secs(20);

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    tokio::time::timeout(TIMEOUT, smoke()).await?
}

async fn smoke() -> Outcome {
    let address = env::var("HOLDFAST_ADDRESS").unwrap_or("127.0.0.1:7420".into());
    let channel = Channel::from_shared(format!("http://{address}"))?.connect().await?;
    let mut tasks = TaskServiceClient::new(channel.clone());
    let run = format!("{:x}", SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos());

    let first_page = ListTasksRequest { parent: PARENT.into(), page_size: 1, ..Default::default() };
    let before = tasks.list_tasks(first_page).await?.into_inner().position.ok_or("no position")?;
    let mut names = Vec::new();
    for number in 0..3 {
        names.push(create(&mut tasks, &run, number).await?);
    }
    get(&mut tasks, &names[0]).await?;
    list(&mut tasks, &run, &names).await?;
    watch(&mut EventServiceClient::new(channel), before, &names[0]).await?;
    not_found(&mut tasks).await?;
    field_invalid(&mut tasks).await
}

async fn create(tasks: &mut TaskServiceClient<Channel>, run: &str, number: u8) -> Outcome<String> {
    let number_value = Value { kind: Some(Kind::NumberValue(number.into())) };
    let task = Task {
        title: format!("Smoke {number}"),
        priority: Priority::P1.into(),
        labels: smoke_label(run),
        payload: Some(Struct { fields: [("number".into(), number_value)].into() }),
        ..Default::default()
    };
    let request = CreateTaskRequest {
        parent: PARENT.into(),
        task: Some(task),
        request_id: request_id(run, number)?,
        ..Default::default()
    };
    let name = tasks.create_task(request.clone()).await?.into_inner().task.ok_or("no task")?.name;
    // The same request again: the same task, not another one.
    let again = tasks.create_task(request).await?.into_inner().task.ok_or("no task")?.name;
    check(name.starts_with(&format!("{PARENT}/tasks/")) && again == name, &(&name, again))?;
    println!("ok create {name}");
    Ok(name)
}

async fn get(tasks: &mut TaskServiceClient<Channel>, name: &str) -> Outcome {
    let request = GetTaskRequest { name: name.into(), ..Default::default() };
    let task = tasks.get_task(request).await?.into_inner().task.ok_or("no task")?;
    let number = task.payload.as_ref().and_then(|payload| payload.fields.get("number")?.kind.clone());
    check(task.title == "Smoke 0" && task.state() == TaskState::Pending, &task)?;
    check(number == Some(Kind::NumberValue(0.0)), &task)?;
    check(task.create_time.is_some_and(|time| time.seconds > 0), &task)?;
    println!("ok get {}", task.state().as_str_name());
    Ok(())
}

async fn list(tasks: &mut TaskServiceClient<Channel>, run: &str, names: &[String]) -> Outcome {
    let mut request =
        ListTasksRequest { parent: PARENT.into(), labels: smoke_label(run), page_size: 2, ..Default::default() };
    let mut listed = Vec::new();
    let mut pages = 0;
    loop {
        let page = tasks.list_tasks(request.clone()).await?.into_inner();
        check(page.tasks.len() <= 2, &page)?;
        listed.extend(page.tasks.into_iter().map(|task| task.name));
        pages += 1;
        if page.next_page_token.is_empty() {
            break;
        }
        request.page_token = page.next_page_token;
    }
    check(pages > 1 && listed.len() == names.len() && names.iter().all(|name| listed.contains(name)), &listed)?;
    println!("ok list {}", listed.len());
    Ok(())
}

async fn watch(events: &mut EventServiceClient<Channel>, after: Position, name: &str) -> Outcome {
    let request = WatchEventsRequest { parent: PARENT.into(), start: Some(Start::After(after)), ..Default::default() };
    // The stream ends when it is dropped.
    let mut stream = events.watch_events(request).await?.into_inner();
    while let Some(message) = stream.message().await? {
        let Some(Payload::Events(batch)) = message.payload else { continue };
        let Some(event) = batch.events.into_iter().find(|event| event.name == name) else { continue };
        let after = event.after.and_then(|after| after.resource);
        check(matches!(&after, Some(Resource::Task(task)) if task.title == "Smoke 0"), &after)?;
        println!("ok watch {}", event.r#type);
        return Ok(());
    }
    Err("the stream ended without the event".into())
}

async fn not_found(tasks: &mut TaskServiceClient<Channel>) -> Outcome {
    let request = GetTaskRequest { name: format!("{PARENT}/tasks/no-such-task"), ..Default::default() };
    let (reason, details) = refusal(tasks.get_task(request).await, Code::NotFound)?;
    let resource = details.resource_info().ok_or("no ResourceInfo")?;
    println!("ok error {reason} {}", resource.resource_name);
    Ok(())
}

async fn field_invalid(tasks: &mut TaskServiceClient<Channel>) -> Outcome {
    let request = CreateTaskRequest { parent: PARENT.into(), task: Some(Task::default()), ..Default::default() };
    let (reason, details) = refusal(tasks.create_task(request).await, Code::InvalidArgument)?;
    let request = details.bad_request().ok_or("no BadRequest")?;
    println!("ok error {reason} {}", request.field_violations[0].field);
    Ok(())
}

/// The reason of a call that must be refused, and all its details.
fn refusal<T>(answer: Result<T, Status>, code: Code) -> Outcome<(String, ErrorDetails)> {
    let status = answer.err().ok_or("the call was not refused")?;
    check(status.code() == code, &status)?;
    let details = status.check_error_details()?;
    let info = details.error_info().ok_or("no ErrorInfo")?;
    check(info.domain == "holdfast", info)?;
    Ok((info.reason.clone(), details))
}

fn smoke_label(run: &str) -> HashMap<String, String> {
    [("smoke".into(), run.into())].into()
}

/// A UUID made of the run's number: unique among runs, which is all that a request id needs.
fn request_id(run: &str, number: u8) -> Outcome<String> {
    let low = u64::from_str_radix(run, 16)? & 0xffff_ffff_ffff;
    Ok(format!("00000000-0000-4000-800{number}-{low:012x}"))
}

fn check(holds: bool, what: &dyn std::fmt::Debug) -> Outcome {
    if holds { Ok(()) } else { Err(format!("unexpected: {what:?}").into()) }
}
