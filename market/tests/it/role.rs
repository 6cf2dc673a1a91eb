//! A team's own roles: made, changed, deleted, and never more than their maker has.

use market::actor::Credential;
use market::id::RoleId;
use market::role::{ADMIN, Change, DEVELOPER, OWNER, ROLES_MAX, Uses, VIEWER};
use market::{Actor, Kind};
use testkit::team::refused;
use testkit::{act, both, read};

both! {
    async fn a_team_makes_roles_of_its_own(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let made = app.role(&labs, " Bookkeeper ", &["wallet:read", "jobs:read", "wallet:read"]).await.expect("makes a role");
        assert_eq!((made.name.as_str(), made.scopes.join(" ").as_str(), made.built_in), ("Bookkeeper", "jobs:read wallet:read", false));
        let listed = read!(app, role::list(&labs)).expect("lists");
        let ids: Vec<_> = listed.iter().map(|role| role.id.as_str()).collect();
        assert_eq!(ids, [OWNER, ADMIN, DEVELOPER, VIEWER, made.id.as_str()]);
        let bob = app.joined(&labs, "bob", made.id.as_str()).await;
        assert!(bob.may("wallet:read") && !bob.may("wallet:write") && !bob.may("agents:read"));
        let renamed = act!(app, role::update(&labs, &made.id, &Change { name: Some("Clerk".into()), scopes: None })).expect("renames");
        assert_eq!(renamed.name, "Clerk");
        let wider = app.allow(&labs, &made, &["wallet:*"]).await.expect("widens");
        assert_eq!(wider.scopes, ["wallet:*"]);
        let now = app.again(&bob).await.expect("bob");
        assert!(now.may("wallet:write") && !now.may("jobs:read"), "at once");
        assert_eq!(app.happenings(made.id.as_str()).await, ["role.created", "role.changed", "role.changed"]);
    }

    async fn a_role_that_is_used_stays(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let made = app.role(&labs, "Clerk", &["jobs:read"]).await.expect("makes a role");
        let invited = app.invite(&labs, "bob@example.com", made.id.as_str()).await.expect("invites");
        refused(act!(app, role::delete(&labs, &made.id)), Kind::Conflict, "role_in_use");
        act!(app, invitation::revoke(&labs, &invited.id)).expect("takes it back");
        let bob = app.joined(&labs, "bob", made.id.as_str()).await;
        let offered = app.invite(&labs, "cy@example.com", made.id.as_str()).await.expect("invites");
        assert_eq!(read!(app, role::uses(&labs, &made.id)).expect("counts"), Uses { members: 1, invitations: 1 });
        refused(act!(app, role::delete(&labs, &made.id)), Kind::Conflict, "role_in_use");
        act!(app, membership::remove(&labs, &bob.member)).expect("removes");
        act!(app, invitation::revoke(&labs, &offered.id)).expect("takes it back");
        assert!(!read!(app, role::uses(&labs, &made.id)).expect("counts").any());
        act!(app, role::delete(&labs, &made.id)).expect("deletes");
        refused(act!(app, role::delete(&labs, &made.id)), Kind::NotFound, "not_found");
        refused(app.invite(&labs, "cy@example.com", made.id.as_str()).await, Kind::Invalid, "invalid_request");
    }

    async fn built_in_roles_never_change(app) {
        let ada = app.resident("ada").await;
        for id in [OWNER, ADMIN, DEVELOPER, VIEWER] {
            let id = RoleId::from(id);
            refused(act!(app, role::update(&ada, &id, &Change::default())), Kind::Conflict, "built_in_role");
            refused(act!(app, role::delete(&ada, &id)), Kind::Conflict, "built_in_role");
        }
        for taken in ["Owner", "vieWER"] {
            refused(app.role(&ada, taken, &["jobs:read"]).await, Kind::Conflict, "role_exists");
        }
    }

    async fn names_are_taken_once_and_roles_have_a_bound(app) {
        let (ada, eve) = (app.resident("ada").await, app.resident("eve").await);
        let first = app.role(&ada, "Clerk", &["jobs:read"]).await.expect("makes a role");
        refused(app.role(&ada, "CLERK", &["jobs:read"]).await, Kind::Conflict, "role_exists");
        app.role(&eve, "Clerk", &["jobs:read"]).await.expect("another team's");
        act!(app, role::update(&ada, &first.id, &Change { name: Some("clerk".into()), scopes: None })).expect("its own name");
        for n in 1..ROLES_MAX {
            app.role(&ada, &format!("Role {n}"), &["jobs:read"]).await.expect("makes a role");
        }
        refused(app.role(&ada, "One more", &["jobs:read"]).await, Kind::Conflict, "too_many_roles");
    }

    async fn another_teams_role_is_not_there(app) {
        let (ada, eve) = (app.resident("ada").await, app.resident("eve").await);
        let hers = app.role(&ada, "Clerk", &["jobs:read"]).await.expect("makes a role");
        refused(act!(app, role::update(&eve, &hers.id, &Change::default())), Kind::NotFound, "not_found");
        refused(act!(app, role::delete(&eve, &hers.id)), Kind::NotFound, "not_found");
        refused(app.invite(&eve, "bob@example.com", hers.id.as_str()).await, Kind::Invalid, "invalid_request");
        let labs = app.shared(&eve, "Labs").await;
        let bob = app.joined(&labs, "bob", VIEWER).await;
        refused(act!(app, membership::change_role(&labs, &bob.member, &hers.id)), Kind::NotFound, "not_found");
    }

    async fn nobody_gives_more_than_they_have(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let maker = app.role(&labs, "Role maker", &["roles:*", "members:*", "jobs:read"]).await.expect("makes a role");
        let money = app.role(&labs, "Money", &["wallet:*"]).await.expect("makes a role");
        let mallory = app.joined(&labs, "mallory", maker.id.as_str()).await;
        refused(app.role(&mallory, "All", &["jobs:read", "wallet:write"]).await, Kind::Forbidden, "role_above_yours");
        refused(app.allow(&mallory, &maker, &["wallet:*"]).await, Kind::Forbidden, "role_above_yours");
        refused(app.allow(&mallory, &money, &["jobs:read"]).await, Kind::Forbidden, "role_above_yours");
        refused(act!(app, role::delete(&mallory, &money.id)), Kind::Forbidden, "role_above_yours");
        refused(act!(app, membership::change_role(&mallory, &mallory.member, &money.id)), Kind::Forbidden, "role_above_yours");
        refused(app.invite(&mallory, "sock@example.com", money.id.as_str()).await, Kind::Forbidden, "role_above_yours");
        refused(app.invite(&mallory, "sock@example.com", ADMIN).await, Kind::Forbidden, "role_above_yours");
        let reader = app.role(&mallory, "Reader", &["jobs:read"]).await.expect("what they have they give");
        app.invite(&mallory, "sock@example.com", reader.id.as_str()).await.expect("and hand on");
    }

    async fn a_key_gives_no_more_than_it_has(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let key = |scopes: &[&str]| {
            let scopes = scopes.iter().map(|&scope| scope.into()).collect();
            Actor { credential: Credential::Key { id: "key_1".into(), scopes }, ..labs.clone() }
        };
        refused(app.invite(&key(&["members:*"]), "sock@example.com", VIEWER).await, Kind::Forbidden, "role_above_yours");
        refused(app.invite(&key(&["jobs:*"]), "sock@example.com", VIEWER).await, Kind::Forbidden, "missing_scope");
        refused(app.role(&key(&["roles:*"]), "All", &["wallet:*"]).await, Kind::Forbidden, "role_above_yours");
        app.role(&key(&["roles:*"]), "Roles", &["roles:read"]).await.expect("what it has");
        app.invite(&key(&["*"]), "cy@example.com", ADMIN).await.expect("a key that may everything");
    }
}
