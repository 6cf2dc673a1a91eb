//! The content of a posted job: its two deadlines, its public summary, a brief that is confidential or not, and its costs.

use market::application::NewApplication;
use market::id::JobId;
use market::job::{Draft, Filter, Role, Sort, Status};
use market::ledger::Reason;
use market::page::Part;
use market::wallet::HoldState;
use market::{Duration, Kind, Money, Paging};
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{ReviewFixture, proofed};
use testkit::team::refused;
use testkit::{TestApp, act, both, look, read};

fn offer() -> NewApplication {
    NewApplication { cover_letter: String::new(), price: Some(40_000) }
}

/// Every list in every order, two cards at a time.
async fn in_parts(app: &TestApp, fixture: &JobFixture, sort: Sort) -> [Vec<JobId>; 4] {
    let filter = Filter { sort, ..Filter::default() };
    let mut lists = <[Vec<JobId>; 4]>::default();
    for (n, list) in lists.iter_mut().enumerate() {
        loop {
            let part = Part { paging: Paging::first(2), after: list.last().map(|id| id.0.clone()) };
            let page = match n {
                0 => read!(app, job::open(&filter, part)),
                1 => read!(app, job::available(&fixture.worker, &filter, part)),
                2 => read!(app, job::mine(&fixture.poster, &filter, part)),
                _ => read!(app, job::working(&fixture.worker, &filter, part)),
            };
            let items = page.unwrap().items;
            list.extend(items.iter().map(|card| card.id.clone()));
            if items.len() < 2 {
                break;
            }
        }
    }
    lists
}

