//! The dashboards, with few rows and with ten thousand.

use market::application::NewApplication;
use market::dashboard::{Applicant, Order, Spending, Stage};
use market::db::sql;
use market::dispute::Statement;
use market::id::{ApplicationId, JobId};
use market::job::{Draft, Rejection, Status};
use market::ledger::Reason;
use market::party::Party;
use market::review::Verdict;
use market::wallet::{Filter, Month};
use market::{Actor, Duration, Kind, Money, Paging, Time};
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{FEE, ReviewFixture, proofed};
use testkit::{START, TestApp, act, both, read};

const FIRST: Paging = Paging::first(20);

/// Another offer for a story's job.
async fn offer(world: &TestApp, actor: &Actor, job: &JobId, price: i64) -> ApplicationId {
    act!(world, nda::agree(actor, job)).expect("agrees");
    act!(world, application::apply(actor, job, &NewApplication { cover_letter: String::new(), price: Some(price) })).expect("applies").id
}

/// A job that the worker is chosen for and that is funded.
async fn hired(world: &TestApp, story: &JobFixture, price: i64) -> JobId {
    let job = act!(world, job::post(&story.poster, &draft())).expect("posts");
    let offer = offer(world, &story.worker, &job.id, price).await;
    act!(world, job::accept(&story.poster, &job.id, &offer)).expect("accepts");
    act!(world, job::fund(&story.poster, &job.id, None)).expect("funds").id
}

async fn finish(world: &TestApp, story: &JobFixture, job: &JobId) {
    act!(world, job::deliver(&story.worker, job, &delivery())).expect("delivers");
    act!(world, job::approve(&story.poster, job)).expect("approves");
    world.advance(Duration::hours(25)).await;
}

async fn compared(world: &TestApp, story: &JobFixture, order: Order) -> Vec<Applicant> {
    read!(world, dashboard::applicants(&story.poster, &story.job.id, order, FIRST)).expect("compares").items
}

