//! Preferences: each agent has its own, and they decide which new jobs its team is told of.

use market::job::{Category, Draft};
use market::live::{Grant, Hub, Item, StreamParams};
use market::preference::{Availability, Change};
use market::role::VIEWER;
use market::{Actor, Kind, Money, feed};
use testkit::job::draft;
use testkit::team::refused;
use testkit::{TestApp, act, both, read};

/// Posts a job of a category whose highest budget is this.
async fn post(app: &TestApp, poster: &Actor, category: &str, cents: i64) {
    let draft = Draft { category: category.into(), budget_max: Some(cents), ..draft() };
    act!(app, job::post(poster, &draft)).expect("posts");
}

fn away() -> Change {
    Change { availability: Some("away".into()), ..Change::default() }
}

fn looking(budget_min: i64, categories: &[&str]) -> Change {
    let categories = categories.iter().map(|&word| word.to_owned()).collect();
    Change { budget_min: Some(budget_min), categories: Some(categories), ..Change::default() }
}

/// The highest budgets of the jobs that the actor's team was told of, newest first.
async fn told(app: &TestApp, actor: &Actor) -> Vec<i64> {
    let heard = read!(app, feed::recent(actor, 50)).expect("hears");
    heard.iter().filter(|view| view.kind == "job.available").filter_map(|view| view.fact("budget_max")?.as_i64()).collect()
}

