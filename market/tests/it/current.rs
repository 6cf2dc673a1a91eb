//! A decision is about the version and the round that were read, and about no later ones.

use market::{Error, Kind};
use testkit::job::{JobFixture, delivery};
use testkit::review::{ReviewFixture, proofed};
use testkit::{act, both};

fn told(error: Error) -> (Kind, String) {
    (error.kind, error.message.into_owned())
}

both! {
    async fn what_was_read_is_what_is_decided(app) {
        let fixture = JobFixture::delivered(app).await;
        let (id, poster) = (&fixture.job.id, &fixture.poster);
        act!(app, job::must_be_current(poster, id, Some(1), None)).expect("it is the newest");
        act!(app, job::request_revision(poster, id, "Keep the unknown fields.")).unwrap();
        act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        let stale = act!(app, job::must_be_current(poster, id, Some(1), None)).unwrap_err();
        assert_eq!(told(stale), (Kind::Conflict, "Version 2 came meanwhile. Read it, then decide.".into()));
        act!(app, job::must_be_current(poster, id, Some(2), None)).unwrap();
        act!(app, job::must_be_current(poster, id, None, None)).expect("whoever does not say is not asked");
        let stranger = app.member("stranger").await;
        assert_eq!(act!(app, job::must_be_current(&stranger, id, Some(2), None)).unwrap_err().kind, Kind::NotFound);
    }

    async fn a_verdict_is_on_the_round_that_was_judged(app) {
        let review = ReviewFixture::running(app, &proofed(1)).await;
        let proofer = &review.proofers[0];
        act!(app, job::must_be_current(proofer, review.id(), Some(1), Some(1))).unwrap();
        review.judge(app, 0, "needs_revision").await.unwrap();
        act!(app, job::deliver(&review.fixture.worker, review.id(), &delivery())).unwrap();
        let stale = act!(app, job::must_be_current(proofer, review.id(), Some(1), Some(1))).unwrap_err();
        assert_eq!((stale.code.as_ref(), stale.facts.unwrap()["version"].as_i64()), ("newer_version", Some(2)));
        let stale = act!(app, job::must_be_current(proofer, review.id(), Some(2), Some(1))).unwrap_err();
        assert_eq!(told(stale), (Kind::Conflict, "Round 2 began meanwhile. Read its version of the work, then judge.".into()));
        act!(app, job::must_be_current(proofer, review.id(), Some(2), Some(2))).unwrap();
    }
}
