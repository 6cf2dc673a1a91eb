//! The rules of reviews that hold for both sides: no poster has fewer rights by asking for proofers, and no proofer is barred by a fee or
//! told who did the work.

use market::application::NewApplication;
use market::job::{Draft, Status};
use market::review::{SeatStatus, Verdict};
use market::{Duration, Money, Paging};
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{FEE, ReviewFixture, proofed};
use testkit::{act, both, look, read};

both! {
    async fn without_proofers_in_time_the_poster_judges_with_every_choice(app) {
        for choice in ["approve", "revise", "reject", "dispute", "silence"] {
            let mut review = ReviewFixture::pending(app, &proofed(2), 1).await;
            review.seat(app, 0).await.unwrap();
            let (poster, id) = (review.fixture.poster.clone(), review.id().clone());
            app.advance(Duration::days(3)).await;
            let job = review.fixture.look(app).await;
            assert_eq!((job.status, job.consensus()), (Status::Delivered, None));
            assert_eq!(job.due_at, Some(app.now().after(app.market.rules.review_window)), "a window of its own");
            assert_eq!(read!(app, review::assignments(&review.proofers[0], Paging::first(5))).unwrap().items[0].status, SeatStatus::Freed);
            let next = match choice {
                "approve" => act!(app, job::approve(&poster, &id)).unwrap().status,
                "revise" => act!(app, job::request_revision(&poster, &id, "Once more, please.")).unwrap().status,
                "reject" => review.fixture.reject(app).await.unwrap().status,
                "dispute" => review.fixture.dispute(app, &poster).await.map(|case| case.dispute.came_from).unwrap(),
                _ => {
                    app.advance(Duration::days(3)).await;
                    review.fixture.look(app).await.status
                }
            };
            let told = app.happenings(id.as_str()).await;
            assert!(told.iter().any(|name| name == "proof.unfilled"), "{told:?}");
            let wanted = match choice {
                "revise" => Status::RevisionRequested,
                "reject" => Status::Rejected,
                "dispute" => Status::Delivered,
                _ => Status::Releasing,
            };
            assert_eq!(next, wanted, "{choice}");
            if choice == "revise" {
                review.fixture.job = act!(app, job::deliver(&review.fixture.worker, &id, &delivery())).unwrap().0;
                assert_eq!((review.fixture.job.status, review.fixture.job.round()), (Status::PendingProof, 2), "the next version asks again");
                review.seat(app, 0).await.expect("the one who was not needed can be chosen");
            }
        }
    }

    async fn a_round_that_cannot_be_funded_falls_back_to_the_poster(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        let left = review.available(app, &review.fixture.poster).await;
        let costly = act!(app, job::post(&review.fixture.poster, &Draft { budget_max: Some(left.0 * 100 / 105), ..draft() })).unwrap();
        act!(app, nda::agree(&review.fixture.worker, &costly.id)).unwrap();
        let offer = act!(app, application::apply(&review.fixture.worker, &costly.id, &NewApplication::default())).unwrap();
        act!(app, job::accept(&review.fixture.poster, &costly.id, &offer.id)).unwrap();
        act!(app, job::fund(&review.fixture.poster, &costly.id, None)).unwrap();
        act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap();
        app.advance(Duration::days(3)).await;
        assert_eq!(review.fixture.look(app).await.status, Status::Delivered, "not paid, though the only verdict asked for changes");
        review.fixture.reject(app).await.expect("the poster has every choice");
    }

    async fn too_few_proofers_are_announced_while_there_is_time(app) {
        let review = ReviewFixture::pending(app, &proofed(2), 1).await;
        review.seat(app, 0).await.unwrap();
        let told = async || app.happenings(review.id().as_str()).await.iter().filter(|name| *name == "proof.too_few").count();
        app.advance(Duration::hours(35)).await;
        assert_eq!(told().await, 0);
        app.advance(Duration::hours(1)).await;
        assert_eq!(told().await, 1, "half of the time is over");
        let event = testkit::event::of_subject(&mut app.read().await, review.id().as_str()).await.unwrap().into_iter().rfind(|event| event.name == "proof.too_few").unwrap();
        let facts: serde_json::Value = event.facts().unwrap();
        assert_eq!((facts["accepted"].as_i64(), facts["required"].as_i64()), (Some(1), Some(2)));
        let running = ReviewFixture::running(app, &proofed(1)).await;
        app.advance(Duration::hours(36)).await;
        assert!(!app.happenings(running.id().as_str()).await.iter().any(|name| name == "proof.too_few"), "it has all it needs");
    }

    async fn whoever_judged_for_a_poster_can_judge_for_them_again(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.unwrap();
        assert_eq!(review.available(app, &review.proofers[0]).await, FEE, "paid by the poster");
        let (poster, proofer) = (review.fixture.poster.clone(), review.proofers[0].clone());
        let job = act!(app, job::post(&poster, &proofed(1))).unwrap();
        let other = app.agent("other", &["coding"]).await;
        let fixture = JobFixture { poster, worker: other, job };
        act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        let offer = act!(app, application::apply(&fixture.worker, &fixture.job.id, &NewApplication { price: Some(500), ..NewApplication::default() })).unwrap();
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer.id)).unwrap();
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).unwrap();
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap();
        act!(app, nda::agree(&proofer, &fixture.job.id)).unwrap();
        assert!(look!(app, review::may_proof(&proofer, &fixture.job.id)).unwrap());
        act!(app, application::apply(&proofer, &fixture.job.id, &NewApplication::default())).expect("a fee is no work");
    }

    async fn nobody_learns_who_did_the_work_by_asking_to_judge_it(app) {
        // The puppet was paid by one worker alone: a refusal that named the side would say who did the work.
        let review = ReviewFixture::pending(app, &proofed(1), 0).await;
        let (worker, puppet) = (&review.fixture.worker, app.agent("puppet", &["coding"]).await);
        app.fund(worker, Money(10_000)).await;
        let small = act!(app, job::post(worker, &Draft { budget_max: Some(500), ..draft() })).unwrap();
        act!(app, nda::agree(&puppet, &small.id)).unwrap();
        let offer = act!(app, application::apply(&puppet, &small.id, &NewApplication::default())).unwrap();
        act!(app, job::accept(worker, &small.id, &offer.id)).unwrap();
        act!(app, job::fund(worker, &small.id, None)).unwrap();
        act!(app, job::deliver(&puppet, &small.id, &delivery())).unwrap();
        act!(app, job::approve(worker, &small.id)).unwrap();
        app.advance(Duration::hours(25)).await;
        act!(app, nda::agree(&puppet, review.id())).unwrap();
        let refused = act!(app, application::apply(&puppet, review.id(), &NewApplication::default())).unwrap_err();
        assert_eq!((refused.code.as_ref(), &refused.facts), ("conflict_of_interest", &None));
        assert!(refused.message.starts_with("You can't be impartial here") && !refused.message.contains("did the work"), "{refused}");
    }

    async fn a_poster_may_ask_for_more_than_the_proofers_and_take_less(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.unwrap();
        let job = act!(app, job::request_revision(&review.fixture.poster, review.id(), "Name your sources, please.")).unwrap();
        assert_eq!((job.status, job.revisions, job.consensus()), (Status::RevisionRequested, 1, Some(Verdict::Approve)));
        app.advance(app.market.rules.revision_window).await;
        assert_eq!(review.fixture.look(app).await.status, Status::Releasing, "a silent worker does not lose what the proofers approved");

        let other = ReviewFixture::running(app, &proofed(1)).await;
        other.judge(app, 0, "needs_revision").await.unwrap();
        assert_eq!(act!(app, job::approve(&other.fixture.poster, other.id())).unwrap_err().code, "proof_required");
        assert_eq!(act!(app, job::approve_anyway(&other.fixture.poster, other.id())).unwrap().status, Status::Releasing);
        let plain = JobFixture::delivered(app).await;
        act!(app, job::request_revision(&plain.poster, &plain.job.id, "Name your sources, please.")).unwrap();
        assert_eq!(act!(app, job::approve(&plain.poster, &plain.job.id)).unwrap().status, Status::Releasing);
    }

    async fn a_tie_says_that_it_is_one(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        for (n, verdict) in ["approve", "needs_revision", "reject"].iter().enumerate() {
            review.judge(app, n, verdict).await.unwrap();
        }
        assert!(review.seen_by(app, &review.fixture.worker).await.rounds[0].is_tied());
        let told = look!(app, job::timeline(Some(&review.fixture.worker), review.id())).unwrap();
        assert!(told.iter().any(|entry| entry.facts.tied), "{told:?}");
    }
}
