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
    async fn an_invitation_is_accepted_once(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        let labs = app.shared(&ada, "Labs").await;
        let sent = app.invite(&labs, " Bob@Example.com", DEVELOPER).await.expect("invites");
        assert_eq!((sent.email.as_str(), sent.role.as_str(), sent.inviter.as_str()), ("bob@example.com", "Developer", "ada"));
        assert_eq!((sent.status, sent.expires_at), (Status::Pending, app.now().after(LIFE)));
        let token = app.invited("bob@example.com").await;
        let kept = sql("select count(*) from invitation where token_hash = $1").bind(&token);
        assert_eq!(app.count(kept).await, 0, "the link is not kept");
        let letter = app.letters_to("bob@example.com").await.pop().expect("a letter");
        assert!(letter.text.contains("ada@example.com") && !letter.text.contains("Labs"), "{}", letter.text);
        let seen = Preview {
            team: "Labs".into(),
            role: "Developer".into(),
            inviter: "ada".into(),
            expires_at: sent.expires_at,
            is_yours: Some(true),
        };
        assert_eq!(app.preview(Some(&bob), &token).await, Ok(seen.clone()));
        assert_eq!(app.preview(Some(&ada), &token).await, Ok(Preview { is_yours: Some(false), ..seen.clone() }));
        assert_eq!(app.preview(None, &token).await, Ok(Preview { is_yours: None, ..seen }));
        let team = app.accept(&bob, &format!(" {token}\n")).await.expect("joins");
        assert_eq!(team.id, labs.team);
        assert_eq!(app.acting(&bob, &labs.team).await.expect("is in it").team_role.as_str(), DEVELOPER);
        refused(app.accept(&bob, &token).await, Kind::Invalid, "invitation_invalid");
        refused(app.preview(Some(&bob), &token).await, Kind::Invalid, "invitation_invalid");
        assert_eq!(app.happenings(bob.member.as_str()).await.last().map(String::as_str), Some("team.member_joined"));
        refused(app.invite(&labs, "bob@example.com", VIEWER).await, Kind::Conflict, "already_member");
    }

    async fn the_wrong_account_hears_so(app) {
        let (ada, eve) = (app.resident("ada").await, app.resident("eve").await);
        app.invite(&ada, "bob@example.com", ADMIN).await.expect("invites");
        let token = app.invited("bob@example.com").await;
        refused(app.accept(&eve, &token).await, Kind::Forbidden, "other_account");
        refused(app.accept(&ada, &token).await, Kind::Forbidden, "other_account");
        for wrong in ["", "nonsense", "\0", &"0".repeat(32)] {
            refused(app.accept(&eve, wrong).await, Kind::Invalid, "invitation_invalid");
        }
        let bob = app.resident("bob").await;
        let by_key = Actor { credential: Credential::Key { id: "key_1".into(), scopes: vec!["*".into()] }, ..bob.clone() };
        refused(app.accept(&by_key, &token).await, Kind::Forbidden, "token_required");
        app.accept(&bob, &token).await.expect("the right one joins, though they signed up later");
    }

    async fn following_the_link_shows_that_the_address_is_ones_own(app) {
        let ada = app.resident("ada").await;
        let bob = app.newcomer("bob").await;
        app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = app.invited("bob@example.com").await;
        let unverified = app.signed_in(&bob).await;
        assert!(!unverified.verified);
        app.accept(&unverified, &token).await.expect("joins");
        assert!(app.signed_in(&bob).await.verified);
    }

    async fn a_link_ends_with_its_week(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        let sent = app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = app.invited("bob@example.com").await;
        app.pass(LIFE);
        refused(app.accept(&bob, &token).await, Kind::Invalid, "invitation_invalid");
        app.advance(Duration::ZERO).await;
        assert_eq!(app.happenings(sent.id.as_str()).await, ["invitation.sent", "invitation.lapsed"]);
        refused(act!(app, invitation::resend(&ada, &sent.id)), Kind::Conflict, "invitation_over");
        app.invite(&ada, "bob@example.com", VIEWER).await.expect("a new one");
        assert_eq!(act!(app, invitation::sweep()), Ok(0));
        app.pass(Duration::ms(KEPT.as_ms() + 1));
        assert_eq!(act!(app, invitation::sweep()), Ok(1), "the lapsed one");
    }

    async fn a_letter_that_is_sent_again_replaces_the_one_before(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        let sent = app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let old = app.invited("bob@example.com").await;
        app.advance(Duration::days(6)).await;
        let again = act!(app, invitation::resend(&ada, &sent.id)).expect("sends again");
        assert_eq!(again.expires_at, app.now().after(LIFE));
        let new = app.invited("bob@example.com").await;
        refused(app.accept(&bob, &old).await, Kind::Invalid, "invitation_invalid");
        app.advance(Duration::days(6)).await;
        assert_eq!(app.happenings(sent.id.as_str()).await, ["invitation.sent", "invitation.resent"], "its week began anew");
        app.accept(&bob, &new).await.expect("joins");
        app.advance(Duration::days(2)).await;
        assert_eq!(app.happenings(sent.id.as_str()).await.len(), 2, "nothing lapses that was accepted");
    }

    async fn letters_have_a_bound(app) {
        let ada = app.resident("ada").await;
        let sent = app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        for _ in 1..LETTERS_MAX {
            act!(app, invitation::resend(&ada, &sent.id)).expect("sends again");
        }
        refused(act!(app, invitation::resend(&ada, &sent.id)), Kind::Conflict, "letters_used_up");
        for n in LETTERS_MAX..LETTERS_WITHIN {
            app.invite(&ada, &format!("friend{n}@example.com"), VIEWER).await.expect("invites");
        }
        let error = app.invite(&ada, "one.more@example.com", VIEWER).await.expect_err("too many");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::TooMany, "too_many_letters"));
        let labs = app.shared(&ada, "Labs").await;
        refused(app.invite(&labs, "one.more@example.com", VIEWER).await, Kind::TooMany, "too_many_letters");
        app.pass(LETTERS_WINDOW);
        app.invite(&labs, "one.more@example.com", VIEWER).await.expect("an hour later");
    }

    async fn an_address_is_invited_once_at_a_time(app) {
        let ada = app.resident("ada").await;
        let sent = app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        refused(app.invite(&ada, "BOB@example.com", ADMIN).await, Kind::Conflict, "already_invited");
        act!(app, invitation::revoke(&ada, &sent.id)).expect("takes it back");
        refused(act!(app, invitation::revoke(&ada, &sent.id)), Kind::Conflict, "invitation_over");
        let (one, two) = tokio::join!(app.invite(&ada, "bob@example.com", VIEWER), app.invite(&ada, "bob@example.com", VIEWER));
        assert!(one.is_ok() != two.is_ok(), "exactly one is sent");
        let listed = read!(app, invitation::list(&ada, Paging::first(10))).expect("lists");
        assert_eq!((listed.total, listed.items.len()), (1, 1), "those that can be accepted");
        let una = app.newcomer("una").await;
        let una = app.signed_in(&una).await;
        refused(app.invite(&una, "bob@example.com", VIEWER).await, Kind::Forbidden, "email_not_verified");
        let wrong = app.invite(&ada, "bob", "").await.expect_err("both wrong");
        assert_eq!(wrong.fields.len(), 2);
    }

    async fn a_revoked_invitation_is_worth_nothing(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        let sent = app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = app.invited("bob@example.com").await;
        act!(app, invitation::revoke(&ada, &sent.id)).expect("takes it back");
        refused(app.accept(&bob, &token).await, Kind::Invalid, "invitation_invalid");
    }

    async fn what_a_removed_member_sent_is_worth_nothing(app) {
        let ada = app.resident("ada").await;
        let labs = app.shared(&ada, "Labs").await;
        let mallory = app.joined(&labs, "mallory", ADMIN).await;
        app.invite(&mallory, "sock@example.com", ADMIN).await.expect("invites");
        let (sock, token) = (app.resident("sock").await, app.invited("sock@example.com").await);
        act!(app, membership::change_role(&labs, &mallory.member, &RoleId::from(DEVELOPER))).expect("demotes");
        refused(app.accept(&sock, &token).await, Kind::Invalid, "invitation_invalid");
        act!(app, membership::change_role(&labs, &mallory.member, &RoleId::from(ADMIN))).expect("promotes");
        act!(app, membership::remove(&labs, &mallory.member)).expect("removes");
        refused(app.accept(&sock, &token).await, Kind::Invalid, "invitation_invalid");
        assert_eq!(read!(app, invitation::list(&labs, Paging::first(10))).expect("lists").total, 0);
        let home = read!(app, session::actor(&mallory.member, 0)).expect("reads").expect("mallory");
        refused(app.acting(&home, &labs.team).await, Kind::NotFound, "not_found");
    }

    async fn the_offered_role_can_change(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        let sent = app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let changed = act!(app, invitation::change_role(&ada, &sent.id, &RoleId::from(ADMIN))).expect("changes");
        assert_eq!(changed.role.as_str(), "Admin");
        let token = app.invited("bob@example.com").await;
        app.accept(&bob, &token).await.expect("joins");
        assert_eq!(app.acting(&bob, &ada.team).await.expect("is in it").team_role.as_str(), ADMIN);
    }

    async fn anothers_invitation_is_not_there(app) {
        let (ada, eve) = (app.resident("ada").await, app.resident("eve").await);
        let sent = app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        refused(act!(app, invitation::resend(&eve, &sent.id)), Kind::NotFound, "not_found");
        refused(act!(app, invitation::revoke(&eve, &sent.id)), Kind::NotFound, "not_found");
        refused(act!(app, invitation::change_role(&eve, &sent.id, &RoleId::from(ADMIN))), Kind::NotFound, "not_found");
        assert_eq!(read!(app, invitation::list(&eve, Paging::first(10))).expect("lists").total, 0);
        let labs = app.shared(&ada, "Labs").await;
        let viewer = app.joined(&labs, "vic", VIEWER).await;
        refused(app.invite(&viewer, "pal@example.com", VIEWER).await, Kind::Forbidden, "missing_permission");
    }

    async fn a_link_brings_in_one_of_two_at_the_same_moment(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        app.invite(&ada, "bob@example.com", VIEWER).await.expect("invites");
        let token = app.invited("bob@example.com").await;
        let (one, two) = tokio::join!(app.accept(&bob, &token), app.accept(&bob, &token));
        assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    }
}
