//! Sessions of browsers.

use market::actor::{Credential, Plan};
use market::{Duration, member, session};
use testkit::{PASSWORD, act, both, read};

both! {
    async fn a_session_is_kept_until_it_expires(world) {
        let expires_at = world.now().after(Duration::hours(1));
        let load = async |id: &str| read!(world, session::load(id)).expect("loads");
        act!(world, session::create("one", "{\"a\":1}", expires_at)).expect("creates");
        act!(world, session::save("one", "{\"a\":2}", expires_at)).expect("saves again");
        assert_eq!(load("one").await.as_deref(), Some("{\"a\":2}"));
        assert_eq!(load("two").await, None);
        world.pass(Duration::hours(1));
        assert_eq!(load("one").await, None, "expired");
    }

    async fn a_session_is_forgotten(world) {
        let expires_at = world.now().after(Duration::hours(1));
        act!(world, session::create("one", "{}", expires_at)).expect("creates");
        for _ in 0..2 {
            act!(world, session::delete("one")).expect("deletes");
        }
        assert_eq!(read!(world, session::load("one")), Ok(None));
        act!(world, session::save("one", "{}", expires_at)).expect("saves nothing");
        assert_eq!(read!(world, session::load("one")), Ok(None), "a page in flight undoes no signing out");
    }

    async fn expired_sessions_are_swept(world) {
        for (id, hours) in [("one", 1), ("two", 2)] {
            let expires_at = world.now().after(Duration::hours(hours));
            act!(world, session::create(id, "{}", expires_at)).expect("creates");
        }
        let sweep = async || act!(world, session::sweep()).expect("sweeps");
        assert_eq!(sweep().await, 0);
        world.pass(Duration::hours(1));
        assert_eq!(sweep().await, 1);
        assert!(read!(world, session::load("two")).expect("loads").is_some());
    }

    async fn a_session_knows_its_member(world) {
        let ada = world.agent("ada", &["coding"]).await;
        let mut conn = world.read().await;
        let actor = session::actor(&mut conn, &ada.member, 0).await.expect("reads").expect("is there");
        assert_eq!(actor, ada);
        assert_eq!((actor.plan, actor.credential, actor.verified), (Plan::Free, Credential::Session, true));
        assert_eq!(session::actor(&mut conn, &"user_gone".into(), 0).await, Ok(None));
    }

    async fn a_new_password_ends_sessions(world) {
        let ada = world.resident("ada").await;
        let changed = member::change_password(&world.market, &ada, PASSWORD, "a whole new sentence").await.expect("changes");
        let mut conn = world.read().await;
        assert_eq!(session::actor(&mut conn, &ada.member, 0).await, Ok(None));
        assert_eq!(session::actor(&mut conn, &ada.member, changed.epoch).await, Ok(Some(ada)));
    }
}
