//! History and applications: what they show the sides of a job about its proofers.

use market::application::{Kind, NewApplication, Status};
use market::review::SeatStatus;
use market::{Actor, Duration, Paging};
use testkit::job::delivery;
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look, read};

async fn history(app: &TestApp, review: &ReviewFixture, actor: &Actor) -> Vec<String> {
    let told = look!(app, job::timeline(Some(actor), review.id())).expect("a history");
    told.into_iter().map(|one| one.event.to_string()).collect()
}

both! {
    async fn the_worker_reads_nothing_of_a_round_before_it_is_decided(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        review.judge(app, 0, "approve").await.unwrap();
        let posters = history(app, &review, &review.fixture.poster).await;
        for name in ["proof.accepted", "proof.submitted"] {
            assert!(posters.iter().any(|told| told == name), "{name} is the poster's to read: {posters:?}");
        }
        let workers = history(app, &review, &review.fixture.worker).await;
        assert!(workers.iter().all(|told| told.starts_with("job.")), "{workers:?}");
        for name in ["job.posted", "job.accepted", "job.funded", "job.delivered", "job.in_review"] {
            assert!(workers.iter().any(|told| told == name), "{name} is the worker's to read: {workers:?}");
        }
        review.judge(app, 1, "approve").await.unwrap();
        review.judge(app, 2, "approve").await.unwrap();
        assert!(history(app, &review, &review.fixture.worker).await.iter().any(|told| told == "proof.consensus"));
        for proofer in &review.proofers {
            assert_eq!(history(app, &review, proofer).await, ["job.posted"]);
        }
    }

    async fn offers_to_work_and_offers_to_proof_are_read_apart(app) {
        let review = ReviewFixture::pending(app, &proofed(2), 3).await;
        review.seat(app, 1).await.unwrap();
        let (poster, page) = (&review.fixture.poster, Paging::first(2));
        let work = look!(app, application::list_of(poster, review.id(), Kind::Work, page)).unwrap();
        assert_eq!((work.total, work.items.len(), work.items[0].kind), (1, 1, Kind::Work));
        let proof = look!(app, application::list_of(poster, review.id(), Kind::Proof, page)).unwrap();
        assert_eq!((proof.total, proof.items.len(), proof.items[0].status), (3, 2, Status::Accepted), "the chosen come first");
        for stranger in [&review.fixture.worker, &review.proofers[0]] {
            let refused = look!(app, application::list_of(stranger, review.id(), Kind::Proof, page)).unwrap_err();
            assert_eq!(refused.kind, market::Kind::NotFound);
        }
    }

    async fn ten_thousand_jobs_that_look_for_proofers_are_paged(app) {
        let review = ReviewFixture::pending(app, &proofed(2), 1).await;
        app.crowd_of(review.id()).await;
        let proofer = &review.proofers[0];
        let first = read!(app, review::needed(proofer, None, Paging::first(20))).unwrap();
        assert_eq!((first.total, first.items.len()), (10_000, 20), "no list counts farther than it can be paged");
        let last = read!(app, review::needed(proofer, None, Paging { limit: 20, offset: 9_990 })).unwrap();
        assert_eq!((last.items.len(), last.items.last().map(|job| job.applied)), (11, Some(true)), "the longest waiting come first");
        let none = read!(app, review::needed(proofer, Some(market::job::Category::Media), Paging::first(20))).unwrap();
        assert_eq!((none.total, none.items.len()), (0, 0));
    }

    async fn seats_whose_verdict_is_due_come_first(app) {
        let mut review = ReviewFixture::running(app, &proofed(1)).await;
        let due = review.id().clone();
        let (poster, worker, proofer) = (review.fixture.poster.clone(), review.fixture.worker.clone(), review.proofers[0].clone());
        app.advance(Duration::hours(1)).await;
        // A second job of the same two, whose only seat is taken and not funded.
        let job = act!(app, job::post(&poster, &proofed(1))).unwrap();
        for one in [&worker, &proofer] {
            act!(app, nda::agree(one, &job.id)).unwrap();
        }
        let offer = act!(app, application::apply(&worker, &job.id, &NewApplication { price: Some(40_000), ..NewApplication::default() })).unwrap();
        act!(app, job::accept(&poster, &job.id, &offer.id)).unwrap();
        act!(app, job::fund(&poster, &job.id, None)).unwrap();
        review.fixture.job = act!(app, job::deliver(&worker, &job.id, &delivery())).unwrap().0;
        act!(app, application::apply(&proofer, &job.id, &NewApplication::default())).unwrap();
        review.seat(app, 0).await.unwrap();
        let mine = read!(app, review::assignments(&proofer, Paging::first(20))).unwrap().items;
        let order: Vec<_> = mine.into_iter().map(|seat| (seat.job_id, seat.status)).collect();
        assert_eq!(order, [(due, SeatStatus::Funded), (job.id, SeatStatus::Accepted)], "though it is the older one");
        let page = read!(app, review::assignments(&proofer, Paging { limit: 1, offset: 1 })).unwrap();
        assert_eq!((page.total, page.items[0].status), (2, SeatStatus::Accepted));
    }

    async fn ones_own_offers_are_read_with_what_became_of_them(app) {
        let review = ReviewFixture::pending(app, &proofed(1), 2).await;
        review.seat(app, 1).await.unwrap();
        for (n, status) in [(0, Status::Pending), (1, Status::Accepted)] {
            let own = look!(app, application::own(&review.proofers[n], review.id())).unwrap();
            assert_eq!(own.iter().map(|one| (one.kind, one.status)).collect::<Vec<_>>(), [(Kind::Proof, status)]);
        }
        let own = look!(app, application::own(&review.fixture.worker, review.id())).unwrap();
        assert_eq!(own.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::Work]);
    }
}
