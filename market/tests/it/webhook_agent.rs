//! Endpoints of single agents: each hears of its own agent's work, and nothing of another agent's.

use crate::webhook_fan_out::heard;
use market::endpoint::{Change, Draft, Hears};
use market::event::StreamType;
use market::id::{AgentId, EndpointId};
use market::wire::{Dialect, Message, Wire};
use market::{Actor, Money, agent, delivery::Replay, delivery::Which};
use serde_json::json;
use testkit::job::delivery;
use testkit::people::profile;
use testkit::review::{ReviewFixture, proofed};
use testkit::webhook::draft;
use testkit::{TestApp, act, both};

/// A team with two agents, and an endpoint of each and of the team.
struct TwoAgents {
    owner: Actor,
    coder: Actor,
    writer: Actor,
    ears: [EndpointId; 3],
}

impl TwoAgents {
    async fn of(app: &TestApp) -> Self {
        let owner = app.member("owner").await;
        let mut agents = Vec::new();
        for category in ["coding", "writing"] {
            let made = app.profile(&owner, &profile(category, &[category])).await.expect("makes a profile");
            agents.push(agent::acting(&mut app.read().await, owner.clone(), &made.id).await.expect("is the owner's"));
        }
        let [coder, writer] = agents.try_into().expect("two agents");
        let team = app.webhook(&owner, &["*"]).await.endpoint.id;
        let ears = [ear(app, &owner, &coder).await, ear(app, &owner, &writer).await, team];
        app.fan_out(&[]).await;
        Self { owner, coder, writer, ears }
    }

    /// The names of the events that each endpoint heard so far.
    async fn heard(&self, app: &TestApp) -> [Vec<String>; 3] {
        let mut all = Vec::new();
        for id in &self.ears {
            all.push(heard(app, &self.owner, id).await);
        }
        all.try_into().expect("three endpoints")
    }
}

fn id(actor: &Actor) -> AgentId {
    actor.agent.clone().expect("an agent")
}

async fn ear(app: &TestApp, owner: &Actor, agent: &Actor) -> EndpointId {
    let draft = Draft { agent_id: Some(id(agent)), ..draft(&["*"]) };
    act!(app, endpoint::create(owner, &app.webhooks(), &draft)).expect("makes an endpoint").endpoint.id
}

/// Brings a job of a category from posted to delivered.
async fn work(app: &TestApp, poster: &Actor, worker: &Actor, category: &str) {
    let wanted = market::job::Draft { category: category.into(), ..testkit::job::draft() };
    let job = act!(app, job::post(poster, &wanted)).expect("posts").id;
    let offer = app.offer(worker, &job).await.expect("applies").id;
    act!(app, job::accept(poster, &job, &offer)).expect("accepts");
    act!(app, job::fund(poster, &job, None)).expect("funds");
    act!(app, job::deliver(worker, &job, &delivery())).expect("delivers");
}

/// The events of one job, as its worker hears them.
const OF_A_JOB: [&str; 4] = ["job.available", "application.update", "application.update", "job.delivered"];

/// A dialect with a word for two events of whole teams, of which its agents hear one.
static WIRES: &[Wire] = &[Wire {
    dialect: Dialect::Gigiac,
    events: |_| ["deposit.paid", "job.posted"].map(|name| StreamType { name, sentence: "it happened" }).to_vec(),
    tell: |heard| {
        let name = ["deposit.paid", "job.posted"].into_iter().find(|name| *name == heard.name)?;
        Some(Message { event: name.into(), data: json!({}) })
    },
    body: |envelope| json!({ "event": envelope.event }).to_string(),
    team_wide: &["deposit.paid"],
}];

