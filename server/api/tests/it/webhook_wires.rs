//! The bodies of webhooks: real events as each dialect's endpoints receive them, compared with the references.

use crate::redact::redact;
use crate::test_api::{TestApi, both};
use market::agent::Change;
use market::application::{Declining, NewApplication};
use market::endpoint::Draft;
use market::id::{EndpointId, JobId};
use market::payment::Sandbox;
use market::refill::{self, NewRefill};
use market::wire::Dialect;
use market::{Actor, Duration, Money};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use testkit::webhook::answer;
use testkit::{act, people};

const DIALECTS: [Dialect; 4] = [Dialect::Guildhall, Dialect::Gagiteck, Dialect::Gigeco, Dialect::Gigiac];

/// The bodies that an endpoint received, oldest first.
type Received = BTreeMap<EndpointId, Vec<Value>>;

/// The endpoints of somebody, one of each dialect, that want everything.
struct Ears(BTreeMap<&'static str, EndpointId>);

impl Ears {
    async fn of(app: &TestApi, who: &Actor) -> Self {
        let config = app.webhooks_of(dialects::WIRES);
        let mut ears = BTreeMap::new();
        for dialect in DIALECTS {
            let draft = Draft { dialect, ..testkit::webhook::draft(&["*"]) };
            ears.insert(dialect.as_str(), act!(app, endpoint::create(who, &config, &draft)).expect("makes").endpoint.id);
        }
        Self(ears)
    }

    fn heard<'a>(&self, received: &'a Received, dialect: Dialect) -> &'a [Value] {
        received.get(&self.0[dialect.as_str()]).map_or(&[], Vec::as_slice)
    }
}

/// Two sides with endpoints, and all that they received while a job went from posted to paid.
struct Story {
    poster: Ears,
    worker: Ears,
    job: JobId,
    received: Received,
}

async fn received(app: &TestApi) -> Received {
    app.fan_out(dialects::WIRES).await;
    let mut received = Received::new();
    for due in app.deliver(|_| answer(200)).await {
        let body = serde_json::from_str(&due.body).expect("a body is JSON");
        received.entry(due.endpoint_id).or_default().push(body);
    }
    received
}

impl Story {
    async fn of(app: &TestApi) -> Self {
        let poster = app.poster("Poster", Money(100_000)).await.actor;
        let mut worker = app.member("Worker").await.actor;
        let ears = (Ears::of(app, &poster).await, Ears::of(app, &worker).await);
        worker.agent = Some(app.profile(&worker, &people::profile("Botty", &["coding"])).await.expect("makes a profile").id);
        let agent = worker.agent.clone().expect("an agent");
        act!(app, agent::update(&worker, &Change { bio: Some("I code.".into()), ..Change::default() })).expect("updates");
        act!(app, agent::pause(&worker, &agent)).expect("pauses");
        act!(app, agent::resume(&worker, &agent)).expect("resumes");
        let job = act!(app, job::post(&poster, &testkit::job::draft())).expect("posts").id;
        act!(app, nda::agree(&worker, &job)).expect("agrees");
        let offer = NewApplication { cover_letter: "I wrote three of these.".into(), price: Some(40_050) };
        let offer = act!(app, application::apply(&worker, &job, &offer)).expect("applies").id;
        act!(app, job::accept(&poster, &job, &offer)).expect("accepts");
        act!(app, job::fund(&poster, &job, None)).expect("funds");
        act!(app, job::deliver(&worker, &job, &testkit::job::delivery())).expect("delivers");
        act!(app, job::request_revision(&poster, &job, "Keep unknown fields.")).expect("asks for a revision");
        act!(app, job::deliver(&worker, &job, &testkit::job::delivery())).expect("delivers");
        act!(app, job::approve(&poster, &job)).expect("approves");
        app.advance(Duration::days(3)).await;
        let other = act!(app, job::post(&poster, &testkit::job::draft())).expect("posts").id;
        act!(app, nda::agree(&worker, &other)).expect("agrees");
        let no = Declining::new(None, "Another one was faster.").expect("a reason");
        let refused = act!(app, application::apply(&worker, &other, &NewApplication::default())).expect("applies").id;
        act!(app, application::decline(&poster, &other, &refused, &no)).expect("declines");
        let low = NewRefill { threshold: 90_000, amount: 10_000, monthly_limit: None, is_enabled: false };
        refill::set_up(&app.market, &Sandbox::new(String::new()), &poster, &low).await.expect("is set up");
        while refill::watch(&app.market, None).await.expect("watches") {}
        let received = received(app).await;
        Self { poster: ears.0, worker: ears.1, job, received }
    }
}

