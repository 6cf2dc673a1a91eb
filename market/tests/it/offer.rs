//! The way back from an offer: applicants change and withdraw it, workers hand a job back, posters change an open job.

use market::application::{Application, Declining, NewApplication, Status as Answer};
use market::job::{Draft, Escrow, HandBackReason, HandingBack, Status};
use market::{Actor, Kind, Money, Paging, Result};
use testkit::job::{JobFixture, delivery, draft};
use testkit::team::refused;
use testkit::{TestApp, act, both, look, read};

async fn offers(app: &TestApp, fixture: &JobFixture, price: i64, letter: &str) -> Result<Application> {
    let offer = NewApplication { cover_letter: letter.into(), price: Some(price) };
    act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer))
}

fn why(reason: &str) -> HandingBack {
    HandingBack::new(reason, "The samples take longer than I thought.").expect("known")
}

async fn listed(app: &TestApp, poster: &Actor, fixture: &JobFixture) -> Vec<Application> {
    look!(app, application::list(poster, &fixture.job.id, Paging::first(10))).expect("lists").items
}

both! {
    async fn a_pending_offer_is_changed_by_applying_again(app) {
        let (fixture, first) = JobFixture::applied(app).await;
        app.pass(market::Duration::hours(1));
        let changed = offers(app, &fixture, 45_000, "I mistyped the price.").await.unwrap();
        assert_eq!((&changed.id, changed.price, changed.status), (&first, Money(45_000), Answer::Pending));
        assert_eq!((changed.changed_at, changed.cover_letter.as_str()), (Some(app.now()), "I mistyped the price."));
        assert_eq!(listed(app, &fixture.poster, &fixture).await.len(), 1);
        assert!(app.happenings(fixture.job.id.as_str()).await.contains(&"application.changed".to_owned()));
        refused(offers(app, &fixture, 1, "").await, Kind::Invalid, "invalid_request");
    }

    async fn an_offer_that_changed_is_not_accepted_unread(app) {
        let (fixture, id) = JobFixture::applied(app).await;
        offers(app, &fixture, 45_000, "").await.unwrap();
        let accepted = act!(app, job::accept_at(&fixture.poster, &fixture.job.id, &id, Some(Money(40_000))));
        assert_eq!(accepted.as_ref().unwrap_err().facts.as_ref().unwrap()["proposed_price"], 45_000);
        refused(accepted, Kind::Conflict, "offer_changed");
        assert_eq!(fixture.look(app).await.status, Status::Open);
        let accepted = act!(app, job::accept_at(&fixture.poster, &fixture.job.id, &id, Some(Money(45_000)))).unwrap();
        assert_eq!(accepted.price, Some(Money(45_000)));
        refused(offers(app, &fixture, 1_000, "").await, Kind::Conflict, "job_not_open");
    }

    async fn a_withdrawn_offer_can_be_renewed_but_not_accepted(app) {
        let (fixture, id) = JobFixture::applied(app).await;
        let stranger = app.agent("stranger", &["coding"]).await;
        refused(act!(app, application::withdraw(&stranger, &fixture.job.id, &id)), Kind::NotFound, "not_found");
        refused(act!(app, application::withdraw(&fixture.poster, &fixture.job.id, &id)), Kind::NotFound, "not_found");
        for _ in 0..2 {
            let gone = act!(app, application::withdraw(&fixture.worker, &fixture.job.id, &id)).unwrap();
            assert_eq!(gone.status, Answer::Withdrawn);
        }
        let events = app.happenings(fixture.job.id.as_str()).await;
        assert_eq!(events.iter().filter(|name| *name == "application.withdrawn").count(), 1, "it is told once");
        refused(act!(app, job::accept(&fixture.poster, &fixture.job.id, &id)), Kind::Conflict, "application_not_pending");
        let again = offers(app, &fixture, 42_000, "On second thoughts.").await.unwrap();
        assert_eq!((&again.id, again.status), (&id, Answer::Pending));
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &id)).unwrap();
        refused(act!(app, application::withdraw(&fixture.worker, &fixture.job.id, &id)), Kind::Conflict, "application_not_pending");
    }

    async fn a_declined_offer_is_final(app) {
        let (fixture, id) = JobFixture::applied(app).await;
        let no = Declining::new(Some("price"), "").unwrap();
        act!(app, application::decline(&fixture.poster, &fixture.job.id, &id, &no)).unwrap();
        refused(offers(app, &fixture, 10_000, "Cheaper.").await, Kind::Conflict, "already_applied");
    }

    async fn a_worker_hands_a_job_back_before_it_is_funded(app) {
        let fixture = JobFixture::accepted(app).await;
        let stranger = app.agent("stranger", &["coding"]).await;
        refused(act!(app, job::hand_back(&stranger, &fixture.job.id, &why("time"))), Kind::NotFound, "not_found");
        let job = act!(app, job::hand_back(&fixture.worker, &fixture.job.id, &why("time"))).unwrap();
        assert_eq!((job.status, &job.worker_team_id, job.price), (Status::Open, &None, None));
        assert_eq!(listed(app, &fixture.poster, &fixture).await[0].status, Answer::Withdrawn);
        assert_eq!(fixture.look(app).await.due_at, Some(job.created_at.after(app.market.rules.listing_window)), "it is listed again");
        let again = offers(app, &fixture, 44_000, "").await.unwrap();
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &again.id)).unwrap();
    }

    async fn a_worker_who_hands_a_funded_job_back_is_not_paid(app) {
        for revision in [false, true] {
            let app = &app.fresh().await;
            let fixture = JobFixture::funded(app).await;
            if revision {
                act!(app, job::deliver(&fixture.worker, &fixture.job.id, &delivery())).unwrap();
                act!(app, job::request_revision(&fixture.poster, &fixture.job.id, "Name your sources.")).unwrap();
            }
            let job = act!(app, job::hand_back(&fixture.worker, &fixture.job.id, &why("skill"))).unwrap();
            assert_eq!((job.status, job.escrow), (Status::Cancelled, Escrow::Refunded));
            assert_eq!(job.reason.as_deref(), Some("The worker handed it back (skill)."));
            assert_eq!(fixture.available(app).await, (Money(100_000), Money::ZERO));
            refused(act!(app, job::hand_back(&fixture.worker, &fixture.job.id, &why("skill"))), Kind::Conflict, "wrong_status");
            assert_eq!(app.market.audit().await.unwrap().findings, Vec::<String>::new());
        }
    }

    async fn delivered_work_is_not_handed_back(app) {
        let fixture = JobFixture::delivered(app).await;
        refused(act!(app, job::hand_back(&fixture.worker, &fixture.job.id, &why("other"))), Kind::Conflict, "wrong_status");
        assert!(HandingBack::new("bored", "").is_err());
        assert_eq!(HandBackReason::ALL.len(), 5);
    }

    async fn a_poster_changes_an_open_job_and_applicants_are_told(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        let change = Draft { title: "Replace the parser".into(), budget_max: Some(60_000), category: "data".into(), ..draft() };
        refused(act!(app, job::edit(&fixture.worker, &fixture.job.id, &change)), Kind::NotFound, "not_found");
        refused(act!(app, job::edit(&fixture.poster, &fixture.job.id, &Draft::default())), Kind::Invalid, "invalid_request");
        let deadline = app.now().after(market::Duration::days(9));
        let change = Draft { deadline: Some(deadline.to_string()), ..change };
        let job = act!(app, job::edit(&fixture.poster, &fixture.job.id, &change)).unwrap();
        assert_eq!((job.title.as_str(), job.budget_max, job.deadline, job.due_at), ("Replace the parser", Money(60_000), Some(deadline), Some(deadline)));
        assert_eq!(fixture.look(app).await, job);
        let search = market::job::Filter { search: Some("replace the parser".into()), ..market::job::Filter::default() };
        assert_eq!(read!(app, job::open(&search, Paging::first(5))).unwrap().total, 1, "it is found by its new title");
        app.notify().await;
        let told = read!(app, notification::list(&fixture.worker, Paging::first(5))).unwrap().items;
        assert!(told[0].body.starts_with("The poster changed the job"), "{}", told[0].body);
    }

    async fn a_job_somebody_was_chosen_for_is_not_edited(app) {
        let fixture = JobFixture::accepted(app).await;
        refused(act!(app, job::edit(&fixture.poster, &fixture.job.id, &draft())), Kind::Conflict, "wrong_status");
    }
}
