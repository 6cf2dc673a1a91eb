//! Teams and their people: who is in one, in which role, and what that allows.

use market::actor::Credential;
use market::db::sql;
use market::id::{RoleId, TeamId};
use market::role::{ADMIN, DEVELOPER, OWNER, VIEWER};
use market::team::Kind as Sort;
use market::{Actor, Kind, Paging, key};
use testkit::team::refused;
use testkit::{TestApp, act, both, read};

both! {
    async fn everybody_has_a_team_and_may_make_more(app) {
        let ada = app.resident("ada").await;
        assert_eq!((ada.team_role.as_str(), ada.team_scopes.as_slice()), (OWNER, &["*".to_owned()][..]));
        let labs = app.shared(&ada, " Okafor Labs ").await;
        assert_ne!(labs.team, ada.team);
        assert_eq!((labs.member.clone(), labs.team_role.as_str()), (ada.member.clone(), OWNER));
        let teams = read!(app, team::mine(&labs)).expect("lists");
        let told: Vec<_> = teams.iter().map(|mine| (mine.team.name.as_str(), mine.team.kind, mine.role.as_str(), mine.members)).collect();
        assert_eq!(told, [("ada", Sort::Personal, "Owner", 1), ("Okafor Labs", Sort::Shared, "Owner", 1)]);
        let renamed = act!(app, team::rename(&labs, "Labs")).expect("renames");
        assert_eq!(renamed.name, "Labs");
        assert_eq!(app.happenings(labs.team.as_str()).await, ["team.created", "team.renamed"]);
        let una = app.newcomer("una").await;
        let una = app.signed_in(&una).await;
        refused(act!(app, team::create(&una, "Soon")), Kind::Forbidden, "email_not_verified");
        let by_key = Actor { credential: Credential::Key { id: "key_1".into(), scopes: vec!["*".into()] }, ..ada.clone() };
        refused(act!(app, team::create(&by_key, "Robots")), Kind::Forbidden, "token_required");
        for wrong in ["", "a\nb", &"x".repeat(81)] {
            refused(act!(app, team::create(&ada, wrong)), Kind::Invalid, "invalid_request");
        }
    }

    async fn teams_have_a_bound(app) {
        let ada = app.resident("ada").await;
        for n in 1..market::team::TEAMS_MAX {
            act!(app, team::create(&ada, &format!("Team {n}"))).expect("makes one");
        }
        refused(act!(app, team::create(&ada, "One more")), Kind::Conflict, "too_many_teams");
        let bob = app.resident("bob").await;
        app.invite(&bob, "ada@example.com", VIEWER).await.expect("invites");
        let token = app.invited("ada@example.com").await;
        refused(act!(app, invitation::accept(&ada, &token)), Kind::Conflict, "too_many_teams");
    }

    async fn nobody_acts_for_a_team_they_are_not_in(app) {
        let (ada, eve) = (app.resident("ada").await, app.resident("eve").await);
        let labs = app.shared(&ada, "Labs").await;
        for foreign in [&labs.team, &ada.team, &"team_none".into()] {
            refused(app.acting(&eve, foreign).await, Kind::NotFound, "not_found");
        }
        let made = act!(app, key::create(&ada, &draft())).expect("makes a key");
        let bot = read!(app, key::actor(&made.secret)).expect("works");
        refused(app.acting(&bot, &labs.team).await, Kind::Invalid, "key_has_a_team");
        assert_eq!(app.acting(&bot, &ada.team).await, Ok(bot.clone()));
        let seen = read!(app, team::mine(&bot)).expect("lists");
        assert_eq!(seen.into_iter().map(|mine| mine.team.id).collect::<Vec<_>>(), std::slice::from_ref(&ada.team), "a key sees its own team");
    }

    async fn a_session_falls_back_to_ones_own_team(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", DEVELOPER).await;
        let there = read!(app, session::actor_in(&bob.member, 0, Some(&labs.team))).expect("reads").expect("bob");
        assert_eq!(there, bob);
        app.dismiss(&labs, &bob).await.expect("removes");
        let back = read!(app, session::actor_in(&bob.member, 0, Some(&labs.team))).expect("reads").expect("bob");
        let own = read!(app, session::actor(&bob.member, 0)).expect("reads").expect("bob");
        assert_eq!(back, own);
        assert!(own.team != labs.team && own.team_role.as_str() == OWNER);
    }

    async fn people_are_listed_with_their_roles(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        app.pass(market::Duration::seconds(1));
        let viewer = app.joined(&labs, "vic", VIEWER).await;
        let listed = read!(app, membership::list(&viewer, Paging::first(10))).expect("lists");
        let told: Vec<_> = listed.items.iter().map(|one| (one.name.as_str(), one.email.as_str(), one.role.as_str(), one.is_home)).collect();
        assert_eq!(told, [("ada", "ada@example.com", "Owner", false), ("vic", "vic@example.com", "Viewer", false)]);
        assert_eq!(listed.total, 2);
        let home = read!(app, membership::list(&ada, Paging::first(10))).expect("lists");
        assert!(home.items.iter().all(|one| one.is_home));
    }

    async fn roles_change_at_once(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", DEVELOPER).await;
        let made = act!(app, key::create(&bob, &draft())).expect("a developer makes a key");
        let bot = read!(app, key::actor(&made.secret)).expect("works");
        assert!(bot.may("jobs:write") && !bot.may("wallet:write"), "no more than its maker");
        let changed = app.give(&labs, &bob, VIEWER).await.expect("changes");
        assert_eq!((changed.role.as_str(), changed.role_id.as_str()), ("Viewer", VIEWER));
        let bot = read!(app, key::actor(&made.secret)).expect("works");
        assert!(bot.may("jobs:read") && !bot.may("jobs:write"), "nor than its maker by now");
        refused(bot.must_have("jobs:write"), Kind::Forbidden, "missing_permission");
        assert!(!app.again(&bob).await.expect("bob").may("jobs:write"));
        let before = app.happenings(bob.member.as_str()).await;
        app.give(&labs, &bob, VIEWER).await.expect("changes nothing");
        assert_eq!(app.happenings(bob.member.as_str()).await, before);
    }

    async fn several_roles_change_together_or_not_at_all(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let (bob, cy) = (app.joined(&labs, "bob", VIEWER).await, app.joined(&labs, "cy", VIEWER).await);
        let to = |who: &Actor, role: &str| (who.member.clone(), RoleId::from(role));
        let held = async || {
            let listed = read!(app, membership::list(&labs, Paging::first(10))).expect("lists");
            listed.items.into_iter().map(|one| format!("{} {}", one.name, one.role)).collect::<Vec<_>>().join(", ")
        };
        let all = [to(&bob, DEVELOPER), to(&cy, VIEWER)];
        let changed = act!(app, membership::change_roles(&labs, &all)).expect("changes");
        assert_eq!(changed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["bob"], "cy was a viewer");
        let wrong = [to(&cy, DEVELOPER), to(&bob, "role_none")];
        refused(act!(app, membership::change_roles(&labs, &wrong)), Kind::NotFound, "not_found");
        let none = [to(&bob, ADMIN), to(&labs, VIEWER)];
        refused(act!(app, membership::change_roles(&labs, &none)), Kind::Conflict, "last_owner");
        refused(act!(app, membership::change_roles(&bob, &[to(&cy, VIEWER)])), Kind::Forbidden, "missing_permission");
        refused(act!(app, membership::change_roles(&bob, &[])), Kind::Forbidden, "missing_permission");
        assert_eq!(held().await, "ada Owner, bob Developer, cy Viewer");
        let handed = [to(&labs, VIEWER), to(&bob, OWNER)];
        act!(app, membership::change_roles(&labs, &handed)).expect("hands the team on in one act");
        assert_eq!(held().await, "ada Viewer, bob Owner, cy Viewer");
    }

    async fn an_admin_manages_people_but_no_owners(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let (amy, bob) = (app.joined(&labs, "amy", ADMIN).await, app.joined(&labs, "bob", DEVELOPER).await);
        app.give(&amy, &bob, ADMIN).await.expect("an admin makes an admin");
        refused(app.give(&amy, &bob, OWNER).await, Kind::Forbidden, "role_above_yours");
        refused(app.give(&amy, &amy, OWNER).await, Kind::Forbidden, "role_above_yours");
        refused(app.give(&amy, &labs, VIEWER).await, Kind::Forbidden, "role_above_yours");
        refused(app.dismiss(&amy, &labs).await, Kind::Forbidden, "role_above_yours");
        refused(app.invite(&amy, "pal@example.com", OWNER).await, Kind::Forbidden, "role_above_yours");
        app.give(&amy, &bob, DEVELOPER).await.expect("and takes it back");
        for (who, by) in [(&amy, &bob), (&labs, &bob), (&bob, &bob)] {
            refused(app.give(by, who, VIEWER).await, Kind::Forbidden, "missing_permission");
            refused(app.dismiss(by, who).await, Kind::Forbidden, "missing_permission");
        }
        refused(app.give(&labs, &bob, "role_none").await, Kind::NotFound, "not_found");
        let eve = app.resident("eve").await;
        refused(app.give(&labs, &eve, VIEWER).await, Kind::NotFound, "not_found");
        refused(app.dismiss(&labs, &eve).await, Kind::NotFound, "not_found");
    }

    async fn an_actor_of_before_may_no_more_than_now(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let (amy, bob) = (app.joined(&labs, "amy", ADMIN).await, app.joined(&labs, "bob", DEVELOPER).await);
        app.give(&labs, &amy, VIEWER).await.expect("demotes");
        refused(app.give(&amy, &bob, ADMIN).await, Kind::Forbidden, "missing_permission");
        refused(app.invite(&amy, "pal@example.com", VIEWER).await, Kind::Forbidden, "missing_permission");
        refused(act!(app, key::create(&amy, &draft())), Kind::Forbidden, "missing_permission");
        app.dismiss(&labs, &bob).await.expect("removes");
        refused(act!(app, key::create(&bob, &draft())), Kind::NotFound, "not_found");
        refused(act!(app, team::leave(&bob)), Kind::NotFound, "not_found");
    }

    async fn a_removed_members_keys_end(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", DEVELOPER).await;
        let made = act!(app, key::create(&bob, &draft())).expect("makes a key");
        let bot = read!(app, key::actor(&made.secret)).expect("works");
        let second = act!(app, key::create(&bot, &draft())).expect("a key's key");
        let home = app.again(&app.acting(&bob, &home_of(app, &bob).await).await.expect("home")).await.expect("bob");
        let own = act!(app, key::create(&home, &draft())).expect("makes one of his own");
        app.dismiss(&labs, &bob).await.expect("removes");
        for secret in [&made.secret, &second.secret] {
            assert!(read!(app, key::actor(secret)).is_err(), "it works no more");
        }
        assert!(read!(app, key::actor(&own.secret)).is_ok(), "his own team's works");
        assert_eq!(app.happenings(made.key.id.as_str()).await, ["key.created", "key.revoked"]);
        let back = back_in(app, &labs, &bob).await;
        assert_eq!(back.team, labs.team);
        assert!(read!(app, key::actor(&made.secret)).is_err(), "nor after he came back");
    }

    async fn a_membership_without_a_row_is_none(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", DEVELOPER).await;
        let made = act!(app, key::create(&bob, &draft())).expect("makes a key");
        app.write(sql("delete from team_member where member_id = $1 and team_id = $2").bind(&bob.member).bind(&bob.team)).await;
        assert_eq!(read!(app, key::actor(&made.secret)).expect_err("no member").code, "invalid_api_key");
    }

    async fn a_key_of_anothers_takes_who_manages_people(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let (bob, cy) = (app.joined(&labs, "bob", DEVELOPER).await, app.joined(&labs, "cy", DEVELOPER).await);
        let made = act!(app, key::create(&bob, &draft())).expect("makes a key");
        refused(act!(app, key::revoke(&cy, &made.key.id)), Kind::Forbidden, "missing_permission");
        act!(app, key::revoke(&labs, &made.key.id)).expect("an owner may");
        let wide = key::Draft { scopes: vec!["wallet:write".into()], ..draft() };
        refused(act!(app, key::create(&bob, &wide)), Kind::Forbidden, "missing_permission");
    }

    async fn a_team_keeps_an_owner(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        refused(act!(app, team::leave(&labs)), Kind::Conflict, "last_owner");
        refused(app.give(&labs, &labs, ADMIN).await, Kind::Conflict, "last_owner");
        refused(app.dismiss(&labs, &labs).await, Kind::Conflict, "last_owner");
        let bob = app.joined(&labs, "bob", OWNER).await;
        app.give(&labs, &labs, ADMIN).await.expect("there is another one");
        refused(act!(app, team::leave(&bob)), Kind::Conflict, "last_owner");
        act!(app, team::leave(&labs)).expect("an admin leaves");
        assert_eq!(app.again(&labs).await, None);
    }

    async fn two_owners_never_both_leave(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", OWNER).await;
        let leave = async |actor: &Actor| act!(app, team::leave(actor));
        let (one, two) = tokio::join!(leave(&labs), leave(&bob));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let owners = sql("select count(*) from team_member where team_id = $1 and role_id = 'role_owner'").bind(&labs.team);
        assert_eq!(app.count(owners).await, 1);
    }

    async fn two_owners_never_demote_each_other(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let bob = app.joined(&labs, "bob", OWNER).await;
        let (one, two) = tokio::join!(app.give(&labs, &bob, ADMIN), app.give(&bob, &labs, ADMIN));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let owners = sql("select count(*) from team_member where team_id = $1 and role_id = 'role_owner'").bind(&labs.team);
        assert_eq!(app.count(owners).await, 1);
    }

    async fn ones_own_team_is_never_lost(app) {
        let ada = app.resident("ada").await;
        let bob = app.joined(&ada, "bob", OWNER).await;
        assert_eq!(read!(app, team::show(&ada)).expect("shows").kind, Sort::Shared, "it is no person's alone any more");
        refused(act!(app, team::leave(&ada)), Kind::Conflict, "home_team");
        refused(app.dismiss(&bob, &ada).await, Kind::Conflict, "home_team");
        refused(app.give(&bob, &ada, VIEWER).await, Kind::Conflict, "home_team");
        act!(app, member::rename(&ada, "Ada L.")).expect("renames");
        assert_eq!(read!(app, team::show(&ada)).expect("shows").name, "ada", "others are in it");
    }
}

/// Invites the person again.
async fn back_in(app: &TestApp, by: &Actor, person: &Actor) -> Actor {
    let home = read!(app, session::actor(&person.member, 0)).expect("reads").expect("a member");
    app.join(by, &home, DEVELOPER).await
}

async fn home_of(app: &TestApp, person: &Actor) -> TeamId {
    read!(app, member::show(person)).expect("shows").team_id
}

fn draft() -> key::Draft {
    key::Draft { name: "bot".into(), prefix: key::Prefix::Gagiteck, scopes: vec![], expires_at: None }
}
