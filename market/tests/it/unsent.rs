//! Forms that were sent after their session had ended.

use market::{Duration, session, unsent};
use testkit::{act, both};

both! {
    async fn a_member_has_one_and_takes_it_once(app) {
        let (ada, bob) = (app.newcomer("ada").await, app.newcomer("bob").await);
        for record in ["one", "two"] {
            act!(app, unsent::keep(&ada.id, record)).expect("keeps");
        }
        assert_eq!(act!(app, unsent::take(&bob.id)), Ok(None));
        assert_eq!(act!(app, unsent::take(&ada.id)), Ok(Some("two".to_owned())));
        assert_eq!(act!(app, unsent::take(&ada.id)), Ok(None));
    }

    async fn it_is_not_kept_for_ever(app) {
        let ada = app.newcomer("ada").await;
        act!(app, unsent::keep(&ada.id, "one")).expect("keeps");
        assert_eq!(act!(app, unsent::sweep()), Ok(0));
        app.pass(unsent::KEPT);
        assert_eq!(act!(app, unsent::sweep()), Ok(1));
        act!(app, unsent::keep(&ada.id, "two")).expect("keeps");
        app.pass(Duration::days(8));
        assert_eq!(act!(app, unsent::take(&ada.id)), Ok(None));
    }

    async fn a_mark_tells_whose_a_form_is(app) {
        let (ada, bob) = (app.newcomer("ada").await, app.newcomer("bob").await);
        let mark = session::mark(&app.market, &ada.id);
        assert_eq!(session::marked(&app.market, &mark), Some(ada.id.clone()));
        let (_, signature) = mark.rsplit_once('.').expect("two parts");
        for forged in ["", ".", "user_x", ada.id.as_str(), &format!("{}.{signature}", bob.id), &mark[..mark.len() - 1]] {
            assert_eq!(session::marked(&app.market, forged), None, "{forged}");
        }
    }
}
