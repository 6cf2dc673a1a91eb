//! The dashboards, with few rows and with ten thousand.

use market::application::NewApplication;
use market::dashboard::{Applicant, Order, Spending, Stage};
use market::db::sql;
use market::dispute::Statement;
use market::id::{ApplicationId, JobId};
use market::job::{Rejection, Status};
use market::ledger::Reason;
use market::party::Party;
use market::review::Verdict;
use market::wallet::{Filter, Month};
use market::{Actor, Duration, Kind, Money, Paging, Time};
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{FEE, ReviewFixture, proofed};
use testkit::{START, TestApp, act, both, look, read};

const FIRST: Paging = Paging::first(20);

/// Another offer for a story's job.
async fn offer(app: &TestApp, actor: &Actor, job: &JobId, price: i64) -> ApplicationId {
    act!(app, nda::agree(actor, job)).expect("agrees");
    act!(app, application::apply(actor, job, &NewApplication { cover_letter: String::new(), price: Some(price) })).expect("applies").id
}

/// A job that the worker is chosen for and that is funded.
async fn hired(app: &TestApp, fixture: &JobFixture, price: i64) -> JobId {
    let job = act!(app, job::post(&fixture.poster, &draft())).expect("posts");
    let offer = offer(app, &fixture.worker, &job.id, price).await;
    act!(app, job::accept(&fixture.poster, &job.id, &offer)).expect("accepts");
    act!(app, job::fund(&fixture.poster, &job.id, None)).expect("funds").id
}

async fn finish(app: &TestApp, fixture: &JobFixture, job: &JobId) {
    act!(app, job::deliver(&fixture.worker, job, &delivery())).expect("delivers");
    act!(app, job::approve(&fixture.poster, job)).expect("approves");
    app.advance(Duration::hours(25)).await;
}

async fn compared(app: &TestApp, fixture: &JobFixture, order: Order) -> Vec<Applicant> {
    read!(app, dashboard::applicants(&fixture.poster, &fixture.job.id, order, FIRST)).expect("compares").items
}

