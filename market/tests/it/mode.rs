//! Play money stays play money.

use market::Kind;
use testkit::{act, both};

both! {
    async fn a_database_keeps_its_mode(app) {
        for _ in 0..2 {
            act!(app, mode::pin("sandbox")).expect("the first one, and again");
        }
        let error = act!(app, mode::pin("production")).expect_err("another");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "other_mode"));
        assert!(error.message.contains("sandbox") && error.message.contains("GUILDHALL_MODE"), "{error}");
        act!(app, mode::pin("sandbox")).expect("it is as it was");
    }
}
