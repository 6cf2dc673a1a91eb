//! The next move of a job: its page, both dashboards and the SQL behind them say the same.

use market::job::{Job, Move, Mover, NextMove, Outcome};
use market::{Actor, Kind, Paging};
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look, read};

async fn next(app: &TestApp, viewer: &Actor, job: &Job) -> NextMove {
    look!(app, job::preview(Some(viewer), &job.id)).expect("sees it").next_move
}

/// Reads the poster's only job wherever its next move stands, and returns it.
async fn agreed(app: &TestApp, fixture: &JobFixture) -> (Mover, Move) {
    let told = next(app, &fixture.poster, &fixture.job).await;
    let needed = read!(app, dashboard::needed(&fixture.poster, Paging::first(5))).expect("reads");
    let need = needed.items.iter().find(|need| need.id == fixture.job.id);
    assert_eq!(need.map(|need| need.next_move()), (told.who == Mover::Poster).then_some(told), "the poster's dashboard");
    assert_eq!(needed.total, i64::from(told.who == Mover::Poster));
    let moves = read!(app, dashboard::moves(&fixture.worker)).expect("reads");
    assert_eq!(moves, i64::from(told.who == Mover::Worker), "the worker's dashboard counts");
    let tasks = read!(app, dashboard::tasks(&fixture.worker, Paging::first(5))).expect("reads");
    if let Some(task) = tasks.items.iter().find(|task| task.id == fixture.job.id) {
        assert_eq!(task.next_move(), next(app, &fixture.worker, &fixture.job).await, "the worker's dashboard");
    }
    for viewer in [&fixture.poster, &fixture.worker] {
        assert_eq!(listed(app, viewer, &fixture.job).await, next(app, viewer, &fixture.job).await, "a list");
    }
    (told.who, told.what)
}

/// Reads the next move of a job as lists do, many in one query.
async fn listed(app: &TestApp, viewer: &Actor, job: &Job) -> NextMove {
    let moves = read!(app, job::with_next_moves(viewer, vec![&job.id, &job.id], |id| id)).expect("reads");
    assert!(moves.len() == 2 && moves[0] == moves[1], "one for each id, in their order");
    moves[0].1
}

both! {
    async fn every_reader_names_the_same_move(app) {
        let fixture = JobFixture::open(app).await;
        assert_eq!(agreed(app, &fixture).await, (Mover::Anyone, Move::Apply));
        act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        let offer = market::application::NewApplication { cover_letter: String::new(), price: Some(40_000) };
        let offer = act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer)).unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Poster, Move::Choose));
        let stranger = app.member("stranger").await;
        assert_eq!(next(app, &stranger, &fixture.job).await.what, Move::Apply, "a visitor is not told who applied");
        assert_eq!(listed(app, &stranger, &fixture.job).await.what, Move::Apply, "nor in a list");
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer.id)).unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Poster, Move::Fund));
        let told = read!(app, job::with_next_moves(&stranger, vec![&fixture.job.id], |id| id));
        assert_eq!(told.unwrap_err().kind, Kind::NotFound, "strangers are told nothing of a job that is not listed");
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Worker, Move::Deliver));
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Poster, Move::Judge));
        act!(app, job::request_revision(&fixture.poster, &fixture.job.id, "Name your sources.")).unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Worker, Move::DeliverAgain));
        act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap();
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Timer, Move::PayWorker));
        app.advance(market::Duration::hours(25)).await;
        assert_eq!(agreed(app, &fixture).await, (Mover::Nobody, Move::Nothing));
    }

    async fn a_dispute_waits_for_whoever_did_not_open_it(app) {
        let fixture = JobFixture::delivered(app).await;
        fixture.dispute(app, &fixture.poster).await.unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Worker, Move::Answer));
        fixture.answer(app, &fixture.worker).await.unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Admin, Move::Rule));
        fixture.withdraw(app, &fixture.poster).await.unwrap();

        let fixture = JobFixture::delivered(app).await;
        fixture.dispute(app, &fixture.worker).await.unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Poster, Move::Answer));
        fixture.withdraw(app, &fixture.worker).await.unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Poster, Move::Judge));
        fixture.reject(app).await.unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Poster, Move::Reconsider));
        assert_eq!(next(app, &fixture.worker, &fixture.job).await.otherwise, Some(Outcome::Refund));
        fixture.dispute(app, &fixture.worker).await.unwrap();
        assert_eq!(agreed(app, &fixture).await, (Mover::Admin, Move::Rule), "the rejection is the poster's answer");
        assert_eq!(next(app, &fixture.worker, &fixture.job).await.otherwise, Some(Outcome::Rule));
    }

    async fn a_review_waits_for_proofers_then_for_its_fees_then_for_verdicts(app) {
        let mut review = ReviewFixture::pending(app, &proofed(2), 0).await;
        assert_eq!(agreed(app, &review.fixture).await, (Mover::Anyone, Move::ApplyToProof));
        review.join(app, "first").await;
        assert_eq!(agreed(app, &review.fixture).await, (Mover::Poster, Move::ChooseProofers));
        review.seat(app, 0).await.unwrap();
        assert_eq!(agreed(app, &review.fixture).await, (Mover::Anyone, Move::ApplyToProof), "one seat is free and nobody asks for it");
        let hidden = [&review.fixture.worker, &review.proofers[0]];
        for viewer in hidden {
            let told = next(app, viewer, &review.fixture.job).await;
            assert_eq!((told.who, told.what), (Mover::Poster, Move::ChooseProofers), "seats are the poster's knowledge");
            assert_eq!(listed(app, viewer, &review.fixture.job).await, told);
        }
        review.join(app, "second").await;
        review.seat(app, 1).await.unwrap();
        assert_eq!(agreed(app, &review.fixture).await, (Mover::Poster, Move::FundReview));
        act!(app, review::fund(&review.fixture.poster, review.id())).unwrap();
        assert_eq!(agreed(app, &review.fixture).await, (Mover::Proofers, Move::GiveVerdict));
        review.judge(app, 0, "approve").await.unwrap();
        review.judge(app, 1, "approve").await.unwrap();
        assert_eq!(agreed(app, &review.fixture).await, (Mover::Poster, Move::Release));
        act!(app, job::request_revision(&review.fixture.poster, review.id(), "Name your sources.")).unwrap();
        assert_eq!(agreed(app, &review.fixture).await, (Mover::Worker, Move::DeliverAgain));
        assert_eq!(next(app, &review.fixture.worker, &review.fixture.job).await.otherwise, Some(Outcome::AutoApprove));
    }
}
