//! The terms of a job: money that is held from the day of posting, limits of revisions, skills, and jobs that are called off.

use market::application::NewApplication;
use market::id::ApplicationId;
use market::job::{Draft, Escrow, EscrowTiming, Filter, Job, Payment, Skills, Status, TermsDraft};
use market::{Actor, Duration, Kind, Market, Money, Next, Paging, Rules, job};
use std::sync::Arc;
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{FEE, ReviewFixture, proofed};
use testkit::{TestApp, act, both, read};

/// A draft whose budget of 500.00 is held at once; it pays without delay.
fn held() -> Draft {
    let terms = TermsDraft { escrow_timing: Some(EscrowTiming::OnCreate), release_delay: Some(Duration::ZERO), ..TermsDraft::default() };
    Draft { confidential: Some(false), budget_max: Some(50_000), terms, ..draft() }
}

async fn posted(app: &TestApp, money: i64) -> (Actor, Job) {
    let poster = app.member("Ada").await;
    app.fund(&poster, Money(money)).await;
    let job = act!(app, job::post(&poster, &held())).expect("posts");
    (poster, job)
}

async fn offer(app: &TestApp, job: &Job, price: i64) -> (Actor, ApplicationId) {
    let worker = app.agent("Botty", &["coding"]).await;
    let offer = NewApplication { cover_letter: "I can.".into(), price: Some(price) };
    let application = act!(app, application::apply(&worker, &job.id, &offer)).expect("applies");
    (worker, application.id)
}

async fn money(app: &TestApp, actor: &Actor) -> (Money, Money) {
    let wallet = read!(app, wallet::show(actor)).expect("a wallet");
    (wallet.available, wallet.reserved)
}

async fn is_sound(app: &TestApp) {
    let audit = app.market.audit().await.expect("audited");
    assert!(audit.is_sound(), "{audit:?}");
}