both! {
    async fn jobs_are_counted_by_stage_on_either_side(app) {
        let fixture = JobFixture::delivered(app).await;
        act!(app, job::post(&fixture.poster, &draft())).unwrap();
        act!(app, job::post(&fixture.poster, &draft())).unwrap();
        let mut stages = read!(app, dashboard::stages(&fixture.poster)).unwrap();
        stages.sort_by_key(|stage| stage.status);
        let stage = |status, jobs| Stage { status, jobs };
        assert_eq!(stages, [stage(Status::Open, 2), stage(Status::Delivered, 1)]);
        assert_eq!(read!(app, dashboard::stages(&fixture.worker)).unwrap(), []);
    }

    async fn a_poster_is_told_what_waits_for_them_alone(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        let bare = act!(app, job::post(&fixture.poster, &draft())).unwrap();
        let needed = read!(app, dashboard::needed(&fixture.poster, FIRST)).unwrap();
        assert_eq!((needed.total, &needed.items[0].id, needed.items[0].offers), (1, &fixture.job.id, 1), "the job without offers waits for others");
        assert_eq!(read!(app, dashboard::needed(&fixture.worker, FIRST)).unwrap().total, 0);

        let working = hired(app, &fixture, 40_000).await;
        assert_eq!(read!(app, dashboard::needed(&fixture.poster, FIRST)).unwrap().total, 1, "work in progress waits for the worker");
        act!(app, job::deliver(&fixture.worker, &working, &delivery())).unwrap();
        let needed = read!(app, dashboard::needed(&fixture.poster, FIRST)).unwrap();
        let ids: Vec<_> = needed.items.iter().map(|need| &need.id).collect();
        assert_eq!(ids, [&working, &fixture.job.id], "three days to judge come before thirty days to choose");
        assert_eq!((needed.items[0].status, needed.items[0].worker.as_deref()), (Status::Delivered, Some("worker")));
        let second = read!(app, dashboard::needed(&fixture.poster, Paging { limit: 1, offset: 1 })).unwrap();
        assert_eq!((second.total, &second.items[0].id), (2, &fixture.job.id));
        let beyond = read!(app, dashboard::needed(&fixture.poster, Paging { limit: 10, offset: 10 })).unwrap();
        assert_eq!((beyond.total, beyond.items.len()), (2, 0));

        act!(app, job::reject(&fixture.poster, &working, &Rejection::new("other", "It is not it at all.").unwrap())).unwrap();
        let needed = read!(app, dashboard::needed(&fixture.poster, FIRST)).unwrap();
        assert_eq!((needed.items[0].status, needed.items[0].unanswered), (Status::Rejected, None));
        act!(app, job::cancel(&fixture.poster, &bare.id, None)).unwrap();
        act!(app, job::cancel(&fixture.poster, &fixture.job.id, None)).unwrap();
        assert_eq!(read!(app, dashboard::needed(&fixture.poster, FIRST)).unwrap().total, 1);
    }

    async fn what_is_held_and_what_was_spent(app) {
        let fixture = JobFixture::funded(app).await;
        let lately = Duration::days(30);
        let spending = read!(app, dashboard::spending(&fixture.poster, lately)).unwrap();
        assert_eq!((spending.held, spending.held_jobs, spending.spent, spending.refunded), (Money(42_000), 1, Money::ZERO, Money::ZERO));
        assert_eq!(spending.available, Money(58_000));
        finish(app, &fixture, &fixture.job.id).await;
        let back = hired(app, &fixture, 10_000).await;
        act!(app, job::deliver(&fixture.worker, &back, &delivery())).unwrap();
        act!(app, job::reject(&fixture.poster, &back, &Rejection::new("other", "It is not it at all.").unwrap())).unwrap();
        app.advance(Duration::days(8)).await;
        let spending = read!(app, dashboard::spending(&fixture.poster, lately)).unwrap();
        assert_eq!((spending.held, spending.held_jobs), (Money::ZERO, 0));
        assert_eq!((spending.spent, spending.spent_jobs), (Money(42_000), 1), "the price and the fee");
        assert_eq!((spending.refunded, spending.refunded_jobs), (Money(10_500), 1));
        let nothing = read!(app, dashboard::spending(&fixture.worker, lately)).unwrap();
        assert_eq!(nothing, Spending { available: Money(40_000), ..Spending::default() }, "what a worker earns is not spent");
        let later = read!(app, dashboard::spending(&fixture.poster, Duration::days(5))).unwrap();
        assert_eq!((later.spent, later.refunded), (Money::ZERO, Money(10_500)), "only what closed lately");
    }

    async fn earnings_stand_on_their_days(app) {
        let fixture = JobFixture::funded(app).await;
        finish(app, &fixture, &fixture.job.id).await;
        app.advance(Duration::days(3)).await;
        let job = hired(app, &fixture, 10_000).await;
        finish(app, &fixture, &job).await;
        // The worker's own money, coming in and coming back, was not earned.
        app.fund(&fixture.worker, Money(50_000)).await;
        let turned = JobFixture { poster: fixture.worker.clone(), worker: app.agent("rival", &["coding"]).await, job: fixture.job.clone() };
        let back = hired(app, &turned, 20_000).await;
        app.advance(Duration::days(15)).await;
        assert_eq!(look!(app, job::view(&fixture.worker, &back)).unwrap().job.status, Status::Expired);

        let earnings = read!(app, dashboard::earnings(&fixture.worker, 30)).unwrap();
        assert_eq!((earnings.days.len(), earnings.total(), earnings.payments()), (30, Money(50_000), 2));
        let paid: Vec<_> = earnings.days.iter().filter(|day| day.payments > 0).map(|day| (day.day, day.amount)).collect();
        assert_eq!(paid.iter().map(|(_, amount)| amount.0).collect::<Vec<_>>(), [40_000, 10_000]);
        assert_eq!(paid[1].0.since(paid[0].0), Duration::days(4));
        app.advance(Duration::days(20)).await;
        let earnings = read!(app, dashboard::earnings(&fixture.worker, 30)).unwrap();
        assert_eq!((earnings.total(), earnings.before), (Money::ZERO, Money(50_000)));
        assert_eq!(read!(app, dashboard::earnings(&fixture.poster, 30)).unwrap().total(), Money::ZERO);
        for days in [0, 366] {
            assert_eq!(read!(app, dashboard::earnings(&fixture.worker, days)).unwrap_err().kind, Kind::Invalid);
        }
    }

    async fn offers_stand_beside_the_record_of_who_makes_them(app) {
        let (fixture, cheap) = JobFixture::applied(app).await;
        let done = hired(app, &fixture, 5_000).await;
        finish(app, &fixture, &done).await;
        let late = hired(app, &fixture, 5_000).await;
        app.advance(Duration::days(15)).await;
        assert_eq!(look!(app, job::view(&fixture.poster, &late)).unwrap().job.status, Status::Expired);
        let unpaid = act!(app, job::post(&fixture.poster, &draft())).unwrap();
        let lapsed = offer(app, &fixture.worker, &unpaid.id, 5_000).await;
        act!(app, job::accept(&fixture.poster, &unpaid.id, &lapsed)).unwrap();
        act!(app, job::cancel(&fixture.poster, &unpaid.id, None)).unwrap();

        let rival = app.agent("rival", &["coding"]).await;
        let dear = offer(app, &rival, &fixture.job.id, 45_000).await;
        rate(app, &fixture, &rival, 5, START).await;
        rate(app, &fixture, &rival, 4, START).await;
        rate(app, &fixture, &rival, 1, START.after(Duration::days(400))).await;
        judged(app, &done, 81).await;

        let offers = compared(app, &fixture, Order::Price).await;
        assert_eq!(offers.iter().map(|one| &one.offer.id).collect::<Vec<_>>(), [&cheap, &dear]);
        let [known, fresh] = [&offers[0].record, &offers[1].record];
        assert_eq!((known.finished, known.on_time_percent()), (1, Some(50)), "what was never funded counts for nothing");
        assert_eq!((known.rating.count, known.proof_average_hundredths), (0, Some(8_100)));
        assert_eq!((fresh.finished, fresh.on_time_percent(), fresh.proof_average_hundredths), (0, None, None));
        assert_eq!((fresh.rating.average_hundredths, fresh.rating.count), (450, 2), "a hidden rating counts for nothing yet");
        for (order, first) in
            [(Order::Rating, &dear), (Order::Finished, &cheap), (Order::OnTime, &cheap), (Order::Proof, &cheap), (Order::Price, &cheap)]
        {
            assert_eq!(&compared(app, &fixture, order).await[0].offer.id, first, "{order}");
        }
        let stranger = read!(app, dashboard::applicants(&rival, &fixture.job.id, Order::Price, FIRST)).unwrap_err();
        assert_eq!(stranger.kind, Kind::NotFound);

        let choices = read!(app, dashboard::choosing(&fixture.poster, 10)).unwrap();
        assert_eq!((choices.len(), &choices[0].id, choices[0].offers), (1, &fixture.job.id, 2), "the others have no offers");
        assert_eq!(read!(app, dashboard::choosing(&rival, 10)).unwrap(), []);
        assert_eq!(read!(app, dashboard::choice(&fixture.poster, &fixture.job.id)).unwrap().as_ref(), choices.first());
        assert_eq!(read!(app, dashboard::choice(&rival, &fixture.job.id)).unwrap(), None);
    }

    async fn a_review_is_told_from_its_seats_to_its_cost(app) {
        let review = ReviewFixture::pending(app, &proofed(2), 3).await;
        let poster = &review.fixture.poster;
        let need = async || read!(app, dashboard::needed(poster, FIRST)).expect("reads").items.into_iter().next();
        let told = need().await.map(|need| (need.status, need.proof_offers, need.seats, need.unfunded, need.unfunded_cost));
        assert_eq!(told, Some((Status::PendingProof, 3, 0, 0, Money::ZERO)));
        review.seat(app, 0).await.unwrap();
        review.seat(app, 1).await.unwrap();
        let told = need().await.map(|need| (need.proof_offers, need.seats, need.unfunded, need.unfunded_cost));
        assert_eq!(told, Some((1, 2, 2, Money(2 * FEE.0))));
        act!(app, review::fund(poster, review.id())).unwrap();
        assert_eq!(need().await, None, "the proofers have the move");
        let spending = read!(app, dashboard::spending(poster, Duration::days(30))).unwrap();
        assert_eq!((spending.held, spending.held_jobs), (Money(42_000 + 2 * FEE.0), 1));

        let round = async || read!(app, dashboard::reviewed(poster, 5)).expect("reads").remove(0);
        review.judge(app, 0, "needs_revision").await.unwrap();
        let seen = round().await;
        assert_eq!((seen.round, seen.verdicts, seen.needs_revision, seen.score, seen.consensus), (1, 1, 1, Some(80), None));
        review.judge(app, 1, "approve").await.unwrap();
        let seen = round().await;
        assert_eq!((seen.verdicts, seen.approve, seen.consensus), (2, 1, Some(Verdict::NeedsRevision)), "a tie asks for a revision");
        act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap();
        assert_eq!((round().await.round, round().await.verdicts), (2, 0));
        review.judge(app, 0, "approve").await.unwrap();
        review.judge(app, 1, "approve").await.unwrap();
        assert_eq!(need().await.map(|need| need.status), Some(Status::Approved));
        assert_eq!(read!(app, dashboard::earnings(&review.proofers[0], 30)).unwrap().total(), Money(2 * FEE.0), "verdicts are earnings");

        act!(app, job::approve(poster, review.id())).unwrap();
        app.advance(Duration::hours(25)).await;
        let spending = read!(app, dashboard::spending(poster, Duration::days(30))).unwrap();
        assert_eq!((spending.spent, spending.spent_jobs, spending.held), (Money(42_000 + 4 * FEE.0), 1, Money::ZERO), "the proofers too");
    }

    async fn the_ledger_is_narrowed_by_reason_and_month(app) {
        let fixture = JobFixture::funded(app).await;
        app.advance(Duration::days(30)).await;
        app.fund(&fixture.poster, Money(7_000)).await;
        let lines = async |reason, month| {
            let page = read!(app, wallet::lines(&fixture.poster, &Filter { reason, month }, FIRST)).expect("reads");
            assert_eq!(page.total, page.items.len() as i64);
            page.items.iter().map(|line| line.amount.0).collect::<Vec<_>>()
        };
        let (first, second) = (Month::of(START), Month::of(START.after(Duration::days(30))));
        assert_eq!(lines(None, None).await, [7_000, 42_000, -42_000, 100_000], "the work never came");
        assert_eq!(lines(Some(Reason::Deposit), None).await, [7_000, 100_000]);
        assert_eq!(lines(None, Some(first)).await, [-42_000, 100_000]);
        assert_eq!(lines(Some(Reason::Deposit), Some(second)).await, [7_000]);
        assert_eq!(lines(Some(Reason::Release), None).await, [0_i64; 0]);
    }

    async fn a_statement_goes_on_after_a_line_and_each_line_has_a_receipt(app) {
        let fixture = JobFixture::funded(app).await;
        let (poster, worker) = (&fixture.poster, &fixture.worker);
        let filter = Filter::default();
        let first = read!(app, wallet::statement(poster, &filter, None, 1)).unwrap();
        assert_eq!(first.iter().map(|line| line.amount.0).collect::<Vec<_>>(), [-42_000]);
        let rest = read!(app, wallet::statement(poster, &filter, Some(&first[0].id), 10)).unwrap();
        assert_eq!(rest.iter().map(|line| line.amount.0).collect::<Vec<_>>(), [100_000]);
        assert_eq!(read!(app, wallet::statement(poster, &filter, Some(&rest[0].id), 10)).unwrap(), []);

        let receipt = read!(app, wallet::receipt(poster, &first[0].id)).unwrap();
        assert_eq!((&receipt.line, receipt.hash.len()), (&first[0], 64));
        assert_eq!(read!(app, wallet::receipt(worker, &first[0].id)).unwrap_err().kind, Kind::NotFound, "it moved another wallet");
        assert_eq!(read!(app, wallet::receipt(poster, "hold:none")).unwrap_err().kind, Kind::NotFound);
    }

    async fn a_worker_sees_its_own_moves_first(app) {
        let fixture = JobFixture::delivered(app).await;
        let first = hired(app, &fixture, 10_000).await;
        app.advance(Duration::hours(1)).await;
        let second = hired(app, &fixture, 20_000).await;
        let tasks = read!(app, dashboard::tasks(&fixture.worker, FIRST)).unwrap();
        let seen: Vec<_> = tasks.items.iter().map(|task| (&task.id, task.status, task.versions)).collect();
        let expected =
            [(&first, Status::InProgress, 0), (&second, Status::InProgress, 0), (&fixture.job.id, Status::Delivered, 1)];
        assert_eq!((seen.as_slice(), tasks.total), (&expected[..], 3));
        assert_eq!(read!(app, dashboard::tasks(&fixture.poster, FIRST)).unwrap().total, 0);
        assert_eq!(read!(app, dashboard::moves(&fixture.worker)).unwrap(), 2);
        assert_eq!(read!(app, dashboard::cooling(&fixture.worker, 5)).unwrap(), []);

        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        let cooling = read!(app, dashboard::cooling(&fixture.worker, 5)).unwrap();
        assert_eq!((cooling.len(), cooling[0].price), (1, Money(40_000)));
        app.advance(Duration::hours(25)).await;
        assert_eq!(read!(app, dashboard::tasks(&fixture.worker, FIRST)).unwrap().total, 2);
    }

    async fn whoever_has_to_answer_a_dispute_is_told(app) {
        let statement = Statement { statement: "The brief says otherwise, in its third line.".into(), ..Statement::default() };
        let fixture = JobFixture::delivered(app).await;
        act!(app, dispute::open(&fixture.poster, &fixture.job.id, &statement)).unwrap();
        let task = async || read!(app, dashboard::tasks(&fixture.worker, FIRST)).expect("reads").items.remove(0);
        assert_eq!((task().await.unanswered, read!(app, dashboard::moves(&fixture.worker)).unwrap()), (Some(Party::Worker), 1));
        assert_eq!(read!(app, dashboard::needed(&fixture.poster, FIRST)).unwrap().total, 0, "one's own dispute waits for the other side");
        act!(app, dispute::answer(&fixture.worker, &fixture.job.id, &statement)).unwrap();
        assert_eq!((task().await.unanswered, read!(app, dashboard::moves(&fixture.worker)).unwrap()), (None, 0));

        let other = JobFixture::delivered(app).await;
        act!(app, dispute::open(&other.worker, &other.job.id, &statement)).unwrap();
        assert_eq!(read!(app, dashboard::needed(&other.poster, FIRST)).unwrap().items[0].unanswered, Some(Party::Poster));
        assert_eq!(read!(app, dashboard::moves(&other.worker)).unwrap(), 0);
    }

    async fn a_round_is_summed_up_for_the_poster(app) {
        let fixture = JobFixture::delivered(app).await;
        assert_eq!(read!(app, dashboard::reviewed(&fixture.poster, 5)).unwrap(), []);
        judged(app, &fixture.job.id, 77).await;
        let reviews = read!(app, dashboard::reviewed(&fixture.poster, 5)).unwrap();
        let review = &reviews[0];
        assert_eq!((review.round, review.verdicts, review.score, review.consensus), (1, 0, Some(77), Some(Verdict::Approve)));
        assert_eq!(read!(app, dashboard::reviewed(&fixture.worker, 5)).unwrap(), []);
    }

    /// Long lists are read to their end; how fast, says the benchmark.
    async fn ten_thousand_jobs_are_no_burden(app) {
        let fixture = JobFixture::open(app).await;
        crowd(app, &fixture).await;
        let stages = read!(app, dashboard::stages(&fixture.poster)).unwrap();
        assert_eq!(stages.iter().map(|stage| stage.jobs).sum::<i64>(), 10_001);
        let needed = read!(app, dashboard::needed(&fixture.poster, FIRST)).unwrap();
        assert_eq!((needed.total, needed.items.len()), (1_000, 20));
        let posted = read!(app, dashboard::posted(&fixture.poster, None, Paging { limit: 20, offset: 9_980 })).unwrap();
        assert_eq!((posted.total, posted.items.len()), (10_000, 20), "no list counts farther than it can be paged");
        let open = read!(app, dashboard::posted(&fixture.poster, Some(Status::Delivered), FIRST)).unwrap();
        assert_eq!((open.total, open.items.len()), (0, 0));
        assert_eq!(read!(app, dashboard::choosing(&fixture.poster, 20)).unwrap().len(), 20);
        read!(app, dashboard::spending(&fixture.poster, Duration::days(30))).unwrap();
        read!(app, dashboard::reviewed(&fixture.poster, 5)).unwrap();
        read!(app, dashboard::tasks(&fixture.worker, FIRST)).unwrap();
        read!(app, dashboard::earnings(&fixture.worker, 365)).unwrap();
        assert_eq!(read!(app, matching::recommended(&fixture.worker, Paging::first(5))).unwrap().items.len(), 5);
    }
}

