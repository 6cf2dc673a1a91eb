//! A job's life: the way to a paid job, and everything that must not happen on it.

use market::application::{self, Declining, NewApplication, Reason};
use market::id::{ApplicationId, JobId};
use market::job::{Escrow, Filter, Rejection, Role, Status};
use market::{Duration, Kind, Money, Next, Paging};
use testkit::job::{JobFixture, delivery, draft};
use testkit::{act, both, read};

both! {
    async fn a_job_goes_from_post_to_pay(world) {
        let story = JobFixture::approved(world).await;
        assert_eq!((story.job.status, story.job.escrow), (Status::Releasing, Escrow::Held));
        let (poster, worker) = (read!(world, wallet::show(&story.poster)).unwrap(), read!(world, wallet::show(&story.worker)).unwrap());
        assert_eq!((poster.available, poster.reserved), (Money(58_000), Money(42_000)));
        assert_eq!((worker.available, worker.pending), (Money::ZERO, Money(40_000)));

        world.advance(Duration::hours(23)).await;
        assert_eq!(story.look(world).await.status, Status::Releasing);
        world.advance(Duration::hours(1)).await;
        let job = story.look(world).await;
        assert_eq!((job.status, job.escrow, job.due_at), (Status::Completed, Escrow::Released, None));
        assert_eq!(story.available(world).await, (Money(58_000), Money(40_000)));

        let told = read!(world, job::timeline(Some(&story.poster), &story.job.id)).unwrap();
        let names: Vec<_> = told.iter().map(|happening| happening.name.as_str()).collect();
        assert_eq!(names, ["job.posted", "nda.agreed", "application.received", "job.accepted", "job.funded", "job.delivered", "job.approved", "job.completed"]);
        let lines = read!(world, wallet::transactions(&story.worker, Paging::first(10))).unwrap();
        assert_eq!(lines.items.iter().map(|line| (line.amount, line.balance)).collect::<Vec<_>>(), [(Money(40_000), Money(40_000))]);
    }

    async fn posting_needs_a_verified_address(world) {
        let stranger = world.unverified("new").await;
        assert_eq!(act!(world, job::post(&stranger, &draft())).unwrap_err().code, "email_not_verified");
    }

    async fn the_brief_is_for_those_who_promised(world) {
        let story = JobFixture::open(world).await;
        let error = read!(world, job::view(&story.worker, &story.job.id)).unwrap_err();
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Forbidden, "acknowledgment_required"));
        assert_eq!(error.next, Some(Next::AgreeToNda(story.job.id.clone())), "{error}");
        let glance = read!(world, job::preview(None, &story.job.id)).unwrap();
        assert_eq!((glance.role, glance.may_read, glance.job.description.as_str()), (Role::Visitor, false, ""));

        let first = act!(world, nda::agree(&story.worker, &story.job.id)).unwrap();
        world.clock().advance(Duration::hours(1));
        let again = act!(world, nda::agree(&story.worker, &story.job.id)).unwrap();
        assert_eq!(first, again, "agreeing twice is agreeing once");
        assert_eq!(read!(world, job::view(&story.worker, &story.job.id)).unwrap().job.description, draft().description);
        assert_eq!(read!(world, nda::show(&story.worker, &story.job.id)).unwrap().agreed_at, first.agreed_at);
    }

    async fn applying_has_its_conditions(world) {
        let story = JobFixture::open(world).await;
        let offer = NewApplication::default();
        let refused = |result: market::Result<application::Application>| result.unwrap_err().code.into_owned();
        assert_eq!(refused(act!(world, application::apply(&story.poster, &story.job.id, &offer))), "agent_profile_required");
        assert_eq!(refused(act!(world, application::apply(&story.worker, &story.job.id, &offer))), "acknowledgment_required");
        act!(world, nda::agree(&story.worker, &story.job.id)).unwrap();
        let wild = NewApplication { price: Some(-5), ..NewApplication::default() };
        assert_eq!(refused(act!(world, application::apply(&story.worker, &story.job.id, &wild))), "invalid_request");
        let made = act!(world, application::apply(&story.worker, &story.job.id, &offer)).unwrap();
        assert_eq!(made.price, story.job.budget_max, "without a price it is the highest budget");
        let again = act!(world, application::apply(&story.worker, &story.job.id, &offer)).unwrap_err();
        assert_eq!((again.code.as_ref(), again.message.contains("wait for the poster's answer")), ("already_applied", true));
        assert_eq!(again.facts.unwrap()["application_id"], made.id.as_str());
        assert_eq!(read!(world, application::mine(&story.worker, Paging::first(5))).unwrap().total, 1);
    }

    async fn somebody_elses_job_is_not_there(world) {
        let story = JobFixture::funded(world).await;
        let stranger = world.agent("stranger", &["coding"]).await;
        let id = &story.job.id;
        let mut kinds = vec![
            read!(world, job::view(&stranger, id)).unwrap_err().kind,
            read!(world, job::preview(None, id)).unwrap_err().kind,
            read!(world, nda::show(&stranger, id)).unwrap_err().kind,
            read!(world, deliverable::list(&stranger, id)).unwrap_err().kind,
            read!(world, application::list(&stranger, id, Paging::first(5))).unwrap_err().kind,
            read!(world, job::timeline(Some(&stranger), id)).unwrap_err().kind,
            act!(world, nda::agree(&stranger, id)).unwrap_err().kind,
            act!(world, job::deliver(&stranger, id, &delivery())).unwrap_err().kind,
        ];
        kinds.push(act!(world, job::cancel(&story.worker, id, None)).unwrap_err().kind);
        kinds.push(act!(world, job::approve(&story.worker, id)).unwrap_err().kind);
        kinds.push(read!(world, application::list(&story.worker, id, Paging::first(5))).unwrap_err().kind);
        kinds.push(act!(world, job::fund(&story.worker, id, None)).unwrap_err().kind);
        kinds.push(read!(world, job::view(&story.poster, &JobId::new())).unwrap_err().kind);
        assert_eq!(kinds, vec![Kind::NotFound; kinds.len()]);
    }

    async fn too_little_money_changes_nothing(world) {
        let (story, application) = JobFixture::applied(world).await;
        let poor = act!(world, job::post(&story.poster, &market::job::Draft { budget_max: Some(500_000), ..draft() })).unwrap();
        act!(world, nda::agree(&story.worker, &poor.id)).unwrap();
        let dear = act!(world, application::apply(&story.worker, &poor.id, &NewApplication { price: Some(300_000), ..NewApplication::default() })).unwrap();
        act!(world, job::accept(&story.poster, &poor.id, &dear.id)).unwrap();
        let error = act!(world, job::fund(&story.poster, &poor.id, Some(&dear.id))).unwrap_err();
        assert_eq!(error.kind, Kind::InsufficientFunds);
        let facts = error.facts.unwrap();
        assert_eq!((facts["required"].as_i64(), facts["available"].as_i64()), (Some(315_000), Some(100_000)));
        let after = read!(world, job::view(&story.poster, &poor.id)).unwrap().job;
        assert_eq!((after.status, after.escrow), (Status::PendingEscrow, Escrow::None));
        assert_eq!(act!(world, job::fund(&story.poster, &poor.id, Some(&application))).unwrap_err().code, "other_application");
    }

    async fn nothing_takes_effect_twice(world) {
        let (story, application) = JobFixture::applied(world).await;
        let id = &story.job.id;
        act!(world, job::accept(&story.poster, id, &application)).unwrap();
        assert_eq!(act!(world, job::accept(&story.poster, id, &application)).unwrap_err().kind, Kind::Conflict);
        act!(world, job::fund(&story.poster, id, Some(&application))).unwrap();
        assert_eq!(act!(world, job::fund(&story.poster, id, Some(&application))).unwrap_err().kind, Kind::Conflict);
        assert_eq!(act!(world, job::cancel(&story.poster, id, None)).unwrap_err().kind, Kind::Conflict);
        act!(world, job::deliver(&story.worker, id, &delivery())).unwrap();
        assert_eq!(act!(world, job::deliver(&story.worker, id, &delivery())).unwrap_err().kind, Kind::Conflict);
        act!(world, job::approve(&story.poster, id)).unwrap();
        assert_eq!(act!(world, job::approve(&story.poster, id)).unwrap_err().kind, Kind::Conflict);
        world.advance(Duration::days(2)).await;
        world.advance(Duration::days(2)).await;
        assert_eq!(story.available(world).await, (Money(58_000), Money(40_000)));
    }

    async fn only_a_listed_offer_can_be_accepted(world) {
        let (story, _) = JobFixture::applied(world).await;
        let error = act!(world, job::accept(&story.poster, &story.job.id, &ApplicationId::new())).unwrap_err();
        assert_eq!(error.kind, Kind::NotFound);
    }

    async fn a_revision_makes_a_second_version(world) {
        let story = JobFixture::delivered(world).await;
        let id = &story.job.id;
        assert_eq!(act!(world, job::request_revision(&story.poster, id, "no")).unwrap_err().fields[0].name, "message");
        let job = act!(world, job::request_revision(&story.poster, id, "Keep the unknown fields.")).unwrap();
        assert_eq!((job.status, job.revisions), (Status::RevisionRequested, 1));
        let (_, second) = act!(world, job::deliver(&story.worker, id, &delivery())).unwrap();
        assert_eq!(second.version, 2);
        assert_eq!(read!(world, deliverable::list(&story.poster, id)).unwrap().len(), 2);
    }

    async fn revisions_are_counted(world) {
        let story = JobFixture::delivered(world).await;
        let id = &story.job.id;
        for _ in 0..world.market.rules.revisions_most {
            act!(world, job::request_revision(&story.poster, id, "Once more, please.")).unwrap();
            act!(world, job::deliver(&story.worker, id, &delivery())).unwrap();
        }
        let error = act!(world, job::request_revision(&story.poster, id, "Once more, please.")).unwrap_err();
        assert_eq!(error.code, "revisions_used_up");
    }

    async fn a_rejection_that_stands_refunds(world) {
        let story = JobFixture::delivered(world).await;
        let rejection = Rejection::new("incomplete", "Half of the fixtures are missing.").unwrap();
        let job = act!(world, job::reject(&story.poster, &story.job.id, &rejection)).unwrap();
        assert_eq!((job.status, job.escrow), (Status::Disputed, Escrow::Held));
        world.advance(world.market.rules.dispute_window).await;
        let job = story.look(world).await;
        assert_eq!((job.status, job.escrow), (Status::Cancelled, Escrow::Refunded));
        assert_eq!(story.available(world).await, (Money(100_000), Money::ZERO));
    }

    async fn a_rejection_can_be_taken_back(world) {
        let story = JobFixture::delivered(world).await;
        let rejection = Rejection::new("other", "I looked at the wrong file.").unwrap();
        act!(world, job::reject(&story.poster, &story.job.id, &rejection)).unwrap();
        act!(world, job::approve(&story.poster, &story.job.id)).unwrap();
        world.advance(Duration::days(1)).await;
        assert_eq!(story.available(world).await, (Money(58_000), Money(40_000)));
    }

    async fn silence_has_a_default_in_every_state(world) {
        let rules = world.market.rules.clone();
        let open = JobFixture::open(world).await;
        world.advance(rules.listing_window).await;
        assert_eq!(open.look(world).await.status, Status::Expired);

        let lapsed = JobFixture::accepted(world).await;
        world.advance(rules.funding_window).await;
        let job = lapsed.look(world).await;
        assert_eq!((job.status, job.agent_id, job.price), (Status::Open, None, None));
        let offers = read!(world, application::list(&lapsed.poster, &lapsed.job.id, Paging::first(5))).unwrap();
        assert_eq!(offers.items[0].status, application::Status::Pending, "it can be chosen again");

        let abandoned = JobFixture::funded(world).await;
        world.advance(rules.work_window).await;
        assert_eq!(abandoned.look(world).await.escrow, Escrow::Refunded);

        let unjudged = JobFixture::delivered(world).await;
        world.advance(rules.review_window).await;
        assert_eq!(unjudged.look(world).await.status, Status::Releasing);

        let unrevised = JobFixture::delivered(world).await;
        act!(world, job::request_revision(&unrevised.poster, &unrevised.job.id, "Keep the unknown fields.")).unwrap();
        world.advance(rules.revision_window).await;
        assert_eq!(unrevised.look(world).await.status, Status::Expired);
    }

    async fn cancelling_declines_the_offers(world) {
        let (story, _) = JobFixture::applied(world).await;
        let job = act!(world, job::cancel(&story.poster, &story.job.id, Some("We did it ourselves."))).unwrap();
        assert_eq!((job.status, job.reason.as_deref()), (Status::Cancelled, Some("We did it ourselves.")));
        assert_eq!(read!(world, application::mine(&story.worker, Paging::first(5))).unwrap().items[0].status, application::Status::Declined);
    }

    async fn an_offer_is_declined_with_its_reason(world) {
        let (story, application) = JobFixture::applied(world).await;
        let no = Declining::new(Some("price"), "It is twice our budget.").unwrap();
        let decline = async |who: &market::Actor, which: &ApplicationId| act!(world, application::decline(who, &story.job.id, which, &no));
        assert_eq!(decline(&story.worker, &application).await.unwrap_err().kind, Kind::NotFound);
        assert_eq!(decline(&story.poster, &ApplicationId::new()).await.unwrap_err().kind, Kind::NotFound);
        let declined = decline(&story.poster, &application).await.unwrap();
        assert_eq!((declined.status, declined.reason, declined.message.as_deref()), (application::Status::Declined, Some(Reason::Price), Some("It is twice our budget.")));
        assert_eq!(decline(&story.poster, &application).await.unwrap_err().code, "application_not_pending");
        assert_eq!(act!(world, job::accept(&story.poster, &story.job.id, &application)).unwrap_err().code, "application_not_pending");
        let told = read!(world, event::of_subject(application.as_str())).unwrap();
        assert_eq!((told.len(), told[0].name.as_str(), told[0].team_id.clone()), (1, "application.declined", story.worker.team.clone()));
        assert_eq!((told[0].facts()["reason"].as_str(), told[0].facts()["message"].as_str()), (Some("price"), Some("It is twice our budget.")));
        let again = act!(world, application::apply(&story.worker, &story.job.id, &NewApplication::default())).unwrap_err();
        assert_eq!((again.kind, again.code.as_ref()), (Kind::Conflict, "already_applied"));
        assert!(again.message.contains("was declined (price)") && again.message.contains("can't apply to it again"), "{again}");
        assert_eq!(again.facts.unwrap()["application_status"], "declined");
    }

    async fn what_declines_itself_has_a_reason_too(world) {
        let (story, application) = JobFixture::applied(world).await;
        let second = world.agent("second", &["coding"]).await;
        act!(world, nda::agree(&second, &story.job.id)).unwrap();
        act!(world, application::apply(&second, &story.job.id, &NewApplication::default())).unwrap();
        act!(world, job::accept(&story.poster, &story.job.id, &application)).unwrap();
        act!(world, job::fund(&story.poster, &story.job.id, None)).unwrap();
        assert_eq!(read!(world, application::mine(&second, Paging::first(5))).unwrap().items[0].reason, Some(Reason::OtherChosen));
        let (story, _) = JobFixture::applied(world).await;
        act!(world, job::cancel(&story.poster, &story.job.id, None)).unwrap();
        assert_eq!(read!(world, application::mine(&story.worker, Paging::first(5))).unwrap().items[0].reason, Some(Reason::JobClosed));
    }

    async fn without_a_cooldown_approval_pays_at_once(world) {
        let world = world.with_rules(|rules| rules.release_delay = Duration::ZERO);
        let story = JobFixture::approved(&world).await;
        assert_eq!(story.job.status, Status::Completed);
        assert_eq!(story.available(&world).await.1, Money(40_000));
    }

    async fn lists_show_what_they_should(world) {
        let story = JobFixture::open(world).await;
        let writer = world.agent("writer", &["writing"]).await;
        let all = Filter::default();
        assert_eq!(read!(world, job::open(&all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(world, job::available(&story.worker, &all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(world, job::available(&writer, &all, Paging::first(5))).unwrap().total, 0, "not its specialization");
        assert_eq!(read!(world, job::mine(&story.poster, &all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(world, job::mine(&story.worker, &all, Paging::first(5))).unwrap().total, 0);
        let with = |change: fn(&mut Filter)| { let mut filter = Filter::default(); change(&mut filter); filter };
        for (filter, found) in [
            (with(|f| f.search = Some("REGEX".into())), 1),
            (with(|f| f.search = Some("100%".into())), 0),
            (with(|f| f.budget_min = Some(Money(48_000))), 1),
            (with(|f| f.budget_min = Some(Money(48_001))), 0),
            (with(|f| f.budget_max = Some(Money(47_999))), 0),
            (with(|f| f.category = market::job::Category::parse("writing")), 0),
        ] {
            assert_eq!(read!(world, job::open(&filter, Paging::first(5))).unwrap().total, found, "{filter:?}");
        }
        let funded = JobFixture::funded(world).await;
        assert_eq!(read!(world, job::working(&funded.worker, &all, Paging::first(5))).unwrap().total, 1);
        assert_eq!(read!(world, job::waiting(&funded.worker, 10)).unwrap().len(), 1);
    }

    async fn a_worker_sees_nothing_of_who_was_chosen_before(world) {
        let lapsed = JobFixture::accepted(world).await;
        world.advance(world.market.rules.funding_window).await;
        let second = world.agent("second", &["coding"]).await;
        act!(world, nda::agree(&second, &lapsed.job.id)).unwrap();
        let offer = act!(world, application::apply(&second, &lapsed.job.id, &NewApplication { price: Some(30_000), ..NewApplication::default() })).unwrap();
        act!(world, job::accept(&lapsed.poster, &lapsed.job.id, &offer.id)).unwrap();
        let told = read!(world, job::timeline(Some(&second), &lapsed.job.id)).unwrap();
        assert_eq!(told.iter().filter(|happening| happening.name == "job.accepted").count(), 1, "only its own");
        assert!(told.iter().all(|happening| !happening.payload.contains("40000")), "{told:?}");
        assert!(told.iter().all(|happening| happening.name != "nda.agreed"), "{told:?}");
    }

    async fn search_folds_every_script(world) {
        let poster = world.member("poster").await;
        act!(world, job::post(&poster, &market::job::Draft { title: "Перевод договора".into(), ..draft() })).unwrap();
        for (letters, found) in [("перевод", 1), ("ДОГОВОРА", 1), ("100%", 0), ("_", 0)] {
            let filter = Filter { search: Some(letters.into()), ..Filter::default() };
            assert_eq!(read!(world, job::open(&filter, Paging::first(5))).unwrap().total, found, "{letters}");
        }
        let endless = Filter { search: Some("x".repeat(101)), ..Filter::default() };
        assert_eq!(read!(world, job::open(&endless, Paging::first(5))).unwrap_err().fields[0].name, "search");
    }
}
