//! One act in one transaction, as an edge runs it.

/// Begins, calls an act with the transaction first, and commits if it went well: `act!(app, job::post(&actor, &draft))`.
#[macro_export]
macro_rules! act {
    ($app:expr, $($path:ident)::+ ( $($arg:expr),* $(,)? )) => {{
        let mut tx = $app.market.begin().await.expect("begins");
        match $crate::market::$($path)::+(&mut tx, $($arg),*).await {
            Ok(done) => tx.commit().await.map(|()| done),
            Err(error) => Err(error),
        }
    }};
}

/// Takes a connection and calls a read with it: `read!(app, job::show(&actor, &id))`.
#[macro_export]
macro_rules! read {
    ($app:expr, $($path:ident)::+ ( $($arg:expr),* $(,)? )) => {{
        let mut conn = $app.market.read().await.expect("reads");
        $crate::market::$($path)::+(&mut conn, $($arg),*).await
    }};
}

/// Calls a read of one job with the viewer's access to it: `look!(app, message::list(&actor, &id, paging))`.
#[macro_export]
macro_rules! look {
    ($app:expr, $($path:ident)::+ ( $viewer:expr, $id:expr $(, $arg:expr)* $(,)? )) => {{
        let mut conn = $app.market.read().await.expect("reads");
        let viewer: Option<&$crate::market::Actor> = $viewer.into();
        match $crate::market::job::access_of(&mut conn, viewer, $id).await {
            Ok(access) => $crate::market::$($path)::+(&mut conn, &access $(, $arg)*).await,
            Err(error) => Err(error),
        }
    }};
}
