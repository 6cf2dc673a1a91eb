//! Happenings: their numbers, who hears of them, and what each is told.

use market::actor::Credential;
use market::application::NewApplication;
use market::event::{self, Event, EventType, EventView, Spec};
use market::id::TeamId;
use market::nouns::REGISTRY;
use market::{Actor, Duration};
use testkit::job::{JobFixture, draft};
use testkit::{TestApp, act, both, look, read};

/// An event that no noun has.
#[derive(serde::Serialize)]
struct Happened {}

impl EventType for Happened {
    const SPEC: Spec = Spec::internal("test.happened");
}

/// Lists the events that a team's streams received, oldest first.
async fn heard(app: &TestApp, actor: &Actor) -> Vec<EventView> {
    let mut heard = read!(app, feed::recent(actor, 100)).expect("reads");
    heard.reverse();
    heard
}

async fn kinds(app: &TestApp, actor: &Actor) -> Vec<&'static str> {
    heard(app, actor).await.iter().map(|wire| wire.kind).collect()
}

async fn all(app: &TestApp) -> Vec<Event> {
    read!(app, event::since(0, 1000)).expect("reads")
}

both! {
    async fn the_last_number_moves_with_acts_alone(app) {
        let latest = async || read!(app, event::latest()).expect("reads");
        let before = latest().await;
        let ada = app.resident("ada").await;
        let after = latest().await;
        assert!(after > before, "{before}, then {after}");
        read!(app, member::show(&ada)).expect("shows");
        assert_eq!(latest().await, after);
    }

    async fn happenings_are_read_on_by_number(app) {
        JobFixture::applied(app).await;
        let events = all(app).await;
        assert!(events.iter().map(|event| event.seq).eq(1..=events.len() as i64), "without gaps");
        let rest = read!(app, event::since(3, 2)).expect("reads");
        assert_eq!(rest, events[3..5]);
    }

    async fn a_team_named_twice_hears_once(app) {
        let (first, second) = (TeamId::from("team_1"), TeamId::from("team_2"));
        let mut tx = app.market.begin().await.expect("begins");
        event::emit(&mut tx, &[&first, &second, &first, &second], "x", &Happened {});
        tx.commit().await.expect("commits");
        let event = all(app).await.pop().expect("it happened");
        assert_eq!((event.team_id.as_str(), event.audience.as_str()), ("team_1", "team_2"));
        assert!(event.is_for(&first) && event.is_for(&second) && !event.is_for(&"team_".into()));
    }

    async fn both_sides_of_a_job_hear_its_story(app) {
        let fixture = JobFixture::approved(app).await;
        app.advance(Duration::days(1)).await;
        assert_eq!(kinds(app, &fixture.poster).await, [
            "deposit.paid", "job.posted", "application.received", "job.accepted", "job.funded", "job.delivered", "job.approved",
            "job.completed",
        ]);
        assert_eq!(kinds(app, &fixture.worker).await, [
            "agent.created", "job.available", "application.update", "application.update", "job.delivered", "job.approved",
            "payment.released",
        ]);
        let told = heard(app, &fixture.worker).await.split_off(1);
        assert!(told.iter().all(|wire| wire.job_id.as_ref() == Some(&fixture.job.id)));
        assert!(told[1].json().contains("\"status\":\"accepted\"") && told[2].json().contains("\"status\":\"funded\""));
        for update in told.iter().filter(|wire| wire.kind == "application.update") {
            assert!(update.json().contains("\"application_id\":\"prop_"), "which one: {}", update.json());
        }
        assert!(told[5].json().contains("\"amount\":40000"), "{}", told[5].json());
        assert!(!told.iter().any(|wire| wire.json().contains("\"fee\"") || wire.json().contains("team_")), "{told:?}");
    }

    async fn strangers_hear_of_open_jobs_in_their_categories_alone(app) {
        let (coder, writer) = (app.agent("coder", &["coding", "data"]).await, app.agent("writer", &["writing"]).await);
        let idler = app.member("idler").await;
        JobFixture::approved(app).await;
        assert_eq!(kinds(app, &coder).await, ["agent.created", "job.available"]);
        assert_eq!((kinds(app, &writer).await, kinds(app, &idler).await.len()), (vec!["agent.created"], 0));
    }

    async fn whoever_was_not_chosen_hears_of_it(app) {
        let (fixture, chosen) = JobFixture::applied(app).await;
        let other = app.agent("other", &["coding"]).await;
        act!(app, nda::agree(&other, &fixture.job.id)).expect("agrees");
        let application = act!(app, application::apply(&other, &fixture.job.id, &NewApplication::default())).expect("applies");
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &chosen)).expect("accepts");
        assert_eq!(kinds(app, &other).await, ["job.available", "agent.created"], "the choice may still lapse");
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).expect("funds");
        let told = heard(app, &other).await.pop().expect("is told");
        assert_eq!((told.kind, told.job_id.as_ref()), ("application.update", Some(&fixture.job.id)));
        assert!(told.json().contains("\"status\":\"rejected\"") && told.json().contains(application.id.as_str()), "{}", told.json());
        let to_worker = kinds(app, &fixture.worker).await;
        assert_eq!(to_worker, ["agent.created", "job.available", "application.update", "application.update"]);
    }

    async fn a_choice_that_lapses_reopens_the_job_for_all(app) {
        let other = app.agent("other", &["coding"]).await;
        let fixture = JobFixture::accepted(app).await;
        app.advance(Duration::days(3)).await;
        assert_eq!(kinds(app, &other).await, ["agent.created", "job.available", "job.available"]);
        let told = heard(app, &fixture.worker).await.pop().expect("is told");
        assert!(told.kind == "application.update" && told.json().contains("\"status\":\"pending\""), "{}", told.json());
        assert_eq!(kinds(app, &fixture.poster).await.last(), Some(&"job.lapsed"));
    }

    async fn a_key_hears_what_its_scopes_allow(app) {
        let fixture = JobFixture::open(app).await;
        let by_key = |scopes: &[&str]| {
            let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
            Actor { credential: Credential::Key { id: "key_1".into(), scopes }, ..fixture.poster.clone() }
        };
        assert_eq!(kinds(app, &by_key(&["events:read"])).await, ["job.posted"]);
        assert_eq!(kinds(app, &by_key(&["events:read", "wallet:read"])).await, ["deposit.paid", "job.posted"]);
        let refused = read!(app, feed::recent(&by_key(&["jobs:read"]), 10)).expect_err("lacks the scope");
        assert_eq!(refused.code, "missing_scope");
    }

    async fn the_last_ones_are_found_among_many(app) {
        let poster = app.member("poster").await;
        for _ in 0..130 {
            act!(app, job::post(&poster, &draft())).expect("posts");
        }
        let last = read!(app, feed::recent(&poster, 120)).expect("reads");
        assert_eq!(last.len(), 120);
        assert!(last.is_sorted_by(|a, b| a.seq > b.seq), "the newest first");
        assert_eq!(last[0].seq, read!(app, event::latest()).expect("reads"));
    }

    async fn what_is_old_is_forgotten_but_for_the_history_of_jobs(app) {
        let fixture = JobFixture::approved(app).await;
        app.advance(Duration::days(1)).await;
        let history = look!(app, job::timeline(Some(&fixture.poster), &fixture.job.id)).expect("reads");
        let latest = read!(app, event::latest()).expect("reads");
        app.clock().advance(Duration::days(30));
        assert!(act!(app, event::sweep(&REGISTRY.events)).expect("sweeps") > 0, "all but the last day's is too old");
        assert_eq!(kinds(app, &fixture.worker).await, ["payment.released"], "streams were told of no more than this of late");
        app.clock().advance(Duration::days(2));
        assert_eq!(act!(app, event::sweep(&REGISTRY.events)).expect("sweeps"), 1);
        assert_eq!(act!(app, event::sweep(&REGISTRY.events)).expect("sweeps"), 0);
        assert_eq!((heard(app, &fixture.poster).await.len(), heard(app, &fixture.worker).await.len()), (0, 0));
        let kept: Vec<_> = all(app).await.into_iter().map(|event| event.name).collect();
        assert_eq!(kept, ["agent.created", "job.posted", "job.accepted", "job.funded", "job.delivered", "job.approved", "job.completed"]);
        assert_eq!(look!(app, job::timeline(Some(&fixture.poster), &fixture.job.id)).expect("reads"), history);
        let mut conn = app.read().await;
        let told = market::db::sql("select count(*) from (select seq from event_audience union all select seq from fresh_audience) as told").count(&mut conn).await.expect("counts");
        assert_eq!(told, 2, "nor is it kept who heard of it, but for the audit log");
        assert_eq!(read!(app, event::latest()).expect("reads"), latest, "numbers go on");
    }

    async fn what_strangers_add_pushes_nothing_out_of_a_jobs_history(app) {
        let fixture = JobFixture::funded(app).await;
        let mut tx = app.market.begin().await.expect("begins");
        for _ in 0..1_100 {
            event::emit(&mut tx, &[&fixture.poster.team], fixture.job.id.as_str(), &Happened {});
        }
        tx.commit().await.expect("commits");
        let told = look!(app, job::timeline(Some(&fixture.poster), &fixture.job.id)).expect("reads");
        let names: Vec<_> = told.iter().map(|told| told.event.as_str()).collect();
        assert_eq!(names, ["job.posted", "job.accepted", "job.funded"]);
    }

    async fn much_that_is_old_is_swept_batch_by_batch(app) {
        let team = TeamId::from("team_1");
        for _ in 0..3 {
            let mut tx = app.market.begin().await.expect("begins");
            for n in 0..500 {
                event::emit(&mut tx, &[&team, &TeamId::from(format!("team_{n}"))], "x", &Happened {});
            }
            tx.commit().await.expect("commits");
        }
        app.clock().advance(Duration::days(31));
        assert_eq!(act!(app, event::sweep(&REGISTRY.events)).expect("sweeps"), 1_000);
        assert_eq!(all(app).await.len(), 500);
        assert_eq!(act!(app, event::sweep(&REGISTRY.events)).expect("sweeps"), 500);
        assert_eq!(all(app).await.len(), 0);
    }
}
