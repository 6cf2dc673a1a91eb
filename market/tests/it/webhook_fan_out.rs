//! The follower of events: each endpoint gets what it hears, once, and nobody else does.

use market::delivery::{self, BODY_MAX, LogFilter};
use market::endpoint::{Change, Draft};
use market::event::{self, Follower};
use market::wire::{Dialect, Message, Wire};
use market::{Actor, Money, Paging};
use serde_json::{Value, json};
use testkit::job::JobFixture;
use testkit::webhook::{answer, draft};
use testkit::{TestApp, act, both, read};

/// The names of the events that were delivered to an actor's endpoint, oldest first.
pub(crate) async fn heard(app: &TestApp, who: &Actor, id: &market::id::EndpointId) -> Vec<String> {
    app.fan_out(WIRES).await;
    let page = read!(app, delivery::list(who, id, &LogFilter::default(), Paging::first(100))).expect("lists");
    page.items.into_iter().rev().map(|delivery| delivery.event).collect()
}

/// Posts a job, which is an event for its poster.
pub(crate) async fn posted(app: &TestApp, poster: &Actor) {
    act!(app, job::post(poster, &testkit::job::draft())).expect("posts");
}

/// A dialect that has a word for one event alone, with much data.
static WIRES: &[Wire] = &[Wire {
    dialect: Dialect::Gigiac,
    events: |_| vec![event::StreamType { name: "task.posted", sentence: "a task was posted" }],
    tell: |heard| (heard.name == "job.posted").then(|| Message { event: "task.posted".into(), data: json!("x".repeat(BODY_MAX)) }),
    body: |envelope| json!({ "event": envelope.event, "data": envelope.data }).to_string(),
    team_wide: &[],
}];

