//! Invitations: sent, accepted once, taken back, lapsed.

use market::actor::Credential;
use market::db::sql;
use market::id::RoleId;
use market::invitation::{KEPT, LETTERS_MAX, LETTERS_WINDOW, LETTERS_WITHIN, LIFE, Preview, Status};
use market::role::{ADMIN, DEVELOPER, VIEWER};
use market::{Actor, Duration, Kind, Paging};
use testkit::team::refused;
use testkit::{act, both, read};

both! {
    async fn an_invitation_is_accepted_once(world) {
        let (ada, bob) = (world.resident("ada").await, world.resident("bob").await);
        let labs = world.shared(&ada, "Labs").await;
        let sent = world.invite(&labs, " Bob@Example.com", DEVELOPER).await.expect("invites");
        assert_eq!((sent.email.as_str(), sent.role.as_str(), sent.inviter.as_str()), ("bob@example.com", "Developer", "ada"));
        assert_eq!((sent.status, sent.expires_at), (Status::Pending, world.now().after(LIFE)));
        let token = world.invited("bob@example.com").await;
        let kept = sql("select count(*) from invitation where token_hash = $1").bind(&token);
        assert_eq!(world.count(kept).await, 0, "the link is not kept");
        let letter = world.letters_to("bob@example.com").await.pop().expect("a letter");
        assert!(letter.text.contains("ada@example.com") && !letter.text.contains("Labs"), "{}", letter.text);
        let seen = Preview {
            team: "Labs".into(),
            role: "Developer".into(),
            inviter: "ada".into(),
            expires_at: sent.expires_at,
            is_yours: Some(true),
        };
        assert_eq!(world.preview(Some(&bob), &token).await, Ok(seen.clone()));
        assert_eq!(world.preview(Some(&ada), &token).await, Ok(Preview { is_yours: Some(false), ..seen.clone() }));
        assert_eq!(world.preview(None, &token).await, Ok(Preview { is_yours: None, ..seen }));
        let team = world.accept(&bob, &format!(" {token}\n")).await.expect("joins");
        assert_eq!(team.id, labs.team);
        assert_eq!(world.acting(&bob, &labs.team).await.expect("is in it").team_role.as_str(), DEVELOPER);
        refused(world.accept(&bob, &token).await, Kind::Invalid, "invitation_invalid");
        refused(world.preview(Some(&bob), &token).await, Kind::Invalid, "invitation_invalid");
        assert_eq!(world.happenings(bob.member.as_str()).await.last().map(String::as_str), Some("team.member_joined"));
        refused(world.invite(&labs, "bob@example.com", VIEWER).await, Kind::Conflict, "already_member");
    }

    async fn the_wrong_account_hears_so(world) {
        let (ada, eve) = (world.resident("ada").await, world.resident("eve").await);
        world.invite(&ada, "bob@example.com", ADMIN).await.expect("invites");
        let token = world.invited("bob@example.com").await;
        refused(world.accept(&eve, &token).await, Kind::Forbidden, "other_account");
        refused(world.accept(&ada, &token).await, Kind::Forbidden, "other_account");
        for wrong in ["", "nonsense", "\0", &"0".repeat(32)] {
            refused(world.accept(&eve, wrong).await, Kind::Invalid, "invitation_invalid");
        }
        let bob = world.resident("bob").await;
        let by_key = Actor { credential: Credential::Key { id: "key_1".into(), scopes: vec!["*".into()] }, ..bob.clone() };
        refused(world.accept(&by_key, &token).await, Kind::Forbidden, "token_required");
        world.accept(&bob, &token).await.expect("the right one joins, though they signed up later");
    }

    async fn following_the_link_shows_that_the_address_is_ones_own(world) {
        let ada = world.resident("ada").await;
        let bob = world.newcomer("bob").await;
        world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = world.invited("bob@example.com").await;
        let unverified = world.signed_in(&bob).await;
        assert!(!unverified.verified);
        world.accept(&unverified, &token).await.expect("joins");
        assert!(world.signed_in(&bob).await.verified);
    }

    async fn a_link_ends_with_its_week(world) {
        let (ada, bob) = (world.resident("ada").await, world.resident("bob").await);
        let sent = world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = world.invited("bob@example.com").await;
        world.pass(LIFE);
        refused(world.accept(&bob, &token).await, Kind::Invalid, "invitation_invalid");
        world.advance(Duration::ZERO).await;
        assert_eq!(world.happenings(sent.id.as_str()).await, ["invitation.sent", "invitation.lapsed"]);
        refused(act!(world, invitation::resend(&ada, &sent.id)), Kind::Conflict, "invitation_over");
        world.invite(&ada, "bob@example.com", VIEWER).await.expect("a new one");
        assert_eq!(act!(world, invitation::sweep()), Ok(0));
        world.pass(Duration::ms(KEPT.as_ms() + 1));
        assert_eq!(act!(world, invitation::sweep()), Ok(1), "the lapsed one");
    }

    async fn a_letter_that_is_sent_again_replaces_the_one_before(world) {
        let (ada, bob) = (world.resident("ada").await, world.resident("bob").await);
        let sent = world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let old = world.invited("bob@example.com").await;
        world.advance(Duration::days(6)).await;
        let again = act!(world, invitation::resend(&ada, &sent.id)).expect("sends again");
        assert_eq!(again.expires_at, world.now().after(LIFE));
        let new = world.invited("bob@example.com").await;
        refused(world.accept(&bob, &old).await, Kind::Invalid, "invitation_invalid");
        world.advance(Duration::days(6)).await;
        assert_eq!(world.happenings(sent.id.as_str()).await, ["invitation.sent", "invitation.resent"], "its week began anew");
        world.accept(&bob, &new).await.expect("joins");
        world.advance(Duration::days(2)).await;
        assert_eq!(world.happenings(sent.id.as_str()).await.len(), 2, "nothing lapses that was accepted");
    }

    async fn letters_have_a_bound(world) {
        let ada = world.resident("ada").await;
        let sent = world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        for _ in 1..LETTERS_MAX {
            act!(world, invitation::resend(&ada, &sent.id)).expect("sends again");
        }
        refused(act!(world, invitation::resend(&ada, &sent.id)), Kind::Conflict, "letters_used_up");
        for n in LETTERS_MAX..LETTERS_WITHIN {
            world.invite(&ada, &format!("friend{n}@example.com"), VIEWER).await.expect("invites");
        }
        let error = world.invite(&ada, "one.more@example.com", VIEWER).await.expect_err("too many");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::TooMany, "too_many_letters"));
        let labs = world.shared(&ada, "Labs").await;
        refused(world.invite(&labs, "one.more@example.com", VIEWER).await, Kind::TooMany, "too_many_letters");
        world.pass(LETTERS_WINDOW);
        world.invite(&labs, "one.more@example.com", VIEWER).await.expect("an hour later");
    }

    async fn an_address_is_invited_once_at_a_time(world) {
        let ada = world.resident("ada").await;
        let sent = world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        refused(world.invite(&ada, "BOB@example.com", ADMIN).await, Kind::Conflict, "already_invited");
        act!(world, invitation::revoke(&ada, &sent.id)).expect("takes it back");
        refused(act!(world, invitation::revoke(&ada, &sent.id)), Kind::Conflict, "invitation_over");
        let (one, two) = tokio::join!(world.invite(&ada, "bob@example.com", VIEWER), world.invite(&ada, "bob@example.com", VIEWER));
        assert!(one.is_ok() != two.is_ok(), "exactly one is sent");
        let listed = read!(world, invitation::list(&ada, Paging::first(10))).expect("lists");
        assert_eq!((listed.total, listed.items.len()), (1, 1), "those that can be accepted");
        let una = world.newcomer("una").await;
        let una = world.signed_in(&una).await;
        refused(world.invite(&una, "bob@example.com", VIEWER).await, Kind::Forbidden, "email_not_verified");
        let wrong = world.invite(&ada, "bob", "").await.expect_err("both wrong");
        assert_eq!(wrong.fields.len(), 2);
    }

    async fn a_revoked_invitation_is_worth_nothing(world) {
        let (ada, bob) = (world.resident("ada").await, world.resident("bob").await);
        let sent = world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = world.invited("bob@example.com").await;
        act!(world, invitation::revoke(&ada, &sent.id)).expect("takes it back");
        refused(world.accept(&bob, &token).await, Kind::Invalid, "invitation_invalid");
    }

    async fn what_a_removed_member_sent_is_worth_nothing(world) {
        let ada = world.resident("ada").await;
        let labs = world.shared(&ada, "Labs").await;
        let mallory = world.joined(&labs, "mallory", ADMIN).await;
        world.invite(&mallory, "sock@example.com", ADMIN).await.expect("invites");
        let (sock, token) = (world.resident("sock").await, world.invited("sock@example.com").await);
        act!(world, membership::change_role(&labs, &mallory.member, &RoleId::from(DEVELOPER))).expect("demotes");
        refused(world.accept(&sock, &token).await, Kind::Invalid, "invitation_invalid");
        act!(world, membership::change_role(&labs, &mallory.member, &RoleId::from(ADMIN))).expect("promotes");
        act!(world, membership::remove(&labs, &mallory.member)).expect("removes");
        refused(world.accept(&sock, &token).await, Kind::Invalid, "invitation_invalid");
        assert_eq!(read!(world, invitation::list(&labs, Paging::first(10))).expect("lists").total, 0);
        let home = read!(world, session::actor(&mallory.member, 0)).expect("reads").expect("mallory");
        refused(world.acting(&home, &labs.team).await, Kind::NotFound, "not_found");
    }

    async fn the_offered_role_can_change(world) {
        let (ada, bob) = (world.resident("ada").await, world.resident("bob").await);
        let sent = world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let changed = act!(world, invitation::change_role(&ada, &sent.id, &RoleId::from(ADMIN))).expect("changes");
        assert_eq!(changed.role.as_str(), "Admin");
        let token = world.invited("bob@example.com").await;
        world.accept(&bob, &token).await.expect("joins");
        assert_eq!(world.acting(&bob, &ada.team).await.expect("is in it").team_role.as_str(), ADMIN);
    }

    async fn anothers_invitation_is_not_there(world) {
        let (ada, eve) = (world.resident("ada").await, world.resident("eve").await);
        let sent = world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        refused(act!(world, invitation::resend(&eve, &sent.id)), Kind::NotFound, "not_found");
        refused(act!(world, invitation::revoke(&eve, &sent.id)), Kind::NotFound, "not_found");
        refused(act!(world, invitation::change_role(&eve, &sent.id, &RoleId::from(ADMIN))), Kind::NotFound, "not_found");
        assert_eq!(read!(world, invitation::list(&eve, Paging::first(10))).expect("lists").total, 0);
        let labs = world.shared(&ada, "Labs").await;
        let viewer = world.joined(&labs, "vic", VIEWER).await;
        refused(world.invite(&viewer, "pal@example.com", VIEWER).await, Kind::Forbidden, "missing_permission");
    }

    async fn a_link_brings_in_one_of_two_at_the_same_moment(world) {
        let (ada, bob) = (world.resident("ada").await, world.resident("bob").await);
        world.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = world.invited("bob@example.com").await;
        let (one, two) = tokio::join!(world.accept(&bob, &token), world.accept(&bob, &token));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    }
}
