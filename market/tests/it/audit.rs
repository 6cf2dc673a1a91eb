//! The audit log: every change of people, roles, keys and agents, with who made it; kept when streams forget.

use market::audit::{Area, Entry};
use market::id::RoleId;
use market::role::{ADMIN, VIEWER};
use market::{Duration, Kind, Paging, key};
use testkit::team::refused;
use testkit::{act, both, read};

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name.as_str()).collect()
}

both! {
    async fn every_change_is_told_with_who_made_it(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let bob = world.joined(&labs, "bob", VIEWER).await;
        act!(world, membership::change_role(&labs, &bob.member, &RoleId::from(ADMIN))).expect("changes");
        let bob = world.again(&bob).await.expect("bob");
        let draft = key::Draft { name: "bot".into(), prefix: key::Prefix::Gagiteck, scopes: vec![], expires_at: None };
        let made = act!(world, key::create(&bob, &draft)).expect("makes a key");
        let bot = read!(world, key::actor(&made.secret)).expect("works");
        world.role(&bot, "Clerk", &["jobs:read"]).await.expect("makes a role");
        world.another(&bob, "Botty", &["coding"]).await;
        act!(world, membership::remove(&labs, &bob.member)).expect("removes");
        let log = world.audit(&labs, None).await.expect("reads");
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
            assert_eq!(world.audit(&labs, Some(area)).await.expect("reads").len(), some, "{area}");
        }
        let page = read!(world, audit::list(&labs, None, Paging { limit: 2, offset: 1 })).expect("reads");
        assert_eq!((names(&page.items), page.total), (all[1..3].to_vec(), 9));
    }

    async fn it_is_the_teams_own(world) {
        let (ada, eve) = (world.resident("ada").await, world.resident("eve").await);
        world.shared(&ada, "Labs").await;
        let log = world.audit(&eve, None).await.expect("reads");
        assert!(log.is_empty());
        let made = world.role(&ada, "Worker", &["jobs:*"]).await.expect("makes a role");
        let bob = world.joined(&ada, "bob", made.id.as_str()).await;
        refused(world.audit(&bob, None).await, Kind::Forbidden, "missing_permission");
    }

    async fn it_is_kept_when_streams_forget(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        world.invite(&labs, "bob@example.com", VIEWER).await.expect("invites");
        world.pass(Duration::ms(world.market.rules.event_retention.as_ms() + 1));
        while act!(world, event::sweep(&market::nouns::REGISTRY.events)).expect("sweeps") > 0 {}
        assert_eq!(names(&world.audit(&labs, None).await.expect("reads")), ["invitation.sent", "team.created"]);
    }
}
