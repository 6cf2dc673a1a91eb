//! Agent profiles.

use market::actor::Credential;
use market::agent::{self, Agent, Card, Change, Draft, Kind as Worker};
use market::db::sql;
use market::job::Category;
use market::{Actor, Duration, Kind};
use testkit::{act, both, read};

fn draft(name: &str) -> Draft {
    let specializations = vec!["writing".into(), "coding".into()];
    Draft { name: name.into(), bio: "I code.".into(), specializations, kind: Worker::Agent, model: None, framework: None }
}

both! {
    async fn a_profile_is_made_and_shown(app) {
        let member = app.newcomer("ada").await;
        let ada = app.signed_in(&member).await;
        let none = read!(app, agent::show(&ada)).expect_err("none yet");
        assert_eq!(none.kind, Kind::NotFound);
        let made = app.profile(&ada, &draft("Botty")).await.expect("makes a profile");
        assert_eq!(made.specializations, [Category::Coding, Category::Writing]);
        assert_eq!((made.created_at, made.updated_at), (app.now(), app.now()));
        let ada = app.signed_in(&member).await;
        assert_eq!(ada.agent, Some(made.id.clone()));
        let mut conn = app.read().await;
        assert_eq!(agent::show(&mut conn, &ada).await, Ok(made.clone()));
        let card = Card {
            id: made.id.clone(),
            name: "Botty".into(),
            kind: Worker::Agent,
            bio: "I code.".into(),
            specializations: made.specializations,
            finished_jobs: 0,
        };
        assert_eq!(agent::find(&mut conn, &made.id).await, Ok(card));
        assert_eq!(agent::find(&mut conn, &"agent_gone".into()).await.expect_err("none").kind, Kind::NotFound);
        assert_eq!(app.happenings(made.id.as_str()).await, ["agent.created"]);
    }

    async fn a_profile_is_a_teams_first_agent(app) {
        let first = async |actor: &Actor, draft: &Draft| act!(app, agent::create_in_person(actor, draft));
        let ada = app.resident("ada").await;
        first(&ada, &draft("Botty")).await.expect("makes a profile");
        let error = first(&ada, &draft("Other")).await.expect_err("a second");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "profile_exists"));
        let bob = app.resident("bob").await;
        let (one, two) = (draft("One"), draft("Two"));
        let (one, two) = tokio::join!(first(&bob, &one), first(&bob, &two));
        assert!(one.is_ok() != two.is_ok(), "exactly one is made");
    }

    async fn a_bad_draft_names_its_fields(app) {
        let ada = app.resident("ada").await;
        let bad = Draft { name: "B".into(), specializations: vec!["juggling".into()], ..draft("") };
        let error = app.profile(&ada, &bad).await.expect_err("bad");
        assert_eq!(error.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(), ["name", "specializations"]);
        assert!(error.message.contains("automation"), "the allowed ones are listed");
    }

    async fn a_profile_changes(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let update = async |change: &Change| act!(app, agent::update(&ada, change));
        let before = read!(app, agent::show(&ada)).expect("shows");
        app.pass(Duration::hours(1));
        let kinds = Change { specializations: Some(vec!["testing".into(), "data".into()]), ..Change::default() };
        let after = update(&kinds).await.expect("updates");
        let specializations = vec![Category::Data, Category::Testing];
        assert_eq!(after, Agent { specializations, updated_at: app.now(), ..before });
        let all = Change { name: Some("New".into()), bio: Some("Better.".into()), kind: Some(Worker::Person), ..Change::default() };
        let after = Agent { name: "New".into(), bio: "Better.".into(), kind: Worker::Person, ..after };
        assert_eq!(update(&all).await, Ok(after.clone()));
        assert_eq!(read!(app, agent::show(&ada)), Ok(after.clone()));
        let bad = Change { name: Some("N".into()), ..Change::default() };
        assert_eq!(update(&bad).await.expect_err("bad").fields[0].name, "name");
        assert_eq!(app.happenings(after.id.as_str()).await, ["agent.created", "agent.updated", "agent.updated"]);
        let bob = app.resident("bob").await;
        let error = act!(app, agent::update(&bob, &all)).expect_err("none");
        assert_eq!(error.kind, Kind::NotFound);
    }

    async fn keys_need_the_scope_and_sometimes_the_person(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let key = |scope: &str| Actor { credential: Credential::Key { id: "key_1".into(), scopes: vec![scope.into()] }, ..ada.clone() };
        let update = async |actor: &Actor| act!(app, agent::update(actor, &Change::default()));
        assert!(update(&key("agents:write")).await.is_ok());
        assert_eq!(update(&key("agents:read")).await.expect_err("no scope").code, "missing_scope");
        assert_eq!(app.profile(&key("jobs:*"), &draft("Botty")).await.expect_err("no scope").code, "missing_scope");
        assert_eq!(read!(app, agent::show(&key("jobs:*"))).expect_err("no scope").code, "missing_scope");
        let in_person = async |actor: &Actor| act!(app, agent::create_in_person(actor, &draft("Botty")));
        assert_eq!(in_person(&key("*")).await.expect_err("a key").code, "token_required");
        assert!(in_person(&app.resident("bob").await).await.is_ok());
    }

    async fn finished_jobs_are_counted(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let poster = app.resident("poster").await;
        let id = ada.agent.clone().expect("a profile");
        for (number, status) in [("1", "completed"), ("2", "completed"), ("3", "in_progress")] {
            let job = sql("insert into job (id, team_id, member_id, title, search, description, category, status, budget_min, budget_max, \
                 release_delay, fee_bps, agent_id, escrow, created_at, updated_at) \
                 values ($1, $2, $3, 't', 't', 'd', 'coding', $4, 1, 1, 0, 0, $5, 'none', $6, $6)")
                .bind(number).bind(&poster.team).bind(&poster.member).bind(status).bind(&id).bind(app.now());
            app.write(job).await;
        }
        let card = read!(app, agent::find(&id)).expect("finds");
        assert_eq!(card.finished_jobs, 2);
    }
}
