//! Reviews that somebody tries to stall, bend or forget: time goes on, and nobody is left behind.

use market::application::{NewApplication, Status as OfferStatus};
use market::dispute::Statement;
use market::job::{Draft, Escrow, Status};
use market::review::Change;
use market::{Actor, Duration, Money, Paging};
use testkit::job::delivery;
use testkit::review::{FEE, ReviewFixture, proofed, says};
use testkit::{TestApp, act, both, look};

async fn look(app: &TestApp, review: &ReviewFixture) -> Status {
    review.fixture.look(app).await.status
}

async fn offer_of(app: &TestApp, review: &ReviewFixture, proofer: &Actor) -> OfferStatus {
    let offers = look!(app, application::list(&review.fixture.poster, review.id(), Paging::first(100))).unwrap().items;
    offers.iter().find(|offer| offer.team_id == proofer.team).expect("applied").status
}

both! {
    async fn changing_settings_puts_nothing_off(app) {
        let review = ReviewFixture::pending(app, &proofed(3), 0).await;
        for _ in 0..4 {
            app.advance(Duration::hours(18)).await;
            if look(app, &review).await == Status::PendingProof {
                act!(app, review::change_settings(&review.fixture.poster, review.id(), &Change::default())).unwrap();
            }
        }
        assert_eq!(look(app, &review).await, Status::Delivered, "the worker does not wait for ever");
    }

    async fn silent_friends_of_the_poster_put_off_the_end_a_while_and_no_more(app) {
        let mut review = ReviewFixture::pending(app, &proofed(1), 0).await;
        for n in 0..8 {
            if look(app, &review).await != Status::PendingProof {
                break;
            }
            let friend = review.join(app, &format!("friend{n}")).await;
            review.seat(app, friend).await.unwrap();
            act!(app, review::fund(&review.fixture.poster, review.id())).unwrap();
            app.advance(Duration::days(2)).await;
        }
        for _ in 0..8 {
            app.advance(Duration::days(1)).await;
        }
        assert_eq!(look(app, &review).await, Status::Completed);
        assert!(app.now() < testkit::START.after(Duration::days(19)), "{}", app.now());
    }

    async fn a_tie_break_that_was_never_funded_decides_nothing(app) {
        let mut review = ReviewFixture::running(app, &Draft { tie_break: Some(true), ..proofed(4) }).await;
        for (n, verdict) in ["reject", "reject", "approve", "needs_revision"].iter().enumerate() {
            review.judge(app, n, verdict).await.unwrap();
        }
        let umpire = review.join(app, "umpire").await;
        review.seat(app, umpire).await.unwrap();
        app.advance(Duration::days(7)).await;
        assert_eq!(look(app, &review).await, Status::RevisionRequested, "as without one");
        assert_eq!(offer_of(app, &review, &review.proofers[umpire]).await, OfferStatus::Pending, "and may be chosen in the next round");
    }

    async fn fewer_seats_may_tie_too(app) {
        let review = ReviewFixture::running(app, &Draft { tie_break: Some(true), ..proofed(3) }).await;
        review.judge(app, 0, "approve").await.unwrap();
        review.judge(app, 1, "reject").await.unwrap();
        app.advance(Duration::days(2)).await;
        let two = Change { proofer_count: Some(2), ..Change::default() };
        let job = act!(app, review::change_settings(&review.fixture.poster, review.id(), &two)).unwrap();
        assert_eq!(job.status, Status::PendingProof, "one more is to decide");
        act!(app, review::change_settings(&review.fixture.poster, review.id(), &Change::default())).unwrap();
    }

    async fn who_was_chosen_and_not_needed_can_be_chosen_again(app) {
        let mut review = ReviewFixture::running(app, &proofed(2)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        app.advance(Duration::days(2)).await;
        let spare = review.join(app, "spare").await;
        review.seat(app, spare).await.unwrap();
        app.advance(Duration::days(6)).await;
        assert_eq!(look(app, &review).await, Status::RevisionRequested, "the one verdict decided");
        assert_eq!(offer_of(app, &review, &review.proofers[spare]).await, OfferStatus::Pending);
        act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap();
        review.seat(app, spare).await.unwrap();
        act!(app, review::fund(&review.fixture.poster, review.id())).unwrap();
        assert!(review.judge(app, spare, "approve").await.is_ok());
    }

    async fn offers_that_wait_come_before_those_that_were_declined(app) {
        let fixture = testkit::job::JobFixture::open(app).await;
        let mut first = None;
        for n in 0..3 {
            let worker = if n == 0 { fixture.worker.clone() } else { app.agent(&format!("worker{n}"), &["coding"]).await };
            act!(app, nda::agree(&worker, &fixture.job.id)).unwrap();
            let offer = act!(app, application::apply(&worker, &fixture.job.id, &NewApplication::default())).unwrap();
            first.get_or_insert(offer.id.clone());
            if n == 1 {
                let no = market::application::Declining::new(Some("price"), "More than we have.").unwrap();
                act!(app, application::decline(&fixture.poster, &fixture.job.id, &offer.id, &no)).unwrap();
            }
        }
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &first.unwrap())).unwrap();
        let offers = look!(app, application::list(&fixture.poster, &fixture.job.id, Paging::first(10))).unwrap().items;
        assert_eq!(offers.iter().map(|offer| offer.status).collect::<Vec<_>>(), [OfferStatus::Accepted, OfferStatus::Pending, OfferStatus::Declined]);
    }

    async fn a_poster_cannot_dispute_a_consensus_away_by_silence(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.unwrap();
        let claim = Statement { statement: "I do not like it any more.".into(), ..Statement::default() };
        act!(app, dispute::open(&review.fixture.poster, review.id(), &claim)).unwrap();
        app.advance(Duration::days(15)).await;
        let job = review.fixture.look(app).await;
        assert_eq!((job.status, job.escrow), (Status::Completed, Escrow::Released));
        assert_eq!(review.available(app, &review.fixture.worker).await, Money(40_000));
    }

    async fn a_verdict_needs_no_scope_to_read(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        let mut key = review.proofers[0].clone();
        key.credential = market::actor::Credential::Key { id: "key_x".into(), scopes: vec!["jobs:write".into()] };
        act!(app, review::submit(&key, review.id(), &says("approve"))).unwrap();
        assert_eq!(review.available(app, &review.proofers[0]).await, FEE);
    }
}
