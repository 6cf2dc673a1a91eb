//! A team's own roles: made, changed, deleted, and never more than their maker has.

use market::actor::Credential;
use market::id::RoleId;
use market::role::{ADMIN, Change, DEVELOPER, OWNER, ROLES_MAX, VIEWER};
use market::{Actor, Kind};
use testkit::team::refused;
use testkit::{act, both, read};

both! {
    async fn a_team_makes_roles_of_its_own(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let made = world.role(&labs, " Bookkeeper ", &["wallet:read", "jobs:read", "wallet:read"]).await.expect("makes a role");
        assert_eq!((made.name.as_str(), made.scopes.join(" ").as_str(), made.built_in), ("Bookkeeper", "jobs:read wallet:read", false));
        let listed = read!(world, role::list(&labs)).expect("lists");
        let ids: Vec<_> = listed.iter().map(|role| role.id.as_str()).collect();
        assert_eq!(ids, [OWNER, ADMIN, DEVELOPER, VIEWER, made.id.as_str()]);
        let bob = world.joined(&labs, "bob", made.id.as_str()).await;
        assert!(bob.may("wallet:read") && !bob.may("wallet:write") && !bob.may("agents:read"));
        let renamed = act!(world, role::update(&labs, &made.id, &Change { name: Some("Clerk".into()), scopes: None })).expect("renames");
        assert_eq!(renamed.name, "Clerk");
        let wider = world.allow(&labs, &made, &["wallet:*"]).await.expect("widens");
        assert_eq!(wider.scopes, ["wallet:*"]);
        let now = world.again(&bob).await.expect("bob");
        assert!(now.may("wallet:write") && !now.may("jobs:read"), "at once");
        assert_eq!(world.happenings(made.id.as_str()).await, ["role.created", "role.changed", "role.changed"]);
    }

    async fn a_role_that_is_used_stays(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let made = world.role(&labs, "Clerk", &["jobs:read"]).await.expect("makes a role");
        let invited = world.invite(&labs, "bob@example.com", made.id.as_str()).await.expect("invites");
        refused(act!(world, role::delete(&labs, &made.id)), Kind::Conflict, "role_in_use");
        act!(world, invitation::revoke(&labs, &invited.id)).expect("takes it back");
        let bob = world.joined(&labs, "bob", made.id.as_str()).await;
        refused(act!(world, role::delete(&labs, &made.id)), Kind::Conflict, "role_in_use");
        act!(world, membership::remove(&labs, &bob.member)).expect("removes");
        act!(world, role::delete(&labs, &made.id)).expect("deletes");
        refused(act!(world, role::delete(&labs, &made.id)), Kind::NotFound, "not_found");
        refused(world.invite(&labs, "cy@example.com", made.id.as_str()).await, Kind::Invalid, "invalid_request");
    }

    async fn built_in_roles_never_change(world) {
        let ada = world.resident("ada").await;
        for id in [OWNER, ADMIN, DEVELOPER, VIEWER] {
            let id = RoleId::from(id);
            refused(act!(world, role::update(&ada, &id, &Change::default())), Kind::Conflict, "built_in_role");
            refused(act!(world, role::delete(&ada, &id)), Kind::Conflict, "built_in_role");
        }
        for taken in ["Owner", "vieWER"] {
            refused(world.role(&ada, taken, &["jobs:read"]).await, Kind::Conflict, "role_exists");
        }
    }

    async fn names_are_taken_once_and_roles_have_a_bound(world) {
        let (ada, eve) = (world.resident("ada").await, world.resident("eve").await);
        let first = world.role(&ada, "Clerk", &["jobs:read"]).await.expect("makes a role");
        refused(world.role(&ada, "CLERK", &["jobs:read"]).await, Kind::Conflict, "role_exists");
        world.role(&eve, "Clerk", &["jobs:read"]).await.expect("another team's");
        act!(world, role::update(&ada, &first.id, &Change { name: Some("clerk".into()), scopes: None })).expect("its own name");
        for n in 1..ROLES_MAX {
            world.role(&ada, &format!("Role {n}"), &["jobs:read"]).await.expect("makes a role");
        }
        refused(world.role(&ada, "One more", &["jobs:read"]).await, Kind::Conflict, "too_many_roles");
    }

    async fn another_teams_role_is_not_there(world) {
        let (ada, eve) = (world.resident("ada").await, world.resident("eve").await);
        let hers = world.role(&ada, "Clerk", &["jobs:read"]).await.expect("makes a role");
        refused(act!(world, role::update(&eve, &hers.id, &Change::default())), Kind::NotFound, "not_found");
        refused(act!(world, role::delete(&eve, &hers.id)), Kind::NotFound, "not_found");
        refused(world.invite(&eve, "bob@example.com", hers.id.as_str()).await, Kind::Invalid, "invalid_request");
        let labs = world.shared(&eve, "Labs").await;
        let bob = world.joined(&labs, "bob", VIEWER).await;
        refused(act!(world, membership::change_role(&labs, &bob.member, &hers.id)), Kind::NotFound, "not_found");
    }

    async fn nobody_gives_more_than_they_have(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let maker = world.role(&labs, "Role maker", &["roles:*", "members:*", "jobs:read"]).await.expect("makes a role");
        let money = world.role(&labs, "Money", &["wallet:*"]).await.expect("makes a role");
        let mallory = world.joined(&labs, "mallory", maker.id.as_str()).await;
        refused(world.role(&mallory, "All", &["jobs:read", "wallet:write"]).await, Kind::Forbidden, "role_above_yours");
        refused(world.allow(&mallory, &maker, &["wallet:*"]).await, Kind::Forbidden, "role_above_yours");
        refused(world.allow(&mallory, &money, &["jobs:read"]).await, Kind::Forbidden, "role_above_yours");
        refused(act!(world, role::delete(&mallory, &money.id)), Kind::Forbidden, "role_above_yours");
        refused(act!(world, membership::change_role(&mallory, &mallory.member, &money.id)), Kind::Forbidden, "role_above_yours");
        refused(world.invite(&mallory, "sock@example.com", money.id.as_str()).await, Kind::Forbidden, "role_above_yours");
        refused(world.invite(&mallory, "sock@example.com", ADMIN).await, Kind::Forbidden, "role_above_yours");
        let reader = world.role(&mallory, "Reader", &["jobs:read"]).await.expect("what they have they give");
        world.invite(&mallory, "sock@example.com", reader.id.as_str()).await.expect("and hand on");
    }

    async fn a_key_gives_no_more_than_it_has(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let key = |scopes: &[&str]| {
            let scopes = scopes.iter().map(|&scope| scope.into()).collect();
            Actor { credential: Credential::Key { id: "key_1".into(), scopes }, ..labs.clone() }
        };
        refused(world.invite(&key(&["members:*"]), "sock@example.com", VIEWER).await, Kind::Forbidden, "role_above_yours");
        refused(world.invite(&key(&["jobs:*"]), "sock@example.com", VIEWER).await, Kind::Forbidden, "missing_scope");
        refused(world.role(&key(&["roles:*"]), "All", &["wallet:*"]).await, Kind::Forbidden, "role_above_yours");
        world.role(&key(&["roles:*"]), "Roles", &["roles:read"]).await.expect("what it has");
        world.invite(&key(&["*"]), "cy@example.com", ADMIN).await.expect("a key that may everything");
    }
}
