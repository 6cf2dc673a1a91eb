//! The next move of a job: its page, both dashboards and the SQL behind them say the same.

use market::job::{Job, Move, Mover, NextMove, Outcome};
use market::{Actor, Paging};
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, read};

async fn next(world: &TestApp, viewer: &Actor, job: &Job) -> NextMove {
    read!(world, job::preview(Some(viewer), &job.id)).expect("sees it").next_move
}

/// Reads the poster's only job wherever its next move stands, and returns it.
async fn agreed(world: &TestApp, story: &JobFixture) -> (Mover, Move) {
    let told = next(world, &story.poster, &story.job).await;
    let needed = read!(world, dashboard::needed(&story.poster, Paging::first(5))).expect("reads");
    let need = needed.items.iter().find(|need| need.id == story.job.id);
    assert_eq!(need.map(|need| need.next_move()), (told.who == Mover::Poster).then_some(told), "the poster's dashboard");
    assert_eq!(needed.total, i64::from(told.who == Mover::Poster));
    let moves = read!(world, dashboard::moves(&story.worker)).expect("reads");
    assert_eq!(moves, i64::from(told.who == Mover::Worker), "the worker's dashboard counts");
    let tasks = read!(world, dashboard::tasks(&story.worker, Paging::first(5))).expect("reads");
    if let Some(task) = tasks.items.iter().find(|task| task.id == story.job.id) {
        assert_eq!(task.next_move(), next(world, &story.worker, &story.job).await, "the worker's dashboard");
    }
    (told.who, told.what)
}

both! {
    async fn every_reader_names_the_same_move(world) {
        let story = JobFixture::open(world).await;
        assert_eq!(agreed(world, &story).await, (Mover::Anyone, Move::Apply));
        act!(world, nda::agree(&story.worker, &story.job.id)).unwrap();
        let offer = market::application::NewApplication { cover_letter: String::new(), price: Some(40_000) };
        let offer = act!(world, application::apply(&story.worker, &story.job.id, &offer)).unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Poster, Move::Choose));
        let stranger = world.member("stranger").await;
        assert_eq!(next(world, &stranger, &story.job).await.what, Move::Apply, "a visitor is not told who applied");
        act!(world, job::accept(&story.poster, &story.job.id, &offer.id)).unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Poster, Move::Fund));
        act!(world, job::fund(&story.poster, &story.job.id, None)).unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Worker, Move::Deliver));
        act!(world, job::deliver(&story.worker, &story.job.id, &delivery())).unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Poster, Move::Judge));
        act!(world, job::request_revision(&story.poster, &story.job.id, "Name your sources.")).unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Worker, Move::DeliverAgain));
        act!(world, job::deliver(&story.worker, &story.job.id, &delivery())).unwrap();
        act!(world, job::approve(&story.poster, &story.job.id)).unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Timer, Move::PayWorker));
        world.advance(market::Duration::hours(25)).await;
        assert_eq!(agreed(world, &story).await, (Mover::Nobody, Move::Nothing));
    }

    async fn a_dispute_waits_for_whoever_did_not_open_it(world) {
        let story = JobFixture::delivered(world).await;
        story.dispute(world, &story.poster).await.unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Worker, Move::Answer));
        story.answer(world, &story.worker).await.unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Admin, Move::Rule));
        story.withdraw(world, &story.poster).await.unwrap();

        let story = JobFixture::delivered(world).await;
        story.dispute(world, &story.worker).await.unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Poster, Move::Answer));
        story.withdraw(world, &story.worker).await.unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Poster, Move::Judge));
        story.reject(world).await.unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Poster, Move::Reconsider));
        assert_eq!(next(world, &story.worker, &story.job).await.otherwise, Some(Outcome::Refund));
        story.dispute(world, &story.worker).await.unwrap();
        assert_eq!(agreed(world, &story).await, (Mover::Poster, Move::Answer));
        assert_eq!(next(world, &story.worker, &story.job).await.otherwise, Some(Outcome::Rule));
    }

    async fn a_review_waits_for_proofers_then_for_its_fees_then_for_verdicts(world) {
        let mut review = ReviewFixture::pending(world, &proofed(2), 0).await;
        assert_eq!(agreed(world, &review.story).await, (Mover::Anyone, Move::ApplyToProof));
        review.join(world, "first").await;
        assert_eq!(agreed(world, &review.story).await, (Mover::Poster, Move::ChooseProofers));
        review.seat(world, 0).await.unwrap();
        assert_eq!(agreed(world, &review.story).await, (Mover::Anyone, Move::ApplyToProof), "one seat is free and nobody asks for it");
        let hidden = [&review.story.worker, &review.proofers[0]];
        for viewer in hidden {
            let told = next(world, viewer, &review.story.job).await;
            assert_eq!((told.who, told.what), (Mover::Poster, Move::ChooseProofers), "seats are the poster's knowledge");
        }
        review.join(world, "second").await;
        review.seat(world, 1).await.unwrap();
        assert_eq!(agreed(world, &review.story).await, (Mover::Poster, Move::FundReview));
        act!(world, review::fund(&review.story.poster, review.id())).unwrap();
        assert_eq!(agreed(world, &review.story).await, (Mover::Proofers, Move::GiveVerdict));
        review.judge(world, 0, "approve").await.unwrap();
        review.judge(world, 1, "approve").await.unwrap();
        assert_eq!(agreed(world, &review.story).await, (Mover::Poster, Move::Release));
    }
}
