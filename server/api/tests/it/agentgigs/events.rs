//! The event stream over HTTP: its events, resuming, keepalives and its end.

use super::job_fixture::{JobFixture, draft};
use crate::listen::{Listening, Message};
use crate::redact::redact;
use crate::test_api::Settings;
use crate::test_api::{Person, TestApi, both};
use api::RateLimits;
use market::event::{self, EventType, Spec};
use market::key::Prefix;
use market::{Duration, job, key};
use serde_json::json;

/// A request for a revision with much to say.
#[derive(serde::Serialize)]
struct Long {
    title: String,
    message: String,
}

impl EventType for Long {
    const SPEC: Spec = Spec::internal("job.revision_requested");
}

/// Posts a job directly in the market, without HTTP.
async fn post(app: &TestApi, poster: &Person) {
    let draft: job::Draft = serde_json::from_value(draft()).expect("a draft");
    let mut tx = app.market.begin().await.expect("begins");
    job::post(&mut tx, &poster.actor, &draft).await.expect("posts");
    tx.commit().await.expect("commits");
}

/// Returns the numbers of all events after a number, as a client reads them that does not follow.
async fn told_after(app: &TestApi, person: &Person, after: i64) -> Vec<i64> {
    let messages = app.listen(person, "?follow=false").after(&after.to_string()).open().await.rest().await;
    messages.iter().map(Message::seq).collect()
}

async fn began(stream: &mut Listening) -> i64 {
    let first = stream.next().await.expect("a beginning");
    assert_eq!((first.event.as_str(), first.retry), ("", Some(3000)), "no event, but a place to resume after");
    first.seq()
}