both! {
    async fn each_side_hears_what_it_is_to_it(app) {
        let poster = app.member("poster").await;
        let worker = app.agent("worker", &["coding"]).await;
        let coder = app.agent("coder", &["coding"]).await;
        let (writer, stranger) = (app.agent("writer", &["writing"]).await, app.member("stranger").await);
        app.fund(&poster, Money(100_000)).await;
        let mut ids = Vec::new();
        for who in [&poster, &worker, &coder, &writer, &stranger] {
            ids.push(app.webhook(who, &["*"]).await.endpoint.id);
        }
        let job = act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        let offer = app.offer(&worker, &job.id).await.expect("applies");
        act!(app, job::accept(&poster, &job.id, &offer.id)).expect("accepts");
        let to_poster = heard(app, &poster, &ids[0]).await;
        assert!(to_poster.contains(&"job.posted".to_owned()) && to_poster.contains(&"application.received".to_owned()), "{to_poster:?}");
        let to_worker = heard(app, &worker, &ids[1]).await;
        assert!(to_worker.contains(&"job.available".to_owned()) && to_worker.contains(&"application.update".to_owned()), "{to_worker:?}");
        assert_eq!(heard(app, &coder, &ids[2]).await, ["job.available"]);
        assert!(heard(app, &writer, &ids[3]).await.is_empty());
        assert!(heard(app, &stranger, &ids[4]).await.is_empty());
    }

    async fn a_body_says_what_a_stream_says(app) {
        let poster = app.member("poster").await;
        app.webhook(&poster, &["job.posted"]).await;
        let job = act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        app.fan_out(&[]).await;
        let claimed = app.claim().await;
        let [due] = &claimed[..] else { panic!("{claimed:?}") };
        let body: Value = serde_json::from_str(&due.body).expect("JSON");
        assert_eq!((&body["id"], &body["type"], &body["timestamp"]), (&json!(due.id), &json!("job.posted"), &json!(app.now())));
        assert_eq!((&body["data"]["job_id"], &body["data"]["type"]), (&json!(job.id), &json!("job.posted")));
        assert_eq!((due.event.as_str(), due.nth, due.is_probe, due.dialect), ("job.posted", 1, false, Dialect::Guildhall));
    }

    async fn only_wanted_events_come(app) {
        let poster = app.member("poster").await;
        let one = app.webhook(&poster, &["deposit.paid"]).await.endpoint.id;
        let other = app.webhook(&poster, &["job.posted", "job.cancelled"]).await.endpoint.id;
        app.fund(&poster, Money(5_000)).await;
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        assert_eq!(heard(app, &poster, &one).await, ["deposit.paid"]);
        assert_eq!(heard(app, &poster, &other).await, ["job.posted"]);
    }

    async fn an_endpoint_hears_no_more_than_its_makers_key(app) {
        let ada = app.member("ada").await;
        let key = app.key(&ada, &["events:*", "jobs:read", "jobs:write"]).await;
        let bot = app.holder(&key.secret).await.expect("holds");
        let id = app.webhook(&bot, &["*"]).await.endpoint.id;
        app.fund(&ada, Money(5_000)).await;
        act!(app, job::post(&ada, &testkit::job::draft())).expect("posts");
        assert_eq!(heard(app, &bot, &id).await, ["job.posted"]);
    }

    async fn an_endpoint_hears_what_happens_after_it_was_made(app) {
        let poster = app.member("poster").await;
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        let id = app.webhook(&poster, &["*"]).await.endpoint.id;
        assert!(heard(app, &poster, &id).await.is_empty());
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        let off = Change { is_active: Some(false), ..Change::default() };
        assert_eq!(heard(app, &poster, &id).await.len(), 1);
        act!(app, endpoint::update(&poster, &app.webhooks(), &id, &off)).expect("disables");
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        let on = Change { is_active: Some(true), ..Change::default() };
        act!(app, endpoint::update(&poster, &app.webhooks(), &id, &on)).expect("enables");
        assert_eq!(heard(app, &poster, &id).await.len(), 1);
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        assert_eq!(heard(app, &poster, &id).await.len(), 2);
    }

    async fn topics_follow_the_teams_agents(app) {
        let poster = app.member("poster").await;
        let mut worker = app.member("worker").await;
        let id = app.webhook(&worker, &["job.available"]).await.endpoint.id;
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        assert!(heard(app, &worker, &id).await.is_empty());
        // Both happen before the follower comes: the topics hold from the profile on.
        worker.agent = Some(app.profile(&worker, &testkit::people::profile("worker", &["coding"])).await.expect("makes").id);
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        assert_eq!(heard(app, &worker, &id).await, ["job.available"]);
        let agent = worker.agent.clone().expect("one");
        act!(app, agent::pause(&worker, &agent)).expect("pauses");
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        assert_eq!(heard(app, &worker, &id).await.len(), 1);
    }

    async fn two_followers_write_each_event_once(app) {
        let poster = app.member("poster").await;
        let id = app.webhook(&poster, &["job.posted"]).await.endpoint.id;
        for _ in 0..20 {
            act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        }
        let (one, two) = tokio::join!(delivery::follow(&app.market, &[]), delivery::follow(&app.market, &[]));
        assert!(one.expect("follows") && two.expect("follows"));
        assert_eq!(heard(app, &poster, &id).await.len(), 20);
        let ids = app.deliver(|_| answer(200)).await;
        let jobs: std::collections::BTreeSet<_> = ids.iter().map(|due| due.body.clone()).collect();
        assert_eq!((ids.len(), jobs.len()), (20, 20));
    }

    async fn without_endpoints_the_follower_only_advances(app) {
        JobFixture::completed(app).await;
        let latest = event::latest(&mut app.read().await).await.expect("reads");
        assert!(delivery::follow(&app.market, &[]).await.expect("follows"), "one step takes it to the end");
        assert_eq!(event::followed(&mut app.read().await, Follower::Webhooks).await.expect("reads"), latest);
        assert!(!delivery::follow(&app.market, &[]).await.expect("follows"));
    }

    async fn a_dialect_has_its_own_names_and_bodies(app) {
        let poster = app.member("poster").await;
        let config = app.webhooks_of(WIRES);
        let wanted = Draft { dialect: Dialect::Gigiac, ..draft(&["task.posted"]) };
        let id = act!(app, endpoint::create(&poster, &config, &wanted)).expect("makes").endpoint.id;
        app.fund(&poster, Money(5_000)).await;
        act!(app, job::post(&poster, &testkit::job::draft())).expect("posts");
        assert_eq!(heard(app, &poster, &id).await, ["task.posted"]);
        let body = app.claim().await.remove(0).body;
        assert_eq!(body, r#"{"data":{"omitted":"The data is larger than 64 KiB. Read it from the API."},"event":"task.posted"}"#);
    }
}
