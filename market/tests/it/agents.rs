//! Several agents in a team: which one acts, and what a wrong guess would bind.

use market::actor::AgentChoice;
use market::agent::{AGENTS_MAX, Status};
use market::role::{DEVELOPER, VIEWER};
use market::{Kind, Money, Paging, key};
use testkit::job::{JobFixture, delivery, draft};
use testkit::people::profile;
use testkit::review::{ReviewFixture, proofed, says};
use testkit::team::refused;
use testkit::{act, both, read};

both! {
    async fn a_team_has_many_agents_and_one_default(world) {
        let ada = world.resident("ada").await;
        let first = world.another(&ada, "Zed", &["coding"]).await;
        let second = world.another(&ada, "Abe", &["writing"]).await;
        assert!(first.is_default && !second.is_default);
        let now = world.again(&ada).await.expect("ada");
        assert_eq!((now.agent.as_ref(), now.agent_choice), (Some(&first.id), AgentChoice::Guess));
        let names = async || {
            let listed = read!(world, agent::list(&ada, Paging::first(10))).expect("lists");
            listed.items.into_iter().map(|agent| agent.name).collect::<Vec<_>>()
        };
        assert_eq!(names().await, ["Zed", "Abe"], "the default first");
        let chosen = act!(world, agent::make_default(&ada, &second.id)).expect("chooses");
        assert!(chosen.is_default);
        assert_eq!(names().await, ["Abe", "Zed"]);
        assert_eq!(world.again(&ada).await.expect("ada").agent, Some(second.id.clone()));
        assert_eq!(read!(world, agent::show(&world.again(&ada).await.expect("ada"))).expect("shows").name, "Abe");
        assert_eq!(world.happenings(second.id.as_str()).await, ["agent.created", "agent.made_default"]);
        let (one, two) = (act!(world, agent::make_default(&ada, &first.id)), act!(world, agent::make_default(&ada, &first.id)));
        assert_eq!(one.expect("chooses").is_default, two.expect("changes nothing").is_default);
    }

    async fn first_agents_made_at_once_have_one_default(world) {
        let ada = world.resident("ada").await;
        let make = async |name: &str| act!(world, agent::create(&ada, &profile(name, &["coding"]))).expect("makes one");
        let (one, two) = tokio::join!(make("One"), make("Two"));
        assert!(one.is_default != two.is_default);
        let (left, right) = tokio::join!(
            async { act!(world, agent::make_default(&ada, &one.id)) },
            async { act!(world, agent::make_default(&ada, &two.id)) }
        );
        assert!(left.is_ok() && right.is_ok());
        let listed = read!(world, agent::list(&ada, Paging::first(10))).expect("lists");
        assert_eq!(listed.items.iter().filter(|agent| agent.is_default).count(), 1);
    }

    async fn agents_have_a_bound(world) {
        let ada = world.resident("ada").await;
        for n in 0..AGENTS_MAX {
            world.another(&ada, &format!("Agent {n}"), &["coding"]).await;
        }
        refused(act!(world, agent::create(&ada, &profile("More", &["coding"]))), Kind::Conflict, "too_many_agents");
        assert_eq!(read!(world, agent::list(&ada, Paging::first(20))).expect("lists").total, AGENTS_MAX);
    }

    async fn who_applies_has_to_be_said(world) {
        let poster = world.member("poster").await;
        let job = act!(world, job::post(&poster, &draft())).expect("posts");
        let bob = world.resident("bob").await;
        let (one, two) = (world.another(&bob, "One", &["coding"]).await, world.another(&bob, "Two", &["coding"]).await);
        let bob = world.again(&bob).await.expect("bob");
        let error = world.offer(&bob, &job.id).await.expect_err("which one?");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Invalid, "agent_ambiguous"));
        let listed = error.facts.expect("facts")["agents"].clone();
        assert_eq!(listed, serde_json::json!([{ "id": one.id, "name": "One" }, { "id": two.id, "name": "Two" }]));
        let named = world.as_agent(&bob, &two.id).await.expect("one of the team's");
        assert_eq!(world.offer(&named, &job.id).await.expect("applies").agent_id, two.id);
        let other = world.as_agent(&bob, &one.id).await.expect("one of the team's");
        refused(world.offer(&other, &job.id).await, Kind::Conflict, "already_applied");
    }

    async fn a_foreign_agent_is_not_there(world) {
        let (bob, eve) = (world.agent("bob", &["coding"]).await, world.agent("eve", &["coding"]).await);
        let foreign = eve.agent.clone().expect("an agent");
        for id in [&foreign, &"agent_none".into()] {
            refused(world.as_agent(&bob, id).await, Kind::NotFound, "not_found");
            refused(act!(world, agent::pause(&bob, id)), Kind::NotFound, "not_found");
            refused(act!(world, agent::make_default(&bob, id)), Kind::NotFound, "not_found");
            refused(act!(world, agent::update_one(&bob, id, &Default::default())), Kind::NotFound, "not_found");
            refused(read!(world, agent::show_one(&bob, id)), Kind::NotFound, "not_found");
            refused(act!(world, key::create_for_agent(&bob, &bot(), id)), Kind::NotFound, "not_found");
        }
    }

    async fn a_key_of_an_agent_acts_as_that_one(world) {
        let bob = world.resident("bob").await;
        let (one, two) = (world.another(&bob, "One", &["coding"]).await, world.another(&bob, "Two", &["coding"]).await);
        let bob = world.again(&bob).await.expect("bob");
        let made = act!(world, key::create_for_agent(&bob, &bot(), &two.id)).expect("makes a key");
        assert_eq!(made.key.agent_id, Some(two.id.clone()));
        let acting = read!(world, key::actor(&made.secret)).expect("works");
        assert_eq!((acting.agent.as_ref(), acting.agent_choice), (Some(&two.id), AgentChoice::Key));
        refused(world.as_agent(&acting, &one.id).await, Kind::Invalid, "key_has_an_agent");
        assert_eq!(world.as_agent(&acting, &two.id).await, Ok(acting.clone()));
        refused(act!(world, key::create_for_agent(&acting, &bot(), &one.id)), Kind::Invalid, "key_has_an_agent");
        let child = act!(world, key::create(&acting, &bot())).expect("a key's key");
        assert_eq!(child.key.agent_id, Some(two.id.clone()), "it is the same agent's");
        let poster = world.member("poster").await;
        let job = act!(world, job::post(&poster, &draft())).expect("posts");
        assert_eq!(world.offer(&acting, &job.id).await.expect("applies").agent_id, two.id);
    }

    async fn a_paused_agent_takes_no_new_work_and_finishes_the_old(world) {
        let story = JobFixture::funded(world).await;
        let worker = &story.worker;
        let id = worker.agent.clone().expect("an agent");
        let paused = act!(world, agent::pause(worker, &id)).expect("pauses");
        assert_eq!(paused.status, Status::Paused);
        act!(world, agent::pause(worker, &id)).expect("changes nothing");
        let other = act!(world, job::post(&story.poster, &draft())).expect("posts");
        refused(world.offer(worker, &other.id).await, Kind::Conflict, "agent_paused");
        let viewer = read!(world, feed::viewer(worker)).expect("hears");
        assert!(viewer.topics.is_empty());
        act!(world, job::deliver(worker, &story.job.id, &delivery())).expect("what was accepted goes on");
        act!(world, agent::resume(worker, &id)).expect("resumes");
        world.offer(worker, &other.id).await.expect("applies");
        assert_eq!(world.happenings(id.as_str()).await, ["agent.created", "agent.paused", "agent.resumed"]);
    }

    async fn the_accepted_agent_delivers_and_no_other(world) {
        let story = JobFixture::funded(world).await;
        let accepted = story.worker.agent.clone().expect("an agent");
        let second = world.another(&story.worker, "Second", &["writing"]).await;
        act!(world, agent::make_default(&story.worker, &second.id)).expect("chooses");
        let now = world.again(&story.worker).await.expect("the worker");
        assert_eq!((now.agent.as_ref(), now.agent_choice), (Some(&second.id), AgentChoice::Guess));
        let named = world.as_agent(&now, &second.id).await.expect("one of the team's");
        refused(act!(world, job::deliver(&named, &story.job.id, &delivery())), Kind::Forbidden, "not_assigned");
        let (_, work) = act!(world, job::deliver(&now, &story.job.id, &delivery())).expect("nobody needs to be named");
        assert_eq!(work.agent_id, accepted);
        let said = act!(world, message::send(&now, &story.job.id, "It is done.")).expect("says so");
        assert_eq!(said.author, "worker", "the accepted agent's name, once");
        assert_eq!(read!(world, message::list(&story.poster, &story.job.id, Paging::first(10))).expect("lists").items.len(), 1);
    }

    async fn a_team_hears_of_all_that_its_agents_do(world) {
        let bob = world.agent("bob", &["coding"]).await;
        world.another(&bob, "Second", &["writing", "coding"]).await;
        let viewer = read!(world, feed::viewer(&bob)).expect("hears");
        assert_eq!(viewer.topics, ["category:coding", "category:writing"]);
        let all: Vec<_> = market::job::Category::ALL.iter().map(|category| category.as_str()).collect();
        for (n, some) in all.chunks(3).enumerate() {
            world.another(&bob, &format!("Agent {n}"), some).await;
        }
        let poster = world.member("poster").await;
        act!(world, job::post(&poster, &draft())).expect("posts");
        let heard = read!(world, feed::recent(&bob, 10)).expect("hears");
        assert_eq!(heard.iter().map(|wire| wire.kind).collect::<Vec<_>>(), ["job.available"], "once, however many agents hear of it");
        assert!(read!(world, feed::place(&bob)).expect("a place") > 0);
    }

    async fn nobody_works_for_a_team_of_their_own(world) {
        let ada = world.agent("ada", &["coding"]).await;
        let labs = world.shared(&ada, "Labs").await;
        let job = act!(world, job::post(&labs, &draft())).expect("posts");
        refused(world.offer(&ada, &job.id).await, Kind::Forbidden, "conflict_of_interest");
        let bob = world.agent("bob", &["coding"]).await;
        let offer = world.offer(&bob, &job.id).await.expect("a stranger applies");
        let email = read!(world, member::show(&bob)).expect("shows").email;
        world.invite(&labs, &email, VIEWER).await.expect("invites");
        let token = world.invited(&email).await;
        act!(world, invitation::accept(&bob, &token)).expect("joins");
        refused(act!(world, job::accept(&labs, &job.id, &offer.id)), Kind::Forbidden, "conflict_of_interest");
    }

    async fn a_person_reviews_once_whatever_their_teams(world) {
        let mut review = ReviewFixture::pending(world, &proofed(2), 1).await;
        review.seat(world, 0).await.expect("gives a seat");
        let first = review.proofers[0].clone();
        let labs = world.shared(&first, "Labs").await;
        world.another(&labs, "Sock", &["coding"]).await;
        let sock = world.again(&labs).await.expect("the same person");
        let error = world.offer(&sock, review.id()).await.expect_err("the same person");
        assert_eq!(error.code, "conflict_of_interest");
        let second = world.another(&first, "Second", &["coding"]).await;
        let second = world.as_agent(&first, &second.id).await.expect("one of the team's");
        refused(world.offer(&second, review.id()).await, Kind::Conflict, "already_applied");
        review.join(world, "other").await;
        review.seat(world, 1).await.expect("gives a seat");
        review.story.job = act!(world, review::fund(&review.story.poster, review.id())).expect("funds");
        refused(act!(world, review::submit(&second, review.id(), &says("approve"))), Kind::Forbidden, "not_a_proofer");
        act!(world, review::submit(&first, review.id(), &says("approve"))).expect("whose seat it is");
    }

    async fn money_moves_by_those_who_may(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        world.fund(&labs, Money(100_000)).await;
        let (dev, vic) = (world.joined(&labs, "dev", DEVELOPER).await, world.joined(&labs, "vic", VIEWER).await);
        refused(act!(world, job::post(&vic, &draft())), Kind::Forbidden, "missing_permission");
        let job = act!(world, job::post(&dev, &draft())).expect("a developer posts");
        refused(act!(world, job::feature(&dev, &job.id, Some(1))), Kind::Forbidden, "missing_permission");
        refused(act!(world, deposit::start(&dev, 10_000)), Kind::Forbidden, "missing_permission");
        let worker = world.agent("worker", &["coding"]).await;
        let offer = world.offer(&worker, &job.id).await.expect("applies");
        act!(world, job::accept(&dev, &job.id, &offer.id)).expect("a developer chooses");
        refused(act!(world, job::fund(&dev, &job.id, None)), Kind::Forbidden, "missing_permission");
        act!(world, job::fund(&labs, &job.id, None)).expect("an owner funds");
        act!(world, job::deliver(&worker, &job.id, &delivery())).expect("delivers");
        refused(act!(world, job::approve(&dev, &job.id)), Kind::Forbidden, "missing_permission");
        refused(act!(world, job::approve_anyway(&dev, &job.id)), Kind::Forbidden, "missing_permission");
        act!(world, job::request_revision(&dev, &job.id, "The totals are off by one.")).expect("a developer sends back");
        assert!(read!(world, wallet::show(&vic)).is_ok(), "a viewer sees the money");
        act!(world, message::send(&dev, &job.id, "Thanks!")).expect("a developer speaks");
        refused(act!(world, message::send(&vic, &job.id, "Hi")), Kind::Forbidden, "missing_permission");
    }
}

fn bot() -> key::Draft {
    key::Draft { name: "bot".into(), prefix: key::Prefix::Gigiac, scopes: vec![], expires_at: None }
}
