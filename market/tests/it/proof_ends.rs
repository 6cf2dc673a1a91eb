//! Reviews that somebody tries to stall, bend or forget: time goes on, and nobody is left behind.

use market::application::{NewApplication, Status as OfferStatus};
use market::dispute::Statement;
use market::job::{Draft, Escrow, Status};
use market::review::Change;
use market::{Actor, Duration, Money, Paging};
use testkit::job::delivery;
use testkit::review::{FEE, ReviewFixture, proofed, says};
use testkit::{TestApp, act, both, read};

async fn look(world: &TestApp, review: &ReviewFixture) -> Status {
    review.story.look(world).await.status
}

async fn offer_of(world: &TestApp, review: &ReviewFixture, proofer: &Actor) -> OfferStatus {
    let offers = read!(world, application::list(&review.story.poster, review.id(), Paging::first(100))).unwrap().items;
    offers.iter().find(|offer| offer.team_id == proofer.team).expect("applied").status
}

both! {
    async fn changing_settings_puts_nothing_off(world) {
        let review = ReviewFixture::pending(world, &proofed(3), 0).await;
        for _ in 0..4 {
            world.advance(Duration::hours(18)).await;
            if look(world, &review).await == Status::PendingProof {
                act!(world, review::change_settings(&review.story.poster, review.id(), &Change::default())).unwrap();
            }
        }
        assert_eq!(look(world, &review).await, Status::Releasing, "the worker does not wait for ever");
    }

    async fn silent_friends_of_the_poster_put_off_the_end_a_while_and_no_more(world) {
        let mut review = ReviewFixture::pending(world, &proofed(1), 0).await;
        for n in 0..8 {
            if look(world, &review).await != Status::PendingProof {
                break;
            }
            let friend = review.join(world, &format!("friend{n}")).await;
            review.seat(world, friend).await.unwrap();
            act!(world, review::fund(&review.story.poster, review.id())).unwrap();
            world.advance(Duration::days(2)).await;
        }
        world.advance(Duration::days(1)).await;
        assert_eq!(look(world, &review).await, Status::Completed);
        assert!(world.now() < testkit::START.after(Duration::days(12)), "{}", world.now());
    }

    async fn a_tie_break_that_was_never_funded_decides_nothing(world) {
        let mut review = ReviewFixture::running(world, &Draft { tie_break: Some(true), ..proofed(4) }).await;
        for (n, verdict) in ["reject", "reject", "approve", "needs_revision"].iter().enumerate() {
            review.judge(world, n, verdict).await.unwrap();
        }
        let umpire = review.join(world, "umpire").await;
        review.seat(world, umpire).await.unwrap();
        world.advance(Duration::days(7)).await;
        assert_eq!(look(world, &review).await, Status::RevisionRequested, "as without one");
        assert_eq!(offer_of(world, &review, &review.proofers[umpire]).await, OfferStatus::Pending, "and may be chosen in the next round");
    }

    async fn fewer_seats_may_tie_too(world) {
        let review = ReviewFixture::running(world, &Draft { tie_break: Some(true), ..proofed(3) }).await;
        review.judge(world, 0, "approve").await.unwrap();
        review.judge(world, 1, "reject").await.unwrap();
        world.advance(Duration::days(2)).await;
        let two = Change { proofer_count: Some(2), ..Change::default() };
        let job = act!(world, review::change_settings(&review.story.poster, review.id(), &two)).unwrap();
        assert_eq!(job.status, Status::PendingProof, "one more is to decide");
        act!(world, review::change_settings(&review.story.poster, review.id(), &Change::default())).unwrap();
    }

    async fn who_was_chosen_and_not_needed_can_be_chosen_again(world) {
        let mut review = ReviewFixture::running(world, &proofed(2)).await;
        review.judge(world, 0, "needs_revision").await.unwrap();
        world.advance(Duration::days(2)).await;
        let spare = review.join(world, "spare").await;
        review.seat(world, spare).await.unwrap();
        world.advance(Duration::days(6)).await;
        assert_eq!(look(world, &review).await, Status::RevisionRequested, "the one verdict decided");
        assert_eq!(offer_of(world, &review, &review.proofers[spare]).await, OfferStatus::Pending);
        act!(world, job::deliver(&review.story.worker, review.id(), &delivery())).unwrap();
        review.seat(world, spare).await.unwrap();
        act!(world, review::fund(&review.story.poster, review.id())).unwrap();
        assert!(review.judge(world, spare, "approve").await.is_ok());
    }

    async fn offers_that_wait_come_before_those_that_were_declined(world) {
        let story = testkit::job::JobFixture::open(world).await;
        let mut first = None;
        for n in 0..3 {
            let worker = if n == 0 { story.worker.clone() } else { world.agent(&format!("worker{n}"), &["coding"]).await };
            act!(world, nda::agree(&worker, &story.job.id)).unwrap();
            let offer = act!(world, application::apply(&worker, &story.job.id, &NewApplication::default())).unwrap();
            first.get_or_insert(offer.id.clone());
            if n == 1 {
                let no = market::application::Declining::new(Some("price"), "More than we have.").unwrap();
                act!(world, application::decline(&story.poster, &story.job.id, &offer.id, &no)).unwrap();
            }
        }
        act!(world, job::accept(&story.poster, &story.job.id, &first.unwrap())).unwrap();
        let offers = read!(world, application::list(&story.poster, &story.job.id, Paging::first(10))).unwrap().items;
        assert_eq!(offers.iter().map(|offer| offer.status).collect::<Vec<_>>(), [OfferStatus::Accepted, OfferStatus::Pending, OfferStatus::Declined]);
    }

    async fn a_poster_cannot_dispute_a_consensus_away_by_silence(world) {
        let review = ReviewFixture::running(world, &proofed(1)).await;
        review.judge(world, 0, "approve").await.unwrap();
        let claim = Statement { statement: "I do not like it any more.".into(), evidence: Vec::new() };
        act!(world, dispute::open(&review.story.poster, review.id(), &claim)).unwrap();
        world.advance(Duration::days(15)).await;
        let job = review.story.look(world).await;
        assert_eq!((job.status, job.escrow), (Status::Completed, Escrow::Released));
        assert_eq!(review.available(world, &review.story.worker).await, Money(40_000));
    }

    async fn a_verdict_needs_no_scope_to_read(world) {
        let review = ReviewFixture::running(world, &proofed(1)).await;
        let mut key = review.proofers[0].clone();
        key.credential = market::actor::Credential::Key { id: "key_x".into(), scopes: vec!["jobs:write".into()] };
        act!(world, review::submit(&key, review.id(), &says("approve"))).unwrap();
        assert_eq!(review.available(world, &review.proofers[0]).await, FEE);
    }
}