both! {
    async fn preferences_are_of_an_agent(app) {
        let ada = app.resident("ada").await;
        refused(read!(app, preference::show(&ada)), Kind::NotFound, "not_found");
        refused(act!(app, preference::update(&ada, &away())), Kind::NotFound, "not_found");
        let (one, two) = (app.another(&ada, "One", &["coding"]).await, app.another(&ada, "Two", &["data"]).await);
        let ada = app.again(&ada).await.expect("ada");
        let unstated = read!(app, preference::show(&ada)).expect("shows");
        assert_eq!((unstated.agent_id, unstated.availability, unstated.updated_at), (one.id.clone(), Availability::Available, None));
        let skilled = Change { skills: Some(vec!["Rust".into(), "sql".into()]), ..looking(5_000, &["writing"]) };
        let stated = act!(app, preference::update(&ada, &skilled)).expect("changes");
        let later = act!(app, preference::update(&ada, &away())).expect("changes one field");
        assert_eq!((later.budget_min, later.categories.as_slice(), later.availability), (Money(5_000), &[Category::Writing][..], Availability::Away));
        assert_eq!((&later.skills, read!(app, preference::show_one(&ada, &one.id))), (&stated.skills, Ok(later.clone())));
        assert_eq!(read!(app, preference::show_one(&ada, &two.id)).expect("shows").updated_at, None, "the other agent has its own");
        act!(app, preference::update_one(&ada, &two.id, &away())).expect("changes");
        assert_eq!(app.happenings(one.id.as_str()).await, ["agent.created", "preference.updated", "preference.updated"]);
    }

    async fn strangers_and_viewers_change_nothing(app) {
        let (ada, eve) = (app.agent("ada", &["coding"]).await, app.agent("eve", &["coding"]).await);
        let agent = ada.agent.clone().expect("an agent");
        refused(read!(app, preference::show_one(&eve, &agent)), Kind::NotFound, "not_found");
        refused(act!(app, preference::update_one(&eve, &agent, &away())), Kind::NotFound, "not_found");
        let labs = app.shared(&ada, "Labs").await;
        let bot = app.another(&labs, "Bot", &["coding"]).await;
        let viewer = app.joined(&labs, "vic", VIEWER).await;
        assert!(read!(app, preference::show_one(&viewer, &bot.id)).is_ok());
        refused(act!(app, preference::update_one(&viewer, &bot.id, &away())), Kind::Forbidden, "missing_permission");
        let wrong = Change { availability: Some("asleep".into()), ..looking(-1, &["juggling"]) };
        assert_eq!(act!(app, preference::update(&ada, &wrong)).expect_err("wrong").fields.len(), 3);
        assert_eq!(read!(app, preference::show(&ada)).expect("shows").updated_at, None);
    }

    async fn two_changes_at_once_keep_each_others_fields(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let (least, gone) = (Change { budget_min: Some(700), ..Change::default() }, away());
        let (one, two) = tokio::join!(
            async { act!(app, preference::update(&ada, &least)) },
            async { act!(app, preference::update(&ada, &gone)) }
        );
        assert!(one.is_ok() && two.is_ok());
        let both = read!(app, preference::show(&ada)).expect("shows");
        assert_eq!((both.budget_min, both.availability), (Money(700), Availability::Away));
    }

    async fn a_team_is_told_of_the_jobs_that_one_of_its_agents_looks_for(app) {
        let poster = app.member("poster").await;
        let ada = app.agent("ada", &["coding"]).await;
        let second = app.another(&ada, "Second", &["coding", "data"]).await;
        act!(app, preference::update(&ada, &looking(30_000, &["writing", "coding"]))).expect("changes");
        act!(app, preference::update_one(&ada, &second.id, &looking(20_000, &[]))).expect("changes");
        for (category, cents) in [("coding", 19_999), ("coding", 20_001), ("data", 20_002), ("writing", 20_003), ("writing", 30_004), ("design", 90_000)] {
            post(app, &poster, category, cents).await;
        }
        assert_eq!(told(app, &ada).await, [30_004, 20_002, 20_001]);
        act!(app, preference::update_one(&ada, &second.id, &away())).expect("goes");
        for (category, cents) in [("coding", 20_005), ("data", 90_006), ("coding", 30_007)] {
            post(app, &poster, category, cents).await;
        }
        let viewer = read!(app, feed::viewer(&ada)).expect("hears");
        let topics: Vec<_> = viewer.topics.iter().map(|topic| (topic.name.as_str(), topic.worth_min)).collect();
        assert_eq!(topics, [("category:coding", 30_000), ("category:writing", 30_000)]);
        assert_eq!(told(app, &ada).await, [30_007, 30_004]);
    }

    async fn an_open_stream_follows_changed_preferences(app) {
        let poster = app.member("poster").await;
        let ada = app.agent("ada", &["coding"]).await;
        let hub = Hub::default();
        let reader = tokio::spawn(hub.clone().run(app.market.clone()));
        let viewer = feed::viewer(&mut app.read().await, &ada).await.expect("may listen");
        let grant = Grant::Login { member: ada.member.clone(), team: ada.team.clone(), epoch: 0, until: None, session: None };
        let mut stream = hub.open(&app.market, viewer, grant, StreamParams::default()).await.expect("opens");
        assert!(matches!(stream.next().await, Item::Began(_)));
        let told = async |stream: &mut market::live::Stream, cents: i64| {
            let Item::Frame(frame) = stream.next().await else { panic!("no frame") };
            let text = String::from_utf8_lossy(&frame.bytes).into_owned();
            assert!(text.contains(&format!("\"budget_max\":{cents},")), "{text}");
        };
        post(app, &poster, "coding", 10_000).await;
        told(&mut stream, 10_000).await;
        act!(app, preference::update(&ada, &looking(20_000, &[]))).expect("changes");
        post(app, &poster, "coding", 19_000).await;
        post(app, &poster, "coding", 20_000).await;
        told(&mut stream, 20_000).await;
        reader.abort();
    }

    async fn a_webhook_of_an_agent_hears_of_that_agents_jobs(app) {
        let poster = app.member("poster").await;
        let ada = app.agent("ada", &["coding"]).await;
        let second = app.another(&ada, "Second", &["data"]).await;
        let of_team = app.webhook(&ada, &["job.available"]).await.endpoint.id;
        let draft = market::endpoint::Draft { agent_id: Some(second.id.clone()), ..testkit::webhook::draft(&["job.available"]) };
        let of_second = act!(app, endpoint::create(&ada, &app.webhooks(), &draft)).expect("makes").endpoint.id;
        act!(app, preference::update_one(&ada, &second.id, &looking(20_000, &[]))).expect("changes");
        for (category, cents) in [("coding", 500), ("data", 19_999), ("data", 20_000)] {
            post(app, &poster, category, cents).await;
        }
        app.fan_out(&[]).await;
        let count = async |endpoint| {
            let listed = read!(app, delivery::list(&ada, endpoint, &Default::default(), market::Paging::first(10))).expect("lists");
            listed.items.len()
        };
        assert_eq!((count(&of_team).await, count(&of_second).await), (2, 1));
    }
}
