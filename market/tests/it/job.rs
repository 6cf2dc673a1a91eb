//! A job's life: the way to a paid job, and everything that must not happen on it.

use market::application::{self, Declining, NewApplication, Reason};
use market::id::{ApplicationId, JobId};
use market::job::{Escrow, Filter, HistoryEvent, Rejection, Role, Status};
use market::{Duration, Kind, Money, Next, Paging};
use testkit::job::{JobFixture, delivery, draft};
use testkit::{act, both, look, read};

both! {
    async fn a_job_goes_from_post_to_pay(app) {
        let fixture = JobFixture::approved(app).await;
        assert_eq!((fixture.job.status, fixture.job.escrow), (Status::Releasing, Escrow::Held));
        let (poster, worker) = (read!(app, wallet::show(&fixture.poster)).unwrap(), read!(app, wallet::show(&fixture.worker)).unwrap());
        assert_eq!((poster.available, poster.reserved), (Money(58_000), Money(42_000)));
        assert_eq!((worker.available, worker.pending), (Money::ZERO, Money(40_000)));

        app.advance(Duration::hours(23)).await;
        assert_eq!(fixture.look(app).await.status, Status::Releasing);
        app.advance(Duration::hours(1)).await;
        let job = fixture.look(app).await;
        assert_eq!((job.status, job.escrow, job.due_at), (Status::Completed, Escrow::Released, None));
        assert_eq!(fixture.available(app).await, (Money(58_000), Money(40_000)));

        let told = look!(app, job::timeline(Some(&fixture.poster), &fixture.job.id)).unwrap();
        let names: Vec<_> = told.iter().map(|happening| happening.event.as_str()).collect();
        assert_eq!(names, ["job.posted", "job.accepted", "job.funded", "job.delivered", "job.approved", "job.completed"]);
        let lines = read!(app, wallet::transactions(&fixture.worker, Paging::first(10))).unwrap();
        assert_eq!(lines.items.iter().map(|line| (line.amount, line.balance)).collect::<Vec<_>>(), [(Money(40_000), Money(40_000))]);
    }

    async fn posting_needs_a_verified_address(app) {
        let stranger = app.unverified("new").await;
        assert_eq!(act!(app, job::post(&stranger, &draft())).unwrap_err().code, "email_not_verified");
    }

    async fn the_brief_is_for_those_who_promised(app) {
        let fixture = JobFixture::open(app).await;
        let error = look!(app, job::view(&fixture.worker, &fixture.job.id)).unwrap_err();
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Forbidden, "acknowledgment_required"));
        assert_eq!(error.next, Some(Next::AgreeToNda(fixture.job.id.clone())), "{error}");
        let glance = look!(app, job::preview(None, &fixture.job.id)).unwrap();
        assert_eq!((glance.role, glance.may_read, glance.job.description.as_str()), (Role::Visitor, false, ""));

        let first = act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        app.clock().advance(Duration::hours(1));
        let again = act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        assert_eq!(first, again, "agreeing twice is agreeing once");
        assert_eq!(look!(app, job::view(&fixture.worker, &fixture.job.id)).unwrap().job.description, draft().description);
        assert_eq!(look!(app, nda::show(&fixture.worker, &fixture.job.id)).unwrap().agreed_at, first.agreed_at);
    }

    async fn an_nda_is_agreed_to_by_a_verified_member(app) {
        let fixture = JobFixture::open(app).await;
        let new = app.unverified("new").await;
        assert_eq!(act!(app, nda::agree(&new, &fixture.job.id)).unwrap_err().code, "email_not_verified");
    }

    async fn whoever_was_declined_knows_of_the_job_while_it_is_listed(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let id = &fixture.job.id;
        let no = Declining::new(Some("price"), "It is twice our budget.").unwrap();
        act!(app, application::decline(&fixture.poster, id, &application, &no)).unwrap();
        assert_eq!(look!(app, job::view(&fixture.worker, id)).unwrap().role, Role::Applicant);
        act!(app, job::cancel(&fixture.poster, id, None)).unwrap();
        assert_eq!(look!(app, job::view(&fixture.worker, id)).unwrap_err().kind, Kind::NotFound);
        let moves = read!(app, job::with_next_moves(&fixture.worker, vec![id], |id| id));
        assert_eq!(moves.unwrap_err().kind, Kind::NotFound, "nor in a list");
        look!(app, job::view(&fixture.poster, id)).expect("the poster keeps it");
    }

    async fn applying_has_its_conditions(app) {
        let fixture = JobFixture::open(app).await;
        let offer = NewApplication::default();
        let refused = |result: market::Result<application::Application>| result.unwrap_err().code.into_owned();
        assert_eq!(refused(act!(app, application::apply(&fixture.poster, &fixture.job.id, &offer))), "agent_profile_required");
        assert_eq!(refused(act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer))), "acknowledgment_required");
        act!(app, nda::agree(&fixture.worker, &fixture.job.id)).unwrap();
        let wild = NewApplication { price: Some(-5), ..NewApplication::default() };
        assert_eq!(refused(act!(app, application::apply(&fixture.worker, &fixture.job.id, &wild))), "invalid_request");
        let made = act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer)).unwrap();
        assert_eq!(made.price, fixture.job.budget_max, "without a price it is the highest budget");
        let again = act!(app, application::apply(&fixture.worker, &fixture.job.id, &offer)).unwrap();
        assert_eq!(again.id, made.id, "a team has one application");
        assert_eq!(read!(app, application::mine(&fixture.worker, Paging::first(5))).unwrap().total, 1);
    }

    async fn somebody_elses_job_is_not_there(app) {
        let fixture = JobFixture::funded(app).await;
        let stranger = app.agent("stranger", &["coding"]).await;
        let id = &fixture.job.id;
        let mut kinds = vec![
            look!(app, job::view(&stranger, id)).unwrap_err().kind,
            look!(app, job::preview(None, id)).unwrap_err().kind,
            look!(app, nda::show(&stranger, id)).unwrap_err().kind,
            look!(app, deliverable::list(&stranger, id)).unwrap_err().kind,
            look!(app, application::list(&stranger, id, Paging::first(5))).unwrap_err().kind,
            look!(app, job::timeline(Some(&stranger), id)).unwrap_err().kind,
            act!(app, nda::agree(&stranger, id)).unwrap_err().kind,
            act!(app, job::deliver(&stranger, id, &delivery())).unwrap_err().kind,
        ];
        kinds.push(act!(app, job::cancel(&fixture.worker, id, None)).unwrap_err().kind);
        kinds.push(act!(app, job::approve(&fixture.worker, id)).unwrap_err().kind);
        kinds.push(look!(app, application::list(&fixture.worker, id, Paging::first(5))).unwrap_err().kind);
        kinds.push(act!(app, job::fund(&fixture.worker, id, None)).unwrap_err().kind);
        kinds.push(look!(app, job::view(&fixture.poster, &JobId::new())).unwrap_err().kind);
        assert_eq!(kinds, vec![Kind::NotFound; kinds.len()]);
    }

    async fn too_little_money_changes_nothing(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let poor = act!(app, job::post(&fixture.poster, &market::job::Draft { budget_max: Some(500_000), ..draft() })).unwrap();
        act!(app, nda::agree(&fixture.worker, &poor.id)).unwrap();
        let dear = act!(app, application::apply(&fixture.worker, &poor.id, &NewApplication { price: Some(300_000), ..NewApplication::default() })).unwrap();
        act!(app, job::accept(&fixture.poster, &poor.id, &dear.id)).unwrap();
        let error = act!(app, job::fund(&fixture.poster, &poor.id, Some(&dear.id))).unwrap_err();
        assert_eq!(error.kind, Kind::InsufficientFunds);
        let facts = error.facts.unwrap();
        assert_eq!((facts["required"].as_i64(), facts["available"].as_i64()), (Some(315_000), Some(100_000)));
        let after = look!(app, job::view(&fixture.poster, &poor.id)).unwrap().job;
        assert_eq!((after.status, after.escrow), (Status::PendingEscrow, Escrow::None));
        assert_eq!(act!(app, job::fund(&fixture.poster, &poor.id, Some(&application))).unwrap_err().code, "other_application");
    }

    async fn nothing_takes_effect_twice(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let id = &fixture.job.id;
        act!(app, job::accept(&fixture.poster, id, &application)).unwrap();
        assert_eq!(act!(app, job::accept(&fixture.poster, id, &application)).unwrap_err().kind, Kind::Conflict);
        act!(app, job::fund(&fixture.poster, id, Some(&application))).unwrap();
        assert_eq!(act!(app, job::fund(&fixture.poster, id, Some(&application))).unwrap_err().kind, Kind::Conflict);
        assert_eq!(act!(app, job::cancel(&fixture.poster, id, None)).unwrap_err().kind, Kind::Conflict);
        act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        assert_eq!(act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap_err().kind, Kind::Conflict);
        act!(app, job::approve(&fixture.poster, id)).unwrap();
        assert_eq!(act!(app, job::approve(&fixture.poster, id)).unwrap_err().kind, Kind::Conflict);
        app.advance(Duration::days(2)).await;
        app.advance(Duration::days(2)).await;
        assert_eq!(fixture.available(app).await, (Money(58_000), Money(40_000)));
    }

    async fn only_a_listed_offer_can_be_accepted(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        let error = act!(app, job::accept(&fixture.poster, &fixture.job.id, &ApplicationId::new())).unwrap_err();
        assert_eq!(error.kind, Kind::NotFound);
    }

    async fn a_revision_makes_a_second_version(app) {
        let fixture = JobFixture::delivered(app).await;
        let id = &fixture.job.id;
        assert_eq!(act!(app, job::request_revision(&fixture.poster, id, "no")).unwrap_err().fields[0].name, "message");
        let job = act!(app, job::request_revision(&fixture.poster, id, "Keep the unknown fields.")).unwrap();
        assert_eq!((job.status, job.revisions), (Status::RevisionRequested, 1));
        let (_, second) = act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        assert_eq!(second.version, 2);
        assert_eq!(look!(app, deliverable::list(&fixture.poster, id)).unwrap().len(), 2);
    }

    async fn revisions_are_counted(app) {
        let fixture = JobFixture::delivered(app).await;
        let id = &fixture.job.id;
        for _ in 0..app.market.rules.revisions_max {
            act!(app, job::request_revision(&fixture.poster, id, "Once more, please.")).unwrap();
            act!(app, job::deliver(&fixture.worker, id, &delivery())).unwrap();
        }
        let error = act!(app, job::request_revision(&fixture.poster, id, "Once more, please.")).unwrap_err();
        assert_eq!(error.code, "revisions_used_up");
    }

    async fn a_rejection_that_stands_refunds(app) {
        let fixture = JobFixture::delivered(app).await;
        let rejection = Rejection::new("incomplete", "Half of the fixtures are missing.").unwrap();
        let job = act!(app, job::reject(&fixture.poster, &fixture.job.id, &rejection)).unwrap();
        assert_eq!((job.status, job.escrow), (Status::Rejected, Escrow::Held));
        app.advance(app.market.rules.dispute_window).await;
        let job = fixture.look(app).await;
        assert_eq!((job.status, job.escrow), (Status::Cancelled, Escrow::Refunded));
        assert_eq!(fixture.available(app).await, (Money(100_000), Money::ZERO));
    }

    async fn a_rejection_can_be_taken_back(app) {
        let fixture = JobFixture::delivered(app).await;
        let rejection = Rejection::new("other", "I looked at the wrong file.").unwrap();
        act!(app, job::reject(&fixture.poster, &fixture.job.id, &rejection)).unwrap();
        act!(app, job::approve(&fixture.poster, &fixture.job.id)).unwrap();
        app.advance(Duration::days(1)).await;
        assert_eq!(fixture.available(app).await, (Money(58_000), Money(40_000)));
    }

    async fn silence_has_a_default_in_every_state(app) {
        let rules = app.market.rules.clone();
        let open = JobFixture::open(app).await;
        app.advance(rules.listing_window).await;
        assert_eq!(open.look(app).await.status, Status::Expired);

        let lapsed = JobFixture::accepted(app).await;
        app.advance(rules.funding_window).await;
        let job = lapsed.look(app).await;
        assert_eq!((job.status, job.agent_id, job.price), (Status::Open, None, None));
        let offers = look!(app, application::list(&lapsed.poster, &lapsed.job.id, Paging::first(5))).unwrap();
        assert_eq!(offers.items[0].status, application::Status::Pending, "it can be chosen again");

        let abandoned = JobFixture::funded(app).await;
        app.advance(rules.work_window).await;
        assert_eq!(abandoned.look(app).await.escrow, Escrow::Refunded);

        let unjudged = JobFixture::delivered(app).await;
        app.advance(rules.review_window).await;
        assert_eq!(unjudged.look(app).await.status, Status::Releasing);

        let unrevised = JobFixture::delivered(app).await;
        act!(app, job::request_revision(&unrevised.poster, &unrevised.job.id, "Keep the unknown fields.")).unwrap();
        app.advance(rules.revision_window).await;
        assert_eq!(unrevised.look(app).await.status, Status::Expired);
    }

    async fn cancelling_declines_the_offers(app) {
        let (fixture, _) = JobFixture::applied(app).await;
        let job = act!(app, job::cancel(&fixture.poster, &fixture.job.id, Some("We did it ourselves."))).unwrap();
        assert_eq!((job.status, job.reason.as_deref()), (Status::Cancelled, Some("We did it ourselves.")));
        assert_eq!(read!(app, application::mine(&fixture.worker, Paging::first(5))).unwrap().items[0].status, application::Status::Declined);
    }

    async fn an_offer_is_declined_with_its_reason(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let no = Declining::new(Some("price"), "It is twice our budget.").unwrap();
        let decline = async |who: &market::Actor, which: &ApplicationId| act!(app, application::decline(who, &fixture.job.id, which, &no));
        assert_eq!(decline(&fixture.worker, &application).await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(decline(&fixture.poster, &ApplicationId::new()).await.unwrap_err().kind, Kind::NotFound);
        let declined = decline(&fixture.poster, &application).await.unwrap();
        assert_eq!((declined.status, declined.reason, declined.message.as_deref()), (application::Status::Declined, Some(Reason::Price), Some("It is twice our budget.")));
        assert_eq!(decline(&fixture.poster, &application).await.unwrap_err().code, "application_not_pending");
        assert_eq!(act!(app, job::accept(&fixture.poster, &fixture.job.id, &application)).unwrap_err().code, "application_not_pending");
        let told = testkit::event::of_subject(&mut app.read().await, application.as_str()).await.unwrap();
        assert_eq!((told.len(), told[0].name.as_str(), told[0].team_id.clone()), (1, "application.declined", fixture.worker.team.clone()));
        let facts: serde_json::Value = told[0].facts().unwrap();
        assert_eq!((facts["reason"].as_str(), facts["message"].as_str()), (Some("price"), Some("It is twice our budget.")));
        let again = act!(app, application::apply(&fixture.worker, &fixture.job.id, &NewApplication::default())).unwrap_err();
        assert_eq!((again.kind, again.code.as_ref()), (Kind::Conflict, "already_applied"));
        assert!(again.message.contains("was declined (price)") && again.message.contains("can't apply to it again"), "{again}");
        assert_eq!(again.facts.unwrap()["application_status"], "declined");
    }

    async fn what_declines_itself_has_a_reason_too(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let second = app.agent("second", &["coding"]).await;
        act!(app, nda::agree(&second, &fixture.job.id)).unwrap();
        act!(app, application::apply(&second, &fixture.job.id, &NewApplication::default())).unwrap();
        act!(app, job::accept(&fixture.poster, &fixture.job.id, &application)).unwrap();
        act!(app, job::fund(&fixture.poster, &fixture.job.id, None)).unwrap();
        assert_eq!(read!(app, application::mine(&second, Paging::first(5))).unwrap().items[0].reason, Some(Reason::OtherChosen));
        let (fixture, _) = JobFixture::applied(app).await;
        act!(app, job::cancel(&fixture.poster, &fixture.job.id, None)).unwrap();
        assert_eq!(read!(app, application::mine(&fixture.worker, Paging::first(5))).unwrap().items[0].reason, Some(Reason::JobClosed));
    }

    async fn without_a_cooldown_approval_pays_at_once(app) {
        let app = app.with_rules(|rules| rules.release_delay = Duration::ZERO);
        let fixture = JobFixture::approved(&app).await;
        assert_eq!(fixture.job.status, Status::Completed);
        assert_eq!(fixture.available(&app).await.1, Money(40_000));
    }

    async fn lists_show_what_they_should(app) {
        let fixture = JobFixture::open(app).await;
        let writer = app.agent("writer", &["writing"]).await;
        let all = Filter::default();
        assert_eq!(read!(app, job::open(&all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(app, job::available(&fixture.worker, &all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(app, job::available(&writer, &all, Paging::first(5))).unwrap().total, 0, "not its specialization");
        assert_eq!(read!(app, job::mine(&fixture.poster, &all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(app, job::mine(&fixture.worker, &all, Paging::first(5))).unwrap().total, 0);
        let with = |change: fn(&mut Filter)| { let mut filter = Filter::default(); change(&mut filter); filter };
        for (filter, found) in [
            (with(|f| f.search = Some("REGEX".into())), 1),
            (with(|f| f.search = Some("100%".into())), 0),
            (with(|f| f.budget_min = Some(Money(48_000))), 1),
            (with(|f| f.budget_min = Some(Money(48_001))), 0),
            (with(|f| f.budget_max = Some(Money(47_999))), 0),
            (with(|f| f.category = market::job::Category::parse("writing")), 0),
        ] {
            assert_eq!(read!(app, job::open(&filter, Paging::first(5))).unwrap().total, found, "{filter:?}");
        }
        let funded = JobFixture::funded(app).await;
        assert_eq!(read!(app, job::working(&funded.worker, &all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(app, job::waiting(&funded.worker, 10)).unwrap().len(), 1);
    }

    async fn a_worker_sees_nothing_of_who_was_chosen_before(app) {
        let lapsed = JobFixture::accepted(app).await;
        app.advance(app.market.rules.funding_window).await;
        let second = app.agent("second", &["coding"]).await;
        act!(app, nda::agree(&second, &lapsed.job.id)).unwrap();
        let offer = act!(app, application::apply(&second, &lapsed.job.id, &NewApplication { price: Some(30_000), ..NewApplication::default() })).unwrap();
        act!(app, job::accept(&lapsed.poster, &lapsed.job.id, &offer.id)).unwrap();
        let told = look!(app, job::timeline(Some(&second), &lapsed.job.id)).unwrap();
        assert_eq!(told.iter().filter(|happening| happening.event == HistoryEvent::Accepted).count(), 1, "only its own");
        assert!(told.iter().all(|happening| happening.facts.price != Some(Money(40_000))), "{told:?}");
    }

    async fn a_text_has_one_form_whichever_way_it_is_typed(app) {
        let fixture = JobFixture::funded(app).await;
        let typed = market::job::Draft { title: "Cafe\u{301} menu".into(), description: "First line.\r\nSecond line.".into(), ..draft() };
        let job = act!(app, job::post(&fixture.poster, &typed)).unwrap();
        assert_eq!((job.title.as_str(), job.description.as_str()), ("Caf\u{e9} menu", "First line.\nSecond line."));
        for letters in ["caf\u{e9}", "CAFE\u{301}"] {
            let filter = Filter { search: Some(letters.into()), ..Filter::default() };
            assert_eq!(read!(app, job::open(&filter, Paging::first(5))).unwrap().total, 1, "{letters:?}");
        }
        for title in ["\u{200b}\u{200b}\u{200b}", "\u{3164}\u{3164}\u{3164}", "Pay \u{202e}DSU 00.5 ylno", "two\u{2028}lines"] {
            let bad = market::job::Draft { title: title.into(), ..draft() };
            assert_eq!(act!(app, job::post(&fixture.poster, &bad)).expect_err(title).fields[0].name, "title", "{title:?}");
        }
        let work = market::deliverable::Delivery { content: "\u{feff}    a: 1\r\n    b: 2\r\n".into(), ..Default::default() };
        let (_, made) = act!(app, job::deliver(&fixture.worker, &fixture.job.id, &work)).unwrap();
        assert_eq!(made.content, "    a: 1\n    b: 2", "as it was handed in, with line ends that compare");
    }

    async fn search_folds_every_script(app) {
        let poster = app.member("poster").await;
        act!(app, job::post(&poster, &market::job::Draft { title: "Перевод договора".into(), ..draft() })).unwrap();
        for (letters, found) in [("перевод", 1), ("ДОГОВОРА", 1), ("100%", 0), ("_", 0)] {
            let filter = Filter { search: Some(letters.into()), ..Filter::default() };
            assert_eq!(read!(app, job::open(&filter, Paging::first(5))).unwrap().total, found, "{letters}");
        }
        let endless = Filter { search: Some("x".repeat(101)), ..Filter::default() };
        assert_eq!(read!(app, job::open(&endless, Paging::first(5))).unwrap_err().fields[0].name, "search");
    }
}
