//! The audit log: every change of people, roles, keys and agents, with who made it; kept when streams forget.

use market::audit::{Area, Entry};
use market::id::RoleId;
use market::role::{ADMIN, VIEWER};
use market::{Duration, Kind, Paging, key};
use testkit::job::JobFixture;
use testkit::team::refused;
use testkit::{act, both, read};

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name.as_str()).collect()
}

both! {
    async fn every_change_is_told_with_who_made_it(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", VIEWER).await;
        act!(app, membership::change_role(&labs, &bob.member, &RoleId::from(ADMIN))).expect("changes");
        let bob = app.again(&bob).await.expect("bob");
        let draft = key::Draft { name: "bot".into(), prefix: key::Prefix::Gagiteck, scopes: vec![], expires_at: None };
        let made = act!(app, key::create(&bob, &draft)).expect("makes a key");
        let bot = read!(app, key::actor(&made.secret)).expect("works");
        app.role(&bot, "Clerk", &["jobs:read"]).await.expect("makes a role");
        app.another(&bob, "Botty", &["coding"]).await;
        act!(app, membership::remove(&labs, &bob.member)).expect("removes");
        let log = app.audit(&labs, None).await.expect("reads");
        let all = [
            "team.member_removed",
            "key.revoked",
            "agent.created",
            "role.created",
            "key.created",
            "team.member_role_changed",
            "team.member_joined",
            "invitation.sent",
            "team.created",
        ];
        assert_eq!(names(&log), all);
        let by = log[3].by.as_ref().expect("somebody");
        assert_eq!((by.name.as_str(), &by.member_id, &by.key_id), ("bob", &bob.member, &Some(made.key.id.clone())));
        let by = log[5].by.as_ref().expect("somebody");
        assert_eq!((by.name.as_str(), &by.key_id), ("ada", &None));
        assert_eq!((log[5].facts["from"].as_str(), log[5].facts["to"].as_str()), (Some("Viewer"), Some("Admin")));
        assert!(log.iter().all(|entry| entry.facts.get("by_member").is_none()), "it is told apart");
        for (area, some) in [(Area::Keys, 2), (Area::Roles, 1), (Area::Agents, 1), (Area::Team, 1), (Area::People, 4)] {
            assert_eq!(app.audit(&labs, Some(area)).await.expect("reads").len(), some, "{area}");
        }
        let page = read!(app, audit::list(&labs, None, Paging { limit: 2, offset: 1 })).expect("reads");
        assert_eq!((names(&page.items), page.total), (all[1..3].to_vec(), 9));
    }

    async fn it_is_the_teams_own(app) {
        let (ada, eve) = (app.resident("ada").await, app.resident("eve").await);
        app.shared(&ada, "Labs").await;
        let log = app.audit(&eve, None).await.expect("reads");
        assert!(log.is_empty());
        let made = app.role(&ada, "Worker", &["jobs:*"]).await.expect("makes a role");
        let bob = app.joined(&ada, "bob", made.id.as_str()).await;
        refused(app.audit(&bob, None).await, Kind::Forbidden, "missing_permission");
    }

    async fn it_is_kept_when_streams_forget(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        app.invite(&labs, "bob@example.com", VIEWER).await.expect("invites");
        app.pass(Duration::ms(app.market.rules.event_retention.as_ms() + 1));
        while act!(app, event::sweep(&market::nouns::REGISTRY.events)).expect("sweeps") > 0 {}
        assert_eq!(names(&app.audit(&labs, None).await.expect("reads")), ["invitation.sent", "team.created"]);
    }

    async fn it_is_swept_by_its_own_rule(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let sweep = async || while act!(app, event::sweep_audit(&market::nouns::REGISTRY.events)).expect("sweeps") > 0 {};
        let forget = async || while act!(app, event::sweep(&market::nouns::REGISTRY.events)).expect("sweeps") > 0 {};
        let job = JobFixture::open(app).await.job.id;
        let rules = app.market.rules.clone();
        app.pass(Duration::ms(rules.audit_retention.as_ms() - rules.event_retention.as_ms()));
        app.invite(&labs, "bob@example.com", VIEWER).await.expect("invites");
        sweep().await;
        assert_eq!(names(&app.audit(&labs, None).await.expect("reads")), ["invitation.sent", "team.created"], "all of it is young");
        app.pass(Duration::ms(rules.event_retention.as_ms() + 1));
        sweep().await;
        assert_eq!(app.audit(&labs, None).await.expect("reads").len(), 2, "streams could still need it");
        forget().await;
        sweep().await;
        assert_eq!(names(&app.audit(&labs, None).await.expect("reads")), ["invitation.sent"]);
        assert!(app.audit(&labs, Some(Area::Team)).await.expect("reads").is_empty());
        assert!(app.happenings(labs.team.as_str()).await.is_empty(), "the event is gone");
        assert_eq!(app.happenings(job.as_str()).await[0], "job.posted", "a job's history stays");
        app.pass(rules.audit_retention);
        forget().await;
        sweep().await;
        assert!(app.audit(&labs, None).await.expect("reads").is_empty());
    }
}
