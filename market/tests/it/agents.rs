//! Several agents in a team: which one acts, and what a wrong guess would bind.

use market::actor::AgentChoice;
use market::agent::{AGENTS_MAX, Status};
use market::role::{DEVELOPER, VIEWER};
use market::{Actor, Kind, Money, Paging, key};
use testkit::job::{JobFixture, delivery, draft};
use testkit::people::profile;
use testkit::review::{ReviewFixture, proofed, says};
use testkit::team::refused;
use testkit::{act, both, look, read};

both! {
    async fn a_team_has_many_agents_and_one_default(app) {
        let ada = app.resident("ada").await;
        let first = app.another(&ada, "Zed", &["coding"]).await;
        let second = app.another(&ada, "Abe", &["writing"]).await;
        assert!(first.is_default && !second.is_default);
        let now = app.again(&ada).await.expect("ada");
        assert_eq!((now.agent.as_ref(), now.agent_choice), (Some(&first.id), AgentChoice::Guess));
        let names = async || {
            let listed = read!(app, agent::list(&ada, Paging::first(10))).expect("lists");
            listed.items.into_iter().map(|agent| agent.name).collect::<Vec<_>>()
        };
        assert_eq!(names().await, ["Zed", "Abe"], "the default first");
        let chosen = act!(app, agent::make_default(&ada, &second.id)).expect("chooses");
        assert!(chosen.is_default);
        assert_eq!(names().await, ["Abe", "Zed"]);
        assert_eq!(app.again(&ada).await.expect("ada").agent, Some(second.id.clone()));
        assert_eq!(read!(app, agent::show(&app.again(&ada).await.expect("ada"))).expect("shows").name, "Abe");
        assert_eq!(app.happenings(second.id.as_str()).await, ["agent.created", "agent.made_default"]);
        let (one, two) = (act!(app, agent::make_default(&ada, &first.id)), act!(app, agent::make_default(&ada, &first.id)));
        assert_eq!(one.expect("chooses").is_default, two.expect("changes nothing").is_default);
    }

    async fn first_agents_made_at_once_have_one_default(app) {
        let ada = app.resident("ada").await;
        let make = async |name: &str| act!(app, agent::create(&ada, &profile(name, &["coding"]))).expect("makes one");
        let (one, two) = tokio::join!(make("One"), make("Two"));
        assert!(one.is_default != two.is_default);
        let (left, right) = tokio::join!(
            async { act!(app, agent::make_default(&ada, &one.id)) },
            async { act!(app, agent::make_default(&ada, &two.id)) }
        );
        assert!(left.is_ok() && right.is_ok());
        let listed = read!(app, agent::list(&ada, Paging::first(10))).expect("lists");
        assert_eq!(listed.items.iter().filter(|agent| agent.is_default).count(), 1);
    }

    async fn agents_have_a_bound(app) {
        let ada = app.resident("ada").await;
        for n in 0..AGENTS_MAX {
            app.another(&ada, &format!("Agent {n}"), &["coding"]).await;
        }
        refused(act!(app, agent::create(&ada, &profile("More", &["coding"]))), Kind::Conflict, "too_many_agents");
        assert_eq!(read!(app, agent::list(&ada, Paging::first(20))).expect("lists").total, AGENTS_MAX);
    }

    async fn who_applies_has_to_be_said(app) {
        let poster = app.member("poster").await;
        let job = act!(app, job::post(&poster, &draft())).expect("posts");
        let bob = app.resident("bob").await;
        let (one, two) = (app.another(&bob, "One", &["coding"]).await, app.another(&bob, "Two", &["coding"]).await);
        let bob = app.again(&bob).await.expect("bob");
        let error = app.offer(&bob, &job.id).await.expect_err("which one?");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Invalid, "agent_ambiguous"));
        let listed = error.facts.expect("facts")["agents"].clone();
        assert_eq!(listed, serde_json::json!([{ "id": one.id, "name": "One" }, { "id": two.id, "name": "Two" }]));
        let named = app.as_agent(&bob, &two.id).await.expect("one of the team's");
        assert_eq!(app.offer(&named, &job.id).await.expect("applies").agent_id, two.id);
        let other = app.as_agent(&bob, &one.id).await.expect("one of the team's");
        refused(app.offer(&other, &job.id).await, Kind::Conflict, "already_applied");
    }

    async fn a_foreign_agent_is_not_there(app) {
        let (bob, eve) = (app.agent("bob", &["coding"]).await, app.agent("eve", &["coding"]).await);
        let foreign = eve.agent.clone().expect("an agent");
        for id in [&foreign, &"agent_none".into()] {
            refused(app.as_agent(&bob, id).await, Kind::NotFound, "not_found");
            refused(act!(app, agent::pause(&bob, id)), Kind::NotFound, "not_found");
            refused(act!(app, agent::make_default(&bob, id)), Kind::NotFound, "not_found");
            refused(act!(app, agent::update_one(&bob, id, &Default::default())), Kind::NotFound, "not_found");
            refused(read!(app, agent::show_one(&bob, id)), Kind::NotFound, "not_found");
            refused(act!(app, key::create_for_agent(&bob, &bot(), id)), Kind::NotFound, "not_found");
        }
    }

    async fn a_key_of_an_agent_acts_as_that_one(app) {
        let bob = app.resident("bob").await;
        let (one, two) = (app.another(&bob, "One", &["coding"]).await, app.another(&bob, "Two", &["coding"]).await);
        let bob = app.again(&bob).await.expect("bob");
        let usual = act!(app, key::create_for_agent(&bob, &bot(), &two.id)).expect("makes a key");
        let pays_out = usual.key.scopes.iter().any(|scope| ["*", "payouts:write", "members:write"].contains(&scope.as_str()));
        assert!(!pays_out, "what no mandate limits has to be said: {:?}", usual.key.scopes);
        let made = act!(app, key::create_for_agent(&bob, &testkit::key::draft("bot", &["*"]), &two.id)).expect("makes a key");
        assert_eq!(made.key.agent_id, Some(two.id.clone()));
        let acting = read!(app, key::actor(&made.secret)).expect("works");
        assert_eq!((acting.agent.as_ref(), acting.agent_choice), (Some(&two.id), AgentChoice::Key));
        refused(app.as_agent(&acting, &one.id).await, Kind::Invalid, "key_has_an_agent");
        refused(act!(app, agent::retire(&acting, &one.id)), Kind::Invalid, "key_has_an_agent");
        assert_eq!(app.as_agent(&acting, &two.id).await, Ok(acting.clone()));
        refused(act!(app, key::create_for_agent(&acting, &bot(), &one.id)), Kind::Invalid, "key_has_an_agent");
        let child = act!(app, key::create(&acting, &bot())).expect("a key's key");
        assert_eq!(child.key.agent_id, Some(two.id.clone()), "it is the same agent's");
        let poster = app.member("poster").await;
        let job = act!(app, job::post(&poster, &draft())).expect("posts");
        assert_eq!(app.offer(&acting, &job.id).await.expect("applies").agent_id, two.id);
    }

    async fn a_paused_agent_takes_no_new_work_and_finishes_the_old(app) {
        let fixture = JobFixture::funded(app).await;
        let worker = &fixture.worker;
        let id = worker.agent.clone().expect("an agent");
        let paused = act!(app, agent::pause(worker, &id)).expect("pauses");
        assert_eq!(paused.status, Status::Paused);
        act!(app, agent::pause(worker, &id)).expect("changes nothing");
        let other = act!(app, job::post(&fixture.poster, &draft())).expect("posts");
        refused(app.offer(worker, &other.id).await, Kind::Conflict, "agent_paused");
        let viewer = read!(app, feed::viewer(worker)).expect("hears");
        assert!(viewer.topics.is_empty());
        act!(app, job::deliver(worker, &fixture.job.id, &delivery())).expect("what was accepted goes on");
        act!(app, agent::resume(worker, &id)).expect("resumes");
        app.offer(worker, &other.id).await.expect("applies");
        assert_eq!(app.happenings(id.as_str()).await, ["agent.created", "agent.paused", "agent.resumed"]);
    }

    async fn a_retired_agent_is_gone_but_finishes_its_work(app) {
        let fixture = JobFixture::funded(app).await;
        let worker = &fixture.worker;
        let id = worker.agent.clone().expect("an agent");
        let other = act!(app, agent::create(worker, &profile("Other", &["coding"]))).expect("makes a second one");
        let by_another = act!(app, agent::retire(&fixture.poster, &id));
        refused(by_another, Kind::NotFound, "not_found");
        let retired = act!(app, agent::retire(worker, &id)).expect("retires");
        assert_eq!((retired.status, retired.is_default), (Status::Retired, false));
        let listed = read!(app, agent::list(worker, Paging::first(10))).expect("lists");
        let listed: Vec<_> = listed.items.iter().map(|agent| (&agent.id, agent.is_default)).collect();
        assert_eq!(listed, [(&other.id, true)], "the other one is the default now");
        refused(act!(app, agent::resume(worker, &id)), Kind::NotFound, "not_found");
        refused(act!(app, agent::make_default(worker, &id)), Kind::NotFound, "not_found");
        let again = app.again(worker).await.expect("the team");
        act!(app, job::deliver(&again, &fixture.job.id, &delivery())).expect("what was accepted goes on");
        let next = act!(app, job::post(&fixture.poster, &draft())).expect("posts");
        let named = Actor { agent_choice: AgentChoice::Named, ..worker.clone() };
        refused(app.offer(&named, &next.id).await, Kind::Conflict, "agent_paused");
        let record = market::profile::agent(&mut app.read().await, None, &id, Paging::first(1), 0).await;
        assert_eq!(record.expect("its record").agent.id, id);
    }

    async fn a_retired_applicant_is_not_chosen(app) {
        let (fixture, application) = JobFixture::applied(app).await;
        let id = fixture.worker.agent.clone().expect("an agent");
        act!(app, agent::retire(&fixture.worker, &id)).expect("retires");
        let error = act!(app, job::accept(&fixture.poster, &fixture.job.id, &application)).expect_err("nobody would do it");
        assert_eq!(error.code.as_ref(), "applicant_suspended");
    }

    async fn the_accepted_agent_delivers_and_no_other(app) {
        let fixture = JobFixture::funded(app).await;
        let accepted = fixture.worker.agent.clone().expect("an agent");
        let second = app.another(&fixture.worker, "Second", &["writing"]).await;
        act!(app, agent::make_default(&fixture.worker, &second.id)).expect("chooses");
        let now = app.again(&fixture.worker).await.expect("the worker");
        assert_eq!((now.agent.as_ref(), now.agent_choice), (Some(&second.id), AgentChoice::Guess));
        let named = app.as_agent(&now, &second.id).await.expect("one of the team's");
        refused(act!(app, job::deliver(&named, &fixture.job.id, &delivery())), Kind::Forbidden, "not_assigned");
        let (_, work) = act!(app, job::deliver(&now, &fixture.job.id, &delivery())).expect("nobody needs to be named");
        assert_eq!(work.agent_id, accepted);
        let said = act!(app, message::send(&now, &fixture.job.id, "It is done.")).expect("says so");
        assert_eq!(said.author, "worker", "the accepted agent's name, once");
        assert_eq!(look!(app, message::list(&fixture.poster, &fixture.job.id, Paging::first(10))).expect("lists").items.len(), 1);
    }

    async fn a_team_hears_of_all_that_its_agents_do(app) {
        let bob = app.agent("bob", &["coding"]).await;
        app.another(&bob, "Second", &["writing", "coding"]).await;
        let viewer = read!(app, feed::viewer(&bob)).expect("hears");
        let names: Vec<_> = viewer.topics.iter().map(|topic| topic.name.as_str()).collect();
        assert_eq!(names, ["category:coding", "category:writing"]);
        let all: Vec<_> = market::job::Category::ALL.iter().map(|category| category.as_str()).collect();
        for (n, some) in all.chunks(3).enumerate() {
            app.another(&bob, &format!("Agent {n}"), some).await;
        }
        let poster = app.member("poster").await;
        act!(app, job::post(&poster, &draft())).expect("posts");
        let mut heard = read!(app, feed::recent(&bob, 10)).expect("hears");
        heard.retain(|wire| wire.kind != "agent.created");
        assert_eq!(heard.iter().map(|wire| wire.kind).collect::<Vec<_>>(), ["job.available"], "once, however many agents hear of it");
        assert!(read!(app, feed::place(&bob)).expect("a place") > 0);
    }

    async fn nobody_works_for_a_team_of_their_own(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let labs = app.shared(&ada, "Labs").await;
        let job = act!(app, job::post(&labs, &draft())).expect("posts");
        refused(app.offer(&ada, &job.id).await, Kind::Forbidden, "conflict_of_interest");
        let bob = app.agent("bob", &["coding"]).await;
        let offer = app.offer(&bob, &job.id).await.expect("a stranger applies");
        let email = read!(app, member::show(&bob)).expect("shows").email;
        app.invite(&labs, &email, VIEWER).await.expect("invites");
        let token = app.invited(&email).await;
        act!(app, invitation::accept(&bob, &token)).expect("joins");
        refused(act!(app, job::accept(&labs, &job.id, &offer.id)), Kind::Forbidden, "conflict_of_interest");
    }

    async fn a_person_reviews_once_whatever_their_teams(app) {
        let mut review = ReviewFixture::pending(app, &proofed(2), 1).await;
        review.seat(app, 0).await.expect("gives a seat");
        let first = review.proofers[0].clone();
        let labs = app.shared(&first, "Labs").await;
        app.another(&labs, "Sock", &["coding"]).await;
        let sock = app.again(&labs).await.expect("the same person");
        let error = app.offer(&sock, review.id()).await.expect_err("the same person");
        assert_eq!(error.code, "conflict_of_interest");
        let second = app.another(&first, "Second", &["coding"]).await;
        let second = app.as_agent(&first, &second.id).await.expect("one of the team's");
        refused(app.offer(&second, review.id()).await, Kind::Conflict, "already_applied");
        review.join(app, "other").await;
        review.seat(app, 1).await.expect("gives a seat");
        review.fixture.job = act!(app, review::fund(&review.fixture.poster, review.id())).expect("funds");
        refused(act!(app, review::submit(&second, review.id(), &says("approve"))), Kind::Forbidden, "not_a_proofer");
        act!(app, review::submit(&first, review.id(), &says("approve"))).expect("whose seat it is");
    }

    async fn money_moves_by_those_who_may(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        app.fund(&labs, Money(100_000)).await;
        let (dev, vic) = (app.joined(&labs, "dev", DEVELOPER).await, app.joined(&labs, "vic", VIEWER).await);
        refused(act!(app, job::post(&vic, &draft())), Kind::Forbidden, "missing_permission");
        let job = act!(app, job::post(&dev, &draft())).expect("a developer posts");
        refused(act!(app, job::feature(&dev, &job.id, Some(1))), Kind::Forbidden, "missing_permission");
        refused(app.deposit(&dev, 10_000).await, Kind::Forbidden, "missing_permission");
        let worker = app.agent("worker", &["coding"]).await;
        let offer = app.offer(&worker, &job.id).await.expect("applies");
        act!(app, job::accept(&dev, &job.id, &offer.id)).expect("a developer chooses");
        refused(act!(app, job::fund(&dev, &job.id, None)), Kind::Forbidden, "missing_permission");
        act!(app, job::fund(&labs, &job.id, None)).expect("an owner funds");
        act!(app, job::deliver(&worker, &job.id, &delivery())).expect("delivers");
        refused(act!(app, job::approve(&dev, &job.id)), Kind::Forbidden, "missing_permission");
        refused(act!(app, job::approve_anyway(&dev, &job.id)), Kind::Forbidden, "missing_permission");
        act!(app, job::request_revision(&dev, &job.id, "The totals are off by one.")).expect("a developer sends back");
        assert!(read!(app, wallet::show(&vic)).is_ok(), "a viewer sees the money");
        act!(app, message::send(&dev, &job.id, "Thanks!")).expect("a developer speaks");
        refused(act!(app, message::send(&vic, &job.id, "Hi")), Kind::Forbidden, "missing_permission");
    }
}

fn bot() -> key::Draft {
    key::Draft { name: "bot".into(), prefix: key::Prefix::Gigiac, scopes: vec![], expires_at: None }
}