/// The first body of an event.
fn first<'a>(bodies: &'a [Value], name: &str) -> &'a Value {
    let is_it = |body: &&Value| body["event"] == name || body["type"] == name;
    bodies.iter().find(is_it).unwrap_or_else(|| panic!("{name} in {bodies:#?}"))
}

fn names(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn event_names(bodies: &[Value]) -> Vec<&str> {
    bodies.iter().filter_map(|body| body["event"].as_str().or(body["type"].as_str())).collect()
}

both! {
    async fn each_dialect_has_its_own_names_and_bodies(app) {
        let story = Story::of(app).await;
        let (poster, worker) = (&story.poster, &story.worker);
        let all = |dialect| [poster, worker].map(|side| side.heard(&story.received, dialect));
        for (name, dialect) in [("gigiac", Dialect::Gigiac), ("gagiteck", Dialect::Gagiteck), ("gigeco", Dialect::Gigeco)] {
            let [poster, worker] = all(dialect).map(|bodies| bodies.iter().map(redact).collect::<Vec<_>>());
            insta::assert_json_snapshot!(name, json!({ "poster": poster, "worker": worker }));
        }
        let bare = |bodies: &[Value]| bodies.iter().map(|body| body["data"].clone()).collect::<Vec<_>>();
        assert_eq!(all(Dialect::Guildhall).map(bare), all(Dialect::Gagiteck).map(bare), "gagiteck's data is that of streams");
    }

    async fn gigiacs_bodies_are_the_references(app) {
        let story = Story::of(app).await;
        let (poster, worker) = (story.poster.heard(&story.received, Dialect::Gigiac), story.worker.heard(&story.received, Dialect::Gigiac));
        let accepted = first(worker, "proposal.accepted");
        assert_eq!(names(accepted), ["data", "event", "timestamp"]);
        assert_eq!(names(&accepted["data"]), ["proposal_id", "proposed_amount", "task_id", "task_title"]);
        assert_eq!(accepted["data"]["proposed_amount"], 400.5);
        let task = accepted["data"]["task_id"].as_str().expect("an id");
        assert_eq!(task, format!("task_{}", story.job.as_str().replace('-', "")));
        let told: std::collections::BTreeSet<_> = event_names(poster).into_iter().chain(event_names(worker)).collect();
        let config = app.webhooks_of(dialects::WIRES);
        let known: std::collections::BTreeSet<_> =
            market::endpoint::event_names(&config, Dialect::Gigiac).into_iter().map(|event| event.name).collect();
        assert_eq!(told, known, "each of the seven was told");
        assert_eq!(event_names(poster), ["deliverable.submitted", "deliverable.submitted", "credits.low_balance"]);
        assert_eq!(first(poster, "credits.low_balance")["data"]["threshold"], 900.0);
        assert_eq!(first(worker, "deliverable.accepted")["data"]["amount"], 400.5);
        assert_eq!(first(worker, "deliverable.revision_requested")["data"]["message"], "Keep unknown fields.");
    }

    async fn a_test_has_the_shape_of_its_dialect(app) {
        let ada = app.member("Ada").await.actor;
        let ears = Ears::of(app, &ada).await;
        let config = app.webhooks_of(dialects::WIRES);
        for id in ears.0.values() {
            act!(app, delivery::test(&ada, &config, id)).expect("tests");
        }
        let received = received(app).await;
        let shape = |dialect| ears.heard(&received, dialect).iter().map(redact).collect::<Vec<_>>();
        insta::assert_json_snapshot!("test", DIALECTS.map(|dialect| json!({ dialect.as_str(): shape(dialect) })));
    }
}
