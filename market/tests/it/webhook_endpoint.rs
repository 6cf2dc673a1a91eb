//! Endpoints of webhooks: who may make, change and see them, and the secrets that sign.

use market::audit::Area;
use market::delivery::LogFilter;
use market::endpoint::{Change, DisabledReason, Draft, ENDPOINTS_MAX, OVERLAP, Status};
use market::id::EndpointId;
use market::wire::{Dialect, GUILDHALL};
use market::{Actor, Kind};
use testkit::team::refused;
use testkit::webhook::{answer, draft};
use testkit::{TestApp, act, both, read};

fn disabled() -> Change {
    Change { is_active: Some(false), ..Change::default() }
}

fn enabled() -> Change {
    Change { is_active: Some(true), ..Change::default() }
}

async fn update(app: &TestApp, by: &Actor, id: &EndpointId, change: &Change) -> market::Result<market::endpoint::Endpoint> {
    act!(app, endpoint::update(by, &app.webhooks(), id, change))
}

both! {
    async fn a_secret_is_shown_once(app) {
        let ada = app.member("ada").await;
        let made = app.webhook(&ada, &["job.posted"]).await;
        assert!(made.secret.starts_with("whsec_") && made.secret.len() == 50, "{}", made.secret.len());
        assert!(!format!("{made:?}").contains(&made.secret));
        let listed = read!(app, endpoint::list(&ada)).expect("lists");
        assert_eq!(listed, std::slice::from_ref(&made.endpoint));
        assert_eq!(read!(app, endpoint::find(&ada, &made.endpoint.id)).expect("is there"), made.endpoint);
        let stored = app.count(market::db::sql("select count(*) from endpoint where secret like '%whsec%'")).await;
        assert_eq!(stored, 0, "the secret is encrypted at rest");
        assert_eq!((made.endpoint.status, made.endpoint.events.as_slice()), (Status::Active, &["job.posted".to_owned()][..]));
    }

    async fn roles_and_keys_decide_who_may(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let made = app.webhook(&labs, &["*"]).await.endpoint;
        let viewer = app.joined(&labs, "vic", "role_viewer").await;
        let developer = app.joined(&labs, "dev", "role_developer").await;
        assert_eq!(read!(app, endpoint::list(&viewer)).expect("sees them").len(), 1);
        refused(act!(app, endpoint::create(&viewer, &app.webhooks(), &draft(&["*"]))), Kind::Forbidden, "missing_permission");
        refused(update(app, &viewer, &made.id, &disabled()).await, Kind::Forbidden, "missing_permission");
        refused(act!(app, endpoint::delete(&viewer, &made.id)), Kind::Forbidden, "missing_permission");
        act!(app, endpoint::delete(&developer, &made.id)).expect("a developer may");
        let key = app.key(&labs, &["jobs:read"]).await;
        let bot = app.holder(&key.secret).await.expect("holds");
        refused(read!(app, endpoint::list(&bot)), Kind::Forbidden, "missing_scope");
        let unverified = app.unverified("new").await;
        refused(act!(app, endpoint::create(&unverified, &app.webhooks(), &draft(&["*"]))), Kind::Forbidden, "email_not_verified");
    }

    async fn anothers_webhook_is_not_found(app) {
        let (ada, eve) = (app.member("ada").await, app.member("eve").await);
        let id = app.webhook(&ada, &["*"]).await.endpoint.id;
        let sent = act!(app, delivery::test(&ada, &app.webhooks(), &id)).expect("tests");
        assert!(read!(app, endpoint::list(&eve)).expect("lists").is_empty());
        refused(read!(app, endpoint::find(&eve, &id)), Kind::NotFound, "not_found");
        refused(update(app, &eve, &id, &disabled()).await, Kind::NotFound, "not_found");
        refused(act!(app, endpoint::delete(&eve, &id)), Kind::NotFound, "not_found");
        refused(act!(app, endpoint::rotate_secret(&eve, &app.webhooks(), &id, None)), Kind::NotFound, "not_found");
        refused(act!(app, delivery::test(&eve, &app.webhooks(), &id)), Kind::NotFound, "not_found");
        refused(act!(app, delivery::redeliver(&eve, &sent.id)), Kind::NotFound, "not_found");
        refused(read!(app, delivery::show(&eve, &sent.id)), Kind::NotFound, "not_found");
        refused(read!(app, delivery::attempts(&eve, &sent.id)), Kind::NotFound, "not_found");
        refused(read!(app, delivery::list(&eve, &id, &LogFilter::default(), market::Paging::first(5))), Kind::NotFound, "not_found");
    }

    async fn every_wrong_field_is_named(app) {
        let ada = app.member("ada").await;
        let events = draft(&["job.posted", "job.eaten"]);
        let wrong = Draft { url: "ftp://x".into(), description: "x".repeat(201), secret: Some("short".into()), ..events };
        let error = act!(app, endpoint::create(&ada, &app.webhooks(), &wrong)).expect_err("is refused");
        assert_eq!(error.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(), ["url", "description", "events", "secret"]);
        let events = &error.fields[2].message;
        assert!(events.starts_with("\"job.eaten\" is not an event; use ") && events.contains("job.posted"), "{events}");
        assert!(events.ends_with(" or *."), "{events}");
        let none = act!(app, endpoint::create(&ada, &app.webhooks(), &draft(&[]))).expect_err("is refused");
        assert_eq!(none.fields[0].name, "events");
        let long = Draft { url: format!("https://{}", "x".repeat(2_048)), ..draft(&["*"]) };
        assert_eq!(act!(app, endpoint::create(&ada, &app.webhooks(), &long)).expect_err("is refused").fields[0].name, "url");
        let unserved = Draft { dialect: Dialect::Gigiac, ..draft(&["*"]) };
        assert_eq!(act!(app, endpoint::create(&ada, &app.webhooks(), &unserved)).expect_err("is refused").fields[0].name, "dialect");
        assert_eq!(market::endpoint::event_names(&app.webhooks(), Dialect::Guildhall), (GUILDHALL.events)(&market::nouns::REGISTRY.events));
    }

    async fn a_team_has_twenty_at_most(app) {
        let ada = app.member("ada").await;
        let mut last = None;
        for _ in 0..ENDPOINTS_MAX {
            last = Some(app.webhook(&ada, &["*"]).await.endpoint);
        }
        refused(act!(app, endpoint::create(&ada, &app.webhooks(), &draft(&["*"]))), Kind::Conflict, "too_many_webhooks");
        act!(app, endpoint::delete(&ada, &last.expect("one").id)).expect("deletes");
        app.webhook(&ada, &["*"]).await;
    }

    async fn a_change_is_in_the_audit_log(app) {
        let ada = app.member("ada").await;
        let id = app.webhook(&ada, &["job.posted"]).await.endpoint.id;
        let change = Change { url: Some("https://other.example.com/x".into()), events: Some(vec!["*".into()]), ..Change::default() };
        let changed = update(app, &ada, &id, &change).await.expect("changes");
        assert_eq!((changed.url.as_str(), changed.description.as_str()), ("https://other.example.com/x", "The bot"));
        assert_eq!(changed.events, ["*"]);
        update(app, &ada, &id, &change).await.expect("changes nothing");
        let off = update(app, &ada, &id, &disabled()).await.expect("disables");
        assert_eq!((off.status, off.disabled_reason), (Status::Disabled, Some(DisabledReason::ByHand)));
        refused(act!(app, delivery::test(&ada, &app.webhooks(), &id)), Kind::Conflict, "webhook_disabled");
        let on = update(app, &ada, &id, &enabled()).await.expect("enables");
        assert_eq!((on.status, on.disabled_reason), (Status::Active, None));
        act!(app, endpoint::rotate_secret(&ada, &app.webhooks(), &id, None)).expect("rotates");
        act!(app, endpoint::delete(&ada, &id)).expect("deletes");
        refused(read!(app, endpoint::find(&ada, &id)), Kind::NotFound, "not_found");
        let names: Vec<_> = app.audit(&ada, Some(Area::Webhooks)).await.expect("reads").into_iter().map(|entry| entry.name).collect();
        let names: Vec<_> = names.iter().filter_map(|name| name.strip_prefix("webhook.")).collect();
        assert_eq!(names, ["deleted", "secret_rotated", "enabled", "disabled", "updated", "created"]);
        let log = app.audit(&ada, Some(Area::Webhooks)).await.expect("reads");
        assert!(log.iter().all(|entry| !entry.facts.to_string().contains("token=")), "an address may hold a password");
    }

    async fn a_replaced_secret_signs_for_a_day(app) {
        let ada = app.member("ada").await;
        let own = "a secret of the bot's own";
        let brought = Draft { secret: Some(own.into()), ..draft(&["*"]) };
        let made = act!(app, endpoint::create(&ada, &app.webhooks(), &brought)).expect("makes");
        assert_eq!(made.secret, own);
        let id = made.endpoint.id;
        let secrets = async || {
            act!(app, delivery::test(&ada, &app.webhooks(), &id)).expect("tests");
            let claimed = app.claim().await;
            app.note(&claimed, &answer(200)).await.expect("notes");
            claimed.last().expect("a test").secrets.clone()
        };
        assert_eq!(secrets().await, [own]);
        let second = act!(app, endpoint::rotate_secret(&ada, &app.webhooks(), &id, None)).expect("rotates");
        assert_eq!(second.endpoint.previous_until, Some(app.now().after(OVERLAP)));
        assert_eq!(secrets().await, [second.secret.clone(), own.to_owned()]);
        app.pass(OVERLAP);
        assert_eq!(secrets().await, std::slice::from_ref(&second.secret));
        let wrong = act!(app, endpoint::rotate_secret(&ada, &app.webhooks(), &id, Some("short")));
        assert_eq!(wrong.expect_err("is refused").fields[0].name, "secret");
        let third = act!(app, endpoint::rotate_secret(&ada, &app.webhooks(), &id, Some("another secret of mine"))).expect("rotates");
        assert_eq!(secrets().await, [third.secret, second.secret]);
    }

    async fn another_server_secret_sends_nothing(app) {
        let ada = app.member("ada").await;
        let id = app.webhook(&ada, &["*"]).await.endpoint.id;
        act!(app, delivery::test(&ada, &app.webhooks(), &id)).expect("tests");
        assert!(act!(app, delivery::turn(b"another secret of a server", &[], &market::delivery::Slots::new(9))).expect("claims").due.is_empty());
        app.pass(market::Duration::hours(1));
        assert_eq!(app.claim().await.len(), 1, "it waits until the secret is right again");
    }

    async fn an_endpoint_belongs_to_an_agent_if_its_key_does(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let agent = ada.agent.clone().expect("an agent");
        let named = Draft { agent_id: Some(agent.clone()), ..draft(&["*"]) };
        assert_eq!(act!(app, endpoint::create(&ada, &app.webhooks(), &named)).expect("makes").endpoint.agent_id, Some(agent.clone()));
        assert_eq!(app.webhook(&ada, &["*"]).await.endpoint.agent_id, None);
        let key = act!(app, key::create_for_agent(&ada, &testkit::key::draft("bot", &["events:*"]), &agent)).expect("makes a key");
        let bot = app.holder(&key.secret).await.expect("holds");
        assert_eq!(app.webhook(&bot, &["*"]).await.endpoint.agent_id, Some(agent));
        let stranger = app.agent("eve", &["coding"]).await;
        let other = Draft { agent_id: stranger.agent.clone(), ..draft(&["*"]) };
        refused(act!(app, endpoint::create(&ada, &app.webhooks(), &other)), Kind::NotFound, "not_found");
    }

    async fn a_key_acts_on_no_webhook_that_hears_more(app) {
        let ada = app.member("ada").await;
        let whole = app.webhook(&ada, &["*"]).await.endpoint;
        assert_eq!(whole.scopes, ["mandates:read", "wallet:read"]);
        let key = app.key(&ada, &["events:*", "jobs:read"]).await;
        let bot = app.holder(&key.secret).await.expect("holds");
        let own = app.webhook(&bot, &["*"]).await.endpoint;
        assert!(own.scopes.is_empty());
        let moved = Change { url: Some("https://eve.example.com".into()), ..Change::default() };
        for refusal in [
            update(app, &bot, &whole.id, &moved).await.map(drop),
            act!(app, endpoint::rotate_secret(&bot, &app.webhooks(), &whole.id, None)).map(drop),
            act!(app, delivery::test(&bot, &app.webhooks(), &whole.id)).map(drop),
            read!(app, delivery::list(&bot, &whole.id, &LogFilter::default(), market::Paging::first(5))).map(drop),
        ] {
            assert_eq!(refusal.expect_err("is refused").kind, Kind::Forbidden);
        }
        update(app, &bot, &own.id, &moved).await.expect("its own is its own");
    }
}
