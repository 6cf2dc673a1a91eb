//! Happenings: their numbers, who hears of them, and what each is told.

use market::actor::Credential;
use market::application::NewApplication;
use market::event::{self, Event, EventType, EventView, Spec};
use market::id::TeamId;
use market::nouns::REGISTRY;
use market::{Actor, Duration};
use testkit::job::{JobFixture, draft};
use testkit::{TestApp, act, both, read};

/// An event that no noun has.
#[derive(serde::Serialize)]
struct Happened {}

impl EventType for Happened {
    const SPEC: Spec = Spec::internal("test.happened");
}

/// Lists the events that a team's streams received, oldest first.
async fn heard(world: &TestApp, actor: &Actor) -> Vec<EventView> {
    let mut heard = read!(world, feed::recent(actor, 100)).expect("reads");
    heard.reverse();
    heard
}

async fn kinds(world: &TestApp, actor: &Actor) -> Vec<&'static str> {
    heard(world, actor).await.iter().map(|wire| wire.kind).collect()
}

async fn all(world: &TestApp) -> Vec<Event> {
    read!(world, event::since(0, 1000)).expect("reads")
}

both! {
    async fn the_last_number_moves_with_acts_alone(world) {
        let latest = async || read!(world, event::latest()).expect("reads");
        let before = latest().await;
        let ada = world.resident("ada").await;
        let after = latest().await;
        assert!(after > before, "{before}, then {after}");
        read!(world, member::show(&ada)).expect("shows");
        assert_eq!(latest().await, after);
    }

    async fn happenings_are_read_on_by_number(world) {
        JobFixture::applied(world).await;
        let events = all(world).await;
        assert!(events.iter().map(|event| event.seq).eq(1..=events.len() as i64), "without gaps");
        let rest = read!(world, event::since(3, 2)).expect("reads");
        assert_eq!(rest, events[3..5]);
    }

    async fn a_team_named_twice_hears_once(world) {
        let (first, second) = (TeamId::from("team_1"), TeamId::from("team_2"));
        let mut tx = world.market.begin().await.expect("begins");
        event::emit(&mut tx, &[&first, &second, &first, &second], "x", &Happened {});
        tx.commit().await.expect("commits");
        let event = all(world).await.pop().expect("it happened");
        assert_eq!((event.team_id.as_str(), event.audience.as_str()), ("team_1", "team_2"));
        assert!(event.is_for(&first) && event.is_for(&second) && !event.is_for(&"team_".into()));
    }

    async fn both_sides_of_a_job_hear_its_story(world) {
        let story = JobFixture::approved(world).await;
        world.advance(Duration::days(1)).await;
        assert_eq!(kinds(world, &story.poster).await, [
            "deposit.paid", "job.posted", "application.received", "job.accepted", "job.funded", "job.delivered", "job.approved",
            "job.completed",
        ]);
        assert_eq!(kinds(world, &story.worker).await, [
            "job.available", "application.update", "application.update", "job.delivered", "job.approved", "payment.released",
        ]);
        let told = heard(world, &story.worker).await;
        assert!(told.iter().all(|wire| wire.job_id.as_ref() == Some(&story.job.id)));
        assert!(told[1].json().contains("\"status\":\"accepted\"") && told[2].json().contains("\"status\":\"funded\""));
        for update in told.iter().filter(|wire| wire.kind == "application.update") {
            assert!(update.json().contains("\"application_id\":\"prop_"), "which one: {}", update.json());
        }
        assert!(told[5].json().contains("\"amount\":40000"), "{}", told[5].json());
        assert!(!told.iter().any(|wire| wire.json().contains("\"fee\"") || wire.json().contains("team_")), "{told:?}");
    }

    async fn strangers_hear_of_open_jobs_in_their_categories_alone(world) {
        let (coder, writer) = (world.agent("coder", &["coding", "data"]).await, world.agent("writer", &["writing"]).await);
        let idler = world.member("idler").await;
        JobFixture::approved(world).await;
        assert_eq!(kinds(world, &coder).await, ["job.available"]);
        assert_eq!((kinds(world, &writer).await.len(), kinds(world, &idler).await.len()), (0, 0));
    }

    async fn whoever_was_not_chosen_hears_of_it(world) {
        let (story, chosen) = JobFixture::applied(world).await;
        let other = world.agent("other", &["coding"]).await;
        act!(world, nda::agree(&other, &story.job.id)).expect("agrees");
        let application = act!(world, application::apply(&other, &story.job.id, &NewApplication::default())).expect("applies");
        act!(world, job::accept(&story.poster, &story.job.id, &chosen)).expect("accepts");
        assert_eq!(kinds(world, &other).await, ["job.available"], "the choice may still lapse");
        act!(world, job::fund(&story.poster, &story.job.id, None)).expect("funds");
        let told = heard(world, &other).await.pop().expect("is told");
        assert_eq!((told.kind, told.job_id.as_ref()), ("application.update", Some(&story.job.id)));
        assert!(told.json().contains("\"status\":\"rejected\"") && told.json().contains(application.id.as_str()), "{}", told.json());
        assert_eq!(kinds(world, &story.worker).await, ["job.available", "application.update", "application.update"]);
    }

    async fn a_choice_that_lapses_reopens_the_job_for_all(world) {
        let other = world.agent("other", &["coding"]).await;
        let story = JobFixture::accepted(world).await;
        world.advance(Duration::days(3)).await;
        assert_eq!(kinds(world, &other).await, ["job.available", "job.available"]);
        let told = heard(world, &story.worker).await.pop().expect("is told");
        assert!(told.kind == "application.update" && told.json().contains("\"status\":\"pending\""), "{}", told.json());
        assert_eq!(kinds(world, &story.poster).await.last(), Some(&"job.lapsed"));
    }

    async fn a_key_hears_what_its_scopes_allow(world) {
        let story = JobFixture::open(world).await;
        let by_key = |scopes: &[&str]| {
            let scopes = scopes.iter().map(|&scope| scope.to_owned()).collect();
            Actor { credential: Credential::Key { id: "key_1".into(), scopes }, ..story.poster.clone() }
        };
        assert_eq!(kinds(world, &by_key(&["events:read"])).await, ["job.posted"]);
        assert_eq!(kinds(world, &by_key(&["events:read", "wallet:read"])).await, ["deposit.paid", "job.posted"]);
        let refused = read!(world, feed::recent(&by_key(&["jobs:read"]), 10)).expect_err("lacks the scope");
        assert_eq!(refused.code, "missing_scope");
    }

    async fn the_last_ones_are_found_among_many(world) {
        let poster = world.member("poster").await;
        for _ in 0..130 {
            act!(world, job::post(&poster, &draft())).expect("posts");
        }
        let last = read!(world, feed::recent(&poster, 120)).expect("reads");
        assert_eq!(last.len(), 120);
        assert!(last.is_sorted_by(|a, b| a.seq > b.seq), "the newest first");
        assert_eq!(last[0].seq, read!(world, event::latest()).expect("reads"));
    }

    async fn what_is_old_is_forgotten_but_for_the_history_of_jobs(world) {
        let story = JobFixture::approved(world).await;
        world.advance(Duration::days(1)).await;
        let mut history = read!(world, job::timeline(Some(&story.poster), &story.job.id)).expect("reads");
        history.retain(|one| REGISTRY.events.find(&one.name).is_some_and(|spec| spec.in_history));
        let latest = read!(world, event::latest()).expect("reads");
        world.clock().advance(Duration::days(30));
        assert!(act!(world, event::sweep(&REGISTRY.events)).expect("sweeps") > 0, "all but the last day's is too old");
        assert_eq!(kinds(world, &story.worker).await, ["payment.released"], "streams were told of no more than this of late");
        world.clock().advance(Duration::days(2));
        assert_eq!(act!(world, event::sweep(&REGISTRY.events)).expect("sweeps"), 1);
        assert_eq!(act!(world, event::sweep(&REGISTRY.events)).expect("sweeps"), 0);
        assert_eq!((heard(world, &story.poster).await.len(), heard(world, &story.worker).await.len()), (0, 0));
        let kept: Vec<_> = all(world).await.into_iter().map(|event| event.name).collect();
        assert_eq!(kept, ["agent.created", "job.posted", "job.accepted", "job.funded", "job.delivered", "job.approved", "job.completed"]);
        assert_eq!(read!(world, job::timeline(Some(&story.poster), &story.job.id)).expect("reads"), history);
        let mut conn = world.read().await;
        let told = market::db::sql("select count(*) from event_audience").count(&mut conn).await.expect("counts");
        assert_eq!(told, 2, "nor is it kept who heard of it, but for the audit log");
        assert_eq!(read!(world, event::latest()).expect("reads"), latest, "numbers go on");
    }

    async fn much_that_is_old_is_swept_batch_by_batch(world) {
        let team = TeamId::from("team_1");
        for _ in 0..3 {
            let mut tx = world.market.begin().await.expect("begins");
            for n in 0..500 {
                event::emit(&mut tx, &[&team, &TeamId::from(format!("team_{n}"))], "x", &Happened {});
            }
            tx.commit().await.expect("commits");
        }
        world.clock().advance(Duration::days(31));
        assert_eq!(act!(world, event::sweep(&REGISTRY.events)).expect("sweeps"), 1_000);
        assert_eq!(all(world).await.len(), 500);
        assert_eq!(act!(world, event::sweep(&REGISTRY.events)).expect("sweeps"), 500);
        assert_eq!(all(world).await.len(), 0);
    }
}
