//! The holder of a key is kept in memory until the next event. An act that changes it holds from its commit on, also for a process
//! that read the key before.

use market::actor::{AgentChoice, Plan};
use market::db::sql;
use market::role::{DEVELOPER, VIEWER};
use market::{Actor, Kind, Result, Rules};
use testkit::key::draft;
use testkit::team::{refused, role_draft};
use testkit::{TestApp, act, both, eventually, people, read};

/// Reads a key's actor in two processes, twice in each.
async fn held(apps: [&TestApp; 2], secret: &str) -> Result<Actor> {
    let mut found = Vec::new();
    for app in apps {
        for _ in 0..2 {
            found.push(read!(app, key::actor(secret)));
        }
    }
    assert!(found.iter().all(|one| *one == found[0]), "{found:?}");
    found.swap_remove(0)
}

both! {
    async fn a_change_holds_for_a_key_that_was_read_before(app) {
        let beside = TestApp::open(app.database.clone(), Rules::clone(&app.market.rules)).await;
        let (one, apps) = (&beside, [app, &beside]);
        let root = app.admin("root").await;
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", DEVELOPER).await;
        let key = act!(one, key::create(&bob, &draft("bot", &[]))).expect("makes a key");
        let secret = key.secret.as_str();
        assert!(held(apps, secret).await.expect("works").may("jobs:write"));

        app.give(&labs, &bob, VIEWER).await.expect("changes the role");
        assert!(!held(apps, secret).await.expect("works").may("jobs:write"));
        let own = act!(one, role::create(&labs, &role_draft("Clerk", &["jobs:read"]))).expect("makes a role");
        app.give(&labs, &bob, own.id.as_str()).await.expect("changes the role");
        assert!(!held(apps, secret).await.expect("works").may("wallet:read"));
        let change = market::role::Change { name: None, scopes: Some(vec!["jobs:read".into(), "wallet:read".into()]) };
        act!(one, role::update(&labs, &own.id, &change)).expect("changes the scopes");
        assert!(held(apps, secret).await.expect("works").may("wallet:read"));

        let mut labs = labs;
        labs.agent = Some(app.profile(&labs, &people::profile("One", &["coding"])).await.expect("makes an agent").id);
        let seen = held(apps, secret).await.expect("works");
        assert_eq!((seen.agent, seen.agent_choice), (labs.agent.clone(), AgentChoice::Only));
        let second = act!(one, agent::create(&labs, &people::profile("Two", &["coding"]))).expect("makes another");
        assert_eq!(held(apps, secret).await.expect("works").agent_choice, AgentChoice::Guess);
        act!(app, agent::make_default(&labs, &second.id)).expect("changes the default");
        assert_eq!(held(apps, secret).await.expect("works").agent, Some(second.id));
        act!(one, team::change_plan(&root, &labs.team, Plan::Pro)).expect("changes the plan");
        assert_eq!(held(apps, secret).await.expect("works").plan, Plan::Pro);

        act!(app, suspension::suspend(&root, &bob.member, "It posts spam.")).expect("suspends");
        assert!(held(apps, secret).await.is_err(), "a suspended member's key ends at once");
        act!(one, suspension::reinstate(&root, &bob.member)).expect("reinstates");
        held(apps, secret).await.expect("it works again");
        app.dismiss(&labs, &bob).await.expect("removes");
        assert!(held(apps, secret).await.is_err());
        let other = act!(one, key::create(&ada, &draft("bot", &[]))).expect("makes a key");
        held(apps, &other.secret).await.expect("works");
        act!(app, key::revoke(&ada, &other.key.id)).expect("revokes");
        refused(held(apps, &other.secret).await, Kind::Unauthenticated, "key_revoked");
    }
}

/// On PostgreSQL an act commits first and its events get their numbers afterwards, from a task that may be held up.
#[tokio::test(flavor = "multi_thread")]
async fn a_revocation_holds_before_it_has_its_number() {
    let app = TestApp::postgres().await;
    let ada = app.resident("ada").await;
    let made = act!(app, key::create(&ada, &draft("bot", &[]))).expect("makes a key");
    let secret = made.secret.as_str();
    for _ in 0..2 {
        read!(app, key::actor(secret)).expect("works");
    }
    let mut lock = app.market.begin().await.expect("begins");
    sql("update chain_head set seq = seq where chain = 'event'").run(&mut lock).await.expect("holds the numbering up");
    let market = app.market.clone();
    let revoking = tokio::spawn(async move {
        let mut tx = market.begin().await?;
        market::key::revoke(&mut tx, &ada, &made.key.id).await?;
        tx.commit().await
    });
    eventually("the key is refused", async || read!(app, key::actor(secret)).is_err()).await;
    refused(read!(app, key::actor(secret)), Kind::Unauthenticated, "key_revoked");
    assert!(!revoking.is_finished(), "it waits for its number");
    drop(lock);
    revoking.await.expect("ends").expect("revokes");
    app.close().await;
}