both! {
    async fn each_agents_endpoint_hears_its_own_job(app) {
        let (poster, two) = (app.member("poster").await, TwoAgents::of(app).await);
        app.fund(&poster, Money(200_000)).await;
        work(app, &poster, &two.coder, "coding").await;
        let [coder, writer, team] = two.heard(app).await;
        assert_eq!(coder, OF_A_JOB);
        assert!(writer.is_empty(), "{writer:?}");
        assert_eq!(team, OF_A_JOB);
        work(app, &poster, &two.writer, "writing").await;
        let [coder, writer, team] = two.heard(app).await;
        assert_eq!((coder.len(), writer.as_slice()), (4, OF_A_JOB.map(String::from).as_slice()));
        assert_eq!(team.len(), 8, "the team hears both");
    }

    async fn in_one_batch_each_hears_its_own(app) {
        let (poster, two) = (app.member("poster").await, TwoAgents::of(app).await);
        app.fund(&poster, Money(200_000)).await;
        work(app, &poster, &two.writer, "writing").await;
        work(app, &poster, &two.coder, "coding").await;
        let [coder, writer, team] = two.heard(app).await;
        assert_eq!((coder.as_slice(), &coder), (OF_A_JOB.map(String::from).as_slice(), &writer));
        assert_eq!(team.len(), 8);
    }

    async fn events_of_an_agent_itself_are_its_own(app) {
        let two = TwoAgents::of(app).await;
        act!(app, agent::pause(&two.owner, &id(&two.coder))).expect("pauses");
        app.fund(&two.owner, Money(5_000)).await;
        act!(app, job::post(&two.owner, &testkit::job::draft())).expect("posts");
        let [coder, writer, team] = two.heard(app).await;
        assert_eq!(coder, ["agent.updated"]);
        assert!(writer.is_empty(), "{writer:?}");
        assert_eq!(team, ["agent.updated", "deposit.paid", "job.posted"], "what is about the whole team goes to its own endpoint");
    }

    async fn a_seat_is_its_proofers(app) {
        let two = TwoAgents::of(app).await;
        let mut review = ReviewFixture::pending(app, &proofed(1), 0).await;
        act!(app, nda::agree(&two.writer, review.id())).expect("agrees");
        act!(app, application::apply(&two.writer, review.id(), &market::application::NewApplication::default())).expect("applies");
        review.proofers.push(two.writer.clone());
        review.seat(app, 0).await.expect("gives a seat");
        act!(app, review::fund(&review.fixture.poster, review.id())).expect("funds");
        review.judge(app, 0, "approve").await.expect("judges");
        let [coder, writer, _] = two.heard(app).await;
        assert_eq!(coder, ["job.available", "proof.needed"], "a topic of the coder's");
        assert_eq!(writer, ["application.update", "proof.assigned", "proof.settled"]);
    }

    async fn a_dialect_may_send_what_is_about_the_team(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let wanted = Draft { dialect: Dialect::Gigiac, agent_id: ada.agent.clone(), ..draft(&["*"]) };
        let made = act!(app, endpoint::create(&ada, &app.webhooks_of(WIRES), &wanted)).expect("makes").endpoint.id;
        app.fund(&ada, Money(5_000)).await;
        act!(app, job::post(&ada, &testkit::job::draft())).expect("posts");
        app.fan_out(WIRES).await;
        assert_eq!(heard(app, &ada, &made).await, ["deposit.paid"]);
    }

    async fn an_endpoint_moves_to_another_agent(app) {
        let (poster, two) = (app.member("poster").await, TwoAgents::of(app).await);
        let change = |hears| Change { hears: Some(hears), ..Change::default() };
        let to_writer = change(Hears::Agent(id(&two.writer)));
        let moved = act!(app, endpoint::update(&two.owner, &app.webhooks(), &two.ears[0], &to_writer)).expect("moves");
        assert_eq!(moved.agent_id, two.writer.agent);
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        let [moved, writer, team] = two.heard(app).await;
        assert!(moved.is_empty() && writer.is_empty() && team == ["job.available"], "{moved:?} {writer:?} {team:?}");
        act!(app, endpoint::update(&two.owner, &app.webhooks(), &two.ears[0], &change(Hears::Team))).expect("moves");
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        assert_eq!(two.heard(app).await[0], ["job.available"]);
        let stranger = app.agent("eve", &["coding"]).await;
        let theirs = change(Hears::Agent(id(&stranger)));
        let refused = act!(app, endpoint::update(&two.owner, &app.webhooks(), &two.ears[0], &theirs)).expect_err("is refused");
        assert_eq!(refused.kind, market::Kind::NotFound);
    }

    async fn a_replay_sends_an_agents_endpoint_its_own(app) {
        let (poster, two) = (app.member("poster").await, TwoAgents::of(app).await);
        app.fund(&poster, Money(200_000)).await;
        app.pass(market::Duration::minutes(1));
        let since = app.now();
        let set = async |on| {
            let change = Change { is_active: Some(on), ..Change::default() };
            act!(app, endpoint::update(&two.owner, &app.webhooks(), &two.ears[0], &change)).expect("changes");
        };
        set(false).await;
        work(app, &poster, &two.coder, "coding").await;
        work(app, &poster, &two.writer, "writing").await;
        app.fan_out(&[]).await;
        set(true).await;
        let all = Replay { since, until: None, which: Which::All };
        let replayed = act!(app, delivery::replay(&two.owner, &app.webhooks(), &two.ears[0], &all)).expect("replays");
        assert_eq!(replayed.count, 4);
        assert_eq!(two.heard(app).await[0], OF_A_JOB);
    }
}
