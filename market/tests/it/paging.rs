//! Lists that go on after an item: nothing comes twice or is left out while others are added, and there is no end before the end.

use market::id::JobId;
use market::job::Filter;
use market::page::Part;
use market::{Actor, Duration, Error, Money, Paging, Result};
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look, read};

/// The next two items.
fn next(seen: &[String]) -> Part {
    Part { paging: Paging::first(2), after: seen.last().cloned() }
}

fn unknown<T: std::fmt::Debug>(read: Result<T>) {
    assert_eq!(read.expect_err("it is not of this list"), Part::unknown());
}

async fn post(app: &TestApp, poster: &Actor) -> String {
    act!(app, job::post(poster, &draft())).unwrap().id.0
}

/// Reads a list in parts of one item and whole, which must say the same, and expects an id of no item to be refused.
macro_rules! parts {
    ($app:ident, unknown: |$part:ident| $read:expr, $count:expr) => {
        parts!($app, unknown: |$part| $read, $count, id)
    };
    ($app:ident, unknown: |$part:ident| $read:expr, $count:expr, $id:ident) => {{
        let $part = Part::from(Paging::first(10));
        let whole = $read.unwrap();
        assert_eq!((whole.total, whole.items.len()), ($count, $count as usize), stringify!($read));
        let ids: Vec<String> = whole.items.iter().map(|item| item.$id.to_string()).collect();
        for (id, next) in ids.iter().zip(&ids[1..]) {
            let $part = Part { paging: Paging::first(1), after: Some(id.clone()) };
            assert_eq!(&$read.unwrap().items[0].$id.to_string(), next, stringify!($read));
        }
        let $part = Part { paging: Paging::first(1), after: ids.last().cloned() };
        assert!($read.unwrap().items.is_empty(), stringify!($read));
        let $part = Part { paging: Paging::first(1), after: Some("none".to_owned()) };
        unknown($read);
    }};
}

