//! Proofing: seats, blind verdicts, consensus, and the money for it.

use market::application::NewApplication;
use market::job::{Draft, Rejection, Status};
use market::review::{Change, Desk, SeatStatus, SectionScore, Submission, Verdict, Viewer};
use market::{Duration, Kind, Money, Paging};
use testkit::job::{JobFixture, delivery, draft};
use testkit::review::{FEE, ReviewFixture, proofed, says};
use testkit::{act, both, look, read, statements};

both! {
    async fn three_proofers_agree_and_everybody_is_paid(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        assert_eq!(review.fixture.job.status, Status::InReview);
        let wallet = read!(app, wallet::show(&review.fixture.poster)).unwrap();
        assert_eq!((wallet.available, wallet.reserved), (Money(100_000 - 42_000 - 3_000), Money(45_000)));
        for (n, verdict) in ["approve", "reject", "approve"].iter().enumerate() {
            review.judge(app, n, verdict).await.unwrap();
        }
        let job = review.fixture.look(app).await;
        assert_eq!((job.status, job.consensus(), job.round()), (Status::Approved, Some(Verdict::Approve), 1));
        for proofer in &review.proofers {
            assert_eq!(review.available(app, proofer).await, FEE, "whatever the verdict");
        }
        let job = act!(app, job::approve(&review.fixture.poster, review.id())).unwrap();
        assert_eq!(job.status, Status::Releasing);
        app.advance(Duration::hours(25)).await;
        assert_eq!(review.available(app, &review.fixture.worker).await, Money(40_000));
        assert_eq!(read!(app, wallet::show(&review.fixture.poster)).unwrap().reserved, Money::ZERO);
    }

    async fn a_revision_makes_another_round_with_the_same_proofers(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        for (n, verdict) in ["needs_revision", "needs_revision", "approve"].iter().enumerate() {
            review.judge(app, n, verdict).await.unwrap();
        }
        let job = review.fixture.look(app).await;
        assert_eq!((job.status, job.revisions), (Status::RevisionRequested, 1));
        let seen = review.seen_by(app, &review.fixture.worker).await;
        assert_eq!(seen.revision_items.len(), 1, "what two ask for stands once: {:?}", seen.revision_items);
        let job = act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap().0;
        assert_eq!((job.status, job.round()), (Status::InReview, 2), "the wallet had enough");
        let seen = review.seen_by(app, &review.proofers[0]).await;
        assert!(seen.blind && seen.verdicts.is_empty(), "blind again");
        assert_eq!(seen.revision_items.len(), 1, "what the round before asked for is read, without its authors");
        for n in 0..3 {
            review.judge(app, n, "approve").await.unwrap();
        }
        assert_eq!(review.fixture.look(app).await.status, Status::Approved);
        assert_eq!(review.available(app, &review.proofers[0]).await, Money(2_000), "each round is paid");
    }

    async fn without_money_for_another_round_the_poster_is_asked(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        let left = review.available(app, &review.fixture.poster).await;
        let costly = Draft { budget_max: Some(left.0 * 100 / 105), ..draft() };
        let other = act!(app, job::post(&review.fixture.poster, &costly)).unwrap();
        act!(app, nda::agree(&review.fixture.worker, &other.id)).unwrap();
        let offer = act!(app, application::apply(&review.fixture.worker, &other.id, &NewApplication::default())).unwrap();
        act!(app, job::accept(&review.fixture.poster, &other.id, &offer.id)).unwrap();
        act!(app, job::fund(&review.fixture.poster, &other.id, None)).unwrap();
        let job = act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap().0;
        assert_eq!((job.status, job.round()), (Status::PendingProof, 2));
        assert_eq!(act!(app, review::fund(&review.fixture.poster, review.id())).unwrap_err().kind, Kind::InsufficientFunds);
        app.fund(&review.fixture.poster, Money(5_000)).await;
        assert_eq!(act!(app, review::fund(&review.fixture.poster, review.id())).unwrap().status, Status::InReview);
        review.judge(app, 0, "approve").await.unwrap();
    }

    async fn a_refusal_can_be_overridden_or_stands(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "reject").await.unwrap();
        let job = review.fixture.look(app).await;
        assert_eq!((job.status, job.consensus()), (Status::Rejected, Some(Verdict::Reject)));
        assert!(job.reason.unwrap().contains("Mend line 14"));
        assert_eq!(act!(app, job::approve(&review.fixture.poster, review.id())).unwrap_err().code, "proof_required");
        let again = ReviewFixture::running(app, &proofed(1)).await;
        again.judge(app, 0, "reject").await.unwrap();
        let overruled = act!(app, job::approve_anyway(&again.fixture.poster, again.id())).unwrap();
        assert_eq!((overruled.status, overruled.consensus()), (Status::Releasing, None), "what they found decides nothing any more");
        assert_eq!(again.seen_by(app, &again.fixture.poster).await.rounds[0].consensus, Verdict::Reject, "but it can be read");
        app.advance(Duration::days(8)).await;
        assert_eq!(review.fixture.look(app).await.status, Status::Cancelled);
        assert_eq!(review.available(app, &review.fixture.poster).await, Money(100_000 - FEE.0), "all but the proofer's fee");
    }

    async fn what_a_poster_takes_early_pays_every_seat(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        review.judge(app, 0, "reject").await.unwrap();
        assert_eq!(act!(app, job::approve(&review.fixture.poster, review.id())).unwrap_err().code, "proof_required");
        act!(app, job::approve_anyway(&review.fixture.poster, review.id())).unwrap();
        for proofer in &review.proofers {
            assert_eq!(review.available(app, proofer).await, FEE);
        }
        assert_eq!(review.judge(app, 1, "approve").await.unwrap_err().code, "verdict_given");
    }

    async fn the_silent_lose_their_seat_and_the_poster_gets_the_fee_back(app) {
        let mut review = ReviewFixture::running(app, &proofed(3)).await;
        review.judge(app, 0, "approve").await.unwrap();
        let before = review.available(app, &review.fixture.poster).await;
        app.advance(Duration::days(2)).await;
        assert_eq!(review.fixture.look(app).await.status, Status::PendingProof);
        assert_eq!(review.available(app, &review.fixture.poster).await, Money(before.0 + 2_000));
        assert_eq!(review.judge(app, 1, "approve").await.unwrap_err().code, "seat_freed");
        let missing = act!(app, review::fund(&review.fixture.poster, review.id())).unwrap_err();
        let facts = missing.facts.unwrap();
        assert_eq!((missing.kind, facts["accepted"].as_i64(), facts["required"].as_i64()), (Kind::Invalid, Some(1), Some(3)));
        // Fewer will do: the one verdict decides at once.
        let n = review.join(app, "late").await;
        review.seat(app, n).await.unwrap();
        let two = Change { proofer_count: Some(2), ..Change::default() };
        act!(app, review::change_settings(&review.fixture.poster, review.id(), &two)).unwrap();
        act!(app, review::fund(&review.fixture.poster, review.id())).unwrap();
        review.judge(app, n, "approve").await.unwrap();
        assert_eq!(review.fixture.look(app).await.status, Status::Approved);
    }

    async fn a_majority_counts_without_the_silent(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        review.judge(app, 0, "approve").await.unwrap();
        review.judge(app, 1, "approve").await.unwrap();
        assert_eq!(review.fixture.look(app).await.status, Status::InReview, "the third has its time");
        app.advance(Duration::days(2)).await;
        assert_eq!(review.fixture.look(app).await.status, Status::Approved);
        let seats = review.seen_by(app, &review.fixture.poster).await.seats;
        let freed: Vec<_> = seats.iter().filter(|seat| seat.status == SeatStatus::Freed).map(|seat| seat.team_id.clone()).collect();
        assert_eq!(freed, [review.proofers[2].team.clone()]);
    }

    async fn lowering_the_number_to_those_who_spoke_decides(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        app.advance(Duration::days(2)).await;
        let to = |count| Change { proofer_count: Some(count), ..Change::default() };
        let job = act!(app, review::change_settings(&review.fixture.poster, review.id(), &to(1))).unwrap();
        assert_eq!(job.status, Status::RevisionRequested);
    }

    async fn the_verdicts_so_far_decide_without_more_proofers(app) {
        let other = ReviewFixture::running(app, &proofed(2)).await;
        other.judge(app, 0, "reject").await.unwrap();
        app.advance(Duration::days(2)).await;
        assert_eq!(other.fixture.look(app).await.status, Status::PendingProof);
        app.advance(Duration::days(3)).await;
        assert_eq!(other.fixture.look(app).await.status, Status::Rejected, "the one verdict there is decides");
    }

    async fn a_tie_is_a_revision_unless_one_more_breaks_it(app) {
        let plain = ReviewFixture::running(app, &proofed(2)).await;
        plain.judge(app, 0, "approve").await.unwrap();
        plain.judge(app, 1, "reject").await.unwrap();
        assert_eq!(plain.fixture.look(app).await.status, Status::RevisionRequested);
        let mut tied = ReviewFixture::running(app, &Draft { tie_break: Some(true), ..proofed(2) }).await;
        tied.judge(app, 0, "approve").await.unwrap();
        tied.judge(app, 1, "reject").await.unwrap();
        assert_eq!(tied.fixture.look(app).await.status, Status::PendingProof);
        let n = tied.join(app, "umpire").await;
        let slots = tied.seat(app, n).await.unwrap().1;
        assert_eq!((slots.filled, slots.total), (3, 3));
        act!(app, review::fund(&tied.fixture.poster, tied.id())).unwrap();
        let blind = tied.seen_by(app, &tied.proofers[n]).await;
        assert!(blind.blind && blind.verdicts.is_empty() && blind.summary.is_none(), "{blind:?}");
        tied.judge(app, n, "approve").await.unwrap();
        assert_eq!(tied.fixture.look(app).await.status, Status::Approved);
    }

    async fn a_verdict_is_given_once_and_never_changed(app) {
        let review = ReviewFixture::running(app, &proofed(2)).await;
        review.judge(app, 0, "approve").await.unwrap();
        assert_eq!(review.judge(app, 0, "reject").await.unwrap_err().code, "verdict_given");
        assert_eq!(act!(app, review::save_draft(&review.proofers[0], review.id(), &says("reject"), None)).unwrap_err().code, "verdict_given");
        let stranger = app.agent("stranger", &["coding"]).await;
        assert_eq!(act!(app, review::submit(&stranger, review.id(), &says("approve"))).unwrap_err().kind, Kind::NotFound);
        assert_eq!(act!(app, review::submit(&review.fixture.worker, review.id(), &says("approve"))).unwrap_err().code, "not_a_proofer");
    }

    async fn drafts_are_their_proofers_own(app) {
        let review = ReviewFixture::running(app, &proofed(2)).await;
        let written = Submission { verdict: "appr".into(), sections: vec![SectionScore::default()], ..Submission::default() };
        act!(app, review::save_draft(&review.proofers[0], review.id(), &written, None)).unwrap();
        assert_eq!(look!(app, review::draft(&review.proofers[0], review.id())).unwrap().unwrap().0, written);
        assert_eq!(look!(app, review::draft(&review.proofers[1], review.id())).unwrap(), None);
        assert_eq!(look!(app, review::draft(&review.fixture.poster, review.id())).unwrap_err().kind, Kind::NotFound);
        review.judge(app, 0, "approve").await.unwrap();
        assert_eq!(look!(app, review::draft(&review.proofers[0], review.id())).unwrap(), None);
    }

    async fn an_older_tab_does_not_wipe_a_draft(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        let desk = |place: &str, read| Desk { place: place.to_owned(), read };
        let written = |text: &str| Submission { summary: text.to_owned(), ..Submission::default() };
        let save = async |text: &str, desk: &Desk| act!(app, review::save_draft(&review.proofers[0], review.id(), &written(text), Some(desk)));
        let (one, two) = (desk("one", None), desk("two", None));
        for text in ["an hour", "an hour of work"] {
            app.pass(Duration::seconds(1));
            save(text, &one).await.expect("the tab that saves it goes on");
        }
        let saved_at = app.now();
        let error = save("x", &two).await.expect_err("the other tab is older");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "draft_moved"));
        assert_eq!(look!(app, review::draft(&review.proofers[0], review.id())).unwrap(), Some((written("an hour of work"), saved_at)));
        app.pass(Duration::seconds(1));
        save("both", &desk("three", Some(saved_at))).await.expect("a tab that read it may");
        assert_eq!(save("late", &one).await.expect_err("now the first is older").code, "draft_moved");
        act!(app, review::save_draft(&review.proofers[0], review.id(), &written("by a program"), None)).expect("a program names no desk");
        assert_eq!(save("late", &desk("three", None)).await.expect_err("which is elsewhere, too").code, "draft_moved");
    }

    async fn everybody_sees_their_part(app) {
        let review = ReviewFixture::running(app, &proofed(2)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        let poster = review.seen_by(app, &review.fixture.poster).await;
        assert_eq!((poster.viewer, poster.verdicts.len(), poster.verdicts[0].agent.as_str()), (Viewer::Poster, 1, "proofer0"));
        assert_eq!((poster.verdicts[0].summary.as_deref(), poster.verdicts[0].agent_feedback.as_deref()), (Some("for the poster"), None));
        let worker = review.seen_by(app, &review.fixture.worker).await;
        assert!(worker.verdicts.is_empty() && worker.summary.is_none() && worker.seats.is_empty(), "nothing before the consensus");
        let blind = review.seen_by(app, &review.proofers[1]).await;
        assert!(blind.blind && blind.verdicts.is_empty() && blind.seats.is_empty() && blind.summary.is_none(), "{blind:?}");
        assert_eq!(blind.assignment.as_ref().map(|seat| seat.team_id.clone()), Some(review.proofers[1].team.clone()));
        let spoken = review.seen_by(app, &review.proofers[0]).await;
        assert!(!spoken.blind && spoken.seats.len() == 2 && spoken.verdicts[0].own);
        review.judge(app, 1, "needs_revision").await.unwrap();
        let worker = review.seen_by(app, &review.fixture.worker).await;
        assert_eq!((worker.verdicts[0].agent.as_str(), worker.verdicts[0].agent_id.clone()), ("Proofer 1", None));
        assert_eq!((worker.verdicts[0].summary.clone(), worker.verdicts[0].agent_feedback.as_deref()), (None, Some("for the worker")));
        let trends = read!(app, review::trends(&review.fixture.worker, 30)).unwrap();
        assert_eq!((trends.verdicts, trends.hundredths, trends.points.len(), trends.coaching.len()), (2, Some(8_000), 1, 2));
        assert_eq!((trends.categories[0].category.as_str(), trends.categories[0].count), ("totals", 2));
        assert_eq!(read!(app, review::trends(&review.fixture.worker, 31)).unwrap_err().fields[0].name, "period");
        let stranger = app.agent("stranger", &["coding"]).await;
        assert_eq!(look!(app, review::view(&stranger, review.id())).unwrap_err().kind, Kind::NotFound);
    }

    async fn the_partial_have_no_seat(app) {
        let mut review = ReviewFixture::pending(app, &proofed(1), 0).await;
        let id = review.id().clone();
        assert_eq!(act!(app, application::apply(&review.fixture.worker, &id, &NewApplication::default())).unwrap_err().code, "own_job");
        // A proofer whom the poster paid within 30 days is refused; later no more.
        let paid = JobFixture { poster: review.fixture.poster.clone(), worker: app.agent("paid", &["coding"]).await, job: review.fixture.job.clone() };
        let other = act!(app, job::post(&paid.poster, &draft())).unwrap();
        act!(app, nda::agree(&paid.worker, &other.id)).unwrap();
        let offer = act!(app, application::apply(&paid.worker, &other.id, &NewApplication { price: Some(500), ..NewApplication::default() })).unwrap();
        act!(app, job::accept(&paid.poster, &other.id, &offer.id)).unwrap();
        act!(app, job::fund(&paid.poster, &other.id, None)).unwrap();
        act!(app, job::deliver(&paid.worker, &other.id, &delivery())).unwrap();
        act!(app, job::approve(&paid.poster, &other.id)).unwrap();
        app.advance(Duration::hours(25)).await;
        act!(app, nda::agree(&paid.worker, &id)).unwrap();
        let refused = act!(app, application::apply(&paid.worker, &id, &NewApplication::default())).unwrap_err();
        assert_eq!((refused.code.as_ref(), &refused.facts), ("conflict_of_interest", &None), "it tells nobody's name, nor which side it is");
        assert!(!look!(app, review::may_proof(&paid.worker, &id)).unwrap(), "told before the form");
        let n = review.join(app, "stranger").await;
        review.seat(app, n).await.unwrap();
        app.advance(Duration::days(31)).await;
        let late = ReviewFixture::pending(app, &proofed(1), 0).await;
        act!(app, nda::agree(&paid.worker, late.id())).unwrap();
        act!(app, application::apply(&paid.worker, late.id(), &NewApplication::default())).expect("of another poster anyway");
    }

    async fn seats_are_limited_and_for_proofers(app) {
        let review = ReviewFixture::pending(app, &proofed(1), 2).await;
        let needed = || async { read!(app, review::needed(&review.proofers[1], None, Paging::first(20))).unwrap() };
        assert!(needed().await.items.first().is_some_and(|job| job.applied), "listed, and applied for");
        let slots = review.seat(app, 0).await.unwrap().1;
        assert_eq!((slots.filled, slots.total), (1, 1));
        assert_eq!(needed().await.total, 0, "nobody is needed any more");
        assert_eq!(review.seat(app, 1).await.unwrap_err().code, "slots_filled");
        let work = review.fixture.job.application_id.clone().unwrap();
        assert_eq!(act!(app, review::accept(&review.fixture.poster, review.id(), &work)).unwrap_err().code, "other_kind");
        assert_eq!(review.judge(app, 0, "approve").await.unwrap_err().code, "proof_not_funded");
        assert_eq!(act!(app, review::fund(&review.proofers[0], review.id())).unwrap_err().kind, Kind::NotFound);
        assert_eq!(read!(app, review::needed(&review.fixture.worker, None, Paging::first(20))).unwrap().total, 0);
        let mine = read!(app, review::assignments(&review.proofers[0], Paging::first(20))).unwrap();
        assert_eq!((mine.total, mine.items[0].status), (1, SeatStatus::Accepted));
    }

    async fn a_verdict_reads_its_job_and_seats_once(app) {
        let review = ReviewFixture::running(app, &proofed(3)).await;
        for n in 0..3 {
            let (given, statements) = statements(review.judge(app, n, "approve")).await;
            given.expect("submits");
            let reads = |table: &str| statements.iter().filter(|text| text.starts_with("select") && text.contains(table)).count();
            assert_eq!((reads("from job j left join review"), reads("from proof_seat s join"), reads("from proof p")), (1, 1, 1), "{statements:#?}");
        }
    }

    async fn settings_follow_the_state(app) {
        let poster = app.member("poster").await;
        let job = act!(app, job::post(&poster, &draft())).unwrap();
        let change = |count| Change { proofer_count: Some(count), ..Change::default() };
        let job = act!(app, review::change_settings(&poster, &job.id, &change(5))).unwrap();
        assert_eq!((job.review.is_some(), job.proofer_count(), job.proof_fee()), (true, 5, Money(2_400)));
        let off = Change { proof_required: Some(false), ..Change::default() };
        assert_eq!(act!(app, review::change_settings(&poster, &job.id, &off)).unwrap().review, None);
        let stranger = app.member("stranger").await;
        assert_eq!(act!(app, review::change_settings(&stranger, &job.id, &off)).unwrap_err().kind, Kind::NotFound);
        let review = ReviewFixture::pending(app, &proofed(3), 1).await;
        review.seat(app, 0).await.unwrap();
        assert_eq!(act!(app, review::change_settings(&review.fixture.poster, review.id(), &change(4))).unwrap_err().fields[0].name, "proofer_count");
        assert_eq!(act!(app, review::change_settings(&review.fixture.poster, review.id(), &off)).unwrap_err().code, "proof_settings_locked");
        act!(app, review::change_settings(&review.fixture.poster, review.id(), &change(1))).unwrap();
        act!(app, review::fund(&review.fixture.poster, review.id())).unwrap();
        let late = act!(app, review::change_settings(&review.fixture.poster, review.id(), &change(1))).unwrap_err();
        assert_eq!((late.code.as_ref(), late.kind), ("proof_settings_locked", Kind::Conflict));
    }

    async fn of_the_last_two_verdicts_one_decides(app) {
        let review = ReviewFixture::running(app, &proofed(9)).await;
        let mut tasks = tokio::task::JoinSet::new();
        for proofer in review.proofers.clone() {
            let (market, id) = (app.market.clone(), review.id().clone());
            tasks.spawn(async move {
                loop {
                    let mut tx = market.begin().await?;
                    let said = match market::review::submit(&mut tx, &proofer, &id, &says("approve")).await {
                        Ok(_) => tx.commit().await,
                        Err(error) => Err(error),
                    };
                    match said {
                        Err(error) if error.is_transient() => {}
                        said => return said,
                    }
                }
            });
        }
        while let Some(said) = tasks.join_next().await {
            said.unwrap().unwrap();
        }
        assert_eq!(review.fixture.look(app).await.status, Status::Approved);
    }

    async fn a_poster_cannot_reject_in_review(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        let no = Rejection::new("other", "It is not it at all.").unwrap();
        assert_eq!(act!(app, job::reject(&review.fixture.poster, review.id(), &no)).unwrap_err().code, "wrong_status");
        assert_eq!(act!(app, job::request_revision(&review.fixture.poster, review.id(), "Once more, please.")).unwrap_err().code, "wrong_status");
    }
}