both! {
    async fn a_team_lists_as_many_jobs_as_it_has_paid_for(app) {
        let app = &app.with_rules(|rules| rules.unfunded_jobs_max = 2);
        let fixture = JobFixture::open(app).await;
        let post = async || act!(app, job::post(&fixture.poster, &draft()));
        let second = post().await.unwrap();
        let refused = post().await.unwrap_err();
        assert_eq!((refused.code.as_ref(), refused.kind), ("too_many_unfunded_jobs", Kind::Conflict));
        act!(app, job::cancel(&fixture.poster, &second.id, None)).unwrap();
        post().await.unwrap();
        assert!(post().await.is_err(), "a cancelled job makes room for one");
        let paid = JobFixture::funded(app).await;
        act!(app, job::deliver(&paid.worker, &paid.job.id, &delivery())).unwrap();
        act!(app, job::approve(&paid.poster, &paid.job.id)).unwrap();
        app.advance(app.market.rules.release_delay).await;
        for _ in 0..12 {
            act!(app, job::post(&paid.poster, &draft())).unwrap();
        }
        let refused = act!(app, job::post(&paid.poster, &draft())).unwrap_err();
        assert_eq!(refused.facts.unwrap()["limit"], 12, "one paid job allows ten more");
    }

    async fn lists_come_in_three_orders(app) {
        let fixture = JobFixture::funded(app).await;
        let mut posted = Vec::new();
        for (budget, days) in [(30_000, Some(9)), (90_000, None), (20_000, Some(3)), (90_000, Some(9)), (10_000, None)] {
            app.pass(Duration::seconds(1));
            let deadline = days.map(|days| app.now().after(Duration::days(days)).to_string());
            let job = act!(app, job::post(&fixture.poster, &Draft { budget_max: Some(budget), deadline, ..draft() })).unwrap();
            posted.push(job.id);
        }
        let [a, b, c, d, e] = [0, 1, 2, 3, 4].map(|n: usize| posted[n].clone());
        act!(app, job::feature(&fixture.poster, &e, None)).unwrap();
        let [open, available, mine, working] = in_parts(app, &fixture, Sort::Newest).await;
        assert_eq!(open, [&e, &d, &c, &b, &a].map(Clone::clone), "the featured one first");
        assert_eq!((available, working), (open, vec![fixture.job.id.clone()]));
        assert_eq!(mine[..2], [e.clone(), d.clone()]);
        let [open, available, mine, _] = in_parts(app, &fixture, Sort::Budget).await;
        let dear = [d.clone(), b.clone()]; // of those that pay alike, the newest first
        assert_eq!(open, [&e, &dear[0], &dear[1], &a, &c].map(Clone::clone));
        assert_eq!((available, &mine[..2], mine[5].clone()), (open, &dear[..], e.clone()), "own jobs are not featured to oneself");
        let [open, available, mine, _] = in_parts(app, &fixture, Sort::Due).await;
        assert_eq!(open, [&e, &c, &a, &d, &b].map(Clone::clone));
        assert_eq!((available, &mine[..3]), (open, &[c, a, d][..]));
    }

    async fn a_list_is_narrowed_by_time_and_proofing(app) {
        let fixture = JobFixture::open(app).await;
        app.pass(Duration::hours(1));
        let before = app.now();
        app.pass(Duration::hours(1));
        let due = app.now().after(Duration::days(3));
        let proofed = Draft { deadline: Some(due.to_string()), proofer_count: Some(3), ..draft() };
        let job = act!(app, job::post(&fixture.poster, &proofed)).unwrap();
        let found = async |filter: Filter| {
            let page = read!(app, job::open(&filter, Paging::first(5))).unwrap();
            assert_eq!(page.total, page.items.len() as i64);
            page.items.into_iter().map(|card| card.id).collect::<Vec<_>>()
        };
        let none = Filter::default;
        assert_eq!(found(Filter { due_by: Some(due), ..none() }).await, std::slice::from_ref(&job.id));
        assert_eq!(found(Filter { due_by: Some(due.before(Duration::ms(1))), ..none() }).await, []);
        assert_eq!(found(Filter { proofing: Some(true), ..none() }).await, std::slice::from_ref(&job.id));
        assert_eq!(found(Filter { proofing: Some(false), ..none() }).await, std::slice::from_ref(&fixture.job.id));
        assert_eq!(found(Filter { posted_after: Some(before), ..none() }).await, [job.id]);
    }

    async fn applications_end_before_the_work_is_due(app) {
        let fixture = JobFixture::open(app).await;
        let (until, due) = (app.now().after(Duration::days(2)), app.now().after(Duration::days(9)));
        let both = Draft { applications_until: Some(until.to_string()), deadline: Some(due.to_string()), ..draft() };
        let turned = Draft { applications_until: both.deadline.clone(), deadline: both.applications_until.clone(), ..draft() };
        let wrong = act!(app, job::post(&fixture.poster, &turned)).unwrap_err();
        assert_eq!(wrong.fields[0].name, "applications_until");
        let job = act!(app, job::post(&fixture.poster, &both)).unwrap();
        assert_eq!((job.applications_until, job.deadline, job.due_at), (Some(until), Some(due), Some(until)));
        app.advance(Duration::days(2)).await;
        assert_eq!(look!(app, job::view(&fixture.poster, &job.id)).unwrap().job.status, Status::Expired, "it is taken down then");
    }

    async fn whoever_is_hired_on_the_last_day_has_until_the_work_is_due(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let (until, due) = (app.now().after(Duration::days(1)), app.now().after(Duration::days(9)));
        let dated = Draft { applications_until: Some(until.to_string()), deadline: Some(due.to_string()), ..draft() };
        act!(app, job::edit(&fixture.poster, &fixture.job.id, &dated)).unwrap();
        app.advance(Duration::hours(23)).await;
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &application)).unwrap();
        app.advance(Duration::days(1)).await;
        let job = act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).unwrap();
        assert_eq!(job.due_at, Some(due));
    }

    async fn a_job_that_opens_again_after_its_time_waits_for_another_choice(app) {
        let fixture = JobFixture::accepted(app).await;
        app.advance(app.market.rules.funding_window).await;
        assert_eq!(fixture.look(app).await.due_at, fixture.job.applications_until, "there is time left");
        let (late, application) = JobFixture::applied(app).await;
        app.advance(Duration::ms(app.market.rules.listing_window.as_ms() - 1)).await;
        act!(app, job::accept(&late.poster, &late.job.id, &application)).unwrap();
        app.advance(app.market.rules.funding_window).await;
        let job = late.look(app).await;
        assert_eq!((job.status, job.due_at), (Status::Open, Some(app.now().after(app.market.rules.funding_window))));
        let other = app.agent("other", &["coding"]).await;
        act!(app, nda::agree(&other, &job.id)).expect("agrees");
        let refused = act!(app, application::apply(&other, &job.id, &NewApplication::default())).expect_err("too late");
        assert_eq!(refused.code, "applications_over");
        app.advance(app.market.rules.funding_window).await;
        assert_eq!(late.look(app).await.status, Status::Expired);
    }

    async fn everybody_reads_a_brief_that_is_not_confidential(app) {
        let fixture = JobFixture::open(app).await;
        let public = Draft { summary: Some("A parser, in Rust.".into()), confidential: Some(false), ..draft() };
        let job = act!(app, job::post(&fixture.poster, &public)).unwrap();
        let view = look!(app, job::preview(None, &job.id)).unwrap();
        assert_eq!((view.role, view.may_read), (Role::Visitor, true));
        assert_eq!((view.job.description.as_str(), view.job.summary.as_str()), (draft().description.as_str(), "A parser, in Rust."));
        let application = act!(app, application::apply(&fixture.worker, &job.id, &offer())).unwrap();
        act!(app, job::accept(&fixture.poster, &job.id, &application.id)).unwrap();
        act!(app, job::fund(&fixture.poster, &job.id, None)).unwrap();
        act!(app, job::deliver(&fixture.worker, &job.id, &delivery())).unwrap();
    }

    async fn a_confidential_brief_has_a_public_summary(app) {
        let fixture = JobFixture::open(app).await;
        let summed = Draft { summary: Some("A Größenrechner, in Rust.".into()), ..draft() };
        let job = act!(app, job::edit(&fixture.poster, &fixture.job.id, &summed)).unwrap();
        assert!(job.confidential, "unless the poster says otherwise");
        refused(look!(app, job::view(&fixture.worker, &job.id)), Kind::Forbidden, "acknowledgment_required");
        refused(act!(app, application::apply(&fixture.worker, &job.id, &offer())), Kind::Forbidden, "acknowledgment_required");
        let seen = look!(app, job::preview(&fixture.worker, &job.id)).unwrap();
        assert_eq!((seen.may_read, seen.job.description.as_str(), seen.job.summary.as_str()), (false, "", "A Größenrechner, in Rust."));
        let found = Filter { search: Some("GRÖSSENRECHNER".into()), ..Filter::default() };
        assert_eq!(read!(app, job::open(&found, Paging::first(5))).unwrap().total, 0, "letters are not guessed");
        let found = Filter { search: Some("größenrechner".into()), ..Filter::default() };
        let card = read!(app, job::open(&found, Paging::first(5))).unwrap().items.remove(0);
        assert_eq!((card.summary.as_str(), card.budget_max), ("A Größenrechner, in Rust.", Money(48_000)));
    }

    async fn a_wallet_pays_no_more_rounds_than_its_poster_agreed_to(app) {
        let mut review = ReviewFixture::running(app, &proofed(1)).await;
        let poster = review.fixture.poster.clone();
        assert_eq!(review.fixture.job.proofing().cost_max(), Money(2_000), "two rounds");
        let mut left = review.available(app, &poster).await;
        for (round, status) in [(2, Status::InReview), (3, Status::PendingProof)] {
            review.judge(app, 0, "needs_revision").await.unwrap();
            review.fixture.job = act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap().0;
            assert_eq!((review.fixture.job.round(), review.fixture.job.status), (round, status));
            if round == 2 {
                left = Money(left.0 - 1_000);
            }
            assert_eq!(review.available(app, &poster).await, left);
        }
        app.notify().await;
        let told = read!(app, notification::list(&poster, Paging::first(20))).unwrap().items;
        let of_rounds: Vec<_> = told.iter().map(|one| one.body.as_str()).filter(|body| body.starts_with("Round ")).collect();
        assert_eq!(of_rounds, ["Round 2 of proofing began: 10.00 USD left your wallet and is held for it."]);
        act!(app, review::fund(&poster, review.id())).unwrap();
        assert_eq!(review.available(app, &poster).await, Money(left.0 - 1_000), "asked, and paid");
        assert_eq!(app.market.audit().await.unwrap().findings, Vec::<String>::new());
    }

    async fn a_poster_may_agree_to_more_rounds(app) {
        let review = ReviewFixture::running(app, &Draft { proof_rounds: Some(3), ..proofed(1) }).await;
        for _ in 0..2 {
            review.judge(app, 0, "needs_revision").await.unwrap();
            act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap();
        }
        assert_eq!(review.fixture.look(app).await.status, Status::InReview);
    }

    async fn an_offer_above_the_budget_is_meant(app) {
        let fixture = JobFixture::open(app).await;
        act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        let dear = NewApplication { price: Some(48_001), ..NewApplication::default() };
        let error = act!(app, application::apply_within_budget(&fixture.worker, &fixture.job.id, &dear)).unwrap_err();
        assert_eq!(error.fields[0].name, "proposed_price");
        assert!(error.fields[0].message.starts_with("It is 0.01 above the budget of 480.00."), "{error:?}");
        let all = NewApplication { price: Some(48_000), ..NewApplication::default() };
        act!(app, application::apply_within_budget(&fixture.worker, &fixture.job.id, &all)).unwrap();
        act!(app, application::apply(&fixture.worker, &fixture.job.id, &dear)).unwrap();
    }

    async fn a_hold_says_what_became_of_the_money(app) {
        let review = ReviewFixture::running(app, &proofed(2)).await;
        let poster = review.fixture.poster.clone();
        let told = async || {
            let lines = read!(app, wallet::transactions(&poster, Paging::first(20))).unwrap().items;
            let holds = lines.into_iter().filter_map(|line| line.held.map(|held| (line.reason, held)));
            holds.collect::<Vec<_>>()
        };
        assert_eq!(told().await, [(Reason::HoldProof, HoldState::Held), (Reason::Hold, HoldState::Held)]);
        review.judge(app, 0, "needs_revision").await.unwrap();
        review.judge(app, 1, "needs_revision").await.unwrap();
        act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap();
        assert_eq!(told().await, [(Reason::HoldProof, HoldState::Held), (Reason::HoldProof, HoldState::Paid), (Reason::Hold, HoldState::Held)]);
        app.advance(app.market.rules.proof_window).await;
        assert_eq!(told().await[0], (Reason::HoldProof, HoldState::Returned), "neither gave a verdict");
        act!(app, job::approve_anyway(&poster, review.id())).unwrap();
        app.advance(Duration::days(7)).await;
        assert_eq!(told().await[2], (Reason::Hold, HoldState::Paid));
        let given_back = JobFixture::funded(app).await;
        app.advance(app.market.rules.work_window).await;
        let lines = read!(app, wallet::transactions(&given_back.poster, Paging::first(20))).unwrap().items;
        assert_eq!(lines.iter().filter_map(|line| line.held).collect::<Vec<_>>(), [HoldState::Returned]);
    }

    async fn a_fee_that_came_back_does_not_hide_one_that_is_held(app) {
        let review = ReviewFixture::running(app, &proofed(2)).await;
        let poster = review.fixture.poster.clone();
        let told = async || {
            let lines = read!(app, wallet::transactions(&poster, Paging::first(20))).unwrap().items;
            lines.into_iter().find(|line| line.reason == Reason::HoldProof).unwrap().held.unwrap()
        };
        review.judge(app, 0, "approve").await.unwrap();
        app.advance(app.market.rules.proof_window).await;
        assert_eq!(told().await, HoldState::Held, "one fee came back, the other waits for the round's end");
        act!(app, job::approve_anyway(&poster, review.id())).unwrap();
        assert_eq!(told().await, HoldState::PartPaid);
    }
}