both! {
    async fn jobs_posted_meanwhile_push_nothing_into_the_next_part(app) {
        let fixture = JobFixture::open(app).await;
        let (poster, worker, all) = (&fixture.poster, &fixture.worker, Filter::default());
        let mut posted = vec![fixture.job.id.0.clone()];
        for n in 0..8 {
            // Two jobs of one moment each: then their ids decide.
            app.pass(Duration::seconds(n % 2));
            posted.push(post(app, poster).await);
        }
        let featured = JobId::from(posted[2].as_str());
        act!(app, job::feature(poster, &featured, None)).unwrap();
        let (mut listed, mut own) = (Vec::new(), Vec::new());
        loop {
            let page = read!(app, job::available(worker, &all, next(&listed))).unwrap();
            listed.extend(page.items.iter().map(|card| card.id.0.clone()));
            own.extend(read!(app, job::mine(poster, &all, next(&own))).unwrap().items.into_iter().map(|card| card.id.0));
            if page.items.len() < 2 {
                break;
            }
            app.pass(Duration::seconds(1));
            post(app, poster).await;
            // The job that was read last leaves the list, which goes on after it all the same.
            let last = JobId::from(listed[listed.len() - 1].as_str());
            if last != featured {
                act!(app, job::cancel(poster, &last, None)).unwrap();
            }
        }
        assert_eq!(listed[0], posted[2], "the featured one comes first");
        let once = |seen: &[String]| posted.iter().all(|id| seen.iter().filter(|one| *one == id).count() == 1);
        assert!(once(&listed) && listed.len() == posted.len(), "{listed:?}");
        assert!(own.len() > 8 && own.iter().all(|id| posted.contains(id)), "own jobs of before, each once: {own:?}");
    }

    async fn a_list_goes_on_after_its_own_items_alone(app) {
        let (one, other) = (JobFixture::funded(app).await, JobFixture::open(app).await);
        let after = |id: &str| Part { paging: Paging::first(5), after: Some(id.to_owned()) };
        let all = Filter::default();
        let foreign = one.job.id.as_str();
        unknown(read!(app, job::mine(&other.poster, &all, after(foreign))));
        unknown(read!(app, job::working(&other.worker, &all, after(foreign))));
        unknown(read!(app, job::available(&one.worker, &all, after("job_none"))));
        unknown(read!(app, job::open(&all, after("job_none"))));
        assert!(read!(app, job::working(&one.worker, &all, after(foreign))).unwrap().items.is_empty(), "it was the last");
        let line = read!(app, wallet::transactions(&one.poster, Paging::first(1))).unwrap().items.remove(0);
        unknown(read!(app, wallet::transactions(&other.poster, after(&line.id))));
        unknown(look!(app, message::list(&one.poster, &one.job.id, after("msg_none"))));
        unknown(read!(app, rating::received(&one.poster, after("rating_none"))));
        unknown(read!(app, audit::list(&one.poster, None, after("evt_none"))));
        let error: Error = Part::new(None, Some(0), Some("x".into())).expect_err("both");
        assert_eq!(error.fields[0].name, "starting_after");
    }

    async fn a_wallet_is_read_to_its_first_line(app) {
        let poster = app.member("ada").await;
        for cents in 1_001..=1_007 {
            app.fund(&poster, Money(cents)).await;
        }
        let mut lines: Vec<String> = Vec::new();
        let mut amounts = Vec::new();
        loop {
            let page = read!(app, wallet::transactions(&poster, next(&lines))).unwrap();
            lines.extend(page.items.iter().map(|line| line.id.clone()));
            amounts.extend(page.items.iter().map(|line| line.amount.0));
            if page.items.len() < 2 {
                break;
            }
            app.fund(&poster, Money(2_000)).await;
        }
        assert_eq!(amounts, [1_007, 1_006, 1_005, 1_004, 1_003, 1_002, 1_001]);
    }

    async fn talk_ratings_and_the_audit_log_go_on(app) {
        let fixture = JobFixture::completed(app).await;
        for n in 0..3 {
            fixture.say(app, &fixture.poster, &format!("Thanks, {n}.")).await.unwrap();
        }
        let talk = || async { look!(app, message::list(&fixture.worker, &fixture.job.id, Paging::first(5))).unwrap().items };
        let said = talk().await;
        let part = Part { paging: Paging::first(5), after: Some(said[0].id.to_string()) };
        fixture.say(app, &fixture.worker, "With pleasure.").await.unwrap();
        assert_eq!(look!(app, message::list(&fixture.worker, &fixture.job.id, part)).unwrap().items, said[1..]);

        fixture.rate(app, &fixture.poster, 4).await.unwrap();
        fixture.rate(app, &fixture.worker, 5).await.unwrap();
        let received = read!(app, rating::received(&fixture.poster, Paging::first(5))).unwrap().items;
        let part = Part { paging: Paging::first(5), after: Some(received[0].id.to_string()) };
        assert!(read!(app, rating::received(&fixture.poster, part)).unwrap().items.is_empty());

        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        app.invite(&labs, "bob@example.com", market::role::VIEWER).await.expect("invites");
        let log = app.audit(&labs, None).await.expect("reads");
        let part = Part { paging: Paging::first(5), after: Some(log[0].id.to_string()) };
        assert_eq!(read!(app, audit::list(&labs, None, part)).unwrap().items, log[1..]);
    }

    async fn queues_applications_disputes_keys_members_and_files_go_on(app) {
        let mut review = ReviewFixture::pending(app, &proofed(3), 3).await;
        let poster = review.fixture.poster.clone();
        let id = review.id().clone();
        parts!(app, unknown: |part| look!(app, application::list(&poster, &id, part)), 4);
        for n in 0..3 {
            review.seat(app, n).await.unwrap();
        }
        review.fixture.job = act!(app, review::fund(&poster, &id)).unwrap();
        // One team with three seats: two that were paid, and one with a verdict due.
        for n in 0..3 {
            review.judge(app, n, "needs_revision").await.unwrap();
        }
        act!(app, job::deliver(&review.fixture.worker, &id, &delivery())).unwrap();
        let proofer = review.proofers[0].clone();
        parts!(app, unknown: |part| read!(app, review::assignments(&proofer, part)), 2);

        let looking = app.agent("looking", &["coding"]).await;
        for _ in 0..3 {
            app.pass(Duration::seconds(1));
            ReviewFixture::pending(app, &proofed(1), 0).await;
        }
        parts!(app, unknown: |part| read!(app, review::needed(&looking, None, part)), 3, job_id);

        for n in 0..3 {
            app.pass(Duration::seconds(n % 2));
            let fixture = JobFixture::funded(app).await;
            fixture.dispute(app, &fixture.worker).await.unwrap();
        }
        let admin = Actor { role: market::actor::Role::Admin, ..app.resident("judge").await };
        parts!(app, unknown: |part| read!(app, dispute::list(&admin, market::dispute::Status::Open, part)), 3);

        let ada = app.resident("ada").await;
        for _ in 0..3 {
            app.key(&ada, &[]).await;
        }
        parts!(app, unknown: |part| read!(app, key::list(&ada, part)), 3);
        let labs = app.shared(&ada, "Labs").await;
        for name in ["bob", "cleo"] {
            app.joined(&labs, name, market::role::VIEWER).await;
        }
        parts!(app, unknown: |part| read!(app, membership::list(&labs, part)), 3, member_id);
        let open = JobFixture::open(app).await;
        for _ in 0..3 {
            open.send(app, &open.poster, market::file::Kind::Attachment).await.unwrap();
        }
        parts!(app, unknown: |part| look!(app, file::attachments(&open.poster, &open.job.id, part)), 3);
    }
}
