//! Teams and their people: who is in one, in which role, and what that allows.

use market::actor::Credential;
use market::db::sql;
use market::id::TeamId;
use market::role::{ADMIN, DEVELOPER, OWNER, VIEWER};
use market::team::Kind as Sort;
use market::{Actor, Kind, Paging, key};
use testkit::team::refused;
use testkit::{TestApp, act, both, read};

both! {
    async fn everybody_has_a_team_and_may_make_more(world) {
        let ada = world.resident("ada").await;
        assert_eq!((ada.team_role.as_str(), ada.team_scopes.as_slice()), (OWNER, &["*".to_owned()][..]));
        let labs = world.shared(&ada, " Okafor Labs ").await;
        assert_ne!(labs.team, ada.team);
        assert_eq!((labs.member.clone(), labs.team_role.as_str()), (ada.member.clone(), OWNER));
        let teams = read!(world, team::mine(&labs)).expect("lists");
        let told: Vec<_> = teams.iter().map(|mine| (mine.team.name.as_str(), mine.team.kind, mine.role.as_str(), mine.members)).collect();
        assert_eq!(told, [("ada", Sort::Personal, "Owner", 1), ("Okafor Labs", Sort::Shared, "Owner", 1)]);
        let renamed = act!(world, team::rename(&labs, "Labs")).expect("renames");
        assert_eq!(renamed.name, "Labs");
        assert_eq!(world.happenings(labs.team.as_str()).await, ["team.created", "team.renamed"]);
        let una = world.newcomer("una").await;
        let una = world.signed_in(&una).await;
        refused(act!(world, team::create(&una, "Soon")), Kind::Forbidden, "email_not_verified");
        let by_key = Actor { credential: Credential::Key { id: "key_1".into(), scopes: vec!["*".into()] }, ..ada.clone() };
        refused(act!(world, team::create(&by_key, "Robots")), Kind::Forbidden, "token_required");
        for wrong in ["", "a\nb", &"x".repeat(81)] {
            refused(act!(world, team::create(&ada, wrong)), Kind::Invalid, "invalid_request");
        }
    }

    async fn teams_have_a_bound(world) {
        let ada = world.resident("ada").await;
        for n in 1..market::team::TEAMS_MAX {
            act!(world, team::create(&ada, &format!("Team {n}"))).expect("makes one");
        }
        refused(act!(world, team::create(&ada, "One more")), Kind::Conflict, "too_many_teams");
        let bob = world.resident("bob").await;
        world.invite(&bob, "ada@example.com", VIEWER).await.expect("invites");
        let token = world.invited("ada@example.com").await;
        refused(act!(world, invitation::accept(&ada, &token)), Kind::Conflict, "too_many_teams");
    }

    async fn nobody_acts_for_a_team_they_are_not_in(world) {
        let (ada, eve) = (world.resident("ada").await, world.resident("eve").await);
        let labs = world.shared(&ada, "Labs").await;
        for foreign in [&labs.team, &ada.team, &"team_none".into()] {
            refused(world.acting(&eve, foreign).await, Kind::NotFound, "not_found");
        }
        let made = act!(world, key::create(&ada, &draft())).expect("makes a key");
        let bot = read!(world, key::actor(&made.secret)).expect("works");
        refused(world.acting(&bot, &labs.team).await, Kind::Invalid, "key_has_a_team");
        assert_eq!(world.acting(&bot, &ada.team).await, Ok(bot.clone()));
        let seen = read!(world, team::mine(&bot)).expect("lists");
        assert_eq!(seen.into_iter().map(|mine| mine.team.id).collect::<Vec<_>>(), [ada.team.clone()], "a key sees its own team");
    }

    async fn a_session_falls_back_to_ones_own_team(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let bob = world.joined(&labs, "bob", DEVELOPER).await;
        let there = read!(world, session::actor_in(&bob.member, 0, Some(&labs.team))).expect("reads").expect("bob");
        assert_eq!(there, bob);
        world.dismiss(&labs, &bob).await.expect("removes");
        let back = read!(world, session::actor_in(&bob.member, 0, Some(&labs.team))).expect("reads").expect("bob");
        let own = read!(world, session::actor(&bob.member, 0)).expect("reads").expect("bob");
        assert_eq!(back, own);
        assert!(own.team != labs.team && own.team_role.as_str() == OWNER);
    }

    async fn people_are_listed_with_their_roles(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        world.pass(market::Duration::seconds(1));
        let viewer = world.joined(&labs, "vic", VIEWER).await;
        let listed = read!(world, membership::list(&viewer, Paging::first(10))).expect("lists");
        let told: Vec<_> = listed.items.iter().map(|one| (one.name.as_str(), one.email.as_str(), one.role.as_str(), one.is_home)).collect();
        assert_eq!(told, [("ada", "ada@example.com", "Owner", false), ("vic", "vic@example.com", "Viewer", false)]);
        assert_eq!(listed.total, 2);
        let home = read!(world, membership::list(&ada, Paging::first(10))).expect("lists");
        assert!(home.items.iter().all(|one| one.is_home));
    }

    async fn roles_change_at_once(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let bob = world.joined(&labs, "bob", DEVELOPER).await;
        let made = act!(world, key::create(&bob, &draft())).expect("a developer makes a key");
        let bot = read!(world, key::actor(&made.secret)).expect("works");
        assert!(bot.may("jobs:write") && !bot.may("wallet:write"), "no more than its maker");
        let changed = world.give(&labs, &bob, VIEWER).await.expect("changes");
        assert_eq!((changed.role.as_str(), changed.role_id.as_str()), ("Viewer", VIEWER));
        let bot = read!(world, key::actor(&made.secret)).expect("works");
        assert!(bot.may("jobs:read") && !bot.may("jobs:write"), "nor than its maker by now");
        refused(bot.must_have("jobs:write"), Kind::Forbidden, "missing_permission");
        assert!(!world.again(&bob).await.expect("bob").may("jobs:write"));
        let before = world.happenings(bob.member.as_str()).await;
        world.give(&labs, &bob, VIEWER).await.expect("changes nothing");
        assert_eq!(world.happenings(bob.member.as_str()).await, before);
    }

    async fn an_admin_manages_people_but_no_owners(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let (amy, bob) = (world.joined(&labs, "amy", ADMIN).await, world.joined(&labs, "bob", DEVELOPER).await);
        world.give(&amy, &bob, ADMIN).await.expect("an admin makes an admin");
        refused(world.give(&amy, &bob, OWNER).await, Kind::Forbidden, "role_above_yours");
        refused(world.give(&amy, &amy, OWNER).await, Kind::Forbidden, "role_above_yours");
        refused(world.give(&amy, &labs, VIEWER).await, Kind::Forbidden, "role_above_yours");
        refused(world.dismiss(&amy, &labs).await, Kind::Forbidden, "role_above_yours");
        refused(world.invite(&amy, "pal@example.com", OWNER).await, Kind::Forbidden, "role_above_yours");
        world.give(&amy, &bob, DEVELOPER).await.expect("and takes it back");
        for (who, by) in [(&amy, &bob), (&labs, &bob), (&bob, &bob)] {
            refused(world.give(by, who, VIEWER).await, Kind::Forbidden, "missing_permission");
            refused(world.dismiss(by, who).await, Kind::Forbidden, "missing_permission");
        }
        refused(world.give(&labs, &bob, "role_none").await, Kind::NotFound, "not_found");
        let eve = world.resident("eve").await;
        refused(world.give(&labs, &eve, VIEWER).await, Kind::NotFound, "not_found");
        refused(world.dismiss(&labs, &eve).await, Kind::NotFound, "not_found");
    }

    async fn an_actor_of_before_may_no_more_than_now(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let (amy, bob) = (world.joined(&labs, "amy", ADMIN).await, world.joined(&labs, "bob", DEVELOPER).await);
        world.give(&labs, &amy, VIEWER).await.expect("demotes");
        refused(world.give(&amy, &bob, ADMIN).await, Kind::Forbidden, "missing_permission");
        refused(world.invite(&amy, "pal@example.com", VIEWER).await, Kind::Forbidden, "missing_permission");
        refused(act!(world, key::create(&amy, &draft())), Kind::Forbidden, "missing_permission");
        world.dismiss(&labs, &bob).await.expect("removes");
        refused(act!(world, key::create(&bob, &draft())), Kind::NotFound, "not_found");
        refused(act!(world, team::leave(&bob)), Kind::NotFound, "not_found");
    }

    async fn a_removed_members_keys_end(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let bob = world.joined(&labs, "bob", DEVELOPER).await;
        let made = act!(world, key::create(&bob, &draft())).expect("makes a key");
        let bot = read!(world, key::actor(&made.secret)).expect("works");
        let second = act!(world, key::create(&bot, &draft())).expect("a key's key");
        let home = world.again(&world.acting(&bob, &home_of(world, &bob).await).await.expect("home")).await.expect("bob");
        let own = act!(world, key::create(&home, &draft())).expect("makes one of his own");
        world.dismiss(&labs, &bob).await.expect("removes");
        for secret in [&made.secret, &second.secret] {
            assert!(read!(world, key::actor(secret)).is_err(), "it works no more");
        }
        assert!(read!(world, key::actor(&own.secret)).is_ok(), "his own team's works");
        assert_eq!(world.happenings(made.key.id.as_str()).await, ["key.created", "key.revoked"]);
        let back = back_in(world, &labs, &bob).await;
        assert_eq!(back.team, labs.team);
        assert!(read!(world, key::actor(&made.secret)).is_err(), "nor after he came back");
    }

    async fn a_membership_without_a_row_is_none(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let bob = world.joined(&labs, "bob", DEVELOPER).await;
        let made = act!(world, key::create(&bob, &draft())).expect("makes a key");
        world.write(sql("delete from team_member where member_id = $1 and team_id = $2").bind(&bob.member).bind(&bob.team)).await;
        assert_eq!(read!(world, key::actor(&made.secret)).expect_err("no member").code, "invalid_api_key");
    }

    async fn a_key_of_anothers_takes_who_manages_people(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let (bob, cy) = (world.joined(&labs, "bob", DEVELOPER).await, world.joined(&labs, "cy", DEVELOPER).await);
        let made = act!(world, key::create(&bob, &draft())).expect("makes a key");
        refused(act!(world, key::revoke(&cy, &made.key.id)), Kind::Forbidden, "missing_permission");
        act!(world, key::revoke(&labs, &made.key.id)).expect("an owner may");
        let wide = key::Draft { scopes: vec!["wallet:write".into()], ..draft() };
        refused(act!(world, key::create(&bob, &wide)), Kind::Forbidden, "missing_permission");
    }

    async fn a_team_keeps_an_owner(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        refused(act!(world, team::leave(&labs)), Kind::Conflict, "last_owner");
        refused(world.give(&labs, &labs, ADMIN).await, Kind::Conflict, "last_owner");
        refused(world.dismiss(&labs, &labs).await, Kind::Conflict, "last_owner");
        let bob = world.joined(&labs, "bob", OWNER).await;
        world.give(&labs, &labs, ADMIN).await.expect("there is another one");
        refused(act!(world, team::leave(&bob)), Kind::Conflict, "last_owner");
        act!(world, team::leave(&labs)).expect("an admin leaves");
        assert_eq!(world.again(&labs).await, None);
    }

    async fn two_owners_never_both_leave(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let bob = world.joined(&labs, "bob", OWNER).await;
        let leave = async |actor: &Actor| act!(world, team::leave(actor));
        let (one, two) = tokio::join!(leave(&labs), leave(&bob));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let owners = sql("select count(*) from team_member where team_id = $1 and role_id = 'role_owner'").bind(&labs.team);
        assert_eq!(world.count(owners).await, 1);
    }

    async fn two_owners_never_demote_each_other(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let bob = world.joined(&labs, "bob", OWNER).await;
        let (one, two) = tokio::join!(world.give(&labs, &bob, ADMIN), world.give(&bob, &labs, ADMIN));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
        let owners = sql("select count(*) from team_member where team_id = $1 and role_id = 'role_owner'").bind(&labs.team);
        assert_eq!(world.count(owners).await, 1);
    }

    async fn ones_own_team_is_never_lost(world) {
        let ada = world.resident("ada").await;
        let bob = world.joined(&ada, "bob", OWNER).await;
        assert_eq!(read!(world, team::show(&ada)).expect("shows").kind, Sort::Shared, "it is no person's alone any more");
        refused(act!(world, team::leave(&ada)), Kind::Conflict, "home_team");
        refused(world.dismiss(&bob, &ada).await, Kind::Conflict, "home_team");
        refused(world.give(&bob, &ada, VIEWER).await, Kind::Conflict, "home_team");
        act!(world, member::rename(&ada, "Ada L.")).expect("renames");
        assert_eq!(read!(world, team::show(&ada)).expect("shows").name, "ada", "others are in it");
    }
}

/// The same person, invited again.
async fn back_in(world: &TestApp, by: &Actor, person: &Actor) -> Actor {
    let home = read!(world, session::actor(&person.member, 0)).expect("reads").expect("a member");
    world.join(by, &home, DEVELOPER).await
}

async fn home_of(world: &TestApp, person: &Actor) -> TeamId {
    read!(world, member::show(person)).expect("shows").team_id
}

fn draft() -> key::Draft {
    key::Draft { name: "bot".into(), prefix: key::Prefix::Gagiteck, scopes: vec![], expires_at: None }
}
