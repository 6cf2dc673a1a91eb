//! Seats of a round: several are given at once, and taken back before they are funded.

use market::application::Status as OfferStatus;
use market::id::ApplicationId;
use market::job::Status;
use market::{Error, Kind, Paging};
use testkit::review::{ReviewFixture, proofed};
use testkit::{TestApp, act, both, look};

fn code(error: Error) -> String {
    error.code.into_owned()
}

/// The applications of the proofers, in the order in which they applied.
async fn offers(app: &TestApp, review: &ReviewFixture) -> Vec<(ApplicationId, OfferStatus)> {
    let all = look!(app, application::list(&review.fixture.poster, review.id(), Paging::first(100))).unwrap().items;
    let of = |team| all.iter().find(|offer| offer.team_id == team).map(|offer| (offer.id.clone(), offer.status)).unwrap();
    review.proofers.iter().map(|proofer| of(proofer.team.clone())).collect()
}

async fn taken(app: &TestApp, review: &ReviewFixture) -> i64 {
    review.seen_by(app, &review.fixture.poster).await.summary.unwrap().taken
}

both! {
    async fn several_proofers_are_accepted_in_one_act(app) {
        let review = ReviewFixture::pending(app, &proofed(3), 3).await;
        let (poster, id) = (&review.fixture.poster, review.id());
        let all: Vec<_> = offers(app, &review).await.into_iter().map(|(offer, _)| offer).collect();
        let (_, slots) = act!(app, review::accept_all(poster, id, &all)).expect("accepts them");
        assert_eq!((slots.filled, slots.total), (3, 3));
        assert!(offers(app, &review).await.iter().all(|(_, status)| *status == OfferStatus::Accepted));
        let job = act!(app, review::fund(poster, id)).expect("can be funded");
        assert_eq!(job.status, Status::InReview);
        let late = act!(app, review::unaccept(poster, id, &all[0])).unwrap_err();
        assert_eq!(late.kind, Kind::Conflict, "a funded seat is not taken back");
    }

    async fn none_is_accepted_if_one_does_not_fit(app) {
        let review = ReviewFixture::pending(app, &proofed(2), 3).await;
        let (poster, id) = (&review.fixture.poster, review.id());
        let all: Vec<_> = offers(app, &review).await.into_iter().map(|(offer, _)| offer).collect();
        assert_eq!(code(act!(app, review::accept_all(poster, id, &all)).unwrap_err()), "too_many_chosen");
        let twice = [all[0].clone(), all[0].clone()];
        assert_eq!(code(act!(app, review::accept_all(poster, id, &twice)).unwrap_err()), "application_not_pending");
        let many = vec![all[0].clone(); 500];
        assert_eq!(code(act!(app, review::accept_all(poster, id, &many)).unwrap_err()), "too_many_chosen");
        assert_eq!(code(act!(app, review::accept_all(poster, id, &[])).unwrap_err()), "nobody_chosen");
        let work = look!(app, application::list(poster, id, Paging::first(100))).unwrap().items;
        let work = work.into_iter().find(|offer| offer.team_id == review.fixture.worker.team).unwrap().id;
        assert_eq!(code(act!(app, review::accept_all(poster, id, &[all[0].clone(), work])).unwrap_err()), "other_kind");
        assert_eq!(act!(app, review::accept_all(&review.proofers[0], id, &all[..1])).unwrap_err().kind, Kind::NotFound);
        assert_eq!(taken(app, &review).await, 0, "all or none");
    }

    async fn an_acceptance_is_taken_back_before_the_round_is_funded(app) {
        let mut review = ReviewFixture::pending(app, &proofed(1), 1).await;
        review.join(app, "later").await;
        let (poster, id) = (review.fixture.poster.clone(), review.id().clone());
        let [(first, _), (later, _)] = offers(app, &review).await.try_into().unwrap();
        act!(app, review::accept(&poster, &id, &first)).unwrap();
        assert_eq!(act!(app, review::unaccept(&review.proofers[0], &id, &first)).unwrap_err().kind, Kind::NotFound);
        let (_, slots) = act!(app, review::unaccept(&poster, &id, &first)).expect("takes it back");
        assert_eq!((slots.filled, slots.total), (0, 1));
        assert_eq!(offers(app, &review).await[0].1, OfferStatus::Pending);
        assert_eq!(code(act!(app, review::unaccept(&poster, &id, &first)).unwrap_err()), "seat_not_free");
        let happened = app.happenings(id.as_str()).await;
        assert!(happened.contains(&"application.returned".to_owned()) && happened.contains(&"proof.unaccepted".to_owned()), "{happened:?}");
        act!(app, review::accept(&poster, &id, &later)).expect("another gets the seat");
        act!(app, review::unaccept(&poster, &id, &later)).unwrap();
        act!(app, review::accept(&poster, &id, &first)).expect("and the first again");
        assert_eq!(taken(app, &review).await, 1);
    }
}