both! {
    async fn jobs_are_counted_by_stage_on_either_side(world) {
        let story = JobFixture::delivered(world).await;
        act!(world, job::post(&story.poster, &draft())).unwrap();
        act!(world, job::post(&story.poster, &draft())).unwrap();
        let mut stages = read!(world, dashboard::stages(&story.poster)).unwrap();
        stages.sort_by_key(|stage| stage.status);
        let stage = |status, jobs| Stage { status, jobs };
        assert_eq!(stages, [stage(Status::Open, 2), stage(Status::Delivered, 1)]);
        assert_eq!(read!(world, dashboard::stages(&story.worker)).unwrap(), []);
    }

    async fn a_poster_is_told_what_waits_for_them_alone(world) {
        let (story, _) = JobFixture::applied(world).await;
        let bare = act!(world, job::post(&story.poster, &draft())).unwrap();
        let needed = read!(world, dashboard::needed(&story.poster, FIRST)).unwrap();
        assert_eq!((needed.total, &needed.items[0].id, needed.items[0].offers), (1, &story.job.id, 1), "the job without offers waits for others");
        assert_eq!(read!(world, dashboard::needed(&story.worker, FIRST)).unwrap().total, 0);

        let working = hired(world, &story, 40_000).await;
        assert_eq!(read!(world, dashboard::needed(&story.poster, FIRST)).unwrap().total, 1, "work in progress waits for the worker");
        act!(world, job::deliver(&story.worker, &working, &delivery())).unwrap();
        let needed = read!(world, dashboard::needed(&story.poster, FIRST)).unwrap();
        let ids: Vec<_> = needed.items.iter().map(|need| &need.id).collect();
        assert_eq!(ids, [&working, &story.job.id], "three days to judge come before thirty days to choose");
        assert_eq!((needed.items[0].status, needed.items[0].worker.as_deref()), (Status::Delivered, Some("worker")));
        let second = read!(world, dashboard::needed(&story.poster, Paging { limit: 1, offset: 1 })).unwrap();
        assert_eq!((second.total, &second.items[0].id), (2, &story.job.id));
        let beyond = read!(world, dashboard::needed(&story.poster, Paging { limit: 10, offset: 10 })).unwrap();
        assert_eq!((beyond.total, beyond.items.len()), (2, 0));

        act!(world, job::reject(&story.poster, &working, &Rejection::new("other", "It is not it at all.").unwrap())).unwrap();
        let needed = read!(world, dashboard::needed(&story.poster, FIRST)).unwrap();
        assert_eq!((needed.items[0].status, needed.items[0].unanswered), (Status::Disputed, None));
        act!(world, job::cancel(&story.poster, &bare.id, None)).unwrap();
        act!(world, job::cancel(&story.poster, &story.job.id, None)).unwrap();
        assert_eq!(read!(world, dashboard::needed(&story.poster, FIRST)).unwrap().total, 1);
    }

    async fn what_is_held_and_what_was_spent(world) {
        let story = JobFixture::funded(world).await;
        let lately = Duration::days(30);
        let spending = read!(world, dashboard::spending(&story.poster, lately)).unwrap();
        assert_eq!((spending.held, spending.held_jobs, spending.spent, spending.refunded), (Money(42_000), 1, Money::ZERO, Money::ZERO));
        assert_eq!(spending.available, Money(58_000));
        finish(world, &story, &story.job.id).await;
        let back = hired(world, &story, 10_000).await;
        act!(world, job::deliver(&story.worker, &back, &delivery())).unwrap();
        act!(world, job::reject(&story.poster, &back, &Rejection::new("other", "It is not it at all.").unwrap())).unwrap();
        world.advance(Duration::days(8)).await;
        let spending = read!(world, dashboard::spending(&story.poster, lately)).unwrap();
        assert_eq!((spending.held, spending.held_jobs), (Money::ZERO, 0));
        assert_eq!((spending.spent, spending.spent_jobs), (Money(42_000), 1), "the price and the fee");
        assert_eq!((spending.refunded, spending.refunded_jobs), (Money(10_500), 1));
        let nothing = read!(world, dashboard::spending(&story.worker, lately)).unwrap();
        assert_eq!(nothing, Spending { available: Money(40_000), ..Spending::default() }, "what a worker earns is not spent");
        let later = read!(world, dashboard::spending(&story.poster, Duration::days(5))).unwrap();
        assert_eq!((later.spent, later.refunded), (Money::ZERO, Money(10_500)), "only what closed lately");
    }

    async fn earnings_stand_on_their_days(world) {
        let story = JobFixture::funded(world).await;
        finish(world, &story, &story.job.id).await;
        world.advance(Duration::days(3)).await;
        let job = hired(world, &story, 10_000).await;
        finish(world, &story, &job).await;
        // The worker's own money, coming in and coming back, was not earned.
        world.fund(&story.worker, Money(50_000)).await;
        let turned = JobFixture { poster: story.worker.clone(), worker: world.agent("rival", &["coding"]).await, job: story.job.clone() };
        let back = hired(world, &turned, 20_000).await;
        world.advance(Duration::days(15)).await;
        assert_eq!(read!(world, job::view(&story.worker, &back)).unwrap().job.status, Status::Expired);

        let earnings = read!(world, dashboard::earnings(&story.worker, 30)).unwrap();
        assert_eq!((earnings.days.len(), earnings.total(), earnings.payments()), (30, Money(50_000), 2));
        let paid: Vec<_> = earnings.days.iter().filter(|day| day.payments > 0).map(|day| (day.day, day.amount)).collect();
        assert_eq!(paid.iter().map(|(_, amount)| amount.0).collect::<Vec<_>>(), [40_000, 10_000]);
        assert_eq!(paid[1].0.since(paid[0].0), Duration::days(4));
        world.advance(Duration::days(20)).await;
        let earnings = read!(world, dashboard::earnings(&story.worker, 30)).unwrap();
        assert_eq!((earnings.total(), earnings.before), (Money::ZERO, Money(50_000)));
        assert_eq!(read!(world, dashboard::earnings(&story.poster, 30)).unwrap().total(), Money::ZERO);
        for days in [0, 366] {
            assert_eq!(read!(world, dashboard::earnings(&story.worker, days)).unwrap_err().kind, Kind::Invalid);
        }
    }

    async fn offers_stand_beside_the_record_of_who_makes_them(world) {
        let (story, cheap) = JobFixture::applied(world).await;
        let done = hired(world, &story, 5_000).await;
        finish(world, &story, &done).await;
        let late = hired(world, &story, 5_000).await;
        world.advance(Duration::days(15)).await;
        assert_eq!(read!(world, job::view(&story.poster, &late)).unwrap().job.status, Status::Expired);
        let unpaid = act!(world, job::post(&story.poster, &draft())).unwrap();
        let lapsed = offer(world, &story.worker, &unpaid.id, 5_000).await;
        act!(world, job::accept(&story.poster, &unpaid.id, &lapsed)).unwrap();
        act!(world, job::cancel(&story.poster, &unpaid.id, None)).unwrap();

        let rival = world.agent("rival", &["coding"]).await;
        let dear = offer(world, &rival, &story.job.id, 45_000).await;
        rate(world, &story, &rival, 5, START).await;
        rate(world, &story, &rival, 4, START).await;
        rate(world, &story, &rival, 1, START.after(Duration::days(400))).await;
        judged(world, &done, 81).await;

        let offers = compared(world, &story, Order::Price).await;
        assert_eq!(offers.iter().map(|one| &one.offer.id).collect::<Vec<_>>(), [&cheap, &dear]);
        let [known, fresh] = [&offers[0].record, &offers[1].record];
        assert_eq!((known.finished, known.on_time_percent()), (1, Some(50)), "what was never funded counts for nothing");
        assert_eq!((known.rating.count, known.proof_average_hundredths), (0, Some(8_100)));
        assert_eq!((fresh.finished, fresh.on_time_percent(), fresh.proof_average_hundredths), (0, None, None));
        assert_eq!((fresh.rating.average_hundredths, fresh.rating.count), (450, 2), "a hidden rating counts for nothing yet");
        for (order, first) in
            [(Order::Rating, &dear), (Order::Finished, &cheap), (Order::OnTime, &cheap), (Order::Proof, &cheap), (Order::Price, &cheap)]
        {
            assert_eq!(&compared(world, &story, order).await[0].offer.id, first, "{order}");
        }
        let stranger = read!(world, dashboard::applicants(&rival, &story.job.id, Order::Price, FIRST)).unwrap_err();
        assert_eq!(stranger.kind, Kind::NotFound);

        let choices = read!(world, dashboard::choosing(&story.poster, 10)).unwrap();
        assert_eq!((choices.len(), &choices[0].id, choices[0].offers), (1, &story.job.id, 2), "the others have no offers");
        assert_eq!(read!(world, dashboard::choosing(&rival, 10)).unwrap(), []);
        assert_eq!(read!(world, dashboard::choice(&story.poster, &story.job.id)).unwrap().as_ref(), choices.first());
        assert_eq!(read!(world, dashboard::choice(&rival, &story.job.id)).unwrap(), None);
    }

    async fn a_review_is_told_from_its_seats_to_its_cost(world) {
        let review = ReviewFixture::pending(world, &proofed(2), 3).await;
        let poster = &review.story.poster;
        let need = async || read!(world, dashboard::needed(poster, FIRST)).expect("reads").items.into_iter().next();
        let told = need().await.map(|need| (need.status, need.proof_offers, need.seats, need.unfunded, need.unfunded_cost));
        assert_eq!(told, Some((Status::PendingProof, 3, 0, 0, Money::ZERO)));
        review.seat(world, 0).await.unwrap();
        review.seat(world, 1).await.unwrap();
        let told = need().await.map(|need| (need.proof_offers, need.seats, need.unfunded, need.unfunded_cost));
        assert_eq!(told, Some((1, 2, 2, Money(2 * FEE.0))));
        act!(world, review::fund(poster, review.id())).unwrap();
        assert_eq!(need().await, None, "the proofers have the move");
        let spending = read!(world, dashboard::spending(poster, Duration::days(30))).unwrap();
        assert_eq!((spending.held, spending.held_jobs), (Money(42_000 + 2 * FEE.0), 1));

        let round = async || read!(world, dashboard::reviewed(poster, 5)).expect("reads").remove(0);
        review.judge(world, 0, "needs_revision").await.unwrap();
        let seen = round().await;
        assert_eq!((seen.round, seen.verdicts, seen.needs_revision, seen.score, seen.consensus), (1, 1, 1, Some(80), None));
        review.judge(world, 1, "approve").await.unwrap();
        let seen = round().await;
        assert_eq!((seen.verdicts, seen.approve, seen.consensus), (2, 1, Some(Verdict::NeedsRevision)), "a tie asks for a revision");
        act!(world, job::deliver(&review.story.worker, review.id(), &delivery())).unwrap();
        assert_eq!((round().await.round, round().await.verdicts), (2, 0));
        review.judge(world, 0, "approve").await.unwrap();
        review.judge(world, 1, "approve").await.unwrap();
        assert_eq!(need().await.map(|need| need.status), Some(Status::Approved));
        assert_eq!(read!(world, dashboard::earnings(&review.proofers[0], 30)).unwrap().total(), Money(2 * FEE.0), "verdicts are earnings");

        act!(world, job::approve(poster, review.id())).unwrap();
        world.advance(Duration::hours(25)).await;
        let spending = read!(world, dashboard::spending(poster, Duration::days(30))).unwrap();
        assert_eq!((spending.spent, spending.spent_jobs, spending.held), (Money(42_000 + 4 * FEE.0), 1, Money::ZERO), "the proofers too");
    }

    async fn the_ledger_is_narrowed_by_reason_and_month(world) {
        let story = JobFixture::funded(world).await;
        world.advance(Duration::days(30)).await;
        world.fund(&story.poster, Money(7_000)).await;
        let lines = async |reason, month| {
            let page = read!(world, wallet::lines(&story.poster, &Filter { reason, month }, FIRST)).expect("reads");
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

    async fn a_worker_sees_its_own_moves_first(world) {
        let story = JobFixture::delivered(world).await;
        let first = hired(world, &story, 10_000).await;
        world.advance(Duration::hours(1)).await;
        let second = hired(world, &story, 20_000).await;
        let tasks = read!(world, dashboard::tasks(&story.worker, FIRST)).unwrap();
        let seen: Vec<_> = tasks.items.iter().map(|task| (&task.id, task.status, task.versions)).collect();
        let expected =
            [(&first, Status::InProgress, 0), (&second, Status::InProgress, 0), (&story.job.id, Status::Delivered, 1)];
        assert_eq!((seen.as_slice(), tasks.total), (&expected[..], 3));
        assert_eq!(read!(world, dashboard::tasks(&story.poster, FIRST)).unwrap().total, 0);
        assert_eq!(read!(world, dashboard::moves(&story.worker)).unwrap(), 2);
        assert_eq!(read!(world, dashboard::cooling(&story.worker, 5)).unwrap(), []);

        act!(world, job::approve(&story.poster, &story.job.id)).unwrap();
        let cooling = read!(world, dashboard::cooling(&story.worker, 5)).unwrap();
        assert_eq!((cooling.len(), cooling[0].price), (1, Money(40_000)));
        world.advance(Duration::hours(25)).await;
        assert_eq!(read!(world, dashboard::tasks(&story.worker, FIRST)).unwrap().total, 2);
        let fit = read!(world, dashboard::fit(&story.worker)).unwrap();
        assert_eq!((fit.usual, fit.finished_in(story.job.category)), (Some(Money(40_000)), 1));
    }

    async fn whoever_has_to_answer_a_dispute_is_told(world) {
        let statement = Statement { statement: "The brief says otherwise, in its third line.".into(), evidence: Vec::new() };
        let story = JobFixture::delivered(world).await;
        act!(world, dispute::open(&story.poster, &story.job.id, &statement)).unwrap();
        let task = async || read!(world, dashboard::tasks(&story.worker, FIRST)).expect("reads").items.remove(0);
        assert_eq!((task().await.unanswered, read!(world, dashboard::moves(&story.worker)).unwrap()), (Some(Party::Worker), 1));
        assert_eq!(read!(world, dashboard::needed(&story.poster, FIRST)).unwrap().total, 0, "one's own dispute waits for the other side");
        act!(world, dispute::answer(&story.worker, &story.job.id, &statement)).unwrap();
        assert_eq!((task().await.unanswered, read!(world, dashboard::moves(&story.worker)).unwrap()), (None, 0));

        let other = JobFixture::delivered(world).await;
        act!(world, dispute::open(&other.worker, &other.job.id, &statement)).unwrap();
        assert_eq!(read!(world, dashboard::needed(&other.poster, FIRST)).unwrap().items[0].unanswered, Some(Party::Poster));
        assert_eq!(read!(world, dashboard::moves(&other.worker)).unwrap(), 0);
    }

    async fn jobs_match_that_ask_for_what_the_agent_does(world) {
        let (story, _) = JobFixture::applied(world).await;
        assert_eq!(read!(world, dashboard::matching(&story.worker, 5)).unwrap(), [], "it has applied to the only one");
        let job = act!(world, job::post(&story.poster, &draft())).unwrap();
        act!(world, job::post(&story.poster, &Draft { category: "writing".into(), ..draft() })).unwrap();
        rate(world, &story, &story.worker, 4, START).await;
        let matching = read!(world, dashboard::matching(&story.worker, 5)).unwrap();
        assert_eq!((matching.len(), &matching[0].id, matching[0].stars), (1, &job.id, Some(4)));
        assert_eq!(read!(world, dashboard::matching(&story.poster, 5)).unwrap_err().kind, Kind::Forbidden);
    }

    async fn a_round_is_summed_up_for_the_poster(world) {
        let story = JobFixture::delivered(world).await;
        assert_eq!(read!(world, dashboard::reviewed(&story.poster, 5)).unwrap(), []);
        judged(world, &story.job.id, 77).await;
        let reviews = read!(world, dashboard::reviewed(&story.poster, 5)).unwrap();
        let review = &reviews[0];
        assert_eq!((review.round, review.verdicts, review.score, review.consensus), (1, 0, Some(77), Some(Verdict::Approve)));
        assert_eq!(read!(world, dashboard::reviewed(&story.worker, 5)).unwrap(), []);
    }

    /// Long lists are read to their end; how fast, says the benchmark.
    async fn ten_thousand_jobs_are_no_burden(world) {
        let story = JobFixture::open(world).await;
        crowd(world, &story).await;
        let stages = read!(world, dashboard::stages(&story.poster)).unwrap();
        assert_eq!(stages.iter().map(|stage| stage.jobs).sum::<i64>(), 10_001);
        let needed = read!(world, dashboard::needed(&story.poster, FIRST)).unwrap();
        assert_eq!((needed.total, needed.items.len()), (1_000, 20));
        let posted = read!(world, dashboard::posted(&story.poster, None, Paging { limit: 20, offset: 9_980 })).unwrap();
        assert_eq!((posted.total, posted.items.len()), (10_000, 20), "no list counts farther than it can be paged");
        let open = read!(world, dashboard::posted(&story.poster, Some(Status::Delivered), FIRST)).unwrap();
        assert_eq!((open.total, open.items.len()), (0, 0));
        assert_eq!(read!(world, dashboard::choosing(&story.poster, 20)).unwrap().len(), 20);
        read!(world, dashboard::spending(&story.poster, Duration::days(30))).unwrap();
        read!(world, dashboard::reviewed(&story.poster, 5)).unwrap();
        read!(world, dashboard::tasks(&story.worker, FIRST)).unwrap();
        read!(world, dashboard::earnings(&story.worker, 365)).unwrap();
        read!(world, dashboard::fit(&story.worker)).unwrap();
        assert_eq!(read!(world, dashboard::matching(&story.worker, 5)).unwrap().len(), 5);
    }
}

/// A rating as it would stand after a job.
async fn rate(world: &TestApp, story: &JobFixture, rated: &Actor, stars: i64, visible: Time) {
    // Each side of a job rates once: any other job will do.
    let job = act!(world, job::post(&story.poster, &draft())).expect("posts");
    act!(world, job::cancel(&story.poster, &job.id, None)).expect("cancels");
    let mut tx = world.market.begin().await.expect("begins");
    sql("insert into rating (id, job_key, side, team_id, member_id, rated_team_id, stars, comment, created_at, visible_at) \
         values ($1, (select key from job where id = $2), 'poster', $3, $4, $5, $6, '', $7, $8)")
    .bind(market::id::random("rating_"))
    .bind(&job.id)
    .bind(&story.poster.team)
    .bind(&story.poster.member)
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
async fn judged(world: &TestApp, job: &JobId, score: i64) {
    let mut tx = world.market.begin().await.expect("begins");
    sql("insert into proof_round (job_key, round, consensus, approve, needs_revision, reject, score, decided_at) \
         values ((select key from job where id = $1), 1, 'approve', 3, 0, 0, $2, $3)")
    .bind(job)
    .bind(score)
    .bind(START)
    .run(&mut tx)
    .await
    .expect("inserts");
    sql("update job set round = 1 where id = $1").bind(job).run(&mut tx).await.expect("updates");
    tx.commit().await.expect("commits");
}

/// Ten thousand open jobs like the story's; a thousand of them have an offer.
async fn crowd(world: &TestApp, story: &JobFixture) {
    let mut tx = world.market.begin().await.expect("begins");
    sql("with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000) \
         insert into job (id, team_id, member_id, title, search, description, category, status, budget_min, budget_max, release_delay, fee_bps, \
         proof_required, proofer_count, proof_fee, tie_break, rubric, escrow, due_at, created_at, updated_at) \
         select substr(j.id, 1, 24) || cast(100000000000 + n.i as text), j.team_id, j.member_id, j.title, j.search, j.description, j.category, \
         j.status, j.budget_min, j.budget_max, j.release_delay, j.fee_bps, j.proof_required, j.proofer_count, j.proof_fee, j.tie_break, \
         j.rubric, j.escrow, j.due_at, '2026-08-' || cast(10 + n.i % 20 as text) || substr(j.created_at, 11), j.updated_at \
         from n cross join job j where j.id = $1")
    .bind(&story.job.id)
    .run(&mut tx)
    .await
    .expect("inserts jobs");
    sql("insert into application (id, job_key, agent_id, team_id, kind, cover_letter, price, status, created_at) \
         select 'prop_' || j.id, j.key, $1, $2, 'work', '', 40000, 'pending', j.created_at from job j where j.id like '%0' and j.id <> $3")
    .bind(story.worker.agent.as_ref().expect("a worker"))
    .bind(&story.worker.team)
    .bind(&story.job.id)
    .run(&mut tx)
    .await
    .expect("inserts offers");
    tx.commit().await.expect("commits");
}