both! {
    async fn both_sides_hear_what_it_is_to_them(app) {
        let fixture = JobFixture::applied(app).await;
        let (mut poster, mut worker) = (app.listen(&fixture.poster, "").open().await, app.listen(&fixture.worker, "").open().await);
        began(&mut poster).await;
        began(&mut worker).await;
        fixture.accept().await.with(200);
        let told = [poster.event().await, worker.event().await];
        assert_eq!([told[0].event.as_str(), told[1].event.as_str()], ["job.accepted", "application.update"]);
        assert_eq!(told[0].id, told[1].id);
        insta::assert_json_snapshot!("accepted_told", told.map(|message| redact(&message.data)));
        fixture.by_poster("fund-escrow", json!({ "applicationId": fixture.application, "useWallet": true })).await.with(200);
        fixture.deliver("The grammar is …").await.with(200);
        fixture.by_poster("approve", json!({})).await.with(200);
        let mut kinds = Vec::new();
        for _ in 0..3 {
            kinds.push((poster.event().await.event, worker.event().await.event));
        }
        let pair = |one: &str, two: &str| (one.to_owned(), two.to_owned());
        assert_eq!(kinds, [
            pair("job.funded", "application.update"), pair("job.delivered", "job.delivered"), pair("job.approved", "job.approved"),
        ]);
        app.advance(Duration::days(1)).await;
        let paid = worker.event().await;
        assert_eq!((paid.event.as_str(), paid.data["amount"].as_i64()), ("payment.released", Some(45_000)));
        assert_eq!(paid.data["job_id"], fixture.job);
    }

    async fn a_client_that_comes_and_goes_hears_everything_once(app) {
        let poster = app.member("Ada").await;
        let from = began(&mut app.listen(&poster, "").open().await).await;
        let acts = (0..3).map(|_| {
            let (market, actor) = (app.market.clone(), poster.actor.clone());
            tokio::spawn(async move {
                let draft: job::Draft = serde_json::from_value(draft()).expect("a draft");
                for _ in 0..40 {
                    let mut tx = market.begin().await.expect("begins");
                    job::post(&mut tx, &actor, &draft).await.expect("posts");
                    tx.commit().await.expect("commits");
                }
            })
        });
        let acts: Vec<_> = acts.collect();
        let (mut told, mut turn) = (vec![from], 0);
        while told.len() <= 120 {
            turn += 5;
            let last = told[told.len() - 1].to_string();
            // By header and by query, in turns; gone in the middle of whatever is on its way.
            let listen = if turn % 2 == 0 { app.listen(&poster, "").after(&last) } else { app.listen(&poster, &format!("?last_event_id={last}")) };
            let mut stream = listen.open().await;
            for _ in 0..(turn % 23).min(121 - told.len()) {
                told.push(stream.event().await.seq());
            }
        }
        for act in acts {
            act.await.expect("acts");
        }
        assert_eq!(told[1..], told_after(app, &poster, from).await, "in the order of the commits, each once");
        assert_eq!(told.len(), 121);
        assert_eq!(told_after(app, &poster, told[120]).await, [0; 0]);
    }

    async fn a_revoked_key_is_hung_up_on_within_a_second(app) {
        let poster = app.member("Ada").await;
        let key = app.key(&poster, Prefix::Agentgigs, &["events:read"]).await;
        let mut stream = app.listen_by("x-api-key", &key, "").open().await;
        began(&mut stream).await;
        let id = {
            let mut conn = app.market.read().await.expect("reads");
            let keys = key::list(&mut conn, &poster.actor, market::Paging::first(10)).await.expect("lists").items;
            keys.into_iter().find(|key| key.scopes == ["events:read"]).expect("is listed").id
        };
        app.ask(reqwest::Method::DELETE, &format!("/v1/auth/api-keys/{id}")).bearer(&poster.token).send().await.with(204);
        let rest = tokio::time::timeout(std::time::Duration::from_secs(1), stream.rest()).await.expect("within a second");
        assert!(rest.iter().all(|message| message.event.is_empty()), "{rest:?}");
        app.get("/api/agent/events").header("x-api-key", &key).send().await.with(401);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_on_one_database_deliver_each_others_events() {
    let here = TestApi::postgres().await;
    let there = here.beside().await;
    let ada = here.poster("Ada", market::Money(100_000)).await;
    let bob = here.agent("Bob", &["finance"]).await;
    let mut streams = [here.listen(&bob, "").open().await, there.listen(&bob, "").open().await];
    for stream in &mut streams {
        began(stream).await;
    }
    let finance = json!({ "title": "Close the books", "description": "Of last year.", "category": "finance", "budget_max": 48000 });
    for server in [&here, &there, &here] {
        let job = server.post("/api/agent/jobs").by(&ada).json(finance.clone()).send().await.with(201).text("/id");
        for stream in &mut streams {
            let told = stream.event().await;
            assert_eq!((told.event.as_str(), &told.data["job_id"]), ("job.available", &json!(job)));
        }
    }
    there.stop();
    here.close().await;
}

#[tokio::test]
async fn only_the_types_that_are_asked_for() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let mut stream = app.listen(&fixture.worker, "?types=job.message,application.update").open().await;
    let from = began(&mut stream).await;
    post(&app, &fixture.poster).await;
    fixture.by_worker("nda", json!({})).await.with(200);
    let offer = json!({ "proposed_price": 45000 });
    let application = fixture.by_worker("apply", offer).await.with(201).text("/id");
    JobFixture { application, app: &app, job: fixture.job, poster: fixture.poster.clone(), worker: fixture.worker.clone() }
        .accept()
        .await
        .with(200);
    assert_eq!(stream.event().await.event, "application.update");
    let resumed = app.listen(&fixture.worker, "?types=application.update&follow=false").after(&from.to_string()).open().await;
    assert_eq!(resumed.rest().await.len(), 1, "the filter holds for what was missed, too");
    let unknown = app.get("/api/agent/events?types=job.available,job.lost").by(&fixture.worker).send().await.with(400);
    assert_eq!(unknown.fields(), ["types"]);
    for known in ["job.available", "application.update", "job.message", "payment.released", "proof.assigned"] {
        assert!(unknown.text("/message").contains(known), "{known} is named");
    }
    app.close().await;
}

#[tokio::test]
async fn who_may_not_listen_hears_why() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let key = app.key(&ada, Prefix::Agentgigs, &["jobs:read"]).await;
    app.get("/api/agent/events").send().await.with(401);
    let refused = app.get("/api/agent/events").header("x-api-key", &key).send().await.with(403);
    assert_eq!(refused.text("/code"), "MISSING_SCOPE");
    app.close().await;
}

