//! Sessions of browsers.

use market::actor::{Credential, Plan};
use market::{Duration, Kind, member, session};
use testkit::{PASSWORD, act, both, read};

both! {
    async fn a_session_is_kept_until_it_expires(app) {
        let expires_at = app.now().after(Duration::hours(1));
        let load = async |id: &str| read!(app, session::load(id)).expect("loads");
        act!(app, session::create("one", "{\"a\":1}", expires_at)).expect("creates");
        act!(app, session::save("one", "{\"a\":2}", expires_at)).expect("saves again");
        assert_eq!(load("one").await.as_deref(), Some("{\"a\":2}"));
        assert_eq!(load("two").await, None);
        app.pass(Duration::hours(1));
        assert_eq!(load("one").await, None, "expired");
    }

    async fn a_session_is_forgotten(app) {
        let expires_at = app.now().after(Duration::hours(1));
        act!(app, session::create("one", "{}", expires_at)).expect("creates");
        for _ in 0..2 {
            act!(app, session::delete("one")).expect("deletes");
        }
        assert_eq!(read!(app, session::load("one")), Ok(None));
        act!(app, session::save("one", "{}", expires_at)).expect("saves nothing");
        assert_eq!(read!(app, session::load("one")), Ok(None), "a page in flight undoes no signing out");
    }

    async fn expired_sessions_are_swept(app) {
        for (id, hours) in [("one", 1), ("two", 2)] {
            let expires_at = app.now().after(Duration::hours(hours));
            act!(app, session::create(id, "{}", expires_at)).expect("creates");
        }
        let sweep = async || act!(app, session::sweep()).expect("sweeps");
        assert_eq!(sweep().await, 0);
        app.pass(Duration::hours(1));
        assert_eq!(sweep().await, 1);
        assert!(read!(app, session::load("two")).expect("loads").is_some());
    }

    async fn a_session_knows_its_member(app) {
        let ada = app.agent("ada", &["coding"]).await;
        let mut conn = app.read().await;
        let actor = session::actor(&mut conn, &ada.member, 0).await.expect("reads").expect("is there");
        assert_eq!(actor, ada);
        assert_eq!((actor.plan, actor.credential, actor.verified), (Plan::Free, Credential::Session, true));
        assert_eq!(session::actor(&mut conn, &"user_gone".into(), 0).await, Ok(None));
    }

    async fn a_new_password_ends_sessions(app) {
        let ada = app.resident("ada").await;
        let changed = member::change_password(&app.market, &ada, PASSWORD, "a whole new sentence").await.expect("changes");
        let mut conn = app.read().await;
        assert_eq!(session::actor(&mut conn, &ada.member, 0).await, Ok(None));
        assert_eq!(session::actor(&mut conn, &ada.member, changed.epoch).await, Ok(Some(ada)));
    }

    async fn a_member_lists_browsers_and_signs_them_out(app) {
        let (ada, bob) = (app.resident("ada").await, app.resident("bob").await);
        let expires_at = app.now().after(Duration::hours(1));
        for (id, member) in [("one", &ada), ("two", &ada), ("three", &ada), ("theirs", &bob)] {
            act!(app, session::create(id, "{}", expires_at)).expect("creates");
            act!(app, session::assign(id, &member.member)).expect("assigns");
            app.pass(Duration::seconds(1));
        }
        act!(app, session::create("stranger", "{}", expires_at)).expect("creates");
        let ids = async || read!(app, session::mine(&ada)).expect("lists").into_iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids().await, ["three", "two", "one"]);
        for other in ["theirs", "stranger", "none"] {
            assert_eq!(act!(app, session::end(&ada, other)).expect_err("not theirs").kind, Kind::NotFound);
        }
        act!(app, session::end(&ada, "two")).expect("signs out");
        assert_eq!(ids().await, ["three", "one"]);
        assert_eq!(act!(app, session::end_others(&ada, "one")), Ok(1));
        assert_eq!(ids().await, ["one"]);
        assert!(read!(app, session::load("theirs")).expect("loads").is_some());
        let by_key = app.holder(&app.key(&ada, &[]).await.secret).await.expect("a key");
        assert_eq!(read!(app, session::mine(&by_key)).expect_err("a key").code, "token_required");
        app.pass(Duration::hours(1));
        assert_eq!(ids().await, [""; 0], "expired");
    }

    async fn a_new_password_deletes_sessions(app) {
        let ada = app.resident("ada").await;
        act!(app, session::create("one", "{}", app.now().after(Duration::hours(1)))).expect("creates");
        act!(app, session::assign("one", &ada.member)).expect("assigns");
        member::change_password(&app.market, &ada, PASSWORD, "a whole new sentence").await.expect("changes");
        assert_eq!(read!(app, session::load("one")), Ok(None));
    }
}
