//! API keys.

use market::actor::Credential;
use market::db::sql;
use market::key::{self, Created, Draft, LIVE_MAX, Prefix, Uses};
use market::{Actor, Duration, Kind, Paging};
use testkit::key::draft;
use testkit::{act, both, read};

both! {
    async fn a_key_acts_for_its_maker(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let Created { key, secret } = app.key(&ada, &[]).await;
        assert!(secret.starts_with("age_") && secret.ends_with(&key.last_four) && secret.len() == 44, "{secret}");
        let credential = Credential::Key { id: key.id.clone(), scopes: vec!["*".into()] };
        assert_eq!(app.holder(&secret).await, Ok(Actor { credential, ..ada.clone() }));
        assert_eq!(app.happenings(key.id.as_str()).await, ["key.created"]);
        let kept = sql("select count(*) from api_key where hash = $1 or name = $1 or scopes = $1").bind(&secret);
        assert_eq!(app.count(kept).await, 0, "the secret is not kept");
        assert!(!format!("{:?}", Created { key, secret }).contains("age_0"), "secrets don't get into logs");
    }

    async fn each_dialect_has_its_prefix(app) {
        let ada = app.resident("ada").await;
        for &prefix in Prefix::ALL {
            let draft = Draft { prefix, ..draft("bot", &["jobs:read"]) };
            let created = act!(app, key::create(&ada, &draft)).expect("makes a key");
            assert!(created.secret.starts_with(prefix.lead()));
            assert_eq!(Prefix::of(&created.secret), Some(prefix));
            assert!(app.holder(&created.secret).await.is_ok());
        }
    }

    async fn unknown_keys_are_refused(app) {
        let ada = app.resident("ada").await;
        let secret = app.key(&ada, &[]).await.secret;
        for wrong in ["", "age_", "age_\0", &secret[..43], &format!("{secret}x"), &secret.to_uppercase()] {
            let error = app.holder(wrong).await.expect_err("unknown");
            assert_eq!((error.kind, error.code.as_ref()), (Kind::Unauthenticated, "invalid_api_key"), "{wrong:?}");
        }
    }

    async fn a_revoked_key_ends_at_once(app) {
        let ada = app.resident("ada").await;
        let Created { key, secret } = app.key(&ada, &[]).await;
        let bob = app.resident("bob").await;
        let error = act!(app, key::revoke(&bob, &key.id)).expect_err("foreign");
        assert_eq!(error.kind, Kind::NotFound);
        assert!(app.holder(&secret).await.is_ok());
        let revoked = act!(app, key::revoke(&ada, &key.id)).expect("revokes");
        assert_eq!(revoked.revoked_at, Some(app.now()));
        assert_eq!(app.holder(&secret).await.expect_err("revoked").code, "key_revoked");
        app.pass(Duration::hours(1));
        assert_eq!(act!(app, key::revoke(&ada, &key.id)), Ok(revoked), "again is fine and changes nothing");
        let error = act!(app, key::revoke(&ada, &"key_gone".into())).expect_err("none");
        assert_eq!(error.kind, Kind::NotFound);
        assert_eq!(app.happenings(key.id.as_str()).await, ["key.created", "key.revoked"]);
    }

    async fn a_key_expires(app) {
        let ada = app.resident("ada").await;
        let wanted = Draft { expires_at: Some(app.now().after(Duration::hours(1))), ..draft("bot", &[]) };
        let secret = act!(app, key::create(&ada, &wanted)).expect("makes a key").secret;
        app.pass(Duration::ms(Duration::hours(1).as_ms() - 1));
        assert!(app.holder(&secret).await.is_ok());
        app.pass(Duration::ms(1));
        assert_eq!(app.holder(&secret).await.expect_err("expired").code, "key_expired");
        let error = act!(app, key::create(&ada, &wanted)).expect_err("too late");
        assert_eq!(error.fields[0].name, "expires_at");
    }

    async fn a_key_makes_keys_no_mightier_than_itself(app) {
        let ada = app.resident("ada").await;
        let secret = app.key(&ada, &["keys:write", "jobs:*"]).await.secret;
        let holder = app.holder(&secret).await.expect("holds");
        let make = async |scopes: &[&str]| act!(app, key::create(&holder, &draft("child", scopes)));
        assert_eq!(make(&["jobs:read"]).await.expect("less is fine").key.scopes, ["jobs:read"]);
        assert_eq!(make(&[]).await.expect("the same is fine").key.scopes, ["jobs:*", "keys:write"]);
        for more in ["*", "wallet:read", "keys:*"] {
            assert_eq!(make(&[more]).await.expect_err("more").code, "missing_scope", "{more}");
        }
        let plain = app.holder(&make(&["jobs:read"]).await.expect("less is fine").secret).await.expect("holds");
        let error = act!(app, key::create(&plain, &draft("child", &[]))).expect_err("no scope");
        assert_eq!(error.code, "missing_scope");
        assert_eq!(read!(app, key::list(&plain, Paging::first(1))).expect_err("no scope").code, "missing_scope");
        let id = plain.member.as_str().into();
        assert_eq!(act!(app, key::revoke(&plain, &id)).expect_err("no scope").code, "missing_scope");
    }

    async fn a_key_made_by_a_key_ends_with_it(app) {
        let ada = app.resident("ada").await;
        let end = app.now().after(Duration::hours(1));
        let brief = act!(app, key::create(&ada, &Draft { expires_at: Some(end), ..draft("brief", &[]) })).expect("makes a key");
        let holder = app.holder(&brief.secret).await.expect("holds");
        let make = async |holder: &Actor, expires_at| act!(app, key::create(holder, &Draft { expires_at, ..draft("child", &[]) }));
        let soon = app.now().after(Duration::minutes(1));
        for (wanted, given) in [(None, end), (Some(end.after(Duration::hours(9))), end), (Some(soon), soon)] {
            assert_eq!(make(&holder, wanted).await.expect("makes a key").key.expires_at, Some(given));
        }
        let child = app.holder(&app.key(&holder, &[]).await.secret).await.expect("holds");
        assert_eq!(make(&child, None).await.expect("makes a key").key.expires_at, Some(end), "nor does a grandchild live on");
        app.pass(Duration::hours(1));
        assert_eq!(make(&holder, None).await.expect_err("expired meanwhile").code, "key_expired");
    }

    async fn revoking_a_key_revokes_the_keys_it_made(app) {
        let ada = app.resident("ada").await;
        let maker = app.key(&ada, &[]).await;
        let holder = app.holder(&maker.secret).await.expect("holds");
        let (child, sibling) = (app.key(&holder, &[]).await, app.key(&ada, &[]).await);
        let grandchild = app.key(&app.holder(&child.secret).await.expect("holds"), &[]).await;
        let other = app.key(&holder, &[]).await;
        act!(app, key::revoke(&ada, &child.key.id)).expect("revokes");
        for (created, works) in [(&maker, true), (&child, false), (&grandchild, false), (&other, true), (&sibling, true)] {
            assert_eq!(app.holder(&created.secret).await.is_ok(), works);
        }
        act!(app, key::revoke(&ada, &maker.key.id)).expect("revokes");
        assert_eq!(app.holder(&other.secret).await.expect_err("revoked").code, "key_revoked");
        assert!(app.holder(&sibling.secret).await.is_ok());
        assert_eq!(app.happenings(grandchild.key.id.as_str()).await, ["key.created", "key.revoked"], "once");
        let error = act!(app, key::create(&holder, &draft("late", &[]))).expect_err("revoked meanwhile");
        assert_eq!(error.code, "key_revoked");
    }

    async fn some_keys_need_the_person(app) {
        let ada = app.resident("ada").await;
        let created = act!(app, key::create_in_person(&ada, &draft("bot", &[]))).expect("makes a key");
        let holder = app.holder(&created.secret).await.expect("holds");
        let error = act!(app, key::create_in_person(&holder, &draft("bot", &[]))).expect_err("a key");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Forbidden, "token_required"));
    }

    async fn a_team_has_fifty_keys(app) {
        let ada = app.resident("ada").await;
        let brief = Draft { expires_at: Some(app.now().after(Duration::hours(1))), ..draft("brief", &[]) };
        act!(app, key::create(&ada, &brief)).expect("makes a key");
        let mut last = None;
        for _ in 1..LIVE_MAX {
            last = Some(app.key(&ada, &[]).await.key.id);
        }
        let full = async || act!(app, key::create(&ada, &draft("bot", &[]))).expect_err("full");
        assert_eq!((full().await.kind, full().await.code.as_ref()), (Kind::Conflict, "too_many_keys"));
        app.pass(Duration::hours(1));
        app.key(&ada, &[]).await;
        assert_eq!(full().await.code, "too_many_keys");
        let last = last.expect("a key");
        act!(app, key::revoke(&ada, &last)).expect("revokes");
        app.key(&ada, &[]).await;
        app.key(&app.resident("bob").await, &[]).await;
    }

    async fn two_at_once_dont_share_the_last_place(app) {
        let ada = app.resident("ada").await;
        for _ in 1..LIVE_MAX {
            app.key(&ada, &[]).await;
        }
        let mut tx = app.market.begin().await.expect("begins");
        key::create(&mut tx, &ada, &draft("bot", &[])).await.expect("takes the last place");
        let (market, late) = (app.market.clone(), ada.clone());
        let late = tokio::spawn(async move { key::create(&mut market.begin().await?, &late, &draft("bot", &[])).await });
        app.until_blocked().await;
        tx.commit().await.expect("commits");
        assert_eq!(late.await.expect("ends").expect_err("full").code, "too_many_keys");
    }

    async fn keys_are_listed(app) {
        let ada = app.resident("ada").await;
        let mut made = Vec::new();
        for _ in 0..3 {
            app.pass(Duration::seconds(1));
            made.push(app.key(&ada, &[]).await.key);
        }
        app.key(&app.resident("bob").await, &[]).await;
        act!(app, key::revoke(&ada, &made[1].id)).expect("revokes");
        let mut conn = app.read().await;
        let page = key::list(&mut conn, &ada, Paging::first(10)).await.expect("lists");
        assert_eq!((page.total, page.items), (2, vec![made[2].clone(), made[0].clone()]));
        let page = key::list(&mut conn, &ada, Paging { limit: 1, offset: 1 }).await.expect("lists");
        assert_eq!((page.total, page.items), (2, vec![made[0].clone()]));
    }

    async fn uses_are_noted_once_a_minute(app) {
        let ada = app.resident("ada").await;
        let holder = app.holder(&app.key(&ada, &[]).await.secret).await.expect("holds");
        let uses = Uses::default();
        uses.record(&ada);
        uses.flush(&app.market).await.expect("flushes");
        assert_eq!(app.last_used(&ada).await, [None], "a session is no key");
        let first = app.now();
        let mut noted = Vec::new();
        for seconds in [0, 59, 1] {
            app.pass(Duration::seconds(seconds));
            uses.record(&holder);
            uses.record(&holder);
            uses.flush(&app.market).await.expect("flushes");
            noted.extend(app.last_used(&ada).await);
        }
        assert_eq!(noted, [Some(first), Some(first), Some(app.now())]);
    }
}