#[tokio::test]
async fn a_quiet_stream_is_kept_alive() {
    let app = TestApi::with(Settings { keepalive: std::time::Duration::from_millis(20), ..Settings::default() }).await;
    let ada = app.member("Ada").await;
    let mut stream = app.listen(&ada, "").open().await;
    began(&mut stream).await;
    for _ in 0..3 {
        let comment = stream.next().await.expect("goes on");
        assert_eq!((comment.comment.as_str(), comment.event.as_str(), comment.id.as_str()), ("keepalive", "", ""));
    }
    post(&app, &ada).await;
    assert_eq!(stream.event().await.event, "job.posted", "and nothing is lost between them");
    app.close().await;
}

#[tokio::test]
async fn an_id_that_is_too_old_or_unknown_starts_anew() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let mut stream = app.listen(&ada, "").open().await;
    let from = began(&mut stream).await.to_string();
    post(&app, &ada).await;
    app.market.clock.advance(Duration::days(30));
    app.market.clock.advance(Duration::ms(1));
    let mut tx = app.market.begin().await.expect("begins");
    assert!(market::event::sweep(&mut tx, &market::nouns::REGISTRY.events).await.expect("sweeps") > 0, "what is older than thirty days");
    tx.commit().await.expect("commits");
    // Tokens end meanwhile; the key goes on.
    for unknown in [from.as_str(), "99999", "nonsense", "-1"] {
        let mut stream = app.listen(&ada, "").after(unknown).open().await;
        let first = stream.next().await.expect("a beginning");
        assert_eq!((first.event.as_str(), &first.data["type"]), ("reset", &json!("reset")), "{unknown}");
        post(&app, &ada).await;
        assert!(stream.event().await.seq() > first.seq());
    }
    app.get("/api/agent/events?last_event_id=nonsense").by(&ada).send().await.with(400);
    app.close().await;
}

#[tokio::test]
async fn a_login_is_hung_up_on_when_it_ends() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let bearer = format!("Bearer {}", ada.token);
    let mut stream = app.listen_by("authorization", &bearer, "").open().await;
    began(&mut stream).await;
    app.market.clock.advance(Duration::hours(24));
    assert_eq!(stream.rest().await.len(), 1, "a word of farewell");
    app.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_does_not_read_costs_little_and_misses_nothing() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let mut slow = app.listen(&ada, "").open().await;
    let from = began(&mut slow).await;
    // Ten megabytes: more than sockets hold.
    let long = Long { title: "Much".into(), message: "much ".repeat(10_000) };
    for _ in 0..10 {
        let mut tx = app.market.begin().await.expect("begins");
        for _ in 0..20 {
            event::emit(&mut tx, &[&ada.actor.team], "x", &long);
        }
        tx.commit().await.expect("commits");
    }
    for n in 1..=200 {
        assert_eq!(slow.event().await.seq(), from + n);
    }
    app.close().await;
}

#[tokio::test]
async fn twenty_streams_are_enough_for_a_person() {
    let app = TestApi::with(Settings { rate_limits: RateLimits::Times(1), ..Settings::default() }).await;
    let (ada, bob) = (app.member("Ada").await, app.member("Bob").await);
    let mut streams = Vec::new();
    for _ in 0..20 {
        streams.push(app.listen(&ada, "").open().await);
    }
    let over = app.get("/api/agent/events").in_person(&ada).send().await.with(429);
    assert_eq!((over.text("/code").as_str(), over.header("retry-after")), ("TOO_MANY_STREAMS", Some("30")));
    app.listen(&bob, "").open().await;
    streams.pop();
    // The server sees that a client went when it next looks at the connection.
    while app.services.hub.count() > 19 {
        tokio::task::yield_now().await;
    }
    app.market.clock.advance(Duration::minutes(1));
    app.listen(&ada, "").open().await;
    app.close().await;
}

#[tokio::test]
async fn a_server_that_stops_sends_clients_elsewhere() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let mut stream = app.listen(&ada, "").open().await;
    began(&mut stream).await;
    app.services.hub.stop();
    let rest = stream.rest().await;
    assert!(rest.len() == 1 && rest[0].retry.is_some_and(|ms| (500..=4000).contains(&ms)), "{rest:?}");
    app.close().await;
}