/// A rating as it would stand after a job.
async fn rate(app: &TestApp, fixture: &JobFixture, rated: &Actor, stars: i64, visible: Time) {
    // Each side of a job rates once: any other job will do.
    let job = act!(app, job::post(&fixture.poster, &draft())).expect("posts");
    act!(app, job::cancel(&fixture.poster, &job.id, None)).expect("cancels");
    let mut tx = app.market.begin().await.expect("begins");
    sql("insert into rating (id, job_key, side, team_id, member_id, rated_team_id, stars, comment, created_at, visible_at) \
         values ($1, (select key from job where id = $2), 'poster', $3, $4, $5, $6, '', $7, $8)")
    .bind(market::id::random("rating_"))
    .bind(&job.id)
    .bind(&fixture.poster.team)
    .bind(&fixture.poster.member)
    .bind(&rated.team)
    .bind(stars)
    .bind(START)
    .bind(visible)
    .run(&mut tx)
    .await
    .expect("inserts");
    tx.commit().await.expect("commits");
}

/// A round that three proofers decided with that score.
async fn judged(app: &TestApp, job: &JobId, score: i64) {
    let mut tx = app.market.begin().await.expect("begins");
    sql("insert into proof_round (job_key, round, consensus, approve, needs_revision, reject, score, decided_at) \
         values ((select key from job where id = $1), 1, 'approve', 3, 0, 0, $2, $3)")
    .bind(job)
    .bind(score)
    .bind(START)
    .run(&mut tx)
    .await
    .expect("inserts");
    sql("insert into review (job_key, team_id, proofer_count, proof_fee, tie_break, rubric, round, updated_at) \
         select key, team_id, 3, 100, 0, '[]', 1, $2 from job where id = $1")
    .bind(job)
    .bind(START)
    .run(&mut tx)
    .await
    .expect("inserts");
    tx.commit().await.expect("commits");
}

/// Ten thousand open jobs like the story's; a thousand of them have an offer.
async fn crowd(app: &TestApp, fixture: &JobFixture) {
    app.crowd_of(&fixture.job.id).await;
    let mut tx = app.market.begin().await.expect("begins");
    sql("insert into application (id, job_key, agent_id, team_id, kind, cover_letter, price, status, created_at) \
         select 'prop_' || j.id, j.key, $1, $2, 'work', '', 40000, 'pending', j.created_at from job j where j.id like '%0' and j.id <> $3")
    .bind(fixture.worker.agent.as_ref().expect("a worker"))
    .bind(&fixture.worker.team)
    .bind(&fixture.job.id)
    .run(&mut tx)
    .await
    .expect("inserts offers");
    tx.commit().await.expect("commits");
}
