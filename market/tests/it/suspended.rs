//! Members who were suspended while others wait for them: they are not chosen, not paid for and not shown.

use market::application::{Application, Declining, Status as Answer};
use market::job::Status;
use market::{Actor, Kind, Paging, profile};
use testkit::job::JobFixture;
use testkit::review::{ReviewFixture, proofed};
use testkit::team::refused;
use testkit::{TestApp, act, both, look, read};

async fn offers(app: &TestApp, fixture: &JobFixture) -> Vec<Application> {
    look!(app, application::list(&fixture.poster, &fixture.job.id, Paging::first(20))).unwrap().items
}

async fn shown(app: &TestApp, worker: &Actor) -> market::Result<()> {
    let agent = worker.agent.as_ref().unwrap();
    profile::agent(&mut app.read().await, None, agent, Paging::first(5), 0).await.map(drop)
}

fn no() -> Declining {
    Declining::new(None, "").unwrap()
}

both! {
    async fn a_suspended_applicant_is_declined_and_never_chosen(app) {
        let root = app.admin("root").await;
        let (fixture, offer) = JobFixture::applied(app).await;
        assert!(offers(app, &fixture).await[0].is_available);
        app.suspend(&root, &fixture.worker).await;
        assert!(!offers(app, &fixture).await[0].is_available);
        refused(act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer)), Kind::Conflict, "applicant_suspended");
        let order = market::dashboard::Order::Price;
        let compared = read!(app, dashboard::applicants(&fixture.poster, &fixture.job.id, order, Paging::first(5))).unwrap().items;
        assert!(!compared[0].offer.is_available);
        let declined = act!(app, application::decline(&fixture.poster, &fixture.job.id, &offer, &no())).unwrap();
        assert_eq!(declined.status, Answer::Declined);
    }

    async fn nobody_applies_to_a_suspended_poster(app) {
        let root = app.admin("root").await;
        let fixture = JobFixture::open(app).await;
        app.suspend(&root, &fixture.poster).await;
        let offer = market::application::NewApplication::default();
        refused(act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer)), Kind::Conflict, "poster_suspended");
        refused(act!(app, question::ask(&fixture.worker, &fixture.job.id, "Which tests?")), Kind::Conflict, "poster_suspended");
    }

    async fn a_suspended_worker_is_not_funded_and_the_job_is_open_again_by_a_no(app) {
        let root = app.admin("root").await;
        let fixture = JobFixture::accepted(app).await;
        let offer = offers(app, &fixture).await[0].id.clone();
        refused(act!(app, application::decline(&fixture.poster, &fixture.job.id, &offer, &no())), Kind::Conflict, "application_not_pending");
        app.suspend(&root, &fixture.worker).await;
        refused(act!(app, job::fund(&fixture.poster, &fixture.job.id, None)), Kind::Conflict, "applicant_suspended");
        act!(app, application::decline(&fixture.poster, &fixture.job.id, &offer, &no())).unwrap();
        assert_eq!((fixture.look(app).await.status, offers(app, &fixture).await[0].status), (Status::Open, Answer::Declined));
        // The timer of the acceptance is the job's own again.
        app.advance(app.market.rules.funding_window).await;
        assert_eq!(fixture.look(app).await.status, Status::Open);
    }

    async fn a_reinstated_worker_is_funded(app) {
        let root = app.admin("root").await;
        let fixture = JobFixture::accepted(app).await;
        app.suspend(&root, &fixture.worker).await;
        act!(app, suspension::reinstate(&root, &fixture.worker.member)).unwrap();
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).unwrap();
    }

    async fn a_team_with_somebody_left_is_chosen_and_shown(app) {
        let root = app.admin("root").await;
        let (fixture, offer) = JobFixture::applied(app).await;
        app.joined(&fixture.worker, "colleague", "role_admin").await;
        app.suspend(&root, &fixture.worker).await;
        assert_eq!(shown(app, &fixture.worker).await, Ok(()));
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &offer)).unwrap();
    }

    async fn an_invitation_of_a_suspended_member_brings_nobody_in(app) {
        let root = app.admin("root").await;
        let ada = app.resident("ada").await;
        let bob = app.resident("bob").await;
        app.invite(&ada, "bob@example.com", "role_viewer").await.unwrap();
        let token = app.invited("bob@example.com").await;
        app.suspend(&root, &ada).await;
        refused(app.accept(&bob, &token).await, Kind::Invalid, "invitation_invalid");
        act!(app, suspension::reinstate(&root, &ada.member)).unwrap();
        app.accept(&bob, &token).await.unwrap();
    }

    async fn a_suspended_proofer_takes_no_seat_and_leaves_the_one_it_has(app) {
        let root = app.admin("root").await;
        let review = ReviewFixture::pending(app, &proofed(2), 3).await;
        let (poster, id) = (&review.fixture.poster, review.id());
        review.seat(app, 0).await.unwrap();
        review.seat(app, 1).await.unwrap();
        app.suspend(&root, &review.proofers[1]).await;
        app.suspend(&root, &review.proofers[2]).await;
        refused(act!(app, review::fund(poster, id)), Kind::Conflict, "applicant_suspended");
        let all = offers(app, &review.fixture).await;
        let gone = all.iter().find(|one| one.team_id == review.proofers[1].team).unwrap();
        act!(app, application::decline(poster, id, &gone.id, &no())).unwrap();
        refused(review.seat(app, 2).await, Kind::Conflict, "applicant_suspended");
        act!(app, suspension::reinstate(&root, &review.proofers[2].member)).unwrap();
        review.seat(app, 2).await.unwrap();
        act!(app, review::fund(poster, id)).unwrap();
    }

    async fn a_later_round_begins_without_a_suspended_proofer(app) {
        let root = app.admin("root").await;
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "needs_revision").await.unwrap();
        app.suspend(&root, &review.proofers[0]).await;
        let (job, _) = act!(app, job::deliver(&review.fixture.worker, review.id(), &testkit::job::delivery())).unwrap();
        assert_eq!(job.status, Status::PendingProof, "the poster chooses another");
        let waiting = offers(app, &review.fixture).await;
        assert!(waiting.iter().any(|one| one.team_id == review.proofers[0].team && one.status == Answer::Pending));
    }

    async fn the_profile_of_a_suspended_member_says_that_and_no_more(app) {
        let root = app.admin("root").await;
        let review = ReviewFixture::running(app, &proofed(1)).await;
        review.judge(app, 0, "approve").await.unwrap();
        act!(app, job::approve(&review.fixture.poster, review.id())).unwrap();
        app.advance(app.market.rules.release_delay).await;
        let JobFixture { poster, worker, .. } = &review.fixture;
        assert_eq!((read!(app, profile::agents_listed(9)).unwrap().len(), read!(app, profile::teams_listed(9)).unwrap().len()), (1, 1));
        app.suspend(&root, worker).await;
        app.suspend(&root, poster).await;
        refused(shown(app, worker).await, Kind::NotFound, "profile_suspended");
        let team = profile::team(&mut app.read().await, None, &poster.team, Paging::first(5), 0).await;
        refused(team.map(drop), Kind::NotFound, "profile_suspended");
        assert_eq!((read!(app, profile::agents_listed(9)).unwrap().len(), read!(app, profile::teams_listed(9)).unwrap().len()), (0, 0));
        act!(app, suspension::reinstate(&root, &worker.member)).unwrap();
        assert_eq!(shown(app, worker).await, Ok(()));
    }
}
