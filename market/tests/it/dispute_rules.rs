//! The rules of disputes that hold for both sides: no funded job is taken back by disputing it, an approval binds, and no deadline is
//! moved by opening and taking back disputes.

use market::actor::Role;
use market::dispute::{Case, Decision, NewFact, Statement, Status as Standing};
use market::job::{Approver, Escrow, HistoryEvent, Rejection, Ruling, Status};
use market::{Actor, Duration, Kind, Money, Paging, Result};
use testkit::dispute::says;
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look, read};

/// Opens a dispute of the poster over a new fact.
async fn over(app: &TestApp, fixture: &JobFixture, fact: Option<&str>) -> Result<Case> {
    let claim = Statement { new_fact: fact.map(str::to_owned), ..says("Half of it is copied from elsewhere.") };
    act!(app, dispute::open(&fixture.poster, &fixture.job.id, &claim))
}

async fn time_left(app: &TestApp, fixture: &JobFixture) -> Duration {
    fixture.look(app).await.due_at.expect("it waits").since(app.now())
}

/// Lets the time for a ruling pass.
async fn nobody_rules(app: &TestApp) {
    app.advance(app.market.rules.ruling_window).await;
}

both! {
    async fn a_disputed_worker_still_delivers_and_keeps_the_job(app) {
        let fixture = JobFixture::funded(app).await;
        fixture.dispute(app, &fixture.poster).await.unwrap();
        assert!(look!(app, job::preview(Some(&fixture.worker), &fixture.job.id)).unwrap().may_deliver);
        let (job, made) = act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).expect("delivers");
        assert_eq!((job.status, made.version), (Status::Disputed, 1), "the dispute goes on");
        let again = act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap_err();
        assert_eq!(again.code, "wrong_status", "once");
        assert_eq!(fixture.case(app, &fixture.poster).await.unwrap().by_default, None, "nothing is ruled by default");
        nobody_rules(app).await;
        let job = fixture.look(app).await;
        assert_eq!((job.status, job.escrow), (Status::Delivered, Escrow::Held), "the poster judges it");
        assert_eq!(job.due_at, Some(app.now().after(app.market.rules.review_window)));
        let case = fixture.case(app, &fixture.poster).await.unwrap();
        assert_eq!((case.dispute.status, case.dispute.ruling), (Standing::Lapsed, None));
        let told = look!(app, job::timeline(Some(&fixture.worker), &fixture.job.id)).unwrap();
        assert!(told.iter().any(|entry| entry.event == HistoryEvent::DisputeLapsed), "{told:?}");
    }

    async fn a_worker_who_answers_keeps_the_job_and_its_time(app) {
        let fixture = JobFixture::funded(app).await;
        app.advance(Duration::days(3)).await;
        let left = time_left(app, &fixture).await;
        fixture.dispute(app, &fixture.poster).await.unwrap();
        fixture.answer(app, &fixture.worker).await.unwrap();
        nobody_rules(app).await;
        assert_eq!((fixture.look(app).await.status, time_left(app, &fixture).await), (Status::InProgress, left));

        let silent = JobFixture::funded(app).await;
        silent.dispute(app, &silent.poster).await.unwrap();
        nobody_rules(app).await;
        assert_eq!(silent.look(app).await.escrow, Escrow::Refunded, "who says and does nothing is not paid");

        let unheard = JobFixture::funded(app).await;
        unheard.dispute(app, &unheard.worker).await.unwrap();
        assert_eq!(act!(app, job::deliver(&unheard.worker, &unheard.job.id, &delivery())).unwrap_err().code, "wrong_status", "its own dispute");
        nobody_rules(app).await;
        assert_eq!(unheard.look(app).await.status, Status::InProgress, "a silent poster is not refunded");
    }

    async fn a_revision_delivered_in_a_dispute_begins_its_round(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        review.fixture.dispute(app, &review.fixture.poster).await.unwrap();
        act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).expect("delivers");
        let job = review.fixture.withdraw(app, &review.fixture.poster).await.unwrap();
        assert_eq!((job.status, job.round()), (Status::InReview, 2), "the same proofers judge what came meanwhile");
        review.judge(app, 0, "approve").await.unwrap();
    }

    async fn opening_and_withdrawing_moves_no_deadline(app) {
        for from in [Status::InProgress, Status::RevisionRequested, Status::Delivered, Status::Rejected, Status::Releasing] {
            let fixture = match from {
                Status::InProgress => JobFixture::funded(app).await,
                Status::Rejected => JobFixture::rejected(app).await,
                Status::Releasing => JobFixture::approved(app).await,
                _ => JobFixture::delivered(app).await,
            };
            if from == Status::RevisionRequested {
                act!(app, job::request_revision(&fixture.poster, &fixture.job.id, "Keep the unknown fields.")).unwrap();
            }
            app.advance(Duration::hours(5)).await;
            let by_poster = matches!(from, Status::RevisionRequested | Status::Rejected);
            let who = if by_poster { &fixture.poster } else { &fixture.worker };
            let (before, left) = (fixture.look(app).await.status, time_left(app, &fixture).await);
            assert_eq!(before, from);
            for _ in 0..2 {
                fixture.dispute(app, who).await.unwrap();
                app.advance(Duration::days(6)).await;
                fixture.withdraw(app, who).await.unwrap();
                assert_eq!((fixture.look(app).await.status, time_left(app, &fixture).await), (before, left), "{before}");
            }
        }
    }

    async fn an_approval_binds_the_poster(app) {
        let fixture = JobFixture::approved(app).await;
        assert_eq!(fixture.job.approved_by, Some(Approver::Poster));
        for fact in [None, Some("dislike")] {
            assert_eq!(over(app, &fixture, fact).await.unwrap_err().fields[0].name, "new_fact");
        }
        let case = over(app, &fixture, Some("plagiarism")).await.unwrap();
        assert_eq!((case.dispute.new_fact, case.by_default), (Some(NewFact::Plagiarism), Some(Ruling::Release)));
        nobody_rules(app).await;
        assert_eq!(fixture.look(app).await.escrow, Escrow::Released, "the worker's silence refunds nobody");

        let judged = JobFixture::approved(app).await;
        let case = over(app, &judged, Some("harm")).await.unwrap();
        let judge = Actor { role: Role::Admin, ..app.member("judge").await };
        let decision = Decision { ruling: "refund".into(), worker_share: None, reason: "It does harm indeed.".into() };
        act!(app, dispute::resolve(&judge, &case.dispute.id, &decision)).unwrap();
        assert_eq!(judged.look(app).await.escrow, Escrow::Refunded, "an admin alone takes the payment back");
    }

    async fn conceding_a_dispute_binds_as_well(app) {
        let fixture = JobFixture::rejected(app).await;
        fixture.dispute(app, &fixture.worker).await.unwrap();
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        assert_eq!(over(app, &fixture, None).await.unwrap_err().fields[0].name, "new_fact");
        let other = fixture.dispute(app, &fixture.worker).await.expect("the worker is not bound");
        assert_eq!((other.dispute.new_fact, other.by_default), (None, Some(Ruling::Release)));
    }

    async fn an_override_is_not_turned_by_the_consensus_that_it_overrode(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "reject").await.unwrap();
        act!(app, job::approve_anyway(&review.fixture.poster, review.id())).unwrap();
        over(app, &review.fixture, Some("wrong_file")).await.unwrap();
        review.fixture.answer(app, &review.fixture.worker).await.unwrap();
        nobody_rules(app).await;
        assert_eq!(review.fixture.look(app).await.escrow, Escrow::Released);
    }

    async fn an_approval_by_the_timer_binds_nobody(app) {
        let fixture = JobFixture::delivered(app).await;
        app.advance(app.market.rules.review_window).await;
        assert_eq!(fixture.look(app).await.approved_by, Some(Approver::Timer));
        assert_eq!(over(app, &fixture, Some("harm")).await.unwrap_err().fields[0].name, "new_fact", "there is none to name");
        over(app, &fixture, None).await.expect("the poster has said nothing yet");
    }

    async fn a_rejection_is_the_posters_answer(app) {
        let fixture = JobFixture::rejected(app).await;
        let case = fixture.dispute(app, &fixture.worker).await.unwrap();
        assert_eq!(case.dispute.answer.as_deref(), Some("Half of the fixtures are missing."));
        assert_eq!(fixture.answer(app, &fixture.poster).await.unwrap_err().code, "already_answered");
        nobody_rules(app).await;
        assert_eq!(fixture.look(app).await.escrow, Escrow::Split, "both have spoken");
        let view = look!(app, job::preview(Some(&fixture.poster), &fixture.job.id)).unwrap();
        assert_eq!(view.share, Some(Money(20_000)), "and each reads what the worker got");
        assert_eq!(look!(app, job::preview(Some(&fixture.worker), &fixture.job.id)).unwrap().share, view.share);

        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "reject").await.unwrap();
        let case = review.fixture.dispute(app, &review.fixture.worker).await.unwrap();
        assert_eq!(case.dispute.answer, None, "the proofers' words are not the poster's");
    }

    async fn whoever_rules_reads_the_whole_case(app) {
        let fixture = JobFixture::rejected(app).await;
        fixture.dispute(app, &fixture.worker).await.unwrap();
        let judge = Actor { role: Role::Admin, ..app.member("judge").await };
        let matter = fixture.case(app, &judge).await.unwrap().matter.expect("a case file");
        assert_eq!(matter.reason.as_deref(), Some("Half of the fixtures are missing."));
        let told: Vec<_> = matter.history.iter().map(|entry| entry.event).collect();
        for event in [HistoryEvent::Funded, HistoryEvent::Delivered, HistoryEvent::Rejected, HistoryEvent::DisputeOpened] {
            assert!(told.contains(&event), "{event}: {told:?}");
        }
    }

    async fn an_admin_with_a_stake_does_not_rule(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        let rejected = Rejection::new("other", "It is not it at all.").unwrap();
        review.judge(app, 0, "approve").await.unwrap();
        act!(app, job::reject(&review.fixture.poster, review.id(), &rejected)).unwrap();
        let loser = app.agent("loser", &["coding"]).await;
        let open = JobFixture::applied(app).await.0;
        act!(app, nda::agree(&loser, &open.job.id)).unwrap();
        act!(app, application::apply(&loser, &open.job.id, &market::application::NewApplication::default())).unwrap();
        let offers = look!(app, application::list(&open.poster, &open.job.id, Paging::first(5))).unwrap().items;
        let chosen = offers.iter().find(|offer| offer.team_id == open.worker.team).unwrap();
        act!(app, job::accept(&open.poster, &open.job.id, &chosen.id)).unwrap();
        act!(app, job::fund(&open.poster, &open.job.id, None)).unwrap();
        open.dispute(app, &open.worker).await.unwrap();
        for (fixture, member) in [(&review.fixture, &review.proofers[0]), (&open, &loser)] {
            let admin = Actor { role: Role::Admin, ..member.clone() };
            let case = fixture.case(app, &admin).await.unwrap();
            assert!(!case.may_rule && case.matter.is_none());
            let decision = Decision { ruling: "release".into(), worker_share: None, reason: "As the brief says.".into() };
            let refused = act!(app, dispute::resolve(&admin, &case.dispute.id, &decision)).unwrap_err();
            assert_eq!((refused.kind, refused.code.as_ref()), (Kind::Forbidden, "own_dispute"));
        }
        assert_eq!(read!(app, wallet::show(&review.fixture.worker)).unwrap().available, Money::ZERO);
    }
}
