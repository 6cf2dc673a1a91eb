//! Exports: who builds one, and for how long.

use market::export::{self, LEASE};
use market::{Duration, Kind};
use testkit::{PASSWORD, act, both};

both! {
    async fn an_export_that_is_still_built_is_not_taken_by_another(app) {
        let ada = app.member("Ada").await;
        let asked = export::ask(&app.market, &ada, Some(PASSWORD)).await.expect("asks");
        let claimed = export::claim(&app.market).await.expect("looks").expect("one is due");
        assert_eq!(claimed.id, asked.id);
        let most = Duration::ms(LEASE.as_ms() * 3 / 4);
        app.pass(most);
        act!(app, export::still_coming(&asked.id, Some("the first part"))).expect("goes on");
        app.pass(most);
        assert!(export::claim(&app.market).await.expect("looks").is_none(), "its time began anew");
        app.pass(LEASE);
        assert!(export::claim(&app.market).await.expect("looks").is_some(), "nothing was heard of it");
        let unknown = act!(app, export::still_coming(&"exp_none".into(), None)).expect_err("no such export");
        assert_eq!(unknown.kind, Kind::NotFound);
    }
}