both! {
    async fn the_budget_is_held_from_the_day_of_posting(app) {
        let (poster, job) = posted(app, 60_000).await;
        assert_eq!((job.status, job.escrow), (Status::Open, Escrow::Held));
        assert_eq!(money(app, &poster).await, (Money(7_500), Money(52_500)));
        assert_eq!(app.happenings(job.id.as_str()).await, ["job.posted", "job.budget_held"]);
        let (worker, application) = offer(app, &job, 40_000).await;
        let job = act!(app, job::accept(&poster, &job.id, &application)).expect("accepts");
        assert_eq!((job.status, job.escrow, job.price), (Status::InProgress, Escrow::Held, Some(Money(40_000))));
        assert_eq!(money(app, &poster).await, (Money(18_000), Money(42_000)), "the difference is back");
        is_sound(app).await;
        act!(app, job::deliver(&worker, &job.id, &delivery())).expect("delivers");
        let job = act!(app, job::approve(&poster, &job.id)).expect("approves");
        assert_eq!((job.status, job.escrow), (Status::Completed, Escrow::Released), "paid without delay");
        assert_eq!((money(app, &poster).await, money(app, &worker).await.0), ((Money(18_000), Money::ZERO), Money(40_000)));
        is_sound(app).await;
    }

    async fn a_dearer_offer_takes_more_or_is_refused(app) {
        let (poster, job) = posted(app, 60_000).await;
        let (_, application) = offer(app, &job, 58_000).await;
        let error = act!(app, job::accept(&poster, &job.id, &application)).expect_err("nobody said that it may cost more than is held");
        assert_eq!(error.code.as_ref(), "offer_changed");
        let accept = async || act!(app, job::accept_at(&poster, &job.id, &application, Some(Money(58_000))));
        let error = accept().await.expect_err("7.500 is left, and 8,400 are missing");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::InsufficientFunds, "insufficient_funds"));
        assert_eq!(money(app, &poster).await, (Money(7_500), Money(52_500)), "nothing moved");
        app.fund(&poster, Money(900)).await;
        accept().await.expect("accepts");
        assert_eq!(money(app, &poster).await, (Money::ZERO, Money(60_900)));
        is_sound(app).await;
    }

    async fn nobody_posts_with_money_that_is_not_there(app) {
        let poster = app.member("Ada").await;
        app.fund(&poster, Money(52_499)).await;
        let error = act!(app, job::post(&poster, &held())).expect_err("a cent is missing");
        assert_eq!(error.kind, Kind::InsufficientFunds);
        assert_eq!(read!(app, job::mine(&poster, &Filter::default(), Paging::first(10))).expect("reads").total, 0);
        let key = app.holder(&app.key(&poster, &["jobs:read", "jobs:write"]).await.secret).await.expect("a key");
        assert_eq!(act!(app, job::post(&key, &held())).expect_err("it can't spend").kind, Kind::Forbidden);
    }

    async fn a_job_without_a_worker_gives_its_budget_back(app) {
        let (poster, job) = posted(app, 60_000).await;
        let cancelled = act!(app, job::cancel(&poster, &job.id, None)).expect("cancels");
        assert_eq!((cancelled.escrow, money(app, &poster).await), (Escrow::Refunded, (Money(60_000), Money::ZERO)));
        let other = act!(app, job::post(&poster, &held())).expect("posts");
        app.advance(app.market.rules.listing_window).await;
        let expired = JobFixture { poster: poster.clone(), worker: poster.clone(), job: other }.look(app).await;
        assert_eq!((expired.status, expired.escrow), (Status::Expired, Escrow::Refunded));
        assert_eq!(money(app, &poster).await, (Money(60_000), Money::ZERO));
        is_sound(app).await;
    }

    async fn an_edited_budget_moves_what_is_held(app) {
        let (poster, job) = posted(app, 60_000).await;
        let edit = async |cents: i64| act!(app, job::edit(&poster, &job.id, &Draft { budget_max: Some(cents), ..held() }));
        edit(20_000).await.expect("less");
        assert_eq!(money(app, &poster).await, (Money(39_000), Money(21_000)));
        edit(57_000).await.expect("more");
        assert_eq!(money(app, &poster).await, (Money(150), Money(59_850)));
        assert_eq!(edit(60_000).await.expect_err("too much").kind, Kind::InsufficientFunds);
        assert_eq!(money(app, &poster).await, (Money(150), Money(59_850)));
        is_sound(app).await;
    }

    async fn a_job_has_its_own_limit_of_revisions(app) {
        let fixture = JobFixture::funded(app).await;
        assert_eq!(fixture.job.terms.revisions_max, None);
        let terms = TermsDraft { revisions_max: Some(1), ..held().terms };
        let (poster, worker) = (&fixture.poster, &fixture.worker);
        let job = act!(app, job::post(poster, &Draft { budget_max: Some(1_000), terms, ..held() })).expect("posts");
        let offer = NewApplication { cover_letter: String::new(), price: Some(1_000) };
        let application = act!(app, application::apply(worker, &job.id, &offer)).expect("applies");
        act!(app, job::accept(poster, &job.id, &application.id)).expect("accepts");
        act!(app, job::deliver(worker, &job.id, &delivery())).expect("delivers");
        act!(app, job::request_revision(poster, &job.id, "Please use a table.")).expect("the one revision");
        act!(app, job::deliver(worker, &job.id, &delivery())).expect("delivers");
        let error = act!(app, job::request_revision(poster, &job.id, "And another one.")).expect_err("none is left");
        assert_eq!(error.code, "revisions_used_up");
        let terms = TermsDraft { revisions_max: Some(6), payment: Some(Payment::Card), ..held().terms };
        let error = act!(app, job::post(poster, &Draft { terms, ..held() })).expect_err("two errors");
        assert_eq!(error.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(), ["payment", "revisions_max"]);
    }

    async fn lists_are_narrowed_by_skills(app) {
        let poster = app.member("Ada").await;
        let with = |skills: &[&str]| {
            let skills = Some(skills.iter().map(|skill| (*skill).to_owned()).collect());
            Draft { terms: TermsDraft { skills, ..TermsDraft::default() }, ..draft() }
        };
        let first = act!(app, job::post(&poster, &with(&["Rust", "data entry"]))).expect("posts");
        act!(app, job::post(&poster, &with(&["rusty"]))).expect("posts");
        act!(app, job::post(&poster, &draft())).expect("posts");
        let found = async |skills: &str| {
            let filter = Filter { skills: Skills::filter("skills", skills).expect("skills"), ..Filter::default() };
            let page = read!(app, job::open(&filter, Paging::first(10))).expect("lists");
            (page.total, page.items)
        };
        let (total, items) = found("RUST").await;
        assert_eq!((total, items[0].terms.skills.words()), (1, ["rust".to_owned(), "data entry".to_owned()].as_slice()));
        assert_eq!((found("rust,rusty").await.0, found("data").await.0, found("").await.0), (2, 0, 3));
        act!(app, job::edit(&poster, &first.id, &with(&["sql"]))).expect("edits");
        assert_eq!((found("rust").await.0, found("sql").await.0), (0, 1));
        act!(app, job::edit(&poster, &first.id, &draft())).expect("an edit that names none");
        assert_eq!(found("sql").await.0, 1, "leaves them");
    }

    async fn a_job_under_way_is_called_off_unless_the_worker_objects(app) {
        let fixture = JobFixture::funded(app).await;
        let (poster, id) = (&fixture.poster, &fixture.job.id);
        assert_eq!(act!(app, job::call_off(poster, id, "No.")).expect_err("short").fields[0].name, "reason");
        assert_eq!(act!(app, job::call_off(&fixture.worker, id, "It is not needed any more.")).expect_err("not theirs").kind, Kind::NotFound);
        let job = act!(app, job::call_off(poster, id, "It is not needed any more.")).expect("calls it off");
        assert_eq!((job.status, job.escrow), (Status::Rejected, Escrow::Held));
        app.advance(app.market.rules.dispute_window).await;
        let job = fixture.look(app).await;
        assert_eq!((job.status, job.escrow), (Status::Cancelled, Escrow::Refunded));
        is_sound(app).await;

        let fixture = JobFixture::funded(app).await;
        act!(app, job::call_off(&fixture.poster, &fixture.job.id, "It is not needed any more.")).expect("calls it off");
        fixture.dispute(app, &fixture.worker).await.expect("the worker objects");
        app.advance(app.market.rules.dispute_window).await;
        assert_eq!(fixture.look(app).await.status, Status::Disputed, "the money waits for a ruling");
        app.advance(app.market.rules.ruling_window).await;
        assert_eq!(fixture.look(app).await.status, Status::InProgress, "nobody ruled, so the work goes on");
        is_sound(app).await;
    }

    async fn who_objects_to_a_call_off_may_still_hand_the_work_in(app) {
        let fixture = JobFixture::funded(app).await;
        let id = &fixture.job.id;
        act!(app, job::call_off(&fixture.poster, id, "It is not needed any more.")).expect("calls it off");
        fixture.dispute(app, &fixture.worker).await.expect("the worker objects");
        let job = act!(app, job::deliver(&fixture.worker, id, &delivery())).expect("hands it in").0;
        assert_eq!(job.status, Status::Disputed);
        app.advance(app.market.rules.ruling_window).await;
        assert_eq!(fixture.look(app).await.status, Status::Delivered, "the poster judges it");
    }

    async fn a_call_off_after_the_proofers_asked_for_a_revision_is_the_posters_word(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "needs_revision").await.expect("judges");
        act!(app, job::call_off(&review.fixture.poster, review.id(), "It is not needed any more.")).expect("calls it off");
        review.fixture.dispute(app, &review.fixture.worker).await.expect("the worker objects");
        app.advance(app.market.rules.ruling_window).await;
        let job = review.fixture.look(app).await;
        assert_eq!(job.status, Status::Completed, "half for each: both spoke");
        assert_eq!(review.available(app, &review.fixture.worker).await, Money(20_000));
        is_sound(app).await;
    }

    async fn work_in_review_is_approved_and_paid_at_once(app) {
        let terms = TermsDraft { release_delay: Some(Duration::ZERO), ..TermsDraft::default() };
        let review = ReviewFixture::running(app, &Draft { terms, ..proofed(2) }).await;
        review.judge(app, 0, "approve").await.expect("judges");
        let job = act!(app, job::approve_anyway(&review.fixture.poster, review.id())).expect("approves");
        assert_eq!((job.status, job.escrow), (Status::Completed, Escrow::Released));
        for proofer in &review.proofers {
            assert_eq!(review.available(app, proofer).await, FEE, "both were in time");
        }
        is_sound(app).await;
    }

    async fn no_job_pays_sooner_than_the_server_allows(app) {
        let mut rules = Rules::clone(&app.market.rules);
        rules.release_delay_min = Duration::hours(2);
        let market = Market { rules: Arc::new(rules), ..app.market.clone() };
        let poster = app.member("Ada").await;
        app.fund(&poster, Money(60_000)).await;
        let job = market::act!(market, |tx| job::post(tx, &poster, &held()).await).expect("posts");
        assert_eq!(job.release_delay, Duration::hours(2));
    }

    async fn what_the_proofers_approved_is_not_called_off(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.expect("judges");
        let (poster, id) = (&review.fixture.poster, review.id());
        act!(app, job::request_revision(poster, id, "Name your sources.")).expect("one more change");
        let error = act!(app, job::call_off(poster, id, "It is not needed any more.")).expect_err("the worker earned it");
        assert_eq!((error.kind, error.next), (Kind::Conflict, Some(Next::OpenDispute(id.clone()))));
    }

    async fn work_that_is_handed_in_is_judged_not_called_off(app) {
        let fixture = JobFixture::delivered(app).await;
        let error = act!(app, job::call_off(&fixture.poster, &fixture.job.id, "It is not needed any more.")).expect_err("delivered");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "wrong_status"));
    }
}
