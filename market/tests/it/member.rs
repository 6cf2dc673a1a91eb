//! Signing up, logging in, and what becomes of an account.

use market::actor::{Plan, Role};
use market::db::sql;
use market::member::{self, Draft};
use market::password::Hasher;
use market::second_factor;
use market::verification::RESENDS_MAX;
use market::{Actor, Duration, Kind, team};
use testkit::people::draft;
use testkit::{PASSWORD, act, both, hash, read};

both! {
    async fn signing_up_makes_a_team_and_a_letter(app) {
        let member = app.newcomer("ada").await;
        assert_eq!((member.email.as_str(), member.role, member.verified_at), ("ada@example.com", Role::User, None));
        assert_eq!(member.created_at, app.now());
        let actor = app.signed_in(&member).await;
        assert!(!actor.verified && actor.agent.is_none());
        let mut conn = app.read().await;
        assert_eq!(member::show(&mut conn, &actor).await.expect("shows"), member);
        let team = team::show(&mut conn, &actor).await.expect("shows");
        assert_eq!((team.id, team.name.as_str(), team.kind, team.plan), (member.team_id.clone(), "ada", team::Kind::Personal, Plan::Free));
        let seats = sql("select count(*) from team_member where team_id = $1 and member_id = $2 and role_id = 'role_owner'");
        assert_eq!(seats.bind(&member.team_id).bind(&member.id).count(&mut conn).await, Ok(1));
        let happened = testkit::event::of_subject(&mut conn, member.id.as_str()).await.expect("reads");
        assert_eq!(happened.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(), ["member.signed_up"]);
        assert_eq!(happened[0].team_id, member.team_id);
        assert!(!happened[0].payload.contains('@'), "events tell no email address");
        assert_eq!(app.letters_to("ada@example.com").await.len(), 1);
    }

    async fn a_verified_mail_address_is_taken_once(app) {
        app.resident("ada").await;
        let again = Draft { email: " ADA@example.com".into(), ..draft("other") };
        let hash = hash().await;
        let error = act!(app, member::sign_up(&again, hash)).expect_err("taken");
        assert_eq!((error.kind, error.code.as_ref(), error.fields[0].name.as_ref()), (Kind::Conflict, "email_taken", "email"));
        assert_eq!(app.count(sql("select count(*) from team")).await, 1, "nothing is left of the attempt");
    }

    async fn a_bad_draft_is_refused_by_the_act_itself(app) {
        let bad = Draft { email: "ada".into(), password: "short".into(), name: String::new() };
        let hash = hash().await;
        let error = act!(app, member::sign_up(&bad, hash)).expect_err("bad");
        assert_eq!(error.fields.len(), 3);
    }

    async fn two_at_once_get_one_account(app) {
        let both = [draft("ada"), draft("ada")];
        let hash = hash().await;
        let sign_up = async |draft: &Draft| act!(app, member::sign_up(draft, hash.clone()));
        let (one, two) = tokio::join!(sign_up(&both[0]), sign_up(&both[1]));
        for refused in [&one, &two].into_iter().filter_map(|signed| signed.as_ref().err()) {
            assert_eq!(refused.code, "email_taken");
        }
        let last = second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.expect("one of them has it");
        assert!([one, two].into_iter().flatten().any(|member| member.id == last.id));
    }

    async fn an_address_that_was_never_verified_belongs_to_its_reader(app) {
        let squatter = app.newcomer("ada").await;
        let theirs = app.signed_in(&squatter).await;
        let their_link = app.link(&squatter).await;
        let their_key = act!(app, key::create(&theirs, &testkit::key::draft("bot", &[]))).expect("makes a key");
        let mine = Draft { password: "a whole new sentence".into(), ..draft("ada") };
        let fresh = Hasher::default().hash(&mine.password).await.expect("hashes");
        let me = act!(app, member::sign_up(&mine, fresh)).expect("signs up");
        assert!(me.id != squatter.id && me.team_id != squatter.team_id, "nothing of theirs is mine");
        assert_eq!(read!(app, session::actor(&squatter.id, squatter.epoch)), Ok(None), "sessions and tokens ended");
        assert!(read!(app, key::actor(&their_key.secret)).is_err(), "keys ended");
        assert_eq!(app.confirm(&their_link).await.expect_err("links ended").code, "verification_invalid");
        assert!(second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.is_err());
        assert_eq!(second_factor::log_in(&app.market, "ada@example.com", &mine.password, None).await, Ok(me.clone()));
        let link = app.link(&me).await;
        assert!(app.confirm(&link).await.expect("verifies").verified_at.is_some());
        assert_eq!(app.happenings(squatter.id.as_str()).await, ["member.signed_up", "member.lapsed"]);
        let again = act!(app, member::sign_up(&draft("ada"), hash().await)).expect_err("verified");
        assert_eq!(again.code, "email_taken");
    }

    async fn signing_up_again_and_again_floods_no_mailbox(app) {
        let hash = hash().await;
        let sign_up = async || act!(app, member::sign_up(&draft("ada"), hash.clone()));
        for _ in 0..=RESENDS_MAX {
            sign_up().await.expect("replaces the one before");
        }
        assert_eq!(sign_up().await.expect_err("too many").code, "too_many_letters");
        assert_eq!(app.letters_to("ada@example.com").await.len(), 6);
        app.pass(Duration::hours(1));
        sign_up().await.expect("an hour later");
    }

    async fn an_address_and_a_password_are_the_same_on_every_keyboard(app) {
        let typed = Draft { email: "Zoe\u{308}@Example.com".into(), password: "p\u{e4}ssw\u{f6}rd-l\u{e4}ng".into(), name: "Zoe\u{308}".into() };
        let hashed = app.market.passwords.hash(&typed.password).await.expect("hashes");
        let member = act!(app, member::sign_up(&typed, hashed)).expect("signs up");
        assert_eq!((member.email.as_str(), member.name.as_str()), ("zo\u{eb}@example.com", "Zo\u{eb}"));
        for (email, password) in [("zo\u{eb}@example.com", "p\u{e4}ssw\u{f6}rd-l\u{e4}ng"), ("zoe\u{308}@example.com", "pa\u{308}sswo\u{308}rd-la\u{308}ng")] {
            assert_eq!(second_factor::log_in(&app.market, email, password, None).await.as_ref(), Ok(&member), "{email:?}");
        }
        act!(app, member::verify_email("zo\u{eb}@example.com")).expect("verifies");
        let again = Draft { email: "zoe\u{308}@example.com".into(), ..draft("other") };
        assert_eq!(act!(app, member::sign_up(&again, hash().await)).expect_err("taken").code, "email_taken");
    }

    async fn a_name_can_be_seen_and_a_letter_can_be_sent(app) {
        for (email, name, field) in [
            ("a\u{200b}b@example.com", "Ada", "email"),
            ("\u{1f600}@example.com", "Ada", "email"),
            ("ada@example.com", "\u{200b}", "name"),
            ("ada@example.com", "\u{3164}", "name"),
            ("ada@example.com", "Ada\u{202e} evil", "name"),
        ] {
            let bad = Draft { email: email.into(), name: name.into(), ..draft("ada") };
            let hash = hash().await;
            assert_eq!(act!(app, member::sign_up(&bad, hash)).expect_err(name).fields[0].name, field, "{email:?} {name:?}");
        }
    }

    async fn logging_in(app) {
        let member = app.newcomer("ada").await;
        assert_eq!(second_factor::log_in(&app.market, " Ada@Example.COM ", PASSWORD, None).await, Ok(member));
        let wrong = second_factor::log_in(&app.market, "ada@example.com", "correct horse battery ", None).await.expect_err("wrong password");
        assert_eq!((wrong.kind, wrong.code.as_ref()), (Kind::Unauthenticated, "invalid_credentials"));
        for email in ["bob@example.com", "not an address", "nul\0@example.com", ""] {
            assert_eq!(second_factor::log_in(&app.market, email, PASSWORD, None).await, Err(wrong.clone()), "{email:?} fails alike");
        }
    }

    async fn a_new_password_ends_the_old_one(app) {
        let actor = app.resident("ada").await;
        let new = "a whole new sentence";
        let refused = async |current: &str, new: &str| {
            member::change_password(&app.market, &actor, current, new).await.expect_err("refused").fields[0].name.to_string()
        };
        assert_eq!(refused("wrong", new).await, "current_password");
        assert_eq!(refused(PASSWORD, "short").await, "new_password");
        assert_eq!(refused(PASSWORD, "ada@example.com").await, "new_password");
        assert_eq!(refused(PASSWORD, PASSWORD).await, "new_password");
        let changed = member::change_password(&app.market, &actor, PASSWORD, new).await.expect("changes");
        assert_eq!(changed.epoch, 1);
        assert!(second_factor::log_in(&app.market, "ada@example.com", PASSWORD, None).await.is_err());
        assert_eq!(second_factor::log_in(&app.market, "ada@example.com", new, None).await, Ok(changed));
        let happened = app.happenings(actor.member.as_str()).await;
        assert_eq!(happened, ["member.signed_up", "member.verified", "member.password_changed"]);
    }

    async fn of_two_new_passwords_one_holds(app) {
        let actor = app.resident("ada").await;
        let change = async |new: &'static str| member::change_password(&app.market, &actor, PASSWORD, new).await.map(|_| new);
        let (one, two) = tokio::join!(change("a whole new sentence"), change("another new sentence"));
        let (holds, error) = match (one, two) {
            (Ok(new), Err(error)) | (Err(error), Ok(new)) => (new, error),
            both => panic!("one must win: {both:?}"),
        };
        assert!(["password_changed", "invalid_request"].contains(&error.code.as_ref()), "{error:?}");
        assert!(second_factor::log_in(&app.market, "ada@example.com", holds, None).await.is_ok());
    }

    async fn another_name(app) {
        let actor = app.resident("ada").await;
        let renamed = act!(app, member::rename(&actor, " Ada L. ")).expect("renames");
        assert_eq!(renamed.name, "Ada L.");
        assert_eq!(read!(app, member::show(&actor)), Ok(renamed));
        assert_eq!(read!(app, team::show(&actor)).expect("shows").name, "Ada L.", "which is what others see");
        let error = act!(app, member::rename(&actor, "a\nb")).expect_err("two lines");
        assert_eq!(error.fields[0].name, "name");
        let gone = Actor { member: "user_gone".into(), ..actor };
        let error = act!(app, member::rename(&gone, "Ada")).expect_err("nobody");
        assert_eq!(error.kind, Kind::NotFound);
    }

    async fn the_operator_verifies_and_promotes(app) {
        let member = app.newcomer("ada").await;
        let verified = act!(app, member::verify_email("Ada@example.com")).expect("verifies");
        assert_eq!(verified.verified_at, Some(app.now()));
        assert_eq!(act!(app, member::verify_email("ada@example.com")), Ok(verified));
        let promoted = act!(app, member::promote("ada@example.com")).expect("promotes");
        assert_eq!(promoted.role, Role::Admin);
        assert_eq!(act!(app, member::promote("ada@example.com")), Ok(promoted));
        let unknown = act!(app, member::promote("bob@example.com")).expect_err("nobody");
        assert_eq!(unknown.kind, Kind::NotFound);
        assert_eq!(act!(app, member::promote("bob")).expect_err("no address").kind, Kind::Invalid);
        let actor = app.signed_in(&member).await;
        assert!(actor.verified && actor.role == Role::Admin);
        assert_eq!(app.happenings(member.id.as_str()).await, ["member.signed_up", "member.verified", "member.promoted"]);
    }

    async fn an_admin_changes_plans(app) {
        let ada = app.resident("ada").await;
        let error = act!(app, team::change_plan(&ada, &ada.team, Plan::Pro)).expect_err("no admin");
        assert_eq!(error.kind, Kind::NotFound);
        let root = Actor { role: Role::Admin, ..app.resident("root").await };
        for _ in 0..2 {
            let team = act!(app, team::change_plan(&root, &ada.team, Plan::Pro)).expect("changes");
            assert_eq!(team.plan, Plan::Pro);
        }
        let error = act!(app, team::change_plan(&root, &"team_gone".into(), Plan::Pro)).expect_err("none");
        assert_eq!(error.kind, Kind::NotFound);
        assert_eq!(read!(app, team::show(&ada)).expect("shows").plan, Plan::Pro);
        assert_eq!(app.happenings(ada.team.as_str()).await, ["team.plan_changed"]);
    }
}
